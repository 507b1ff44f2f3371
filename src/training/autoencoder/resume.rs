//! An interrupted run, kept between two batches and taken up again: weights, Adam's moments, the place in the
//! order, the curves so far. A resumed run ends as if it had never stopped, bit for bit.

use std::sync::Arc;

use burn::tensor::Device;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{AutoencoderSession, Stage};
use crate::{
    data::Dataset,
    runs::{AutoencoderConfig, MetricPoint},
    training::{History, KeptLearner, Stopwatch, TrainingError, learner::LossSum},
};

/// Marks the command line's file of an unfinished run; another number when its content changes.
const MARK: &[u8] = b"telar run 2\n";

/// A run between two batches. What is only measured, not learnt, is measured again from its beginning.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptAutoencoder {
    learner: KeptLearner,
    place: Place,
    epoch: u32,
    step: u32,
    seconds: f64,
    points: Vec<MetricPoint>,
}

/// Where in an epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Place {
    /// So many images of the order are done.
    Train(u32),
    Validate,
    Test,
    Finished,
}

/// Why a run could not be kept or taken up again.
#[derive(Debug, Error)]
pub enum ResumeError {
    /// The session itself.
    #[error(transparent)]
    Training(#[from] TrainingError),
    /// The kept run is of other settings.
    #[error("the interrupted run had other settings: {0}")]
    Settings(String),
    /// A file that is no kept run.
    #[error("not a kept run: {0}")]
    State(String),
}

impl AutoencoderSession {
    /// Whether it stands between two batches, so that it can be kept.
    pub fn at_rest(&self) -> bool {
        match &self.stage {
            Stage::Train { done, .. } => self.shift.is_none() && done % self.config.batch as usize == 0,
            Stage::Validate { .. } | Stage::Test { .. } | Stage::Finished => true,
        }
    }

    /// The run as it is between two batches.
    ///
    /// # Errors
    /// [`TrainingError::Kept`] within a batch, [`TrainingError::Device`] where the device fails.
    pub async fn keep(&self) -> Result<KeptAutoencoder, TrainingError> {
        if !self.at_rest() {
            return Err(TrainingError::Kept);
        }
        let place = match &self.stage {
            Stage::Train { done, .. } => Place::Train(*done as u32),
            Stage::Validate { .. } => Place::Validate,
            Stage::Test { .. } => Place::Test,
            Stage::Finished => Place::Finished,
        };
        Ok(KeptAutoencoder {
            learner: self.learner.keep().await?,
            place,
            epoch: self.epoch,
            step: self.step,
            seconds: self.seconds(),
            points: self.history.points().to_vec(),
        })
    }

    /// Goes on from what was kept of a run of the same settings and data; all its points count as new.
    ///
    /// # Errors
    /// [`TrainingError::Kept`] where it does not fit; the session is of no further use then.
    pub fn go_on(&mut self, kept: KeptAutoencoder) -> Result<(), TrainingError> {
        let KeptAutoencoder { learner, place, epoch, step, seconds, points } = kept;
        self.check(place, epoch, step, seconds)?;
        self.learner.resume(&learner)?;
        (self.epoch, self.step) = (epoch, step);
        self.stopwatch = Stopwatch::from_seconds(seconds);
        self.history = History::new(points);
        self.evaluation = LossSum::default();
        self.shift = None;
        self.stage = match (place, self.next_epoch()) {
            (Place::Train(done), Stage::Train { order, .. }) => Stage::Train { order, done: done as usize },
            (Place::Validate, _) => Stage::Validate { done: 0 },
            (Place::Test, _) => Stage::Test { done: 0 },
            (Place::Train(_) | Place::Finished, _) => Stage::Finished,
        };
        Ok(())
    }

    /// Whether a place is one of this run's.
    fn check(&self, place: Place, epoch: u32, step: u32, seconds: f64) -> Result<(), TrainingError> {
        let (batch, plan) = (self.config.batch, self.plan);
        let begun = u64::from(epoch) * u64::from(plan.steps_per_epoch);
        let (inside, steps) = match place {
            Place::Train(done) => {
                (epoch < self.config.epochs && done < plan.train && done % batch == 0, done / batch)
            }
            Place::Validate => (epoch < self.config.epochs, plan.steps_per_epoch),
            Place::Test | Place::Finished => (epoch == self.config.epochs, 0),
        };
        let time = (0.0..1e9).contains(&seconds);
        let fits = inside && time && u64::from(step) == begun + u64::from(steps);
        fits.then_some(()).ok_or(TrainingError::Kept)
    }

    /// The run as the command line's file.
    ///
    /// # Errors
    /// As [`AutoencoderSession::keep`].
    pub async fn save(&self) -> Result<Vec<u8>, ResumeError> {
        let kept = (&self.config, self.keep().await?);
        postcard::to_extend(&kept, MARK.to_vec()).map_err(|error| ResumeError::State(error.to_string()))
    }

    /// Takes up a run of the same settings and data that [`AutoencoderSession::save`] kept.
    ///
    /// # Errors
    /// [`ResumeError`] where the bytes are no kept run or one of other settings.
    pub fn resume(
        config: &AutoencoderConfig,
        dataset: Arc<Dataset>,
        device: &Device,
        kept: &[u8],
    ) -> Result<Self, ResumeError> {
        let foreign = || ResumeError::State("another program or another version wrote it".to_owned());
        let bytes = kept.strip_prefix(MARK).ok_or_else(foreign)?;
        let (settings, kept): (AutoencoderConfig, KeptAutoencoder) =
            postcard::from_bytes(bytes).map_err(|error| ResumeError::State(error.to_string()))?;
        if settings != *config {
            return Err(ResumeError::Settings(format!("{settings:?}")));
        }
        let mut session = Self::new(config, dataset, device)?;
        session.go_on(kept)?;
        Ok(session)
    }
}
