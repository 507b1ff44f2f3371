//! The runs of this visit: what was asked, how far each is, what it measured.

use std::sync::Arc;

use crate::protocol::{
    AutoencoderConfig, EngineKind, ExperimentEvent, Fault, Metric, MetricPoint, Mode, ModePoint, ModeResult,
    Outcome, Pictures, Progress, RunConfig, RunEvent, RunId, StudyResult,
};

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunStatus {
    /// Asked for; the engine has not answered yet.
    Starting,
    /// Under way.
    Running,
    /// Paused.
    Paused,
    /// Over.
    Over(Outcome),
}

/// The same garments before and after the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reconstructions {
    /// Batches done when they were made.
    pub step: u32,
    /// The garments.
    pub originals: Pictures,
    /// Their reconstructions.
    pub reconstructions: Pictures,
}

/// One run.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Its name in the protocol.
    pub id: RunId,
    /// The engine that does it.
    pub engine: EngineKind,
    /// What was asked.
    pub config: RunConfig,
    /// Synthetic garments were in use.
    pub synthetic: bool,
    /// Where it stands.
    pub status: RunStatus,
    /// Batches in all; 0 until it has started.
    pub total_steps: u32,
    /// Training images in use.
    pub train: u32,
    /// Validation images.
    pub validation: u32,
    /// Its latest progress.
    pub progress: Option<Progress>,
    /// Its curves.
    pub points: Vec<MetricPoint>,
    /// Latest garments before and after.
    pub reconstructions: Option<Arc<Reconstructions>>,
    /// The final test's loss.
    pub test_loss: Option<f64>,
    /// Training wall time, once over.
    pub seconds: Option<f64>,
    /// What ended it, where it failed.
    pub fault: Option<Fault>,
    /// An experiment's curves.
    pub mode_points: Vec<ModePoint>,
    /// An experiment's final figures.
    pub mode_results: Vec<Arc<ModeResult>>,
    /// Modes that failed while the others went on.
    pub mode_faults: Vec<(Mode, Fault)>,
    /// A study's figures, by latent size.
    pub study: Vec<Arc<StudyResult>>,
}

impl Run {
    /// A run that was just asked for.
    pub fn new(id: RunId, engine: EngineKind, config: RunConfig, synthetic: bool) -> Self {
        Run {
            id,
            engine,
            config,
            synthetic,
            status: RunStatus::Starting,
            total_steps: 0,
            train: 0,
            validation: 0,
            progress: None,
            points: Vec::new(),
            reconstructions: None,
            test_loss: None,
            seconds: None,
            fault: None,
            mode_points: Vec::new(),
            mode_results: Vec::new(),
            mode_faults: Vec::new(),
            study: Vec::new(),
        }
    }

    /// Not over yet.
    pub fn active(&self) -> bool {
        !matches!(self.status, RunStatus::Over(_))
    }

    /// The latest value of a curve.
    pub fn latest(&self, metric: Metric) -> Option<f64> {
        self.points.iter().rev().find(|point| point.metric == metric).map(|point| point.value)
    }

    /// The autoencoder's settings, where it is one.
    pub fn autoencoder(&self) -> Option<&AutoencoderConfig> {
        match &self.config {
            RunConfig::Autoencoder(config) => Some(config),
            _ => None,
        }
    }

    fn apply(&mut self, event: RunEvent) {
        match event {
            RunEvent::Started { total_steps, train, validation, .. } => {
                (self.total_steps, self.train, self.validation) = (total_steps, train, validation);
                if self.status == RunStatus::Starting {
                    self.status = RunStatus::Running;
                }
            }
            RunEvent::Progress(progress) => self.progress = Some(progress),
            RunEvent::Metrics { points, .. } => self.points.extend(points),
            RunEvent::Reconstructions { step, originals, reconstructions, .. } => {
                self.reconstructions = Some(Arc::new(Reconstructions { step, originals, reconstructions }));
            }
            RunEvent::Paused { paused, .. } => {
                self.status = if paused { RunStatus::Paused } else { RunStatus::Running };
            }
            RunEvent::Finished { outcome, test_loss, seconds, .. } => {
                self.status = RunStatus::Over(outcome);
                self.test_loss = test_loss;
                self.seconds = Some(seconds);
            }
            RunEvent::PcaReference { .. } | RunEvent::Measured { .. } | RunEvent::SelfTested(_) => {}
        }
    }

    fn apply_experiment(&mut self, event: ExperimentEvent) {
        match event {
            ExperimentEvent::Points { points, .. } => self.mode_points.extend(points),
            ExperimentEvent::Result { result, .. } => self.mode_results.push(Arc::from(result)),
            ExperimentEvent::ModeFailed { mode, fault, .. } => self.mode_faults.push((mode, fault)),
            ExperimentEvent::StudyResult { result, .. } => {
                self.study.retain(|known| known.latent != result.latent);
                self.study.push(Arc::from(result));
                self.study.sort_by_key(|known| known.latent);
            }
        }
    }
}

/// All runs of the visit, oldest first; the last is the current one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Runs {
    /// The runs.
    pub list: Vec<Run>,
    /// PCA's error at latent sizes 1 to 128, on the data in use.
    pub pca: Option<Arc<Vec<f32>>>,
}

impl Runs {
    /// Notes a new run; one that was still active counts as stopped.
    pub fn start(&mut self, engine: EngineKind, config: RunConfig, synthetic: bool) -> RunId {
        if let Some(run) = self.active_mut() {
            run.status = RunStatus::Over(Outcome::Stopped);
        }
        let id = self.list.last().map_or(1, |run| run.id + 1);
        self.list.push(Run::new(id, engine, config, synthetic));
        id
    }

    /// The run under way.
    pub fn active(&self) -> Option<&Run> {
        self.list.last().filter(|run| run.active())
    }

    /// The latest run that fits.
    pub fn latest(&self, fits: impl Fn(&RunConfig) -> bool) -> Option<&Run> {
        self.list.iter().rev().find(|run| fits(&run.config))
    }

    /// The latest autoencoder's run.
    pub fn autoencoder(&self) -> Option<&Run> {
        self.latest(|config| matches!(config, RunConfig::Autoencoder(_)))
    }

    /// The latest experiment.
    pub fn experiment(&self) -> Option<&Run> {
        self.latest(|config| matches!(config, RunConfig::Experiment(_)))
    }

    /// The latest study.
    pub fn study(&self) -> Option<&Run> {
        self.latest(|config| matches!(config, RunConfig::Study(_)))
    }

    /// PCA's error at a latent size.
    pub fn pca_at(&self, latent: u32) -> Option<f64> {
        let index = usize::try_from(latent).ok()?.checked_sub(1)?;
        self.pca.as_ref()?.get(index).map(|error| f64::from(*error))
    }

    /// Takes in a run's event; false where it is stale.
    pub fn apply(&mut self, event: RunEvent) -> bool {
        if let RunEvent::PcaReference { errors } = event {
            self.pca = Some(Arc::new(errors));
            return true;
        }
        let Some(run) = run_of(&event).and_then(|id| self.current_mut(id)) else { return false };
        run.apply(event);
        true
    }

    /// Takes in an experiment's event; false where it is stale.
    pub fn apply_experiment(&mut self, event: ExperimentEvent) -> bool {
        let id = match &event {
            ExperimentEvent::Points { run, .. }
            | ExperimentEvent::Result { run, .. }
            | ExperimentEvent::ModeFailed { run, .. }
            | ExperimentEvent::StudyResult { run, .. } => *run,
        };
        let Some(run) = self.current_mut(id) else { return false };
        run.apply_experiment(event);
        true
    }

    /// The active run failed.
    pub fn fail(&mut self, id: Option<RunId>, fault: &Fault) {
        if let Some(run) = self.active_mut().filter(|run| id.is_none_or(|id| id == run.id)) {
            run.status = RunStatus::Over(Outcome::Failed);
            run.fault = Some(fault.clone());
        }
    }

    fn active_mut(&mut self) -> Option<&mut Run> {
        self.list.last_mut().filter(|run| run.active())
    }

    /// The current run, where `id` names it: its end may follow its fault.
    fn current_mut(&mut self, id: RunId) -> Option<&mut Run> {
        self.list.last_mut().filter(|run| run.id == id)
    }
}

fn run_of(event: &RunEvent) -> Option<RunId> {
    match event {
        RunEvent::Started { run, .. }
        | RunEvent::Metrics { run, .. }
        | RunEvent::Reconstructions { run, .. }
        | RunEvent::Paused { run, .. }
        | RunEvent::Finished { run, .. } => Some(*run),
        RunEvent::Progress(progress) => Some(progress.run),
        RunEvent::PcaReference { .. } | RunEvent::Measured { .. } | RunEvent::SelfTested(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
                frozen_accuracy: 0.7,
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
    fn pca_is_read_by_latent_size() {
        let mut runs = Runs::default();
        runs.apply(RunEvent::PcaReference { errors: vec![0.06, 0.05] });
        assert_eq!(runs.pca_at(0), None);
        assert!(runs.pca_at(2).is_some_and(|error| (error - 0.05).abs() < 1e-6));
        assert_eq!(runs.pca_at(3), None);
    }
}
