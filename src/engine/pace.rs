//! How often something is told, and how fast work goes. Times are seconds on any steady clock.

use std::collections::VecDeque;

/// Lets something through at most once an interval.
#[derive(Clone, Debug)]
pub struct Throttle {
    interval: f64,
    last: Option<f64>,
}

impl Throttle {
    /// At most once every `interval` seconds; the first time at once.
    pub fn new(interval: f64) -> Self {
        Self { interval, last: None }
    }

    /// At most once every `interval` seconds from now on.
    pub fn set_interval(&mut self, interval: f64) {
        self.interval = interval;
    }

    /// Whether it is time again at `now`; counts as done then.
    pub fn due(&mut self, now: f64) -> bool {
        let due = self.last.is_none_or(|last| now - last >= self.interval);
        if due {
            self.last = Some(now);
        }
        due
    }
}

/// Tells when a run is to be kept: after an epoch and every few seconds, the seldomer the longer it takes.
#[derive(Clone, Debug, Default)]
pub struct Keeping {
    last: Option<f64>,
    cost: f64,
}

impl Keeping {
    /// Seconds between two times.
    const INTERVAL: f64 = 8.0;
    /// Most seconds between two times, however long it takes.
    const LONGEST: f64 = 18.0;
    /// Seconds between two times for each second that one takes: it may cost one per cent.
    const SHARE: f64 = 100.0;

    /// Whether it is time at `now`, between two batches, the first time at once.
    pub fn due(&self, now: f64, epoch_ended: bool) -> bool {
        let since = self.last.map_or(f64::INFINITY, |last| now - last);
        let least = Self::SHARE * self.cost;
        since >= if epoch_ended { least } else { least.clamp(Self::INTERVAL, Self::LONGEST) }
    }

    /// It was done at `now` and took `cost` seconds.
    pub fn done(&mut self, now: f64, cost: f64) {
        (self.last, self.cost) = (Some(now), cost);
    }
}

/// Tells when bytes come so slowly that it pays to ask somebody else as well.
#[derive(Clone, Debug)]
pub struct Floor {
    began: f64,
    bytes: usize,
    told: bool,
}

impl Floor {
    /// Seconds over which the speed is taken.
    const WINDOW: f64 = 10.0;
    /// Bytes a second below which it is slow: all the data would take twenty-five minutes.
    pub const SPEED: u32 = 20_000;

    /// From `now` on.
    pub fn new(now: f64) -> Self {
        Self { began: now, bytes: 0, told: false }
    }

    /// Adds bytes that came at `now`; the speed in bytes a second, once, where it has been too low.
    pub fn add(&mut self, now: f64, bytes: usize) -> Option<u32> {
        self.bytes += bytes;
        let seconds = now - self.began;
        if seconds < Self::WINDOW || self.told {
            return None;
        }
        let speed = (self.bytes as f64 / seconds) as u32;
        (self.began, self.bytes) = (now, 0);
        self.told = speed < Self::SPEED;
        self.told.then_some(speed)
    }
}

/// Speed over the last seconds of work.
#[derive(Clone, Debug, Default)]
pub struct Speed {
    /// Seconds of work so far, and images and batches done by then.
    marks: VecDeque<(f64, u64, u64)>,
    seconds: f64,
    images: u64,
    batches: u64,
}

impl Speed {
    /// Seconds that count: long enough to be steady, short enough to follow.
    const WINDOW: f64 = 3.0;

    /// Adds a batch of `images` that took `seconds`.
    pub fn add(&mut self, seconds: f64, images: u32) {
        if self.marks.is_empty() {
            self.marks.push_back((0.0, 0, 0));
        }
        self.seconds += seconds;
        self.images += u64::from(images);
        self.batches += 1;
        self.marks.push_back((self.seconds, self.images, self.batches));
        while self.marks.len() > 2 && self.seconds - self.marks[1].0 >= Self::WINDOW {
            self.marks.pop_front();
        }
    }

    /// Images a second; 0 before the first batch.
    pub fn images_per_second(&self) -> f64 {
        self.rate(|mark| mark.1)
    }

    /// Seconds that `batches` more will take; 0 before the first batch.
    pub fn seconds_for(&self, batches: u32) -> f64 {
        match self.rate(|mark| mark.2) {
            rate if rate > 0.0 => f64::from(batches) / rate,
            _ => 0.0,
        }
    }

    fn rate(&self, count: impl Fn(&(f64, u64, u64)) -> u64) -> f64 {
        match (self.marks.front(), self.marks.back()) {
            (Some(first), Some(last)) if last.0 > first.0 => {
                (count(last) - count(first)) as f64 / (last.0 - first.0)
            }
            _ => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_throttle_lets_the_first_through_and_then_one_an_interval() {
        let mut throttle = Throttle::new(0.1);
        let due = [0.0, 0.05, 0.1, 0.15, 0.25].map(|now| throttle.due(now));
        assert_eq!(due, [true, false, true, false, true]);
    }

    #[test]
    fn a_run_is_kept_after_epochs_and_at_least_every_twenty_seconds_for_a_hundredth_of_its_time() {
        let mut keeping = Keeping::default();
        assert!(keeping.due(0.0, false));
        keeping.done(0.0, 0.01);
        assert_eq!([0.9, 1.1].map(|now| keeping.due(now, true)), [false, true], "epochs of a moment");
        assert_eq!([7.9, 8.1].map(|now| keeping.due(now, false)), [false, true]);
        keeping.done(8.0, 0.5);
        assert_eq!([25.0, 26.1].map(|now| keeping.due(now, false)), [false, true]);
    }

    #[test]
    fn a_trickle_is_told_once_and_a_pause_in_a_good_flow_is_not() {
        let mut floor = Floor::new(0.0);
        let told: Vec<_> = (1..40).filter_map(|second| floor.add(f64::from(second), 1)).collect();
        assert_eq!(told, [1]);
        let mut floor = Floor::new(0.0);
        assert_eq!((floor.add(1.0, 400_000), floor.add(11.0, 1), floor.add(13.0, 1)), (None, None, None));
        assert_eq!(floor.add(22.0, 1), Some(0));
    }

    #[test]
    fn speed_follows_the_last_seconds_and_forgets_a_slow_start() {
        let mut speed = Speed::default();
        assert_eq!((speed.images_per_second(), speed.seconds_for(5)), (0.0, 0.0));
        speed.add(8.0, 64);
        assert_eq!(speed.images_per_second(), 8.0);
        (0..100).for_each(|_| speed.add(0.125, 64));
        assert_eq!(speed.images_per_second(), 512.0);
        assert_eq!(speed.seconds_for(16), 2.0);
    }
}
