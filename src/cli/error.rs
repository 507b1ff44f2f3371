//! What ends a command early, and with which exit status.

use std::{path::Path, process::ExitCode};

use thiserror::Error;

use crate::{
    data::FileError,
    drawing::ndjson::LineError,
    training::{TrainingError, checkpoint::CheckpointError},
};

/// Why a command ended without its result.
#[derive(Debug, Error)]
pub enum CliError {
    /// Something given to the command is at fault.
    #[error("{0}")]
    Input(String),
    /// Something underneath failed.
    #[error("{0}")]
    Failed(String),
    /// Ctrl-C; what was done is kept where the message says.
    #[error("interrupted; {0}")]
    Interrupted(String),
}

impl CliError {
    /// 2 for bad input, 1 for a failure, 130 for an interruption.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            CliError::Input(_) => ExitCode::from(2),
            CliError::Failed(_) => ExitCode::FAILURE,
            CliError::Interrupted(_) => ExitCode::from(130),
        }
    }

    /// A file that cannot be read or written.
    pub fn file(path: &Path, reason: impl std::fmt::Display) -> Self {
        CliError::Input(format!("{}: {reason}", path.display()))
    }
}

impl From<FileError> for CliError {
    fn from(error: FileError) -> Self {
        CliError::Input(error.to_string())
    }
}

impl From<TrainingError> for CliError {
    fn from(error: TrainingError) -> Self {
        match error {
            TrainingError::Device(_) => CliError::Failed(error.to_string()),
            _ => CliError::Input(error.to_string()),
        }
    }
}

impl From<CheckpointError> for CliError {
    fn from(error: CheckpointError) -> Self {
        CliError::Input(error.to_string())
    }
}

impl From<LineError> for CliError {
    fn from(error: LineError) -> Self {
        CliError::Input(error.to_string())
    }
}
