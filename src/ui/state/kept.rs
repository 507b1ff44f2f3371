//! Runs on their way into what is kept, and back.

use std::sync::Arc;

use super::runs::{Reconstructions, Run, RunStatus};
use crate::protocol::{EngineKind, Outcome};
use crate::workspace::KeptRun;

/// Most points of a curve that are kept; longer ones are thinned evenly, and keep their last point.
const MOST_POINTS: usize = 10_000;

/// A run as it is kept. One that is under way has no outcome.
pub fn kept(run: &Run) -> KeptRun {
    let pictures =
        |shown: &Arc<Reconstructions>| (shown.step, shown.originals.clone(), shown.reconstructions.clone());
    KeptRun {
        engine: run.engine,
        config: run.config.clone(),
        synthetic: run.synthetic,
        outcome: match run.status {
            RunStatus::Over(outcome) => Some(outcome),
            RunStatus::Starting | RunStatus::Running | RunStatus::Paused => None,
        },
        total_steps: run.total_steps,
        train: run.train,
        validation: run.validation,
        points: thinned(&run.points),
        reconstructions: run.reconstructions.as_ref().map(pictures),
        test_loss: run.test_loss.filter(|loss| loss.is_finite()),
        seconds: run.seconds,
        fault: run.fault.clone(),
        mode_points: thinned(&run.mode_points),
        mode_results: run.mode_results.iter().map(|result| result.as_ref().clone()).collect(),
        mode_faults: run.mode_faults.clone(),
        study: run.study.iter().map(|result| result.as_ref().clone()).collect(),
        label_points: run.label_points.clone(),
        labels_lacking: run.labels_lacking.clone(),
    }
}

fn thinned<T: Clone>(points: &[T]) -> Vec<T> {
    let every = points.len().div_ceil(MOST_POINTS).max(1);
    let last = points.len().saturating_sub(1);
    let chosen = points.iter().enumerate().filter(|(place, _)| place % every == 0 || *place == last);
    chosen.map(|(_, point)| point.clone()).collect()
}

/// A kept run, as yet without a number in this visit. One that was under way has stopped.
pub fn restored(key: String, kept: KeptRun) -> Run {
    let pictures =
        |(step, originals, reconstructions)| Arc::new(Reconstructions { step, originals, reconstructions });
    let new = Run::new(0, kept.engine, kept.config, kept.synthetic);
    Run {
        key: Some(key),
        interrupted: kept.outcome.is_none(),
        status: RunStatus::Over(kept.outcome.unwrap_or(Outcome::Stopped)),
        total_steps: kept.total_steps,
        train: kept.train,
        validation: kept.validation,
        points: kept.points,
        reconstructions: kept.reconstructions.map(pictures),
        test_loss: kept.test_loss,
        seconds: kept.seconds,
        fault: kept.fault,
        mode_points: kept.mode_points,
        mode_results: kept.mode_results.into_iter().map(Arc::new).collect(),
        mode_faults: kept.mode_faults,
        study: kept.study.into_iter().map(Arc::new).collect(),
        label_points: kept.label_points,
        labels_lacking: kept.labels_lacking,
        ..new
    }
}

/// What tells that a run has something new to keep: lengths, batches shown, status.
pub type Signature = ([usize; 7], u32, RunStatus, EngineKind);

/// The run's [`Signature`].
pub fn signature(run: &Run) -> Signature {
    let lengths = [
        run.points.len(),
        run.mode_points.len(),
        run.mode_results.len(),
        run.mode_faults.len(),
        run.study.len(),
        run.label_points.len(),
        run.labels_lacking.len(),
    ];
    (lengths, run.reconstructions.as_ref().map_or(0, |shown| shown.step), run.status, run.engine)
}

#[cfg(test)]
mod tests {
    use super::super::runs::Runs;
    use super::*;
    use crate::protocol::{AutoencoderConfig, Metric, MetricPoint, RunConfig};

    fn point(step: u32) -> MetricPoint {
        MetricPoint { metric: Metric::TrainLoss, step, epoch: 0.0, seconds: 0.0, value: 0.5 }
    }

    fn run() -> Run {
        let config = RunConfig::Autoencoder(AutoencoderConfig::default());
        Run { points: vec![point(1), point(2)], ..Run::new(1, EngineKind::Cpu, config, true) }
    }

    #[test]
    fn what_was_kept_comes_back_before_the_runs_of_this_visit() {
        let mut runs = Runs::default();
        let begun = runs.start(EngineKind::Cpu, run().config, false);
        let kept = ["a", "b"].map(|key| restored(key.to_owned(), kept(&run()))).to_vec();
        assert_eq!(runs.restore(kept.clone()), 2);
        assert_eq!(runs.restore(kept), 0, "the same ones are there already");
        let keys: Vec<_> = runs.list.iter().map(|run| run.key.clone().unwrap_or_default()).collect();
        assert_eq!(keys, ["a", "b", ""]);
        assert_eq!(runs.active().map(|run| run.id), Some(begun), "the one under way stays the current one");
        assert_eq!(runs.list[0].status, RunStatus::Over(Outcome::Stopped));
        assert_eq!(runs.list[1].points, run().points);
        assert_eq!(runs.take_interrupted(&run().config).as_deref(), Some("b"), "the later one goes on");
        let next = runs.start(EngineKind::Cpu, run().config, false);
        assert!(runs.list.iter().filter(|run| run.id == next).count() == 1, "no number twice");
    }

    #[test]
    fn endless_curves_are_thinned_to_their_end() {
        let long = Run { points: (0..25_001).map(point).collect(), ..run() };
        let kept = kept(&long).points;
        assert!(kept.len() <= MOST_POINTS);
        assert_eq!(kept.last().map(|point| point.step), Some(25_000));
    }

    #[test]
    fn only_what_is_new_is_written() {
        let mut run = run();
        let before = signature(&run);
        run.total_steps = 5;
        assert_eq!(signature(&run), before);
        run.points.push(point(3));
        assert_ne!(signature(&run), before);
    }
}
