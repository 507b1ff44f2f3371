//! An interrupted run, kept and taken up again at the start of an epoch: weights, the optimiser's
//! state, the curves so far. A resumed run ends as if it had never stopped, bit for bit.

use std::sync::Arc;

use burn::{
    module::Module,
    optim::AdamConfig,
    tensor::{Bytes, Device},
};
use thiserror::Error;

use super::{AutoencoderSession, Stage};
use crate::{
    data::Dataset,
    runs::{AutoencoderConfig, Metric, MetricPoint},
    training::{
        History, Learner, Stopwatch, TrainingError,
        checkpoint::{Checkpoint, CheckpointError, Precision},
    },
};

const CONFIG_NOTE: &str = "resume.settings";
const EPOCH_NOTE: &str = "resume.epoch";
const SECONDS_NOTE: &str = "resume.seconds";
const HISTORY_NOTE: &str = "resume.history";

/// Why a run could not be kept or taken up again.
#[derive(Debug, Error)]
pub enum ResumeError {
    /// The session itself.
    #[error(transparent)]
    Training(#[from] TrainingError),
    /// The weights.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The kept run is of other settings.
    #[error("the interrupted run had other settings: {0}")]
    Settings(String),
    /// Not at the start of an epoch, or a file that is no kept run.
    #[error("{0}")]
    State(String),
}

fn state(reason: impl ToString) -> ResumeError {
    ResumeError::State(reason.to_string())
}

impl AutoencoderSession {
    /// The run as bytes, where it stands at the start of an epoch or of the test. Reads the optimiser
    /// synchronously, so not for a GPU in the browser.
    ///
    /// # Errors
    /// [`ResumeError::State`] within an epoch, [`ResumeError::Training`] where the device fails.
    pub async fn save(&self) -> Result<Vec<u8>, ResumeError> {
        let between_epochs = matches!(self.stage, Stage::Train { done: 0, .. } | Stage::Test { done: 0 });
        if !between_epochs {
            return Err(state("a run can be kept between two epochs only"));
        }
        let lines: Vec<String> = self.history.points().iter().map(line).collect();
        let weights = Checkpoint::of_autoencoder(&self.model())
            .await?
            .with_note(CONFIG_NOTE, format!("{:?}", self.config))
            .with_note(EPOCH_NOTE, self.epoch)
            .with_note(SECONDS_NOTE, self.seconds())
            .with_note(HISTORY_NOTE, lines.join("\n"))
            .to_bytes(Precision::Full)?;
        let optimizer = self.learner.optimizer().into_bytes().map_err(state)?;
        let length = (weights.len() as u64).to_le_bytes();
        Ok([&length[..], &weights, &optimizer].concat())
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
        let (weights, optimizer) = parts(kept).ok_or_else(|| state("not a kept run: it is too short"))?;
        let checkpoint = Checkpoint::from_bytes(weights)?;
        let settings = note(&checkpoint, CONFIG_NOTE)?;
        if settings != format!("{config:?}") {
            return Err(ResumeError::Settings(settings.to_owned()));
        }
        let mut session = Self::new(config, dataset, device)?;
        let model = checkpoint.autoencoder(&session.device)?.train();
        let optimizer =
            AdamConfig::new().with_epsilon(1e-8).init().from_bytes(Bytes::from_bytes_vec(optimizer.to_vec()));
        session.learner = Learner::new(model, optimizer.map_err(state)?);
        session.epoch = number(&checkpoint, EPOCH_NOTE)?;
        session.step = session.epoch * session.plan.steps_per_epoch;
        session.stopwatch = Stopwatch::from_seconds(number(&checkpoint, SECONDS_NOTE)?);
        let points = note(&checkpoint, HISTORY_NOTE)?.lines().map(point).collect::<Option<Vec<_>>>();
        session.history = History::resumed(points.ok_or_else(|| state("its curves cannot be read"))?);
        session.stage = match session.epoch < config.epochs {
            true => session.next_epoch(),
            false => Stage::Test { done: 0 },
        };
        Ok(session)
    }
}

/// Weights and optimiser of a kept run.
fn parts(kept: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = kept.split_first_chunk::<8>()?;
    rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)
}

fn note<'a>(checkpoint: &'a Checkpoint, key: &str) -> Result<&'a str, ResumeError> {
    checkpoint.notes.get(key).map(String::as_str).ok_or_else(|| state(format!("not a kept run: no {key}")))
}

fn number<N: std::str::FromStr>(checkpoint: &Checkpoint, key: &str) -> Result<N, ResumeError> {
    note(checkpoint, key)?.parse().map_err(|_| state(format!("{key} is no number")))
}

fn line(point: &MetricPoint) -> String {
    let MetricPoint { metric, step, epoch, seconds, value } = point;
    format!("{metric:?} {step} {epoch} {seconds} {value}")
}

fn point(line: &str) -> Option<MetricPoint> {
    let mut words = line.split(' ');
    let metric = match words.next()? {
        "TrainLoss" => Metric::TrainLoss,
        "ValidationLoss" => Metric::ValidationLoss,
        "TestLoss" => Metric::TestLoss,
        _ => return None,
    };
    Some(MetricPoint {
        metric,
        step: words.next()?.parse().ok()?,
        epoch: words.next()?.parse().ok()?,
        seconds: words.next()?.parse().ok()?,
        value: words.next()?.parse().ok()?,
    })
}
