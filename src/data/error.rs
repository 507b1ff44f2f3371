//! Everything that can be wrong with a data file, in one type.

use thiserror::Error;

use super::Form;

/// Why bytes are not the data that they should be.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DataError {
    /// The file ends before its content does.
    #[error("it is cut short: {found} bytes where {expected} are needed")]
    Truncated {
        /// Bytes that the header promises.
        expected: u64,
        /// Bytes there are.
        found: u64,
    },
    /// Bytes follow the content.
    #[error("{0} bytes too many")]
    Trailing(u64),
    /// The first four bytes are not IDX's for unsigned bytes of this rank.
    #[error("wrong magic number {found:#010x}, not {expected:#010x}")]
    Magic {
        /// Magic number expected.
        expected: u32,
        /// Magic number found.
        found: u32,
    },
    /// The images are not 28×28.
    #[error("images of {rows}×{columns} pixels, not 28×28")]
    Dimensions {
        /// Rows found.
        rows: u32,
        /// Columns found.
        columns: u32,
    },
    /// A label above 9.
    #[error("label {label} at image {index}: labels go from 0 to 9")]
    Label {
        /// Which image, from 0.
        index: usize,
        /// The label found.
        label: u8,
    },
    /// The packed stream is broken.
    #[error("it is damaged: {0}")]
    Packing(String),
    /// The packed stream ends too early.
    #[error("it is cut short: the download or the copy did not end")]
    CutShort,
    /// More content than any of the four files has.
    #[error("it holds more than {0} bytes, which none of the four files does")]
    TooLarge(u64),
    /// Something else altogether.
    #[error("{0}")]
    Form(Form),
    /// Images or labels in another number than Fashion-MNIST has.
    #[error("it has the right form but another number of images: another set of data")]
    OtherSet,
    /// The right form and another content.
    #[error(
        "it has the right form but another content: perhaps the handwritten digits, whose files have the \
         same names (its SHA-256 is {found}, not {expected})"
    )]
    Sum {
        /// Sum expected, hexadecimal.
        expected: String,
        /// Sum found.
        found: String,
    },
    /// Images and labels do not belong together.
    #[error("{images} images but {labels} labels")]
    Counts {
        /// Images found.
        images: u32,
        /// Labels found.
        labels: u32,
    },
    /// A file of the directory could not be read.
    #[error("{0}")]
    Read(String),
    /// A class has fewer labelled images than asked for.
    #[error("class {class} has {available} images, fewer than {wanted}")]
    LabelBudget {
        /// The class, 0 to 9.
        class: u8,
        /// Images it has.
        available: u32,
        /// Images asked for.
        wanted: u32,
    },
}

/// A [`DataError`] with the file it was found in.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{file}: {error}")]
pub struct FileError {
    /// The file's name.
    pub file: String,
    /// Why it cannot be used.
    pub error: DataError,
}
