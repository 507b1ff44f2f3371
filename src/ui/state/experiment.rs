//! What an experiment found, drawn from its raw points and results: curves with bands, means over
//! the repetitions, the images behind a cell, the garments on which the modes disagree.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::chart::{Point, Series};
use super::runs::Run;
use crate::data::CLASS_COUNT;
use crate::findings::{Arrival, Curves, Stat, TARGETS};
use crate::protocol::{Mode, ModePoint, ModeResult};

/// One mode's figures so far: of its curves, and of its finished repetitions.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// Which mode.
    pub mode: Mode,
    /// When it reached each of [`TARGETS`].
    pub arrivals: [Option<Arrival>; TARGETS.len()],
    /// How many times as many batches the network from scratch needed for it.
    pub speedups: [Option<f64>; TARGETS.len()],
    /// What is known once a repetition has finished.
    pub end: Option<End>,
}

/// One mode's figures over its finished repetitions.
#[derive(Clone, Debug, PartialEq)]
pub struct End {
    /// Finished repetitions.
    pub repetitions: usize,
    /// All parameters.
    pub parameters: u32,
    /// Parameters that learn.
    pub trainable: u32,
    /// Seconds a training step.
    pub step_seconds: Stat,
    /// Validation accuracy after the first epoch.
    pub first_epoch: Stat,
    /// Best validation accuracy.
    pub best_validation: Stat,
    /// Test accuracy.
    pub test: Stat,
    /// Macro F1 on the test set.
    pub macro_f1: Stat,
}

/// The figures of each mode that has a point, in the order of the page.
pub fn summaries(run: &Run) -> Vec<Summary> {
    let ended: Vec<_> = run.mode_results.iter().map(|result| (result.mode, result.repetition)).collect();
    let failed = run.mode_faults.iter().flat_map(|(mode, _)| (0..MOST_SEEDS).map(|seed| (*mode, seed)));
    let ended: Vec<_> = ended.into_iter().chain(failed).collect();
    let curves = Curves { points: &run.mode_points, ended: &ended };
    let known = |mode: &Mode| {
        run.mode_points.iter().any(|point| point.mode == *mode)
            || run.mode_results.iter().any(|result| result.mode == *mode)
    };
    let summary = |mode: Mode| Summary {
        mode,
        arrivals: TARGETS.map(|target| curves.arrival(mode, target)),
        speedups: TARGETS.map(|target| curves.speedup(mode, target)),
        end: end(run, mode),
    };
    Mode::ALL.into_iter().filter(known).map(summary).collect()
}

/// Most repetitions of a comparison.
const MOST_SEEDS: u32 = 10;

fn end(run: &Run, mode: Mode) -> Option<End> {
    let results: Vec<_> = run.mode_results.iter().filter(|result| result.mode == mode).collect();
    let first = results.first()?;
    let stat = |read: fn(&ModeResult) -> f64| {
        Stat::of(results.iter().map(|result| read(result))).unwrap_or_default()
    };
    Some(End {
        repetitions: results.len(),
        parameters: first.parameters,
        trainable: first.trainable,
        step_seconds: stat(|result| result.seconds_per_step),
        first_epoch: stat(|result| result.first_epoch_accuracy),
        best_validation: stat(|result| result.best_validation_accuracy),
        test: stat(|result| result.test_accuracy),
        macro_f1: stat(|result| result.macro_f1),
    })
}

/// The latest validation accuracy of a mode.
pub fn validation_accuracy(run: &Run, mode: Mode) -> Option<f64> {
    run.mode_points.iter().rev().find(|point| point.mode == mode).map(|point| point.validation_accuracy)
}

/// The latest result of a mode.
pub fn latest_result(run: &Run, mode: Mode) -> Option<&Arc<ModeResult>> {
    run.mode_results.iter().rev().find(|result| result.mode == mode)
}

/// What the curves run over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Across {
    /// Batches, on a logarithmic scale.
    #[default]
    Steps,
    /// Epochs.
    Epochs,
    /// The mode's own training seconds.
    Seconds,
}

/// What the curves show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Measure {
    /// Validation accuracy.
    #[default]
    Accuracy,
    /// Validation cross-entropy.
    Loss,
}

/// A mode's mean curve over the repetitions, with the standard deviation as its band.
pub fn curve(run: &Run, mode: Mode, across: Across, measure: Measure, name: &str) -> Series {
    let mut steps: BTreeMap<u32, Vec<&ModePoint>> = BTreeMap::new();
    for point in run.mode_points.iter().filter(|point| point.mode == mode) {
        steps.entry(point.step).or_default().push(point);
    }
    let read_x = |point: &ModePoint| match across {
        Across::Steps => f64::from(point.step),
        Across::Epochs => f64::from(point.epoch),
        Across::Seconds => point.seconds,
    };
    let read_y = |point: &ModePoint| match measure {
        Measure::Accuracy => point.validation_accuracy,
        Measure::Loss => point.validation_loss,
    };
    let mean = |points: Vec<&ModePoint>| {
        let x = Stat::of(points.iter().map(|point| read_x(point)))?;
        let y = Stat::of(points.iter().map(|point| read_y(point)))?;
        Some(Point { x: x.mean, y: y.mean, spread: y.spread })
    };
    let points: Vec<_> = steps.into_values().filter_map(mean).collect();
    let dots = points.len() < 30;
    Series { name: name.into(), colour: colour(mode), points, dashed: false, dots }
}

/// A mode's colour in the style sheet.
pub fn colour(mode: Mode) -> &'static str {
    match mode {
        Mode::Scratch => "--mode-scratch",
        Mode::Frozen => "--mode-frozen",
        Mode::Finetuned => "--mode-finetuned",
    }
}

/// The test images of class `truth` that were taken for `predicted`.
pub fn cell(labels: &[u8], predictions: &[u8], truth: u8, predicted: u8) -> Vec<u32> {
    let fits = |(_, (label, prediction)): &(usize, (&u8, &u8))| (**label, **prediction) == (truth, predicted);
    labels.iter().zip(predictions).enumerate().filter(fits).map(|(index, _)| index as u32).collect()
}

/// A test garment on which the modes disagree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// Its index in the test set.
    pub index: u32,
    /// Its class.
    pub truth: u8,
    /// Each mode's verdict.
    pub verdicts: Vec<(Mode, u8)>,
}

/// The first `limit` garments on which the latest results disagree, and how many there are.
pub fn disagreements(run: &Run, labels: &[u8], limit: usize) -> (Vec<Disagreement>, usize) {
    let results: Vec<_> = Mode::ALL.into_iter().filter_map(|mode| latest_result(run, mode)).collect();
    let verdicts = |index: usize| -> Vec<_> {
        results.iter().filter_map(|result| Some((result.mode, *result.predictions.get(index)?))).collect()
    };
    let differ = |verdicts: &[(Mode, u8)]| verdicts.windows(2).any(|pair| pair[0].1 != pair[1].1);
    let all = labels.iter().enumerate().map(|(index, truth)| Disagreement {
        index: index as u32,
        truth: *truth,
        verdicts: verdicts(index),
    });
    let all: Vec<_> = all.filter(|found| differ(&found.verdicts)).collect();
    let count = all.len();
    (all.into_iter().take(limit).collect(), count)
}

/// The count in a cell of a confusion matrix.
pub fn count(confusion: &[u32], truth: usize, predicted: usize) -> u32 {
    confusion.get(truth * CLASS_COUNT + predicted).copied().unwrap_or(0)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::protocol::{EngineKind, ExperimentConfig, RunConfig};

    /// A result with hand-chosen figures.
    pub(crate) fn result(
        mode: Mode,
        repetition: u32,
        first: f64,
        test: f64,
        predictions: &[u8],
    ) -> ModeResult {
        ModeResult {
            mode,
            repetition,
            parameters: 100,
            trainable: 50,
            steps: 100,
            seconds_per_step: 0.02,
            first_epoch_accuracy: first,
            best_validation_accuracy: test,
            test_accuracy: test,
            test_loss: 0.3,
            macro_f1: test,
            precision: vec![0.9; 10],
            recall: vec![0.9; 10],
            confusion: vec![1; 100],
            predictions: predictions.to_vec(),
        }
    }

    /// An experiment with these results.
    pub(crate) fn experiment(results: Vec<ModeResult>) -> Run {
        let mut run = Run::new(1, EngineKind::Cpu, RunConfig::Experiment(ExperimentConfig::default()), false);
        run.mode_results = results.into_iter().map(Arc::new).collect();
        run
    }

    fn point(repetition: u32, step: u32, accuracy: f64) -> ModePoint {
        point_of(Mode::Scratch, repetition, step, accuracy)
    }

    /// A point with these figures.
    pub(crate) fn point_of(mode: Mode, repetition: u32, step: u32, accuracy: f64) -> ModePoint {
        ModePoint {
            mode,
            repetition,
            step,
            epoch: step as f32 / 10.0,
            seconds: f64::from(step) * 0.5,
            validation_accuracy: accuracy,
            validation_loss: 1.0 - accuracy,
            train_loss: 0.1,
        }
    }

    #[test]
    fn curves_are_means_over_repetitions_at_the_same_step() {
        let mut run = experiment(Vec::new());
        run.mode_points = vec![point(0, 10, 0.5), point(0, 20, 0.7), point(1, 10, 0.7)];
        let curve = curve(&run, Mode::Scratch, Across::Seconds, Measure::Accuracy, "scratch");
        assert_eq!(curve.points.len(), 2);
        let first = curve.points[0];
        assert!((first.x - 5.0).abs() < 1e-9 && (first.y - 0.6).abs() < 1e-9);
        assert!((first.spread - 0.02f64.sqrt()).abs() < 1e-9);
        assert_eq!(curve.points[1].spread, 0.0);
        assert_eq!(validation_accuracy(&run, Mode::Scratch), Some(0.7));
    }

    #[test]
    fn cells_and_disagreements_name_test_images() {
        let labels = [0, 1, 1, 2];
        let run = experiment(vec![
            result(Mode::Scratch, 0, 0.5, 0.5, &[0, 1, 2, 2]),
            result(Mode::Frozen, 0, 0.5, 0.5, &[0, 2, 2, 2]),
        ]);
        assert_eq!(cell(&labels, &run.mode_results[0].predictions, 1, 2), [2]);
        let (found, count) = disagreements(&run, &labels, 5);
        assert_eq!(count, 1);
        assert_eq!(found[0].verdicts, [(Mode::Scratch, 1), (Mode::Frozen, 2)]);
        assert_eq!((found[0].index, found[0].truth), (1, 1));
    }

    #[test]
    fn summaries_are_over_finished_repetitions() {
        let run =
            experiment(vec![result(Mode::Frozen, 0, 0.4, 0.8, &[]), result(Mode::Frozen, 1, 0.6, 0.9, &[])]);
        let found = summaries(&run);
        assert_eq!(found.len(), 1);
        let end = found[0].end.as_ref().expect("two repetitions have finished");
        assert_eq!(end.repetitions, 2);
        assert!((end.test.mean - 0.85).abs() < 1e-9 && end.test.spread > 0.07);
    }

    #[test]
    fn a_mode_under_way_has_its_times_before_its_end() {
        let mut run = experiment(Vec::new());
        run.mode_points = vec![point(0, 0, 0.1), point(0, 100, 0.9)];
        let found = summaries(&run);
        assert_eq!((found.len(), found[0].end.is_none()), (1, true));
        let batches = found[0].arrivals.map(|arrival| arrival.map(|arrival| arrival.batches.mean.round()));
        assert_eq!(batches, [Some(75.0), Some(81.0), Some(88.0), Some(94.0)]);
    }
}
