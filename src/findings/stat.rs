//! Means over repetitions.

/// A mean over the repetitions with their standard deviation (0 for a single one).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stat {
    /// The mean.
    pub mean: f64,
    /// Sample standard deviation.
    pub spread: f64,
    /// How many values.
    pub count: usize,
}

impl Stat {
    /// Of some values; `None` of none.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Option<Stat> {
        let values: Vec<_> = values.into_iter().collect();
        let count = values.len();
        let mean = values.iter().sum::<f64>() / count as f64;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        let spread = if count > 1 { (squares / (count as f64 - 1.0)).sqrt() } else { 0.0 };
        (count > 0).then_some(Stat { mean, spread, count })
    }

    /// Whether the means are no further apart than the repetitions of either; never where there is one
    /// repetition only, which shows no spread.
    pub fn within_spread(&self, other: &Stat) -> bool {
        let several = self.count.min(other.count) > 1;
        several && (self.mean - other.mean).abs() <= self.spread.max(other.spread)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_is_the_sample_standard_deviation() {
        assert_eq!(Stat::of([2.0, 4.0, 6.0]), Some(Stat { mean: 4.0, spread: 2.0, count: 3 }));
        assert_eq!(Stat::of([3.0]), Some(Stat { mean: 3.0, spread: 0.0, count: 1 }));
        assert_eq!(Stat::of([]), None);
    }

    #[test]
    fn bands_that_meet_are_within_the_spread() {
        let stat = |mean, spread, count| Stat { mean, spread, count };
        assert!(stat(0.80, 0.02, 3).within_spread(&stat(0.81, 0.01, 3)));
        assert!(!stat(0.80, 0.02, 3).within_spread(&stat(0.83, 0.01, 3)));
        assert!(!stat(0.80, 0.0, 1).within_spread(&stat(0.80, 0.0, 1)));
    }
}
