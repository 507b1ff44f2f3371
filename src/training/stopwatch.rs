//! Time spent working, pauses left out.

use web_time::{Duration, Instant};

/// Adds up the time between [`Stopwatch::start`] and [`Stopwatch::stop`].
#[derive(Clone, Copy, Debug, Default)]
pub struct Stopwatch {
    spent: Duration,
    since: Option<Instant>,
}

impl Stopwatch {
    /// Counts from now on; nothing where it already does.
    pub fn start(&mut self) {
        self.since.get_or_insert_with(Instant::now);
    }

    /// Stops counting.
    pub fn stop(&mut self) {
        if let Some(since) = self.since.take() {
            self.spent += since.elapsed();
        }
    }

    /// Adds time that was measured elsewhere.
    pub fn add(&mut self, seconds: f32) {
        self.spent += Duration::from_secs_f32(seconds.max(0.0));
    }

    /// Seconds counted so far.
    pub fn seconds(&self) -> f64 {
        (self.spent + self.since.map_or(Duration::ZERO, |since| since.elapsed())).as_secs_f64()
    }

    /// A stopwatch that has already counted `seconds` (of an interrupted run).
    pub fn from_seconds(seconds: f64) -> Self {
        Self { spent: Duration::from_secs_f64(seconds.max(0.0)), since: None }
    }
}
