//! Why a workspace cannot be read.

use thiserror::Error;

use crate::data::Form;

/// Why a workspace, or one thing in it, cannot be read. `Display` is English, for the command line.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WorkspaceError {
    /// The file is in another form.
    #[error("it is no workspace: {0}")]
    Form(Form),
    /// A zip archive, or a database, of something else.
    #[error("it is no workspace of Telar, although it is a zip archive")]
    Stranger,
    /// Of a version that this program does not know.
    #[error("it is of version {0}, this program reads version {version}: use a newer one", version = super::VERSION)]
    Version(u32),
    /// The end is missing.
    #[error("it is cut short: the download or the copy did not end")]
    CutShort,
    /// Larger than any workspace is.
    #[error("{what} is larger than a workspace may have: {limit} bytes")]
    TooLarge {
        /// What is too large.
        what: String,
        /// Bytes allowed.
        limit: u64,
    },
    /// More files than a workspace has.
    #[error("it holds more than {0} files")]
    TooMany(usize),
    /// A file that no workspace has.
    #[error("{0:?} is not part of a workspace")]
    Unknown(String),
    /// Something in it is broken.
    #[error("{name} is damaged: {reason}")]
    Damaged {
        /// What.
        name: String,
        /// How.
        reason: String,
    },
}

impl WorkspaceError {
    pub(super) fn damaged(name: &str, reason: impl ToString) -> Self {
        WorkspaceError::Damaged { name: name.to_owned(), reason: reason.to_string() }
    }
}
