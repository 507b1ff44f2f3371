//! Why weights were refused.

use thiserror::Error;

/// Why a file of weights cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CheckpointError {
    /// Not a safetensors file, or a broken one.
    #[error("not a readable safetensors file: {0}")]
    File(String),
    /// The header is longer than any of ours could be.
    #[error("its header has {0} bytes, which no file of this program has")]
    Header(u64),
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
    /// A tensor has another type than single or half precision.
    #[error("tensor {name} is of type {found}, not F32 or F16")]
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
