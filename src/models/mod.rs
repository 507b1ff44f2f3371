//! The networks: pictures in, latent vectors, pictures or class scores out. One network a file.
//!
//! Shapes are written `[n, …]` with `n` pictures in the batch; pixels run from 0 to 1. Weights are
//! drawn on the host from a seed ([`Initializer`]), so that they are the same on every device.

mod attribution;
mod autoencoder;
mod classifier;
mod decoder;
mod encoder;
mod initializer;
mod novelty;
mod sketch_classifier;

pub use attribution::integrated_gradients;
pub use autoencoder::{Autoencoder, AutoencoderConfig};
pub use classifier::{Classifier, ClassifierConfig, Head};
pub use decoder::{Decoder, DecoderConfig};
pub use encoder::{Encoder, EncoderConfig};
pub use initializer::{Gain, Initializer};
pub use novelty::Novelty;
pub use sketch_classifier::{SketchClassifier, SketchClassifierConfig};
