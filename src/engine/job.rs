//! The kinds of run, behind one face: start, one unit of work, report, show, keep.

use super::{
    Engine,
    autoencoder::AutoencoderJob,
    experiment::ExperimentJob,
    going_on::{KeptJob, encoder},
    studies::{LabelsJob, StudyJob},
};
use crate::{
    protocol::{ExperimentEvent, Fault, KeptRunError, Phase, RunConfig, RunId, WeightsOrigin},
    training::Plan,
};

/// What one unit of work did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unit {
    /// What it was part of.
    pub phase: Phase,
    /// Training images worked on; 0 in validation and test.
    pub images: u32,
    /// Whether a training batch was completed.
    pub batch_ended: bool,
    /// Whether an epoch, its validation included, was completed.
    pub epoch_ended: bool,
    /// Batches done, of [`Plan::total_steps`].
    pub step: u32,
    /// Epoch now running, from 1.
    pub epoch: u32,
    /// Whether all is done.
    pub finished: bool,
}

/// A run of some kind. Another kind is one more arm here and a file of its own.
pub enum Job {
    /// Train an autoencoder.
    Autoencoder(Box<AutoencoderJob>),
    /// Compare classifiers.
    Experiment(Box<ExperimentJob>),
    /// Compare latent sizes.
    Study(Box<StudyJob>),
    /// Compare numbers of labels.
    Labels(Box<LabelsJob>),
}

impl Job {
    /// Prepares what `config` asks for, on the engine's data and device.
    ///
    /// # Errors
    /// [`Fault::Setting`] for a setting out of range, [`Fault::NoData`] without data.
    pub async fn new(run: RunId, config: &RunConfig, engine: &Engine) -> Result<Self, Fault> {
        match config {
            RunConfig::Autoencoder(config) => {
                AutoencoderJob::new(run, config, engine).map(|job| Job::Autoencoder(Box::new(job)))
            }
            RunConfig::Experiment(config) => ExperimentJob::new(run, config, encoder(engine, None)?, engine)
                .map(|job| Job::Experiment(Box::new(job))),
            RunConfig::Study(config) => {
                StudyJob::new(run, config, engine).map(|job| Job::Study(Box::new(job)))
            }
            RunConfig::Labels(config) => LabelsJob::new(run, config, encoder(engine, None)?, engine)
                .map(|job| Job::Labels(Box::new(job))),
        }
    }

    /// The same, going on from what was kept of such a run; what that told is told again.
    ///
    /// # Errors
    /// As [`Job::new`], and [`Fault::Unresumable`] where it does not fit.
    pub(super) async fn go_on(
        run: RunId,
        config: &RunConfig,
        (kept, told): (KeptJob, Vec<ExperimentEvent>),
        engine: &Engine,
    ) -> Result<Self, Fault> {
        match (config, kept) {
            (RunConfig::Autoencoder(config), KeptJob::Autoencoder(kept)) => {
                let mut job = AutoencoderJob::new(run, config, engine)?;
                job.go_on(kept)?;
                Ok(Job::Autoencoder(Box::new(job)))
            }
            (RunConfig::Experiment(config), KeptJob::Experiment(with, kept)) => {
                let mut job = ExperimentJob::new(run, config, encoder(engine, Some(with))?, engine)?;
                job.comparison.go_on(kept)?;
                job.told.repeat(engine, told);
                Ok(Job::Experiment(Box::new(job)))
            }
            (RunConfig::Study(config), KeptJob::Study(kept)) => {
                let mut job = StudyJob::new(run, config, engine)?;
                job.study.go_on(kept)?;
                job.told.repeat(engine, told);
                Ok(Job::Study(Box::new(job)))
            }
            (RunConfig::Labels(config), KeptJob::Labels(with, kept)) => {
                let mut job = LabelsJob::new(run, config, encoder(engine, Some(with))?, engine)?;
                job.study.go_on(kept)?;
                job.told.repeat(engine, told);
                Ok(Job::Labels(Box::new(job)))
            }
            _ => Err(KeptRunError::Content.into()),
        }
    }

    /// What is kept of it; nothing within a batch.
    ///
    /// # Errors
    /// [`Fault::DeviceLost`].
    pub(super) async fn state(&self) -> Result<Option<KeptJob>, Fault> {
        match self {
            Job::Autoencoder(job) => Ok(job.state().await?.map(KeptJob::Autoencoder)),
            Job::Experiment(job) => job.state().await,
            Job::Study(job) => job.state().await,
            Job::Labels(job) => job.state().await,
        }
    }

    /// All that an experiment has told.
    pub(super) fn told(&self) -> &[ExperimentEvent] {
        match self {
            Job::Autoencoder(_) => &[],
            Job::Experiment(job) => &job.told.events,
            Job::Study(job) => &job.told.events,
            Job::Labels(job) => &job.told.events,
        }
    }

    /// How much there is to do.
    pub fn plan(&self) -> Plan {
        match self {
            Job::Autoencoder(job) => job.plan(),
            Job::Experiment(job) => job.plan(),
            Job::Study(job) => job.plan(),
            Job::Labels(job) => job.plan(),
        }
    }

    /// One unit of work, short enough that a pause right after it is felt as at once.
    ///
    /// # Errors
    /// What ends the run: [`Fault::Diverged`], [`Fault::DeviceLost`].
    pub async fn advance(&mut self, engine: &mut Engine) -> Result<Unit, Fault> {
        match self {
            Job::Autoencoder(job) => job.advance(engine).await,
            Job::Experiment(job) => job.advance(engine).await,
            Job::Study(job) => job.advance(engine).await,
            Job::Labels(job) => job.advance(engine).await,
        }
    }

    /// Posts the figures that are new. `complete` reads what is still on the device as well.
    ///
    /// # Errors
    /// As [`Self::advance`].
    pub async fn report(&mut self, engine: &Engine, complete: bool) -> Result<(), Fault> {
        match self {
            Job::Autoencoder(job) => job.report(engine, complete).await,
            Job::Experiment(job) => job.report(engine, complete).await,
            Job::Study(job) => job.report(engine, complete).await,
            Job::Labels(job) => job.report(engine, complete).await,
        }
    }

    /// Posts pictures of how it stands; latest wins.
    ///
    /// # Errors
    /// As [`Self::advance`].
    pub async fn show(&mut self, engine: &Engine) -> Result<(), Fault> {
        match self {
            Job::Autoencoder(job) => job.show(engine).await,
            Job::Experiment(_) | Job::Study(_) | Job::Labels(_) => Ok(()),
        }
    }

    /// Puts its models into their slots, and posts them for the other engine.
    ///
    /// # Errors
    /// As [`Self::advance`].
    pub async fn keep(&mut self, engine: &mut Engine, origin: WeightsOrigin) -> Result<(), Fault> {
        match self {
            Job::Autoencoder(job) => job.keep(engine, origin).await,
            Job::Experiment(job) => job.keep(engine, origin).await,
            Job::Study(_) | Job::Labels(_) => Ok(()),
        }
    }

    /// The final test's mean loss, where it got there and the kind has one.
    pub fn test_loss(&self) -> Option<f64> {
        match self {
            Job::Autoencoder(job) => job.test_loss(),
            Job::Experiment(_) | Job::Study(_) | Job::Labels(_) => None,
        }
    }
}
