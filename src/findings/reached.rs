//! When a curve reached an accuracy, between two of its points.

use super::Stat;
use crate::runs::{Mode, ModePoint};

/// Validation accuracies whose time is told, 0 to 1.
pub const TARGETS: [f64; 4] = [0.70, 0.75, 0.80, 0.85];

/// When the repetitions of a mode reached an accuracy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arrival {
    /// Batches.
    pub batches: Stat,
    /// The mode's own training seconds.
    pub seconds: Stat,
}

/// A comparison's curves, the latest of which may still grow.
#[derive(Clone, Copy, Debug)]
pub struct Curves<'a> {
    /// The points, each mode's and repetition's in order.
    pub points: &'a [ModePoint],
    /// Modes and repetitions that have come to their end.
    pub ended: &'a [(Mode, u32)],
}

impl<'a> Curves<'a> {
    /// When `mode` reached `target`; `None` where it has not yet, or where a repetition ended below.
    pub fn arrival(&self, mode: Mode, target: f64) -> Option<Arrival> {
        let each = self.repetitions(mode).filter_map(|repetition| self.verdict(mode, repetition, target));
        let each = each.collect::<Option<Vec<_>>>()?;
        let batches = Stat::of(each.iter().map(|(batches, _)| *batches))?;
        let seconds = Stat::of(each.iter().map(|(_, seconds)| *seconds))?;
        Some(Arrival { batches, seconds })
    }

    /// How many times as many batches the network from scratch needed to `target`, over the
    /// repetitions in which both got there; `None` where there is none.
    pub fn speedup(&self, mode: Mode, target: f64) -> Option<f64> {
        self.arrival(mode, target)?;
        self.arrival(Mode::Scratch, target)?;
        let both = self.repetitions(mode).filter_map(|repetition| {
            let batches = |mode| Some(crossing(self.curve(mode, repetition), target)?.0);
            Some((batches(Mode::Scratch)?, batches(mode)?))
        });
        let (scratch, own) = both.fold((0.0, 0.0), |sum, pair| (sum.0 + pair.0, sum.1 + pair.1));
        (own > 0.0 && scratch > 0.0).then(|| scratch / own)
    }

    /// Accuracy of `mode` after `step` batches, over the repetitions that got there.
    pub fn accuracy_after(&self, mode: Mode, step: u32) -> Option<Stat> {
        let there = self.points.iter().filter(|point| point.mode == mode && point.step == step);
        Stat::of(there.map(|point| point.validation_accuracy))
    }

    /// `None` where the repetition is still under way below the target; `Some(None)` where it ended there.
    fn verdict(&self, mode: Mode, repetition: u32, target: f64) -> Option<Option<(f64, f64)>> {
        let found = crossing(self.curve(mode, repetition), target);
        let ended = self.ended.contains(&(mode, repetition));
        (found.is_some() || ended).then_some(found)
    }

    fn repetitions(&self, mode: Mode) -> impl Iterator<Item = u32> + use<'a> {
        let last = self.points.iter().filter(|point| point.mode == mode).map(|point| point.repetition).max();
        0..last.map_or(0, |last| last + 1)
    }

    fn curve(&self, mode: Mode, repetition: u32) -> impl Iterator<Item = &'a ModePoint> + use<'a> {
        self.points.iter().filter(move |point| point.mode == mode && point.repetition == repetition)
    }
}

/// Batches and seconds at which a curve first reaches `target`, linear between its points.
fn crossing<'a>(mut curve: impl Iterator<Item = &'a ModePoint>, target: f64) -> Option<(f64, f64)> {
    let mut before = curve.next()?;
    if before.validation_accuracy >= target {
        return Some((f64::from(before.step), before.seconds));
    }
    for point in curve {
        if point.validation_accuracy >= target {
            let rise = point.validation_accuracy - before.validation_accuracy;
            let part = (target - before.validation_accuracy) / rise;
            let between = |from: f64, to: f64| from + part * (to - from);
            let batches = between(before.step.into(), point.step.into());
            return Some((batches, between(before.seconds, point.seconds)));
        }
        before = point;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve(mode: Mode, repetition: u32, points: &[(u32, f64)]) -> Vec<ModePoint> {
        let point = |&(step, validation_accuracy): &(u32, f64)| ModePoint {
            mode,
            repetition,
            step,
            epoch: 0.0,
            seconds: f64::from(step) / 100.0,
            validation_accuracy,
            validation_loss: 1.0,
            train_loss: 1.0,
        };
        points.iter().map(point).collect()
    }

    #[test]
    fn a_crossing_lies_between_two_points_and_counts_once() {
        let points = curve(Mode::Scratch, 0, &[(0, 0.1), (100, 0.7), (200, 0.9), (400, 0.7), (800, 0.95)]);
        let curves = Curves { points: &points, ended: &[] };
        let arrival = curves.arrival(Mode::Scratch, 0.8).expect("reached");
        assert!((arrival.batches.mean - 150.0).abs() < 1e-9);
        assert!((arrival.seconds.mean - 1.5).abs() < 1e-9);
        assert_eq!(curves.arrival(Mode::Scratch, 0.99), None);
        assert_eq!(curves.arrival(Mode::Frozen, 0.1), None);
    }

    #[test]
    fn a_repetition_that_ended_below_means_not_reached_and_one_under_way_waits() {
        let first = curve(Mode::Frozen, 0, &[(0, 0.1), (100, 0.9)]);
        let second = curve(Mode::Frozen, 1, &[(0, 0.1), (100, 0.7)]);
        let points = [first, second].concat();
        let under_way = Curves { points: &points, ended: &[(Mode::Frozen, 0)] };
        assert_eq!(under_way.arrival(Mode::Frozen, 0.8).map(|arrival| arrival.batches.count), Some(1));
        let over = Curves { points: &points, ended: &[(Mode::Frozen, 0), (Mode::Frozen, 1)] };
        assert_eq!(over.arrival(Mode::Frozen, 0.8), None);
    }

    #[test]
    fn the_ratio_is_over_repetitions_in_which_both_got_there() {
        let points = [
            curve(Mode::Scratch, 0, &[(0, 0.0), (100, 0.8)]),
            curve(Mode::Finetuned, 0, &[(0, 0.0), (50, 0.8)]),
            curve(Mode::Finetuned, 1, &[(0, 0.0), (10, 0.8)]),
        ]
        .concat();
        let curves = Curves { points: &points, ended: &[] };
        assert_eq!(curves.speedup(Mode::Finetuned, 0.8), Some(2.0));
        assert_eq!(curves.speedup(Mode::Frozen, 0.8), None);
        assert_eq!(curves.accuracy_after(Mode::Finetuned, 0).map(|stat| stat.count), Some(2));
    }
}
