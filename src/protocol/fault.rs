//! What can go wrong, as data: the page words it in the learner's language.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{EngineKind, RunId};
use crate::data::Form;

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
    /// An engine has not answered in time.
    #[error("the {engine:?} engine has not answered for {seconds} seconds")]
    Late {
        /// Which engine.
        engine: EngineKind,
        /// How long it was waited for.
        seconds: u32,
    },
    /// An engine did not end a run when it was told to, and was ended itself.
    #[error("the {engine:?} engine did not stop within {seconds} seconds and was ended")]
    Hung {
        /// Which engine.
        engine: EngineKind,
        /// How long it was waited for.
        seconds: u32,
    },
    /// The weights that a run begins with are in an engine that does not answer.
    #[error("the engine that holds the weights does not answer")]
    Unreachable,
    /// An interrupted run cannot go on: what was kept of it is damaged, of another version, or of other data.
    #[error("the interrupted run cannot go on: {0}")]
    Unresumable(String),
    /// Engines broke down under a run again and again, so that it was stopped: how often.
    #[error("engines broke down {0} times in this run")]
    GivenUp(u32),
    /// A file of the page is gone from the server, which has a newer page.
    #[error("there is a new version of the page")]
    NewVersion,
    /// Weights do not fit.
    #[error("weights refused: {0}")]
    Weights(WeightsFault),
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
    /// So slow that the next source was asked beside it: bytes a second.
    #[error("only {0} bytes a second; the next source is asked as well")]
    Slow(u32),
    /// Something else altogether.
    #[error("{0}")]
    Form(Form),
    /// The right form and another content.
    #[error("{0}")]
    Content(String),
    /// The end is missing.
    #[error("it is cut short")]
    CutShort,
    /// Broken.
    #[error("it is damaged: {0}")]
    Damaged(String),
    /// More megabytes than any of the files has.
    #[error("it holds more than {0} MB")]
    TooLarge(u32),
    /// The browser gives a name, but no content: a folder, or a file that is gone.
    #[error("it cannot be read: {0}")]
    Unreadable(String),
    /// Images and labels do not belong together.
    #[error("{images} images but {labels} labels")]
    Counts {
        /// Images found.
        images: u32,
        /// Labels found.
        labels: u32,
    },
}

/// Why weights were refused. `Display` is English, for logs and the command line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Error)]
pub enum WeightsFault {
    /// Something else altogether.
    #[error("{0}")]
    Form(Form),
    /// The end is missing.
    #[error("the file is cut short")]
    CutShort,
    /// A safetensors file that is broken.
    #[error("the file is damaged: {0}")]
    Damaged(String),
    /// Written by a newer program.
    #[error("the file is of version {0}: reload the page")]
    Version(String),
    /// Another kind of model.
    #[error("it holds a model of kind {found}, not {wanted}")]
    Kind {
        /// Kind asked for.
        wanted: String,
        /// Kind found.
        found: String,
    },
    /// A tensor is not there.
    #[error("tensor {0} is missing")]
    Missing(String),
    /// A tensor that the model does not have.
    #[error("tensor {0} is unknown to this model")]
    Unknown(String),
    /// A tensor has another shape.
    #[error("tensor {name} has shape {found}, not {expected}")]
    Shape {
        /// The tensor.
        name: String,
        /// Shape of the model.
        expected: String,
        /// Shape in the file.
        found: String,
    },
    /// A tensor's type is none of floating-point numbers.
    #[error("tensor {name} is of type {found}, not of floating-point numbers")]
    Type {
        /// The tensor.
        name: String,
        /// Type in the file.
        found: String,
    },
    /// A tensor holds NaN or an infinity.
    #[error("tensor {name} holds a value that is no finite number at position {position}")]
    NotFinite {
        /// The tensor.
        name: String,
        /// Which value, counted row by row.
        position: u32,
    },
}
