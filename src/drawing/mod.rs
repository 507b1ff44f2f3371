//! Drawing: from strokes or a photograph to the 28×28 picture that a network sees.
//!
//! Pure Rust without platform or network: the page, the native command line and the training of
//! the shipped classifier all go through the same code, pixel for pixel. The flow is
//! [`Drawing`] → [`frame`] (crop, centre, scale) → [`raster`] → [`tone`] → 784 bytes;
//! [`steps`] keeps every stage as a picture. [`photo`] enters at the raster. [`garments`] makes up
//! drawings from a seed, and [`augment`] turns photographs of garments into sketches, for training; [`oddities`] are pictures of no garment.

pub mod augment;
pub mod clip;
pub mod fit;
mod frame;
pub mod garments;
pub mod gray;
#[cfg(feature = "cli")]
pub mod ndjson;
pub mod oddities;
pub mod photo;
pub mod raster;
pub mod sniff;
mod steps;
mod strokes;
#[cfg(test)]
mod tests;
pub mod tone;
pub mod words;

pub use frame::Extent;
pub use gray::Gray;
pub use steps::{Steps, seen, steps};
pub use strokes::{BrushSize, Drawing, Point, Stroke, Tool};

use thiserror::Error;

use crate::data::IMAGE_PIXELS;

/// A 28×28 picture, row by row, 0 is background.
pub type Picture = [u8; IMAGE_PIXELS];

/// Why there is no picture.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DrawingError {
    /// No ink at all, or all of it erased.
    #[error("the pad is blank")]
    Blank,
    /// A picture's bytes do not fit its size.
    #[error("a picture of {width} by {height} needs {expected} bytes, got {found}")]
    Size {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
        /// Bytes that such a picture has.
        expected: u64,
        /// Bytes given.
        found: u64,
    },
    /// A picture has no pixels or too many.
    #[error("a picture of {width} by {height} pixels cannot be used")]
    Extent {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
}
