//! The four files of a folder, for the command line and for tests.

use std::path::{Path, PathBuf};

use super::{Assembly, DataError, Dataset, FashionFile, FileError, recognise};

/// Where the four files are kept: `FASHION_MNIST_DIR`, or the folder that developers share.
pub fn default_directory() -> PathBuf {
    const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/fashion-mnist");
    std::env::var_os("FASHION_MNIST_DIR").map_or_else(|| SHARED.into(), PathBuf::from)
}

/// Loads all four files of `folder`, gzip or plain, each checked by its SHA-256.
///
/// # Errors
/// The name of the file at fault, with the reason; a missing file is [`DataError::Read`].
pub fn load_directory(folder: &Path) -> Result<Dataset, FileError> {
    let mut assembly = Assembly::default();
    for file in FashionFile::ALL {
        let named = |error| FileError { file: file.name().to_owned(), error };
        let bytes = read(folder, file).map_err(named)?;
        let (found, plain) = recognise(file.name(), bytes).map_err(named)?;
        assembly.insert(found, plain).map_err(named)?;
    }
    assembly.into_dataset().map_err(|error| FileError { file: folder.display().to_string(), error })
}

fn read(folder: &Path, file: FashionFile) -> Result<Vec<u8>, DataError> {
    let packed = folder.join(file.name());
    let plain = packed.with_extension("");
    let path = if !packed.exists() && plain.exists() { plain } else { packed };
    std::fs::read(&path).map_err(|error| DataError::Read(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::super::statistics;
    use super::*;

    #[test]
    fn a_missing_file_is_named() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let FileError { file, error } = load_directory(folder.path()).expect_err("nothing there");
        assert_eq!(file, "t10k-labels-idx1-ubyte.gz");
        assert!(matches!(error, DataError::Read(_)));
    }

    /// Mean and deviation are the figures that everyone who normalises Fashion-MNIST uses.
    #[test]
    fn the_real_training_images_have_the_known_mean_and_deviation() {
        let folder = default_directory();
        if !folder.exists() {
            eprintln!("skipped: {} is not there", folder.display());
            return;
        }
        let dataset = load_directory(&folder).expect("the published files");
        assert_eq!((dataset.train.len(), dataset.test.len()), (60_000, 10_000));
        let found = statistics(&dataset.train);
        assert_eq!(found.per_class, [6_000; 10]);
        assert_eq!(format!("{:.4} {:.4}", found.mean, found.deviation), "0.2860 0.3530");
    }
}
