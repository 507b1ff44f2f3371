//! How each error of the data becomes a [`Fault`]; those of training and experiment do in `engine`.

use super::{Fault, FileFault};
use crate::data::{DataError, FileError};

impl From<FileError> for Fault {
    fn from(FileError { file, error }: FileError) -> Self {
        Fault::File { file, reason: error.into() }
    }
}

impl From<DataError> for FileFault {
    fn from(error: DataError) -> Self {
        match error {
            DataError::CutShort | DataError::Truncated { .. } => FileFault::CutShort,
            DataError::Packing(detail) => FileFault::Damaged(detail),
            DataError::TooLarge(bytes) => FileFault::TooLarge((bytes >> 20) as u32),
            DataError::Form(form) => FileFault::Form(form),
            DataError::Counts { images, labels } => FileFault::Counts { images, labels },
            DataError::Read(reason) => FileFault::Network(reason),
            DataError::Trailing(_) | DataError::Magic { .. } => FileFault::Damaged(error.to_string()),
            other => FileFault::Content(other.to_string()),
        }
    }
}
