//! The runs of this visit: what was asked, how far each is, what it measured.

use std::sync::Arc;

use crate::protocol::{
    AutoencoderConfig, EngineKind, ExperimentEvent, Fault, LabelPoint, Metric, MetricPoint, Mode, ModePoint,
    ModeResult, Outcome, Pictures, Progress, RunConfig, RunEvent, RunId, StudyResult,
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
    /// Under which it is kept, where it was there before this visit.
    pub key: Option<String>,
    /// It was under way when an earlier visit ended.
    pub interrupted: bool,
    /// The engine that does it.
    pub engine: EngineKind,
    /// What was asked.
    pub config: RunConfig,
    /// Synthetic garments were in use.
    pub synthetic: bool,
    /// The version of the autoencoder in use when it was asked for.
    pub encoder: Option<u32>,
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
    /// A label study's figures.
    pub label_points: Vec<LabelPoint>,
    /// Labels a class that the data lack, and how many they have.
    pub labels_lacking: Vec<(u32, u32)>,
}

impl Run {
    /// A run that was just asked for.
    pub fn new(id: RunId, engine: EngineKind, config: RunConfig, synthetic: bool) -> Self {
        Run {
            id,
            key: None,
            interrupted: false,
            engine,
            config,
            synthetic,
            encoder: None,
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
            label_points: Vec::new(),
            labels_lacking: Vec::new(),
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
            RunEvent::PcaReference { .. }
            | RunEvent::Measured { .. }
            | RunEvent::SelfTested(_)
            | RunEvent::Kept { .. } => {}
        }
    }

    /// Goes on from what was kept: all that it measured is told anew.
    fn go_on(&mut self, engine: EngineKind) {
        let (id, config, synthetic, encoder) = (self.id, self.config.clone(), self.synthetic, self.encoder);
        let known = |point: &LabelPoint| match &self.config {
            RunConfig::Labels(config) => config.known.contains(&(point.labels, point.repetition)),
            _ => false,
        };
        let label_points = self.label_points.iter().filter(|point| known(point)).cloned().collect();
        let (progress, reconstructions) = (self.progress.take(), self.reconstructions.take());
        let anew = Run::new(id, engine, config, synthetic);
        *self = Run { encoder, progress, reconstructions, label_points, ..anew };
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
            ExperimentEvent::LabelPoints { points, .. } => self.label_points.extend(points),
            ExperimentEvent::LabelsLacking { labels, available, .. } => {
                self.labels_lacking.push((labels, available));
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
        let id = self.free_id();
        let known = self.known_points(&config);
        let run = Run::new(id, engine, config, synthetic);
        self.list.push(Run { label_points: known, ..run });
        id
    }

    /// A number that no run has.
    fn free_id(&self) -> RunId {
        self.list.iter().map(|run| run.id).max().unwrap_or(0) + 1
    }

    /// Puts kept runs before those of this visit; one that is there already stays as it is. How many were added.
    pub fn restore(&mut self, kept: Vec<Run>) -> usize {
        let (before, mut place) = (self.list.len(), 0);
        for run in kept {
            if self.list.iter().all(|known| known.key != run.key) {
                let id = self.free_id();
                self.list.insert(place, Run { id, ..run });
                place += 1;
            }
        }
        self.list.len() - before
    }

    /// Takes out the run of an earlier visit that was interrupted with these settings, as it goes on now: the key
    /// under which it is kept.
    pub fn take_interrupted(&mut self, config: &RunConfig) -> Option<String> {
        let place = self.list.iter().rposition(|run| run.interrupted && run.config == *config)?;
        self.list.remove(place).key
    }

    /// The points that a label study goes on from: those of the latest one that it need not do again.
    fn known_points(&self, config: &RunConfig) -> Vec<LabelPoint> {
        let (RunConfig::Labels(config), Some(before)) = (config, self.labels()) else { return Vec::new() };
        let known = |point: &&LabelPoint| config.known.contains(&(point.labels, point.repetition));
        before.label_points.iter().filter(known).cloned().collect()
    }

    /// The run under way.
    pub fn active(&self) -> Option<&Run> {
        self.list.last().filter(|run| run.active())
    }

    /// The run under way, where it is not paused.
    pub fn at_work(&self) -> Option<&Run> {
        self.active().filter(|run| run.status != RunStatus::Paused)
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

    /// The latest label study.
    pub fn labels(&self) -> Option<&Run> {
        self.latest(|config| matches!(config, RunConfig::Labels(_)))
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
            | ExperimentEvent::StudyResult { run, .. }
            | ExperimentEvent::LabelPoints { run, .. }
            | ExperimentEvent::LabelsLacking { run, .. } => *run,
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

    /// The active run goes on, on `engine`, from what was kept of it.
    pub fn go_on(&mut self, engine: EngineKind) {
        if let Some(run) = self.active_mut() {
            run.go_on(engine);
        }
    }

    /// The active run waits for an engine.
    pub fn wait(&mut self) {
        if let Some(run) = self.active_mut() {
            run.status = RunStatus::Starting;
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
        RunEvent::Kept { run, .. } => Some(*run),
        RunEvent::PcaReference { .. } | RunEvent::Measured { .. } | RunEvent::SelfTested(_) => None,
    }
}

#[cfg(test)]
mod tests;
