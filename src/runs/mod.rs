//! What a run is asked for and what it measures, as plain data: settings and figures of the autoencoder's
//! training, of the classifiers' comparison, of the label study and of the latent-size study.
//!
//! The page fills the settings in and draws the figures, `training` and `experiment` do the work between
//! the two; `protocol` carries both.

mod autoencoder;
mod classifiers;
mod measured;
mod number;

pub use autoencoder::*;
pub use classifiers::*;
pub use measured::*;
