//! Where the flow begins: Fashion-MNIST as bytes, checked, parsed, split and shuffled.
//!
//! [`FashionFile`] lists the files; [`gunzip`], [`sum`] and [`idx`] turn their bytes into pixels and
//! labels; [`Assembly`] pairs them into a [`Dataset`]; `split` draws validation and training images
//! from it.

mod assembly;
mod dataset;
#[cfg(not(target_arch = "wasm32"))]
mod directory;
mod error;
mod files;
mod gunzip;
pub mod idx;
mod pictures;
mod split;
mod statistics;
mod sum;
pub mod synthetic;

pub use assembly::{Assembly, recognise};
pub use dataset::{CLASS_COUNT, CLASS_NAMES, Dataset, IMAGE_PIXELS, IMAGE_SIDE, Labelled};
#[cfg(not(target_arch = "wasm32"))]
pub use directory::{default_directory, load_directory};
pub use error::{DataError, FileError};
pub use files::FashionFile;
pub use gunzip::{GZIP_MAGIC, Gunzip, gunzip, is_gzip};
pub use pictures::{Pictures, Split};
pub use split::{
    Partition, VALIDATION_IMAGES, drawn, fewest_of_a_class, shuffled, split_validation, stratified,
};
pub use statistics::{Statistics, statistics};
pub use sum::{Sum, sum};
