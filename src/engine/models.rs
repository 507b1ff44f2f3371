//! The models that an engine holds, one a slot: what sliders decode and drawings are asked of.

use std::collections::BTreeMap;

use burn::module::Module;

use crate::{
    models::{Autoencoder, Classifier, SketchClassifier},
    protocol::{ModelSlot, WeightsOrigin},
};

/// What is known of a model besides its weights: settings and metrics, for its file's header.
pub type Notes = BTreeMap<String, String>;

/// Notes of those that have a value; one by one, as collecting them would bring code to sort them first.
pub fn noted<const N: usize>(values: [(&str, Option<String>); N]) -> Notes {
    let mut notes = Notes::new();
    notes.extend(values.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))));
    notes
}

/// A model with where it comes from. Weights are on the engine's device, without gradients.
#[derive(Clone, Debug)]
pub struct Held<M> {
    /// The model.
    pub model: M,
    /// Where its weights come from.
    pub origin: WeightsOrigin,
    /// Settings and metrics of its training.
    pub notes: Notes,
}

impl<M: Module> Held<M> {
    /// Number of parameters.
    pub fn parameters(&self) -> u32 {
        self.model.num_params() as u32
    }
}

/// All slots; empty until something is loaded or trained.
#[derive(Clone, Debug, Default)]
pub struct Models {
    /// The autoencoder in use.
    pub autoencoder: Option<Held<Autoencoder>>,
    /// The shipped classifier, which knows drawings ([`ModelSlot::Shipped`]).
    pub shipped: Option<Held<SketchClassifier>>,
    /// The experiment's classifiers in the page's order, by the slots of its modes.
    pub classifiers: BTreeMap<ModelSlot, Held<Classifier>>,
}
