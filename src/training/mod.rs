//! Training loops that know neither page nor platform: batches in, weights and curves out.
//!
//! A session is advanced by its owner, one small unit of work at a time, so that a worker can answer
//! messages between two units and a command line can draw its progress. Nothing is read back from
//! the device more often than every few steps.

mod adam;
mod autoencoder;
mod batch;
pub mod checkpoint;
pub mod crew;
mod error;
mod flat;
mod history;
mod kept;
mod learner;
mod moved;
mod novelty;
mod pca;
mod plan;
pub mod reference;
mod samples;
mod schedule;
mod sketch;
mod sketch_batch;
mod stopwatch;
mod units;

pub use adam::Adam;
pub use autoencoder::{AutoencoderSession, KeptAutoencoder, ResumeError};
pub use batch::{UNIT_IMAGES, picture_tensor, pixels_from, pixels_tensor};
pub(crate) use batch::{unit_of, units};
pub use error::TrainingError;
pub(crate) use flat::weights;
pub use history::History;
pub use kept::{KeptLearner, KeptWeights};
pub use learner::Learner;
pub use moved::{mix, moved};
pub use novelty::{NoveltyReport, train_novelty};
pub use pca::{PCA_COMPONENTS, Pca, PcaJob, PcaTest};
pub use plan::{Advance, Plan};
pub(crate) use samples::{one_of_each_class, reconstruct};
pub use schedule::OneCycle;
pub use sketch::{SketchConfig, SketchProgress, SketchSession, strongest};
pub use sketch_batch::{Mixture, assemble, held_out_drawings};
pub use stopwatch::Stopwatch;
pub(crate) use units::{cross_entropy, encode, learn_classifier, learn_head, score, targets};
