//! Where things are.

use std::path::{Path, PathBuf};

/// The four files of Fashion-MNIST, as its authors publish them.
pub const DATA_FILES: [&str; 4] = [
    "train-images-idx3-ubyte.gz",
    "train-labels-idx1-ubyte.gz",
    "t10k-images-idx3-ubyte.gz",
    "t10k-labels-idx1-ubyte.gz",
];

/// The repository's root.
pub fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().expect("xtask lies in the repository's root").to_path_buf()
}

/// The built page.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The folder of the Fashion-MNIST files: `FASHION_MNIST_DIR`, or `../shared/data/fashion-mnist`
/// beside the repository; `None` where neither holds any of the files.
pub fn data() -> Option<PathBuf> {
    let named = std::env::var_os("FASHION_MNIST_DIR").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| root().join("../shared/data/fashion-mnist"));
    (!data_files(&folder).is_empty()).then_some(folder)
}

/// Which of [`DATA_FILES`] a folder holds, with where each is: packed, or unpacked under its name without
/// the ending.
pub fn data_files(folder: &Path) -> Vec<(&'static str, PathBuf)> {
    let find = |name: &'static str| {
        let packed = folder.join(name);
        let found = [packed.clone(), packed.with_extension("")].into_iter().find(|path| path.is_file());
        found.map(|path| (name, path))
    };
    DATA_FILES.into_iter().filter_map(find).collect()
}
