//! Weights as safetensors files, under PyTorch's names and in its layouts.
//!
//! [`Checkpoint`] is the plain data between a model and a file: [`Checkpoint::of`] reads a model
//! from its device, [`Checkpoint::to_bytes`] and [`Checkpoint::from_bytes`] are the file, and
//! [`Checkpoint::autoencoder`] and its kin make a model again. A file that does not fit is refused
//! with the tensor's name and the reason.

mod error;
mod file;
mod names;
#[cfg(test)]
mod tests;
mod weights;

use std::collections::BTreeMap;

use burn::{module::Module, tensor::Device};

pub use error::CheckpointError;
pub use file::Precision;

use super::TrainingError;
use crate::{
    models::{
        Autoencoder, AutoencoderConfig, Classifier, ClassifierConfig, Encoder, EncoderConfig, Initializer,
        SketchClassifier, SketchClassifierConfig,
    },
    network::{LATENT_MAX, LATENT_MIN},
};

/// Raised whenever the files change their meaning.
pub const CHECKPOINT_VERSION: &str = "1";

/// The layer whose shape tells the latent size.
const LATENT_WEIGHT: &str = "encoder.linear.weight";

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `encoder.…` and `decoder.…`.
    Autoencoder,
    /// `encoder.…` alone.
    Encoder,
    /// `encoder.…` and `head.…`.
    Classifier,
    /// The shipped classifier: `conv1.…` to `conv4.…`, `linear.…` and `novelty.…`.
    Sketch,
}

impl Kind {
    /// The word in the file's header.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Autoencoder => "autoencoder",
            Kind::Encoder => "encoder",
            Kind::Classifier => "classifier",
            Kind::Sketch => "sketch-classifier",
        }
    }
}

/// One tensor as PyTorch has it: values row by row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stored {
    pub(crate) shape: Vec<usize>,
    pub(crate) values: Vec<f32>,
}

/// Weights and what is known about them, apart from any device.
#[derive(Clone, Debug, PartialEq)]
pub struct Checkpoint {
    kind: Kind,
    tensors: BTreeMap<String, Stored>,
    /// Tensors of the file that are not of floating-point numbers, with their types.
    left_out: BTreeMap<String, String>,
    /// Settings and metrics, written into the file's header as they are.
    pub notes: BTreeMap<String, String>,
}

impl Checkpoint {
    /// Reads an autoencoder from its device.
    ///
    /// # Errors
    /// [`TrainingError::Device`] where the device fails.
    pub async fn of_autoencoder(model: &Autoencoder) -> Result<Self, TrainingError> {
        Self::new(Kind::Autoencoder, weights::collect(model, "").await?)
    }

    /// Reads an encoder from its device.
    ///
    /// # Errors
    /// As [`Checkpoint::of_autoencoder`].
    pub async fn of_encoder(model: &Encoder) -> Result<Self, TrainingError> {
        Self::new(Kind::Encoder, weights::collect(model, "encoder").await?)
    }

    /// Reads a classifier from its device.
    ///
    /// # Errors
    /// As [`Checkpoint::of_autoencoder`].
    pub async fn of_classifier(model: &Classifier) -> Result<Self, TrainingError> {
        Self::new(Kind::Classifier, weights::collect(model, "").await?)
    }

    /// Reads the shipped classifier, which must be folded, from its device.
    ///
    /// # Errors
    /// As [`Checkpoint::of_autoencoder`].
    pub async fn of_sketch(model: &SketchClassifier) -> Result<Self, TrainingError> {
        Self::new(Kind::Sketch, weights::collect(model, "").await?)
    }

    fn new(kind: Kind, tensors: BTreeMap<String, Stored>) -> Result<Self, TrainingError> {
        Ok(Self { kind, tensors, left_out: BTreeMap::new(), notes: BTreeMap::new() })
    }

    /// The same with one more note for the header.
    #[must_use]
    pub fn with_note(mut self, key: &str, value: impl ToString) -> Self {
        self.notes.insert(key.to_owned(), value.to_string());
        self
    }

    /// What it holds.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The autoencoder on `device`.
    ///
    /// # Errors
    /// [`CheckpointError`] where a tensor is missing, unknown, or of another shape.
    pub fn autoencoder(&self, device: &Device) -> Result<Autoencoder, CheckpointError> {
        self.expect(Kind::Autoencoder)?;
        let config = AutoencoderConfig::new().with_latent(self.latent()?);
        self.fill(config.init(&Initializer::new(0, device)))
    }

    /// The encoder on `device`, out of whatever the file holds.
    ///
    /// # Errors
    /// As [`Checkpoint::autoencoder`].
    pub fn encoder(&self, device: &Device) -> Result<Encoder, CheckpointError> {
        let config = EncoderConfig::new().with_latent(self.latent()?);
        let mut tensors = self.tensors.clone();
        tensors.retain(|name, _| name.starts_with("encoder."));
        weights::fill(config.init(&Initializer::new(0, device)), "encoder", &tensors)
    }

    /// The classifier on `device`; a file without the encoder's linear layer is one on its features.
    ///
    /// # Errors
    /// As [`Checkpoint::autoencoder`].
    pub fn classifier(&self, device: &Device) -> Result<Classifier, CheckpointError> {
        self.expect(Kind::Classifier)?;
        let initializer = Initializer::new(0, device);
        let encoder = if self.tensors.contains_key(LATENT_WEIGHT) {
            EncoderConfig::new().with_latent(self.latent()?).init(&initializer)
        } else {
            EncoderConfig::new().init(&initializer).convolutions()
        };
        self.fill(ClassifierConfig::new().with_encoder(encoder, &initializer))
    }

    /// The shipped classifier on `device`, folded.
    ///
    /// # Errors
    /// As [`Checkpoint::autoencoder`].
    pub fn sketch(&self, device: &Device) -> Result<SketchClassifier, CheckpointError> {
        self.expect(Kind::Sketch)?;
        let config = SketchClassifierConfig::new();
        self.fill(config.init_folded(&Initializer::new(0, device)))
    }

    fn fill<M: Module>(&self, model: M) -> Result<M, CheckpointError> {
        weights::fill(model, "", &self.tensors).map_err(|error| match error {
            CheckpointError::Missing(name) => match self.left_out.get(&name) {
                Some(found) => CheckpointError::Type { name, found: found.clone() },
                None => CheckpointError::Missing(name),
            },
            other => other,
        })
    }

    fn expect(&self, wanted: Kind) -> Result<(), CheckpointError> {
        if self.kind == wanted {
            return Ok(());
        }
        Err(CheckpointError::Kind { wanted: wanted.name(), found: self.kind.name().to_owned() })
    }

    /// Latent size, by the shape of the encoder's last layer.
    ///
    /// # Errors
    /// [`CheckpointError::Missing`] or [`CheckpointError::Shape`] where that layer tells none.
    pub fn latent(&self) -> Result<usize, CheckpointError> {
        let name = LATENT_WEIGHT;
        let stored = self.tensors.get(name).ok_or_else(|| CheckpointError::Missing(name.to_owned()))?;
        let allowed = LATENT_MIN as usize..=LATENT_MAX as usize;
        match stored.shape[..] {
            [latent, _] if allowed.contains(&latent) => Ok(latent),
            _ => Err(CheckpointError::Shape {
                name: name.to_owned(),
                expected: "[1 to 128, features]".to_owned(),
                found: format!("{:?}", stored.shape),
            }),
        }
    }
}
