//! What pretraining is worth in labels: where the curve from scratch reaches the same accuracy.

use std::collections::BTreeMap;

use super::Stat;
use crate::runs::{LabelPoint, Mode};

/// Below this two single results are the same: fewer than 5 test images in 10,000.
const SAME: f64 = 5e-4;

/// How many labels a class from scratch give the same accuracy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Worth {
    /// No difference beyond the spread over the seeds.
    Level,
    /// About so many.
    About(f64),
    /// More than the most that were tried.
    MoreThan(f64),
    /// Fewer than the fewest that were tried.
    FewerThan(f64),
}

/// A mode's test accuracy by labels a class, ascending.
pub fn label_curve(points: &[LabelPoint], mode: Mode) -> Vec<(f64, Stat)> {
    let mut by_labels: BTreeMap<u64, (f64, Vec<f64>)> = BTreeMap::new();
    for point in points.iter().filter(|point| point.mode == mode) {
        // Positive numbers: their bits are in their order. All labels come last whatever their number.
        let key = point.labels.map_or(u64::MAX, u64::from);
        let found = by_labels.entry(key).or_insert((point.per_class, Vec::new()));
        found.1.push(point.test_accuracy);
    }
    by_labels.into_values().filter_map(|(labels, values)| Some((labels, Stat::of(values)?))).collect()
}

/// What `accuracy` with `labels` a class is worth on the curve from scratch, by interpolation over the
/// logarithm of the labels; `None` where that curve has no point at `labels`.
///
/// A better accuracy is looked for towards more labels, a worse one towards fewer: the nearest crossing
/// counts where the curve is not monotone.
pub fn worth(scratch: &[(f64, Stat)], labels: f64, accuracy: &Stat) -> Option<Worth> {
    let here = scratch.iter().position(|(known, _)| *known == labels)?;
    let level = scratch[here].1;
    if level.within_spread(accuracy) || (level.mean - accuracy.mean).abs() < SAME {
        return Some(Worth::Level);
    }
    let better = accuracy.mean > level.mean;
    let walk: Vec<_> =
        if better { scratch[here..].to_vec() } else { scratch[..=here].iter().rev().copied().collect() };
    let passed = |mean: f64| if better { mean >= accuracy.mean } else { mean <= accuracy.mean };
    let crossing = walk.windows(2).find(|pair| passed(pair[1].1.mean));
    let end = walk.last().map_or(labels, |(labels, _)| *labels);
    Some(match crossing {
        Some(pair) => Worth::About(between(pair[0], pair[1], accuracy.mean)),
        None if better => Worth::MoreThan(end),
        None => Worth::FewerThan(end),
    })
}

/// Labels at which the line from `a` to `b`, over log labels, has `accuracy`.
fn between(a: (f64, Stat), b: (f64, Stat), accuracy: f64) -> f64 {
    let part = (accuracy - a.1.mean) / (b.1.mean - a.1.mean);
    (a.0.ln() + part * (b.0.ln() - a.0.ln())).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve(values: &[(f64, f64)]) -> Vec<(f64, Stat)> {
        values.iter().map(|&(labels, mean)| (labels, stat(mean))).collect()
    }

    fn stat(mean: f64) -> Stat {
        Stat { mean, spread: 0.01, count: 3 }
    }

    #[test]
    fn labels_are_read_off_between_two_points_of_the_logarithm() {
        let scratch = curve(&[(1.0, 0.5), (10.0, 0.6), (1000.0, 0.8)]);
        let Some(Worth::About(labels)) = worth(&scratch, 10.0, &stat(0.7)) else { panic!("lies between") };
        assert!((labels - 100.0).abs() < 1e-6);
        let Some(Worth::About(labels)) = worth(&scratch, 1000.0, &stat(0.55)) else { panic!("lies between") };
        assert!((labels - 10f64.sqrt()).abs() < 1e-6);
    }

    #[test]
    fn beyond_the_curve_and_within_the_spread_no_number_is_made_up() {
        let scratch = curve(&[(1.0, 0.5), (10.0, 0.6)]);
        assert_eq!(worth(&scratch, 10.0, &stat(0.7)), Some(Worth::MoreThan(10.0)));
        assert_eq!(worth(&scratch, 1.0, &stat(0.4)), Some(Worth::FewerThan(1.0)));
        assert_eq!(worth(&scratch, 10.0, &stat(0.605)), Some(Worth::Level));
        assert_eq!(worth(&scratch, 3.0, &stat(0.7)), None);
    }

    #[test]
    fn a_curve_joins_seeds_and_puts_all_labels_last() {
        let point = |labels, per_class, test_accuracy| LabelPoint {
            mode: Mode::Frozen,
            repetition: 0,
            labels,
            per_class,
            test_accuracy,
            seconds: 1.0,
        };
        let points = [point(None, 540.0, 0.9), point(Some(10), 10.0, 0.6), point(Some(10), 10.0, 0.8)];
        let curve = label_curve(&points, Mode::Frozen);
        assert_eq!(
            curve.iter().map(|(labels, stat)| (*labels, stat.count)).collect::<Vec<_>>(),
            [(10.0, 2), (540.0, 1)]
        );
        assert!((curve[0].1.mean - 0.7).abs() < 1e-9);
        assert!(label_curve(&points, Mode::Scratch).is_empty());
    }
}
