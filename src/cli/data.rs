//! The real data, from the folder asked for or the first that has it.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{CliError, Common};
use crate::data::{Dataset, FashionFile, load_directory};

/// Loads all four files.
///
/// # Errors
/// [`CliError::Input`] that names the file at fault, or the folders that were looked into.
pub(super) fn load(common: &Common) -> Result<Arc<Dataset>, CliError> {
    Ok(Arc::new(load_directory(&folder(common)?)?))
}

fn folder(common: &Common) -> Result<PathBuf, CliError> {
    if let Some(folder) = &common.data {
        return Ok(folder.clone());
    }
    let candidates = candidates();
    candidates.iter().find(|folder| holds_data(folder)).cloned().ok_or_else(|| {
        let names: Vec<String> = candidates.iter().map(|folder| folder.display().to_string()).collect();
        CliError::Input(format!(
            "no Fashion-MNIST files in {}; name their folder with --data",
            names.join(", ")
        ))
    })
}

fn candidates() -> Vec<PathBuf> {
    let named = std::env::var_os("FASHION_MNIST_DIR").map(PathBuf::from);
    let usual = ["../shared/data/fashion-mnist", "data"].map(PathBuf::from);
    named.into_iter().chain(usual).collect()
}

fn holds_data(folder: &Path) -> bool {
    let name = FashionFile::ALL[0].name();
    folder.join(name).exists() || folder.join(name).with_extension("").exists()
}
