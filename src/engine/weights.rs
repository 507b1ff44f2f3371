//! Weights in and out: slots filled by files and by training, and read into files.

use super::{Engine, Held};
use crate::{
    models::{Autoencoder, Classifier, SketchClassifier},
    protocol::{Event, Fault, ModelSlot, WeightsCommand, WeightsEvent, WeightsOrigin},
    training::checkpoint::{Checkpoint, Precision},
};

impl Engine {
    /// Imports or exports; what was held before stays where that fails.
    pub(super) async fn handle_weights(&mut self, command: WeightsCommand) -> Result<(), Fault> {
        match command {
            WeightsCommand::Import { slot, bytes, origin } => self.import(slot, &bytes, origin),
            WeightsCommand::Export { slot } => self.export(slot, false).await,
        }
    }

    fn import(&mut self, slot: ModelSlot, bytes: &[u8], origin: WeightsOrigin) -> Result<(), Fault> {
        let checkpoint = Checkpoint::from_bytes(bytes)?;
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
    pub async fn export(&self, slot: ModelSlot, snapshot: bool) -> Result<(), Fault> {
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
        let bytes = checkpoint.to_bytes(Precision::Full)?;
        self.outbox.post(Event::Weights(WeightsEvent::Exported { slot, bytes, origin, snapshot }));
        Ok(())
    }
}
