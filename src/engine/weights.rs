//! Weights in and out: slots filled by files and by training, and read into files.

use super::{
    Engine, Held,
    experiment::{MODE_NOTE, slot_of},
};
use crate::{
    models::{Autoencoder, Classifier, SketchClassifier},
    protocol::{Event, Fault, Mode, ModelSlot, WeightsCommand, WeightsEvent, WeightsOrigin},
    training::checkpoint::{Checkpoint, Kind, Precision},
};

impl Engine {
    /// Imports or exports; what was held before stays where that fails.
    pub(super) async fn handle_weights(&mut self, command: WeightsCommand) -> Result<(), Fault> {
        match command {
            WeightsCommand::Import { slot, bytes, origin } => {
                self.place(slot, &Checkpoint::from_bytes(&bytes)?, origin)
            }
            WeightsCommand::Open { name, bytes } => {
                let outcome = self.open(&bytes);
                let slot = outcome.clone().ok();
                self.outbox.post(Event::Weights(WeightsEvent::Opened { name, outcome }));
                // An engine that is started later gets it from the page.
                if let Some(slot) = slot { self.export(slot, Precision::Full, true).await } else { Ok(()) }
            }
            WeightsCommand::Export { slot, half } => {
                self.export(slot, if half { Precision::Half } else { Precision::Full }, false).await
            }
        }
    }

    /// Takes a file's model into the slot of its kind: a classifier that does not say by which mode it was
    /// trained counts as one from scratch.
    fn open(&mut self, bytes: &[u8]) -> Result<ModelSlot, Fault> {
        let checkpoint = Checkpoint::from_bytes(bytes)?;
        let mode = checkpoint.notes.get(MODE_NOTE);
        let mode = Mode::ALL.into_iter().find(|known| mode.is_some_and(|name| name == known.name()));
        let slot = match checkpoint.kind() {
            // An encoder alone is refused as what it is: it decodes nothing.
            Kind::Autoencoder | Kind::Encoder => ModelSlot::Autoencoder,
            Kind::Sketch => ModelSlot::Shipped,
            Kind::Classifier => slot_of(mode.unwrap_or(Mode::Scratch)),
        };
        self.place(slot, &checkpoint, WeightsOrigin::File)?;
        Ok(slot)
    }

    fn place(
        &mut self,
        slot: ModelSlot,
        checkpoint: &Checkpoint,
        origin: WeightsOrigin,
    ) -> Result<(), Fault> {
        let notes = checkpoint.notes.clone();
        match slot {
            ModelSlot::Autoencoder => {
                let model = checkpoint.autoencoder(&self.device)?;
                self.hold_autoencoder(Held { model, origin, notes });
            }
            ModelSlot::Shipped => {
                let model = checkpoint.sketch(&self.device)?;
                self.hold_shipped(Held { model, origin, notes });
            }
            slot => {
                let model = checkpoint.classifier(&self.device)?;
                self.hold_classifier(slot, Held { model, origin, notes });
            }
        }
        Ok(())
    }

    /// Makes it the autoencoder in use, and tells the page.
    pub fn hold_autoencoder(&mut self, held: Held<Autoencoder>) {
        self.tell_changed(ModelSlot::Autoencoder, held.origin, held.model.latent() as u32, held.parameters());
        self.models.autoencoder = Some(held);
    }

    /// Puts a classifier into its slot, and tells the page.
    pub fn hold_classifier(&mut self, slot: ModelSlot, held: Held<Classifier>) {
        self.tell_changed(slot, held.origin, held.model.latent() as u32, held.parameters());
        self.models.classifiers.insert(slot, held);
    }

    /// Makes it the classifier that knows drawings, and tells the page.
    pub fn hold_shipped(&mut self, held: Held<SketchClassifier>) {
        // It has no latent space.
        self.tell_changed(ModelSlot::Shipped, held.origin, 0, held.parameters());
        self.models.shipped = Some(held);
    }

    fn tell_changed(&self, slot: ModelSlot, origin: WeightsOrigin, latent: u32, parameters: u32) {
        let changed = WeightsEvent::Changed { slot, origin, latent, parameters };
        self.outbox.post(Event::Weights(changed));
    }

    /// Posts the model in `slot` as a safetensors file; as a `snapshot` it is for the other engine.
    ///
    /// # Errors
    /// [`Fault::NoModel`] where the slot is empty, [`Fault::DeviceLost`] where the device fails.
    pub async fn export(&self, slot: ModelSlot, precision: Precision, snapshot: bool) -> Result<(), Fault> {
        let (mut checkpoint, origin, notes) = match slot {
            ModelSlot::Autoencoder => {
                let held = self.models.autoencoder.as_ref().ok_or(Fault::NoModel(slot))?;
                (Checkpoint::of_autoencoder(&held.model).await?, held.origin, &held.notes)
            }
            ModelSlot::Shipped => {
                let held = self.models.shipped.as_ref().ok_or(Fault::NoModel(slot))?;
                (Checkpoint::of_sketch(&held.model).await?, held.origin, &held.notes)
            }
            slot => {
                let held = self.models.classifiers.get(&slot).ok_or(Fault::NoModel(slot))?;
                (Checkpoint::of_classifier(&held.model).await?, held.origin, &held.notes)
            }
        };
        checkpoint.notes = notes.clone();
        let bytes = checkpoint.to_bytes(precision)?;
        self.outbox.post(Event::Weights(WeightsEvent::Exported { slot, bytes, origin, snapshot }));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::{cell::RefCell, rc::Rc};

    use burn::tensor::Device;
    use pollster::block_on;

    use super::*;
    use crate::{
        engine::{Notes, tests::engine},
        models::{AutoencoderConfig, ClassifierConfig, Initializer},
        protocol::{Command, WeightsFault},
    };

    fn autoencoder() -> Autoencoder {
        AutoencoderConfig::new().with_latent(3).init(&Initializer::new(5, &Device::flex()))
    }

    fn open(engine: &mut Engine, bytes: Vec<u8>) {
        block_on(engine.handle(Command::Weights(WeightsCommand::Open { name: "a".into(), bytes })));
    }

    fn outcome(events: &Rc<RefCell<Vec<Event>>>) -> Result<ModelSlot, Fault> {
        let opened = events.take().into_iter().find_map(|event| match event {
            Event::Weights(WeightsEvent::Opened { outcome, .. }) => Some(outcome),
            _ => None,
        });
        opened.expect("answered")
    }

    fn saved(engine: &mut Engine, events: &Rc<RefCell<Vec<Event>>>, slot: ModelSlot, half: bool) -> Vec<u8> {
        block_on(engine.handle(Command::Weights(WeightsCommand::Export { slot, half })));
        match events.take().pop() {
            Some(Event::Weights(WeightsEvent::Exported { bytes, snapshot: false, .. })) => bytes,
            other => panic!("weights were asked for, not {other:?}"),
        }
    }

    #[test]
    fn a_saved_model_is_opened_into_its_slot_in_either_precision() {
        let (mut engine, events) = engine();
        let (origin, notes) = (WeightsOrigin::Trained, Notes::new());
        engine.hold_autoencoder(Held { model: autoencoder(), origin, notes });
        let encoder = autoencoder().encoder;
        let model = ClassifierConfig::new().with_encoder(encoder, &Initializer::new(5, &Device::flex()));
        let notes = Notes::from([(MODE_NOTE.to_owned(), "frozen".to_owned())]);
        engine.hold_classifier(ModelSlot::Frozen, Held { model, origin, notes });
        let [full, half] =
            [false, true].map(|half| saved(&mut engine, &events, ModelSlot::Autoencoder, half));
        assert!(half.len() < full.len() * 11 / 20);
        let frozen = saved(&mut engine, &events, ModelSlot::Frozen, true);

        let (mut other, events) = crate::engine::tests::engine();
        for (file, slot) in
            [(full, ModelSlot::Autoencoder), (half, ModelSlot::Autoencoder), (frozen, ModelSlot::Frozen)]
        {
            open(&mut other, file);
            let snapshot = |event: &Event| {
                matches!(event, Event::Weights(WeightsEvent::Exported { snapshot: true, .. }))
            };
            assert!(events.borrow().iter().any(snapshot), "an engine started later gets it");
            assert_eq!(outcome(&events), Ok(slot));
        }
        assert_eq!(other.models.autoencoder.map(|held| held.origin), Some(WeightsOrigin::File));
    }

    #[test]
    fn what_cannot_be_opened_leaves_what_was_there() {
        let (mut engine, events) = engine();
        let (origin, notes) = (WeightsOrigin::Trained, Notes::new());
        engine.hold_autoencoder(Held { model: autoencoder(), origin, notes });
        let encoder = block_on(Checkpoint::of_encoder(&autoencoder().encoder)).expect("reads");
        open(&mut engine, encoder.to_bytes(Precision::Full).expect("writes"));
        let refused = outcome(&events).expect_err("an encoder alone decodes nothing");
        assert!(matches!(refused, Fault::Weights(WeightsFault::Kind { .. })), "{refused:?}");
        open(&mut engine, b"<!DOCTYPE html>".to_vec());
        let handed_out = |event: &Event| matches!(event, Event::Weights(WeightsEvent::Exported { .. }));
        assert!(!events.borrow().iter().any(handed_out), "refused weights reach no other engine");
        assert!(matches!(outcome(&events), Err(Fault::Weights(WeightsFault::Form(_)))));
        assert_eq!(engine.models.autoencoder.map(|held| held.origin), Some(WeightsOrigin::Trained));
    }
}
