//! Why weights were refused.

use thiserror::Error;

use crate::data::Form;

/// Why a file of weights cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CheckpointError {
    /// No safetensors file at all.
    #[error("{0}")]
    Form(Form),
    /// A safetensors file without its end.
    #[error("the file is cut short: the download or the copy did not end")]
    CutShort,
    /// A broken safetensors file.
    #[error("the safetensors file is damaged: {0}")]
    File(String),
    /// Written by another version.
    #[error("it is of version {0}, this program reads version {version}", version = super::CHECKPOINT_VERSION)]
    Version(String),
    /// Another kind of model.
    #[error("it holds a model of kind {found}, not {wanted}")]
    Kind {
        /// Kind asked for.
        wanted: &'static str,
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
    /// A tensor is not of floating-point numbers.
    #[error("tensor {name} is of type {found}, not F32, F16, BF16 or F64")]
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
        position: usize,
    },
}
