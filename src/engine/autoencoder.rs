//! The autoencoder's training as a [`super::Job`].

use super::{Engine, Held, Notes, Unit, noted};
use crate::{
    protocol::{
        AutoencoderConfig, EngineKind, Event, Fault, Metric, ModelSlot, Phase, RunEvent, RunId, WeightsOrigin,
    },
    training::{AutoencoderSession, KeptAutoencoder, Plan, checkpoint::Precision},
};

/// One autoencoder in training.
pub struct AutoencoderJob {
    run: RunId,
    session: AutoencoderSession,
    config: AutoencoderConfig,
}

impl AutoencoderJob {
    /// A session on the engine's data that has done nothing yet.
    ///
    /// # Errors
    /// [`Fault::Setting`] or [`Fault::NoData`].
    pub fn new(run: RunId, config: &AutoencoderConfig, engine: &Engine) -> Result<Self, Fault> {
        let mut session = AutoencoderSession::new(config, engine.data.clone(), &engine.device)?;
        // On WebGPU several unread batches in the queue gave other weights than the CPU's; one at a time,
        // as in the self-test, gives the same.
        session.set_settling(engine.kind == EngineKind::Gpu);
        session.set_crew(engine.crew.clone());
        Ok(Self { run, session, config: config.clone() })
    }

    /// Goes on from what was kept of a run of these settings.
    ///
    /// # Errors
    /// [`Fault::Unresumable`] where it does not fit.
    pub fn go_on(&mut self, kept: KeptAutoencoder) -> Result<(), Fault> {
        Ok(self.session.go_on(kept)?)
    }

    /// What is kept of it; nothing within a batch.
    ///
    /// # Errors
    /// [`Fault::DeviceLost`].
    pub async fn state(&self) -> Result<Option<KeptAutoencoder>, Fault> {
        Ok(if self.session.at_rest() { Some(self.session.keep().await?) } else { None })
    }

    /// How much there is to do.
    pub fn plan(&self) -> Plan {
        self.session.plan()
    }

    /// One unit of the session.
    ///
    /// # Errors
    /// [`Fault::Diverged`] or [`Fault::DeviceLost`].
    pub async fn advance(&mut self, _engine: &mut Engine) -> Result<Unit, Fault> {
        let done = self.session.advance().await?;
        let trained = done.phase == Phase::Training;
        Ok(Unit {
            phase: done.phase,
            images: if trained { done.images } else { 0 },
            batch_ended: done.batch_ended,
            epoch_ended: done.epoch_ended,
            step: self.session.step(),
            epoch: (self.session.epoch() + 1).min(self.config.epochs),
            finished: done.finished,
        })
    }

    /// Posts the points that are new.
    ///
    /// # Errors
    /// As [`Self::advance`].
    pub async fn report(&mut self, engine: &Engine, complete: bool) -> Result<(), Fault> {
        if complete {
            self.session.flush().await?;
        }
        let points = self.session.take_points();
        if !points.is_empty() {
            engine.outbox.post(Event::Run(RunEvent::Metrics { run: self.run, points }));
        }
        Ok(())
    }

    /// Posts the same garments as they are reconstructed now.
    ///
    /// # Errors
    /// As [`Self::advance`].
    pub async fn show(&mut self, engine: &Engine) -> Result<(), Fault> {
        let step = self.session.step();
        let (originals, reconstructions) = self.session.reconstructions().await?;
        let shown = RunEvent::Reconstructions { run: self.run, step, originals, reconstructions };
        engine.outbox.post(Event::Run(shown));
        Ok(())
    }

    /// Makes the model the autoencoder in use.
    ///
    /// # Errors
    /// As [`Self::advance`].
    pub async fn keep(&mut self, engine: &mut Engine, origin: WeightsOrigin) -> Result<(), Fault> {
        let held = Held { model: self.session.model(), origin, notes: self.notes(engine) };
        engine.hold_autoencoder(held);
        engine.export(ModelSlot::Autoencoder, Precision::Full, true).await
    }

    /// Settings and metrics, for the file's header.
    fn notes(&self, engine: &Engine) -> Notes {
        let config = &self.config;
        let metric = |metric| self.session.history().latest(metric).map(|value| value.to_string());
        noted([
            ("settings.latent", Some(config.latent.to_string())),
            ("settings.epochs", Some(config.epochs.to_string())),
            ("settings.batch", Some(config.batch.to_string())),
            ("settings.learning_rate", Some(config.learning_rate.to_string())),
            ("settings.seed", Some(config.seed.to_string())),
            ("settings.train", Some(self.session.plan().train.to_string())),
            ("data", Some(format!("{:?}", engine.source).to_lowercase())),
            ("metrics.steps", Some(self.session.step().to_string())),
            ("metrics.validation_loss", metric(Metric::ValidationLoss)),
            ("metrics.test_loss", metric(Metric::TestLoss)),
        ])
    }

    /// Mean loss on the test set, once tested.
    pub fn test_loss(&self) -> Option<f64> {
        self.session.history().latest(Metric::TestLoss)
    }
}
