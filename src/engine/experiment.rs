//! The classifiers' comparison as a [`super::Job`]: what it measures becomes [`ExperimentEvent`]s, and
//! the trained classifiers go into the engine's slots.

use super::{
    Engine, Held, Notes, Unit,
    going_on::{KeptEncoder, KeptJob, Told},
    noted,
};
use crate::{
    drawing::augment,
    experiment::{Augmentation, Comparison, ExperimentAdvance, Outcome},
    models::Encoder,
    protocol::{
        EngineKind, ExperimentConfig, ExperimentEvent, Fault, Mode, ModePoint, ModelSlot, Phase, RunId,
        WeightsOrigin,
    },
    training::{Plan, checkpoint::Precision},
};

/// The note in a classifier's file that names its mode.
pub(super) const MODE_NOTE: &str = "settings.mode";

/// Classifiers in training, side by side.
pub struct ExperimentJob {
    pub(super) told: Told,
    config: ExperimentConfig,
    /// What the pretrained modes began with.
    encoder: Option<Encoder>,
    pub(super) comparison: Comparison,
}

impl ExperimentJob {
    /// A comparison on the engine's data that has done nothing yet, with `encoder` for the pretrained modes.
    ///
    /// # Errors
    /// [`Fault::Setting`], [`Fault::NoData`], or [`Fault::NoModel`] where a mode needs the encoder of
    /// an autoencoder and there is none.
    pub fn new(
        run: RunId,
        config: &ExperimentConfig,
        encoder: Option<Encoder>,
        engine: &Engine,
    ) -> Result<Self, Fault> {
        let sketch: Augmentation = |pixels, seed| augment::sketch(pixels, seed).to_vec();
        let data = engine.data.clone();
        let mut comparison = Comparison::new(config, data, encoder.clone(), Some(sketch), &engine.device)?;
        comparison.set_settling(engine.kind == EngineKind::Gpu);
        comparison.set_crew(engine.crew.clone());
        Ok(Self { told: Told::new(run), config: config.clone(), encoder, comparison })
    }

    /// What is kept of it, and what it has told; nothing within a batch.
    ///
    /// # Errors
    /// [`Fault::DeviceLost`].
    pub(super) async fn state(&self) -> Result<Option<KeptJob>, Fault> {
        if !self.comparison.at_rest() {
            return Ok(None);
        }
        let encoder = KeptEncoder::of(self.encoder.as_ref()).await?;
        Ok(Some(KeptJob::Experiment(encoder, self.comparison.keep().await?)))
    }

    /// How much there is to do.
    pub fn plan(&self) -> Plan {
        self.comparison.plan()
    }

    /// One unit of the comparison.
    ///
    /// # Errors
    /// [`Fault::DeviceLost`].
    pub async fn advance(&mut self, _engine: &mut Engine) -> Result<Unit, Fault> {
        let done = self.comparison.advance().await?;
        Ok(unit(done, self.comparison.step(), self.comparison.epoch()))
    }

    /// Posts what is new.
    ///
    /// # Errors
    /// None yet.
    pub async fn report(&mut self, engine: &Engine, _complete: bool) -> Result<(), Fault> {
        let mut points = Vec::new();
        for outcome in self.comparison.take_outcomes() {
            match outcome {
                Outcome::Point(point) => points.push(point),
                Outcome::Result(result) => {
                    self.post_points(engine, &mut points);
                    self.told.post(engine, ExperimentEvent::Result { run: self.told.run, result });
                }
                Outcome::Failed(mode, error) => {
                    let (run, fault) = (self.told.run, error.into());
                    self.told.post(engine, ExperimentEvent::ModeFailed { run, mode, fault });
                }
            }
        }
        self.post_points(engine, &mut points);
        Ok(())
    }

    fn post_points(&mut self, engine: &Engine, points: &mut Vec<ModePoint>) {
        if !points.is_empty() {
            let (run, points) = (self.told.run, std::mem::take(points));
            self.told.post(engine, ExperimentEvent::Points { run, points });
        }
    }

    /// Puts the classifiers of the present repetition into their slots. They are told to the other
    /// engine at the end only: three models an epoch would be too many.
    ///
    /// # Errors
    /// [`Fault::DeviceLost`].
    pub async fn keep(&mut self, engine: &mut Engine, origin: WeightsOrigin) -> Result<(), Fault> {
        for (mode, model) in self.comparison.models() {
            let slot = slot_of(mode);
            engine.hold_classifier(slot, Held { model, origin, notes: self.notes(mode, engine) });
            if origin == WeightsOrigin::Trained {
                engine.export(slot, Precision::Full, true).await?;
            }
        }
        Ok(())
    }

    /// Settings, for the file's header.
    fn notes(&self, mode: Mode, engine: &Engine) -> Notes {
        let config = &self.config;
        let labels = config.labels_per_class.map_or("all".to_owned(), |labels| labels.to_string());
        let notes = [
            (MODE_NOTE, mode.name().to_owned()),
            ("settings.labels_per_class", labels),
            ("settings.epochs", config.epochs.to_string()),
            ("settings.batch", config.batch.to_string()),
            ("settings.learning_rate", config.learning_rate.to_string()),
            ("settings.encoder_learning_rate", config.encoder_learning_rate.to_string()),
            ("settings.initial", config.initial.name().to_owned()),
            ("settings.schedule", config.schedule.name().to_owned()),
            ("settings.weight_decay", config.weight_decay.to_string()),
            ("settings.smoothing", config.smoothing.to_string()),
            ("settings.nudging", config.nudging.to_string()),
            ("settings.recipe", config.recipe().name().to_owned()),
            ("settings.reuse", config.reuse.name().to_owned()),
            ("settings.seed", config.seed.to_string()),
            ("settings.sketch_augmentation", config.sketch_augmentation.to_string()),
            ("data", format!("{:?}", engine.source).to_lowercase()),
        ];
        noted(notes.map(|(key, value)| (key, Some(value))))
    }
}

/// The slot of a mode's classifier.
pub(super) fn slot_of(mode: Mode) -> ModelSlot {
    match mode {
        Mode::Scratch => ModelSlot::Scratch,
        Mode::Frozen => ModelSlot::Frozen,
        Mode::Finetuned => ModelSlot::Finetuned,
    }
}

/// A unit of work with the number of what is now running: an epoch, a training, a size.
pub(super) fn unit(done: ExperimentAdvance, step: u32, epoch: u32) -> Unit {
    Unit {
        phase: done.phase,
        images: if done.phase == Phase::Training { done.images } else { 0 },
        batch_ended: done.batch_ended,
        epoch_ended: done.epoch_ended,
        step,
        epoch: epoch + 1,
        finished: done.finished,
    }
}
