//! Data: where the garments come from, and pictures of them.

use serde::{Deserialize, Serialize};

use crate::data::{Pictures, Split};

/// Where the data in use came from (`data-source` of the status bar).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DataSource {
    /// `data/` beside the page.
    Local,
    /// The browser's cache of an earlier visit.
    Cache,
    /// A public mirror.
    Mirror,
    /// Files that the learner dropped or chose.
    Files,
    /// The built-in synthetic garments.
    Synthetic,
    /// Nothing loaded.
    #[default]
    None,
}

/// What the page asks about data.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum DataCommand {
    /// Walk the chain: local, cache, mirrors; synthetic garments where all fail.
    Load {
        /// The page's own address, that `data/` is relative to.
        base: String,
        /// Whether public mirrors may be asked (`?mirrors=off` in the page's address forbids it).
        mirrors: bool,
    },
    /// Use files that the learner dropped; any subset of the four, gzip or plain.
    LoadFiles {
        /// The files.
        files: Vec<NamedBytes>,
    },
    /// Use the synthetic garments.
    LoadSynthetic {
        /// Seed of shapes, poses and textures.
        seed: u64,
        /// Number of training images.
        train: u32,
        /// Number of test images.
        test: u32,
    },
    /// Pictures of one class (or all), a page at a time, in file order.
    Browse {
        /// Which split.
        split: Split,
        /// Label 0 to 9, or all classes.
        class: Option<u8>,
        /// First image, counted within the class.
        offset: u32,
        /// How many.
        count: u32,
    },
}

/// A file by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedBytes {
    /// The file's name without folders.
    pub name: String,
    /// Its content.
    #[serde(with = "serde_bytes")]
    pub bytes: Vec<u8>,
}

/// What a worker tells about data.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum DataEvent {
    /// A file is on its way.
    Progress {
        /// The file's name.
        file: String,
        /// Where it comes from.
        source: DataSource,
        /// Bytes so far over all four files.
        received: u32,
        /// Bytes of all four files.
        total: u32,
    },
    /// A source was given up; the chain goes on. Shown as a note, not as a failure.
    SourceFailed {
        /// The source given up.
        source: DataSource,
        /// The mirror's address, where it is one.
        address: String,
        /// Why.
        fault: super::Fault,
    },
    /// The data in use changed. The test set may come first, with `train == 0`.
    Loaded(DataSummary),
    /// Answer to [`DataCommand::Browse`].
    Pictures {
        /// As asked.
        split: Split,
        /// As asked.
        class: Option<u8>,
        /// As asked.
        offset: u32,
        /// How many images there are to page through.
        available: u32,
        /// The images.
        pictures: Pictures,
    },
}

/// The data in use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DataSummary {
    /// Where it came from.
    pub source: DataSource,
    /// Number of training images (before the validation split).
    pub train: u32,
    /// Number of test images.
    pub test: u32,
    /// Training images of each class (of the test set while `train == 0`).
    pub per_class: Vec<u32>,
    /// Mean training pixel, 0 to 1.
    pub mean: f32,
    /// Standard deviation of training pixels.
    pub deviation: f32,
    /// Ten mean images, one a class, in label order.
    pub mean_images: Pictures,
    /// Label of every test image, in file order: with a classifier's predictions it finds the
    /// images behind a cell of the confusion matrix.
    #[serde(with = "serde_bytes")]
    pub test_labels: Vec<u8>,
}
