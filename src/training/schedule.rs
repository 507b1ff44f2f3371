//! Learning rates over a run.

use std::f64::consts::PI;

/// One-cycle schedule (Smith and Topin, 2018): a cosine up to the peak, a longer one down to almost
/// nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OneCycle {
    peak: f64,
    steps: u32,
}

impl OneCycle {
    /// Share of the steps that go up.
    const RISE: f64 = 0.2;
    /// The first rate is the peak divided by this.
    const START_DIVISOR: f64 = 10.0;
    /// The last rate is the peak divided by this.
    const END_DIVISOR: f64 = 1000.0;

    /// A cycle of `steps` batches with this `peak`.
    pub fn new(peak: f64, steps: u32) -> Self {
        Self { peak, steps }
    }

    /// The rate of the batch after `step` batches.
    pub fn rate(&self, step: u32) -> f64 {
        let done = f64::from(step) / f64::from(self.steps.saturating_sub(1).max(1));
        if done < Self::RISE {
            between(self.peak / Self::START_DIVISOR, self.peak, done / Self::RISE)
        } else {
            let fall = ((done - Self::RISE) / (1.0 - Self::RISE)).min(1.0);
            between(self.peak, self.peak / Self::END_DIVISOR, fall)
        }
    }
}

/// Cosine from `start` at 0 to `end` at 1.
fn between(start: f64, end: f64, position: f64) -> f64 {
    end + (start - end) * (1.0 + (PI * position).cos()) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rises_to_the_peak_and_falls_to_almost_nothing() {
        let cycle = OneCycle::new(1e-3, 101);
        assert!((cycle.rate(0) - 1e-4).abs() < 1e-12);
        assert!((cycle.rate(20) - 1e-3).abs() < 1e-12);
        assert!((cycle.rate(100) - 1e-6).abs() < 1e-12);
        assert!((0..20).all(|step| cycle.rate(step) < cycle.rate(step + 1)));
        assert!((20..100).all(|step| cycle.rate(step) > cycle.rate(step + 1)));
    }

    #[test]
    fn a_single_step_has_a_rate() {
        assert!(OneCycle::new(1e-3, 1).rate(0) > 0.0);
    }
}
