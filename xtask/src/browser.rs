//! Chromium and its driver for the tests: found, or installed where the system is Debian's.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::process::{self, command};

/// A browser with its driver.
#[derive(Clone, Debug)]
pub struct Browser {
    /// Chromium or Chrome.
    pub browser: PathBuf,
    /// The chromedriver of the same version.
    pub driver: PathBuf,
}

/// Finds a browser and its driver; installs Debian's where there is none.
///
/// # Errors
/// Where there is none and it cannot be installed; the message says what to install.
pub fn ensure() -> Result<Browser> {
    if let Some(found) = find() {
        return Ok(found);
    }
    if process::find("apt-get").is_some() {
        install_from_debian()?;
    }
    match find() {
        Some(found) => Ok(found),
        None => bail!(
            "the browser tests need Chromium (or Chrome) and the chromedriver of the same version on the \
             PATH, or their paths in CHROMIUM and CHROMEDRIVER. Debian: apt-get install chromium chromium-driver; \
             Fedora: dnf install chromium chromedriver; macOS: brew install chromium chromedriver"
        ),
    }
}

/// Finds a browser and its driver: `CHROMIUM` and `CHROMEDRIVER`, else the usual names.
pub fn find() -> Option<Browser> {
    let named = |variable: &str| std::env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file());
    let browser = named("CHROMIUM").or_else(|| {
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
            .into_iter()
            .find_map(process::find)
    })?;
    let driver = named("CHROMEDRIVER").or_else(|| process::find("chromedriver"))?;
    Some(Browser { browser, driver })
}

fn install_from_debian() -> Result<()> {
    apt("Updating the package lists", &["update", "-qq"])?;
    apt(
        "Installing Chromium and its driver",
        &["install", "-y", "-qq", "--no-install-recommends", "chromium", "chromium-driver"],
    )
}

/// `apt-get`, by way of sudo where this is not root.
fn apt(what: &str, arguments: &[&str]) -> Result<()> {
    let root = process::output(command("id").arg("-u"))?.trim() == "0";
    let mut apt = if root { command("apt-get") } else { command("sudo") };
    apt.args((!root).then_some("apt-get")).args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    process::run(what, &mut apt)
}
