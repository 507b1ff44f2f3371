//! Where the flow begins: Fashion-MNIST as bytes, checked, parsed, split and shuffled.
//!
//! [`FashionFile`] lists the files; [`Form`] tells what a file is, [`Zipped`] opens an archive of them,
//! [`Recognition`] unpacks and checks one and [`idx`] parses it; [`Assembly`] pairs them into a [`Dataset`];
//! `split` draws validation and training images from it.

mod assembly;
mod dataset;
#[cfg(not(target_arch = "wasm32"))]
mod directory;
mod error;
mod files;
mod form;
pub mod idx;
mod pictures;
mod recognition;
mod split;
mod statistics;
mod sum;
pub mod synthetic;
mod unpacking;
mod zipped;

pub use assembly::Assembly;
pub use dataset::{CLASS_COUNT, CLASS_NAMES, Dataset, IMAGE_PIXELS, IMAGE_SIDE, Labelled};
#[cfg(not(target_arch = "wasm32"))]
pub use directory::{default_directory, load_directory};
pub use error::{DataError, FileError};
pub use files::FashionFile;
pub use form::{Form, PLACEHOLDER};
pub use pictures::{Pictures, Split};
pub use recognition::{LARGEST, Recognition, recognise};
pub use split::{
    Partition, VALIDATION_IMAGES, drawn, fewest_of_a_class, shuffled, split_validation, stratified,
};
pub use statistics::{Statistics, statistics};
pub use sum::{Sum, sum};
pub use unpacking::Unpacking;
pub use zipped::{Entry, Zipped};
