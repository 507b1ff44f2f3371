//! How many helpers: one more as long as a batch gets faster by it.
//!
//! `navigator.hardwareConcurrency` is a hint at best, and what a core is worth depends on what else the
//! machine does. So the time of batches with so many helpers is compared with that of one more.

use std::collections::VecDeque;

/// Batches whose middle one counts.
const SAMPLES: usize = 12;
/// Batches after a change that do not count: caches and memory are filled in them.
const SKIPPED: u32 = 3;
/// A batch must take at most this part of the time before, for the newcomer to stay.
const GAIN: f64 = 0.95;
/// Batches after which a newcomer that brought nothing gets another try: the machine may have been
/// busy with something else.
const AGAIN: u32 = 1_000;

/// What is to be done after a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Advice {
    /// Nothing.
    Stay,
    /// Start one more helper.
    Start,
    /// End the one that came last.
    Dismiss,
}

/// Where the search stands.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Stage {
    /// Batches are timed with as many as there are.
    Timing,
    /// One more was asked for.
    Starting,
    /// It is here; before it a batch took so long.
    Trying(f64),
    /// As many as are good, for so many batches.
    Settled(u32),
}

/// The search for the right number.
#[derive(Clone, Debug)]
pub(super) struct Growth {
    most: usize,
    stage: Stage,
    /// Helpers at the last batch.
    helpers: usize,
    /// Seconds an image, of the last batches.
    times: VecDeque<f64>,
    skip: u32,
}

impl Growth {
    /// A search that ends at `most`.
    pub(super) fn new(most: usize) -> Self {
        Self { most, stage: Stage::Timing, helpers: 0, times: VecDeque::new(), skip: SKIPPED }
    }

    /// Another kind of work begins: what was found for the last need not hold.
    pub(super) fn begin(&mut self) {
        if self.stage != Stage::Starting {
            self.time_anew(Stage::Timing);
        }
    }

    /// A batch of `images` took `seconds` with so many `helpers`.
    pub(super) fn add(&mut self, helpers: usize, images: u32, seconds: f64) -> Advice {
        if helpers != self.helpers {
            self.changed(helpers);
        }
        if self.skip > 0 || images == 0 {
            self.skip = self.skip.saturating_sub(1);
            return Advice::Stay;
        }
        self.times.push_back(seconds / f64::from(images));
        if self.times.len() > SAMPLES {
            self.times.pop_front();
        }
        self.advice()
    }

    fn changed(&mut self, helpers: usize) {
        let stage = match self.stage {
            Stage::Starting if helpers > self.helpers => self.middle().map_or(Stage::Timing, Stage::Trying),
            // One of them is gone: whatever ended it may end the next as well.
            _ if helpers < self.helpers => Stage::Settled(0),
            stage => stage,
        };
        self.helpers = helpers;
        self.time_anew(stage);
    }

    fn time_anew(&mut self, stage: Stage) {
        (self.stage, self.skip) = (stage, SKIPPED);
        self.times.clear();
    }

    fn advice(&mut self) -> Advice {
        let Some(time) = self.middle() else { return Advice::Stay };
        match self.stage {
            Stage::Timing if self.helpers < self.most => {
                self.stage = Stage::Starting;
                Advice::Start
            }
            Stage::Trying(before) if time > GAIN * before => {
                self.stage = Stage::Settled(0);
                Advice::Dismiss
            }
            Stage::Trying(_) => {
                self.stage = Stage::Timing;
                Advice::Stay
            }
            Stage::Settled(batches) if batches < AGAIN => {
                self.stage = Stage::Settled(batches + 1);
                Advice::Stay
            }
            Stage::Settled(_) => {
                self.stage = Stage::Timing;
                Advice::Stay
            }
            Stage::Timing | Stage::Starting => Advice::Stay,
        }
    }

    /// The middle one of the last times, once there are enough.
    fn middle(&self) -> Option<f64> {
        let mut times: Vec<f64> = self.times.iter().copied().collect();
        times.sort_by(f64::total_cmp);
        (times.len() == SAMPLES).then(|| times[SAMPLES / 2])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Helpers after `batches`, on a machine where a batch takes `seconds` by their number; one that is
    /// asked for comes five batches later.
    fn settled(most: usize, batches: usize, seconds: impl Fn(usize) -> f64) -> Vec<usize> {
        let (mut growth, mut helpers, mut coming) = (Growth::new(most), 0, None);
        let mut after = Vec::new();
        for batch in 0..batches {
            match growth.add(helpers, 64, seconds(helpers) * (1.0 + 0.02 * (batch % 3) as f64)) {
                Advice::Stay => {}
                Advice::Start => coming = Some(batch + 5),
                Advice::Dismiss => helpers -= 1,
            }
            if coming == Some(batch) {
                (helpers, coming) = (helpers + 1, None);
            }
            after.push(helpers);
        }
        after
    }

    #[test]
    fn it_grows_as_long_as_batches_get_faster() {
        let cores = |cores: usize| move |helpers: usize| 1.0 / (1 + helpers).min(cores) as f64;
        assert_eq!(settled(3, 300, cores(4)).last(), Some(&3));
        assert_eq!(settled(3, 300, cores(2)).last(), Some(&1));
        assert_eq!(settled(3, 300, cores(1)).last(), Some(&0));
        assert_eq!(settled(0, 300, cores(4)).iter().max(), Some(&0));
    }

    #[test]
    fn what_brought_nothing_is_tried_again_later_and_only_then() {
        let after = settled(3, 2_500, |_| 1.0);
        let tries = after.windows(2).filter(|pair| pair[0] < pair[1]).count();
        assert_eq!(tries, 3);
        assert_eq!(after.iter().max(), Some(&1));
    }

    #[test]
    fn one_that_died_is_not_replaced_at_once() {
        let mut growth = Growth::new(3);
        let mut add = |helpers, batches| {
            (0..batches).map(|_| growth.add(helpers, 64, 1.0 / (1 + helpers) as f64)).last()
        };
        add(0, 20);
        add(1, 10);
        assert_eq!(add(0, 500), Some(Advice::Stay));
    }
}
