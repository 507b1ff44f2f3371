//! Places for the data files in the built page: small files under the four names. A static host cannot be
//! asked whether it has a file without a red line in the browser's console where it has not; these it has,
//! and the page knows them by their content. Real files laid over them are found by themselves.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use crate::{project::DATA_FILES, sizes};

/// How a place is known; `telar::data::PLACEHOLDER` is its beginning.
pub const TEXT: &str = "Telar: no data here. Put the file of this name of Fashion-MNIST in this place.\n";
/// What is written for whoever opens the folder.
const README: &str = "\
The four files here only keep the places of the data. Copy the real ones over them, packed (.gz) as their
authors publish them, and the page uses them:

    https://github.com/zalandoresearch/fashion-mnist

Without them the page asks public mirrors.

Los cuatro archivos de esta carpeta solo guardan el sitio de los datos. Copia encima los verdaderos,
comprimidos (.gz) como los publican sus autores, y la página los usará. Sin ellos pregunta a espejos públicos.
";

/// Lays the places into the built page.
///
/// # Errors
/// Where the folder cannot be written.
pub fn lay(dist: &Path) -> Result<()> {
    let folder = dist.join("data");
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    fs::write(folder.join("README.txt"), README)?;
    // Packed, as hosts that send such files as packed content have them unpacked by the browser.
    let place = sizes::gzip(TEXT.as_bytes())?;
    DATA_FILES.iter().try_for_each(|name| Ok(fs::write(folder.join(name), &place)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_has_its_place() -> Result<()> {
        let dist = tempfile::tempdir()?;
        lay(dist.path())?;
        for name in DATA_FILES {
            assert!(fs::read(dist.path().join("data").join(name))?.starts_with(&[0x1f, 0x8b]));
        }
        Ok(())
    }
}
