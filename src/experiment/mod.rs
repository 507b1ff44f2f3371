//! Experiments: classifiers whose encoders begin differently, trained in lockstep, and autoencoders
//! of different latent sizes.
//!
//! Like the sessions of [`crate::training`], an experiment is advanced by its owner one small unit at
//! a time and hands out what it measured.

mod comparison;
mod contender;
mod metrics;
mod probe;
mod progress;
mod round;
mod scores;
mod settings;
mod study;

pub use comparison::{Comparison, Outcome};
pub use contender::Contender;
pub use metrics::Confusion;
pub use probe::HeadProbe;
pub use progress::ExperimentAdvance;
pub use settings::{Augmentation, ExperimentError};
pub use study::LatentStudy;
