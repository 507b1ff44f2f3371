//! Runs that are interrupted: what an engine keeps of one between two batches, and how it goes on from that.
//! The page has the bytes; an engine that is started anew, or the next visit's, gets them back.

use serde::{Deserialize, Serialize};

use super::Engine;
use crate::{
    data::{Dataset, Labelled},
    experiment::{KeptComparison, KeptLabels, KeptStudy},
    models::{Encoder, EncoderConfig, Initializer},
    network::{LATENT_MAX, LATENT_MIN},
    protocol::{
        DataSource, Event, ExperimentEvent, Fault, KeptRunError, RunConfig, RunHead, RunId, open_run,
        run_sum, seal_run,
    },
    training::{KeptAutoencoder, KeptWeights, TrainingError},
};

/// Every so many pixels one counts for the sum of the data.
const PIXEL_STEP: usize = 101;

/// What an engine keeps of a run, after the [`RunHead`].
#[derive(Serialize, Deserialize)]
pub(super) struct KeptRun {
    /// Tells the run's data from others of the same size.
    pub(super) data: u64,
    /// Seconds of work so far.
    pub(super) seconds: f64,
    /// All that an experiment has told so far.
    pub(super) told: Vec<ExperimentEvent>,
    pub(super) job: KeptJob,
}

/// A job between two batches.
#[derive(Serialize, Deserialize)]
pub(super) enum KeptJob {
    Autoencoder(KeptAutoencoder),
    Experiment(Option<KeptEncoder>, KeptComparison),
    Study(KeptStudy),
    Labels(Option<KeptEncoder>, KeptLabels),
}

/// The encoder that a comparison began with, which the engine may no longer hold.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct KeptEncoder {
    latent: u32,
    weights: KeptWeights,
}

impl KeptEncoder {
    pub(super) async fn of(encoder: Option<&Encoder>) -> Result<Option<Self>, TrainingError> {
        let Some(encoder) = encoder else { return Ok(None) };
        Ok(Some(Self { latent: encoder.latent() as u32, weights: KeptWeights::of(encoder).await? }))
    }

    fn encoder(self, engine: &Engine) -> Result<Encoder, TrainingError> {
        if !(LATENT_MIN..=LATENT_MAX).contains(&self.latent) {
            return Err(TrainingError::Kept);
        }
        let config = EncoderConfig::new().with_latent(self.latent as usize);
        let encoder = config.init(&Initializer::new(0, &engine.device));
        // On the engine's device, without gradients, as those it holds.
        Ok(burn::module::Module::valid(&self.weights.into_model(encoder)?))
    }
}

/// The encoder of the autoencoder in use, or the kept one.
pub(super) fn encoder(engine: &Engine, kept: Option<Option<KeptEncoder>>) -> Result<Option<Encoder>, Fault> {
    match kept {
        None => Ok(engine.models.autoencoder.as_ref().map(|held| held.model.encoder.clone())),
        Some(None) => Ok(None),
        Some(Some(kept)) => Ok(Some(kept.encoder(engine)?)),
    }
}

/// Whose data a run is on; others may be taken into use meanwhile.
#[derive(Clone, Copy)]
pub(super) struct Ground {
    pub(super) source: DataSource,
    pub(super) train: u32,
    pub(super) test: u32,
    pub(super) sum: u64,
}

impl Ground {
    /// The data in use.
    pub(super) fn of(engine: &Engine) -> Self {
        let (source, data) = (engine.source, &engine.data);
        Self { source, train: data.train.len() as u32, test: data.test.len() as u32, sum: data_sum(data) }
    }
}

/// What an experiment tells, and has told.
pub(super) struct Told {
    pub(super) run: RunId,
    pub(super) events: Vec<ExperimentEvent>,
}

impl Told {
    pub(super) fn new(run: RunId) -> Self {
        Self { run, events: Vec::new() }
    }

    /// Tells the page.
    pub(super) fn post(&mut self, engine: &Engine, event: ExperimentEvent) {
        engine.outbox.post(Event::Experiment(event.clone()));
        self.events.push(event);
    }

    /// Tells the page again what an interrupted run told.
    pub(super) fn repeat(&mut self, engine: &Engine, events: Vec<ExperimentEvent>) {
        for mut event in events {
            *event.run_mut() = self.run;
            self.post(engine, event);
        }
    }
}

impl KeptRun {
    /// A run of `config` as bytes.
    pub(super) fn seal(&self, head: &RunHead) -> Result<Vec<u8>, Fault> {
        Ok(seal_run(head, self)?)
    }

    /// What was kept, where it is of the engine's data.
    pub(super) fn open(bytes: &[u8], engine: &Engine) -> Result<(RunConfig, Self), Fault> {
        let (head, body) = open_run(bytes)?;
        let kept: Self = postcard::from_bytes(body).map_err(|_| KeptRunError::Content)?;
        if kept.data != data_sum(&engine.data) {
            return Err(Fault::Unresumable("other data".to_owned()));
        }
        Ok((head.config, kept))
    }
}

/// Tells data of the same size apart.
fn data_sum(data: &Dataset) -> u64 {
    let of = |set: &Labelled| {
        let some: Vec<u8> = set.pixels.iter().step_by(PIXEL_STEP).copied().collect();
        run_sum(&set.labels) ^ run_sum(&some).rotate_left(32)
    };
    of(&data.train) ^ of(&data.test).rotate_left(17)
}

#[cfg(test)]
mod tests;
