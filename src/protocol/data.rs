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
    /// Use files that the learner dropped: any subset of the four, however packed.
    LoadFiles {
        /// The files.
        files: Vec<PickedFile>,
    },
    /// Use what another engine had, or this one before it broke down.
    LoadKept(Kept),
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

/// The browser's handle on bytes, a `Blob` or a `File`: it travels without its bytes and outlives the
/// worker that made it. Nothing outside a browser.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Handle(
    /// The blob.
    #[cfg_attr(target_arch = "wasm32", serde(with = "super::codec::by_place"))]
    pub HandleValue,
);

/// What a [`Handle`] holds here.
#[cfg(target_arch = "wasm32")]
pub type HandleValue = wasm_bindgen::JsValue;
/// What a [`Handle`] holds here.
#[cfg(not(target_arch = "wasm32"))]
pub type HandleValue = ();

/// A file that the learner chose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PickedFile {
    /// The file's name.
    pub name: String,
    /// Its content.
    pub content: Handle,
}

/// Where the data in use are for every engine that is started later, so that all have the same: in the
/// browser's cache, or else in one blob (test pixels, test labels, training pixels, training labels) that
/// the page keeps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// Where it came from.
    pub source: DataSource,
    /// Number of training images.
    pub train: u32,
    /// Number of test images.
    pub test: u32,
    /// The bytes; `None` where the browser's cache has the files.
    pub blob: Option<Handle>,
}

/// What became of files that the learner chose.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FilesTaken {
    /// Each file, also those inside archives, with what became of it.
    pub files: Vec<(String, FileOutcome)>,
    /// Names of the files that are needed to go with those taken.
    pub missing: Vec<String>,
}

/// What became of one file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FileOutcome {
    /// It is the file of this name, and right.
    Taken(String),
    /// The same as another that was taken.
    Again,
    /// No data, and no harm.
    Passed,
    /// Not used.
    Refused(super::FileFault),
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
    /// Every source was given up; the data in use stay.
    NothingFound,
    /// Files that the learner chose were looked at.
    FilesTaken(FilesTaken),
    /// The data in use, to be kept for engines that are started later.
    Kept(Kept),
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
