//! Some garments by themselves, and which half of the data they are from: what every later stage speaks
//! of.

use serde::{Deserialize, Serialize};

use super::IMAGE_PIXELS;

/// A split of the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Split {
    /// The training files.
    Train,
    /// The test files.
    Test,
}

/// Some 28×28 pictures with labels.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pictures {
    /// `count * 784` bytes, 0 is background.
    #[serde(with = "serde_bytes")]
    pub pixels: Vec<u8>,
    /// One label a picture, or empty.
    #[serde(with = "serde_bytes")]
    pub labels: Vec<u8>,
}

impl Pictures {
    /// Number of pictures.
    pub fn len(&self) -> usize {
        self.pixels.len() / IMAGE_PIXELS
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.pixels.is_empty()
    }
}
