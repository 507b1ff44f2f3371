//! A network from a file, asked about pictures.

use std::path::{Path, PathBuf};

use burn::{
    module::Module,
    tensor::{Device, Tensor, activation::softmax},
};

use super::CliError;
use crate::{
    data::{CLASS_COUNT, IMAGE_PIXELS},
    models::{Autoencoder, Classifier, Encoder, SketchClassifier},
    training::{
        checkpoint::{Checkpoint, Kind},
        pixels_tensor,
    },
};

/// Pictures asked about at once.
const BATCH: usize = 250;

/// Whatever a file holds.
pub(super) enum Model {
    Autoencoder(Box<Autoencoder>),
    Encoder(Box<Encoder>),
    Classifier(Box<Classifier>),
    Sketch(Box<SketchClassifier>),
}

/// A classifier's answer about one picture.
pub(super) struct Answer {
    pub probabilities: Vec<f32>,
    /// Above 1 the picture is unlike anything known; `None` where the network does not judge that.
    pub novelty: Option<f32>,
}

/// A shipped file, in the working directory or the source tree: `autoencoder` or `classifier`.
pub(super) fn shipped(name: &str) -> PathBuf {
    let name = format!("www/models/{name}.safetensors");
    let local = PathBuf::from(&name);
    if local.exists() { local } else { Path::new(env!("CARGO_MANIFEST_DIR")).join(name) }
}

/// Reads and checks a file.
///
/// # Errors
/// [`CliError::Input`] with the file's name and the reason.
pub(super) fn read(path: &Path) -> Result<Checkpoint, CliError> {
    let bytes = std::fs::read(path).map_err(|error| CliError::file(path, error))?;
    Checkpoint::from_bytes(&bytes).map_err(|error| CliError::file(path, error))
}

impl Model {
    /// The network of a file on `device`.
    ///
    /// # Errors
    /// [`CliError::Input`] with the file's name and the tensor that does not fit.
    pub fn load(path: &Path, device: &Device) -> Result<Self, CliError> {
        Self::of(&read(path)?, device).map_err(|error| CliError::file(path, error))
    }

    /// The network of a checkpoint on `device`.
    ///
    /// # Errors
    /// [`CliError::Input`] with the tensor that does not fit.
    pub fn of(checkpoint: &Checkpoint, device: &Device) -> Result<Self, CliError> {
        Ok(match checkpoint.kind() {
            Kind::Autoencoder => Model::Autoencoder(Box::new(checkpoint.autoencoder(device)?)),
            Kind::Encoder => Model::Encoder(Box::new(checkpoint.encoder(device)?)),
            Kind::Classifier => Model::Classifier(Box::new(checkpoint.classifier(device)?)),
            Kind::Sketch => Model::Sketch(Box::new(checkpoint.sketch(device)?)),
        })
    }

    /// Number of parameters.
    pub fn parameters(&self) -> usize {
        match self {
            Model::Autoencoder(model) => model.num_params(),
            Model::Encoder(model) => model.num_params(),
            Model::Classifier(model) => model.num_params(),
            Model::Sketch(model) => model.num_params(),
        }
    }

    /// The network's plain output on whole pictures of bytes, row by row: a
    /// reconstruction, a latent point, or ten scores.
    ///
    /// # Errors
    /// [`CliError::Failed`] where the device fails.
    pub fn outputs(&self, pixels: &[u8], device: &Device) -> Result<Vec<f32>, CliError> {
        collect(pixels, device, |pictures| self.forward(pictures))
    }

    /// The network's plain output `[n, …]` on pictures `[n, 1, 28, 28]`.
    pub fn forward(&self, pictures: Tensor<4>) -> Tensor<2> {
        match self {
            Model::Autoencoder(model) => model.forward(pictures).flatten(1, 3),
            Model::Encoder(model) => model.forward(pictures),
            Model::Classifier(model) => model.forward(pictures),
            Model::Sketch(model) => model.forward(pictures),
        }
    }

    /// A classifier's answers about pictures, one after the other.
    ///
    /// # Errors
    /// [`CliError::Input`] where the network is no classifier, [`CliError::Failed`] where the device
    /// fails.
    pub fn classify(&self, pixels: &[u8], device: &Device) -> Result<Vec<Answer>, CliError> {
        let (rows, judges) = match self {
            Model::Classifier(model) => {
                (collect(pixels, device, |pictures| model.probabilities(pictures))?, false)
            }
            Model::Sketch(model) => {
                let judge = |pictures| {
                    let features = model.features(pictures);
                    let probabilities = softmax(model.scores(features.clone()), 1);
                    Tensor::cat(vec![probabilities, model.novelty.forward(features)], 1)
                };
                (collect(pixels, device, judge)?, true)
            }
            _ => return Err(CliError::Input("this file holds no classifier".to_owned())),
        };
        let width = CLASS_COUNT + usize::from(judges);
        let answer = |row: &[f32]| Answer {
            probabilities: row[..CLASS_COUNT].to_vec(),
            novelty: row.get(CLASS_COUNT).copied(),
        };
        Ok(rows.chunks_exact(width).map(answer).collect())
    }
}

fn collect(
    pixels: &[u8],
    device: &Device,
    ask: impl Fn(Tensor<4>) -> Tensor<2>,
) -> Result<Vec<f32>, CliError> {
    let mut values = Vec::new();
    for chunk in pixels.chunks(BATCH * IMAGE_PIXELS) {
        let data = ask(pixels_tensor(chunk, device)).into_data();
        let read: Vec<f32> = data.try_into_vec().map_err(|error| CliError::Failed(format!("{error:?}")))?;
        values.extend(read);
    }
    Ok(values)
}
