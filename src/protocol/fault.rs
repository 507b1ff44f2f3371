//! What can go wrong, as data: the page words it in the learner's language.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::RunId;

/// A fault with the run it belongs to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FaultReport {
    /// The run that it ended, if any.
    pub run: Option<RunId>,
    /// What happened.
    pub fault: Fault,
}

/// What happened. `Display` is English, for logs and the command line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Error)]
pub enum Fault {
    /// A file could not be used.
    #[error("{file}: {reason}")]
    File {
        /// The file's name.
        file: String,
        /// Why.
        reason: FileFault,
    },
    /// A setting is out of range.
    #[error("{field} must be from {min} to {max}")]
    Setting {
        /// The setting's name, as in the test contract (`ae-latent`).
        field: String,
        /// Smallest value allowed.
        min: f64,
        /// Largest value allowed.
        max: f64,
    },
    /// There is no data to work on.
    #[error("no data is loaded")]
    NoData,
    /// A model that is needed is not there.
    #[error("no {0:?} model is loaded")]
    NoModel(super::ModelSlot),
    /// The loss became NaN or infinite.
    #[error("the loss became {value} at step {step}; try a smaller learning rate")]
    Diverged {
        /// Batches done.
        step: u32,
        /// "NaN" or "infinite".
        value: String,
    },
    /// The GPU device is lost.
    #[error("the GPU device was lost: {0}")]
    DeviceLost(String),
    /// No usable WebGPU adapter or device.
    #[error("WebGPU is not available: {0}")]
    NoGpu(String),
    /// The worker panicked; it must be started anew.
    #[error("the engine stopped: {0}")]
    Panic(String),
    /// Weights do not fit.
    #[error("weights refused: {0}")]
    Weights(String),
    /// A message of another protocol version or of another shape.
    #[error("page and engine do not fit together: {0}")]
    Protocol(String),
    /// Anything else, said plainly.
    #[error("{0}")]
    Other(String),
}

/// Why a file could not be used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Error)]
pub enum FileFault {
    /// The server answered with an error status.
    #[error("not found here (HTTP {0})")]
    Http(u16),
    /// The network failed or the read is not allowed.
    #[error("could not be fetched: {0}")]
    Network(String),
    /// No bytes for too long.
    #[error("no bytes for {0} seconds")]
    Stalled(u32),
    /// Not the file that it should be.
    #[error("its SHA-256 is {found}, not {expected}")]
    Sum {
        /// Sum expected, hexadecimal.
        expected: String,
        /// Sum found.
        found: String,
    },
    /// Broken or truncated gzip.
    #[error("broken gzip: {0}")]
    Gzip(String),
    /// Broken IDX content.
    #[error("{0}")]
    Idx(String),
    /// Images and labels do not belong together.
    #[error("{images} images but {labels} labels")]
    Counts {
        /// Images found.
        images: u32,
        /// Labels found.
        labels: u32,
    },
    /// Not one of the four files.
    #[error("not one of the four Fashion-MNIST files")]
    Unknown,
}
