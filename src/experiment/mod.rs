//! Experiments: classifiers whose encoders begin differently, trained in lockstep; the same over
//! numbers of labels; and autoencoders of different latent sizes.
//!
//! Like the sessions of [`crate::training`], an experiment is advanced by its owner one small unit at
//! a time and hands out what it measured.

mod comparison;
mod contender;
mod labels;
mod measuring;
mod metrics;
mod milestones;
mod outcome;
mod progress;
mod round;
mod scores;
mod settings;
mod study;
mod together;

pub use comparison::{Comparison, KeptComparison};
pub use contender::Contender;
pub use labels::{KeptLabels, LabelOutcome, LabelStudy};
pub use metrics::Confusion;
pub use outcome::Outcome;
pub use progress::ExperimentAdvance;
pub use settings::{Augmentation, ExperimentError};
pub use study::{KeptStudy, LatentStudy};
