//! The kinds of run, behind one face: start, one unit of work, report, show, keep.

use super::{
    Engine,
    autoencoder::AutoencoderJob,
    experiment::ExperimentJob,
    studies::{LabelsJob, StudyJob},
};
use crate::{
    protocol::{Fault, Phase, RunConfig, RunId, WeightsOrigin},
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
            RunConfig::Experiment(config) => {
                ExperimentJob::new(run, config, engine).map(|job| Job::Experiment(Box::new(job)))
            }
            RunConfig::Study(config) => {
                StudyJob::new(run, config, engine).map(|job| Job::Study(Box::new(job)))
            }
            RunConfig::Labels(config) => {
                LabelsJob::new(run, config, engine).map(|job| Job::Labels(Box::new(job)))
            }
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
