//! Runs and their events: states, stale events, what studies keep.

use super::*;
use crate::protocol::LabelsConfig;

fn started(run: RunId) -> RunEvent {
    RunEvent::Started { run, total_steps: 10, steps_per_epoch: 5, train: 640, validation: 100 }
}

fn runs() -> Runs {
    let mut runs = Runs::default();
    runs.start(EngineKind::Cpu, RunConfig::Autoencoder(AutoencoderConfig::default()), false);
    runs
}

#[test]
fn a_run_goes_through_its_states() {
    let mut runs = runs();
    assert!(runs.apply(started(1)));
    assert!(runs.apply(RunEvent::Paused { run: 1, paused: true }));
    assert_eq!(runs.active().map(|run| run.status), Some(RunStatus::Paused));
    let point = MetricPoint { metric: Metric::TrainLoss, step: 1, epoch: 0.2, seconds: 0.1, value: 0.3 };
    runs.apply(RunEvent::Metrics { run: 1, points: vec![point] });
    let outcome = Outcome::Completed;
    runs.apply(RunEvent::Finished { run: 1, outcome, test_loss: Some(0.02), seconds: 3.0 });
    let run = runs.autoencoder().expect("one run was started");
    assert_eq!(run.latest(Metric::TrainLoss), Some(0.3));
    assert_eq!((run.test_loss, run.active()), (Some(0.02), false));
}

#[test]
fn events_of_another_run_are_stale() {
    let mut runs = runs();
    runs.apply(started(1));
    runs.start(EngineKind::Gpu, RunConfig::Autoencoder(AutoencoderConfig::default()), true);
    assert_eq!(runs.list[0].status, RunStatus::Over(Outcome::Stopped));
    assert!(!runs.apply(started(1)));
    assert!(!runs.apply(RunEvent::Paused { run: 7, paused: true }));
    assert_eq!(runs.active().map(|run| run.status), Some(RunStatus::Starting));
}

#[test]
fn a_fault_ends_only_the_run_that_it_names() {
    let mut runs = runs();
    let fault = Fault::Diverged { step: 3, value: "NaN".into() };
    runs.fail(Some(9), &fault);
    assert!(runs.active().is_some());
    runs.fail(Some(1), &fault);
    assert!(runs.active().is_none());
    assert_eq!(runs.list[0].fault, Some(fault));
}

#[test]
fn a_study_keeps_one_result_a_size_in_order() {
    let mut runs = Runs::default();
    runs.start(EngineKind::Cpu, RunConfig::Study(Default::default()), false);
    for (latent, loss) in [(8, 0.3), (2, 0.5), (8, 0.2)] {
        let result = StudyResult {
            latent,
            test_loss: loss,
            pca_test_loss: 0.6,
            accuracies: vec![(Mode::Frozen, 0.7)],
            seconds: 1.0,
            originals: Pictures::default(),
            reconstructions: Pictures::default(),
        };
        assert!(runs.apply_experiment(ExperimentEvent::StudyResult { run: 1, result: Box::new(result) }));
    }
    let found: Vec<_> = runs.list[0].study.iter().map(|r| (r.latent, r.test_loss)).collect();
    assert_eq!(found, [(2, 0.5), (8, 0.2)]);
}

#[test]
fn a_label_study_goes_on_from_what_the_one_before_knows() {
    let mut runs = Runs::default();
    runs.start(EngineKind::Cpu, RunConfig::Labels(LabelsConfig::default()), false);
    let point = |labels, repetition| LabelPoint {
        mode: Mode::Scratch,
        repetition,
        labels,
        per_class: 3.0,
        test_accuracy: 0.5,
        seconds: 1.0,
    };
    let points = vec![point(Some(1), 0), point(Some(3), 0)];
    assert!(runs.apply_experiment(ExperimentEvent::LabelPoints { run: 1, points }));
    let known = vec![(Some(3), 0)];
    let config = LabelsConfig { known, ..Default::default() };
    runs.start(EngineKind::Cpu, RunConfig::Labels(config), false);
    assert_eq!(runs.list[1].label_points, [point(Some(3), 0)]);
    runs.start(EngineKind::Cpu, RunConfig::Labels(LabelsConfig::default()), false);
    assert!(runs.list[2].label_points.is_empty());
}

#[test]
fn pca_is_read_by_latent_size() {
    let mut runs = Runs::default();
    runs.apply(RunEvent::PcaReference { errors: vec![0.06, 0.05] });
    assert_eq!(runs.pca_at(0), None);
    assert!(runs.pca_at(2).is_some_and(|error| (error - 0.05).abs() < 1e-6));
    assert_eq!(runs.pca_at(3), None);
}
