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
            DataError::Gzip(reason) => FileFault::Gzip(reason),
            DataError::Sum { expected, found } => FileFault::Sum { expected, found },
            DataError::Counts { images, labels } => FileFault::Counts { images, labels },
            DataError::Unknown => FileFault::Unknown,
            DataError::Read(reason) => FileFault::Network(reason),
            other => FileFault::Idx(other.to_string()),
        }
    }
}
