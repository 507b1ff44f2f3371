//! The browsers of the tests with their drivers: found, or installed where the system is Debian's.
//! Without Chromium there are no tests in a browser; Firefox and WebKitGTK may be missing.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::{
    process::{self, command},
    tools,
};

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
        install(&["chromium", "chromium-driver"])?;
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
    let browser = named("CHROMIUM").or_else(|| {
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
            .into_iter()
            .find_map(process::find)
    })?;
    let driver = named("CHROMEDRIVER").or_else(|| process::find("chromedriver"))?;
    Some(Browser { browser, driver })
}

/// Firefox and geckodriver: `FIREFOX` and `GECKODRIVER`, else the usual names.
pub fn find_firefox() -> Option<Browser> {
    let browser =
        named("FIREFOX").or_else(|| ["firefox-esr", "firefox"].into_iter().find_map(process::find))?;
    let driver = named("GECKODRIVER").or_else(|| process::find("geckodriver"))?;
    Some(Browser { browser, driver })
}

/// WebKitGTK's small browser and its driver, and the screen that they need.
#[derive(Clone, Debug)]
pub struct WebKit {
    /// MiniBrowser, which the driver steers.
    pub browser: PathBuf,
    /// WebKitWebDriver.
    pub driver: PathBuf,
    /// Xvfb, a screen in memory.
    pub screen: PathBuf,
}

/// WebKitGTK, where this system has all of it.
pub fn find_webkit() -> Option<WebKit> {
    let driver = named("WEBKITDRIVER").or_else(|| process::find("WebKitWebDriver"))?;
    Some(WebKit { browser: mini_browser()?, driver, screen: process::find("Xvfb")? })
}

/// MiniBrowser lies in the folder of the library's version, on no search path.
fn mini_browser() -> Option<PathBuf> {
    let inside = |folder: &Path| {
        let entries = std::fs::read_dir(folder).ok()?;
        let mut found: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        found.sort();
        Some(found)
    };
    let folders = inside(Path::new("/usr/lib"))?.into_iter().chain([PathBuf::from("/usr/libexec")]);
    let versions = folders.filter_map(|folder| inside(&folder)).flatten();
    versions
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("webkit2gtk-")))
        .map(|version| version.join("MiniBrowser"))
        .rfind(|path| path.is_file())
}

/// Sees that Firefox and WebKitGTK are there, or says in a plain word why their tests are skipped.
pub fn ensure_others() {
    let firefox = || {
        if find_firefox().is_none() {
            install(&["firefox-esr"]).ok();
            tools::ensure_geckodriver()?;
        }
        find_firefox().context("Debian: apt-get install firefox-esr; cargo install geckodriver")
    };
    if let Err(reason) = firefox() {
        println!("skipped in Firefox: it cannot be had here: {reason:#}");
    }
    let webkit = || {
        if find_webkit().is_none() {
            install(&["webkit2gtk-driver", "xvfb"])?;
        }
        find_webkit().context("Debian: apt-get install webkit2gtk-driver xvfb")
    };
    if let Err(reason) = webkit() {
        println!("skipped in WebKitGTK: it cannot be had here: {reason:#}");
    }
}

fn named(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file())
}

/// Installs packages of Debian's.
fn install(packages: &[&str]) -> Result<()> {
    ensure!(process::find("apt-get").is_some(), "this is no Debian");
    apt("Updating the package lists", &["update", "-qq"])?;
    let all = [&["install", "-y", "-qq", "--no-install-recommends"], packages].concat();
    apt(&format!("Installing {}", packages.join(", ")), &all)
}

/// `apt-get`, by way of sudo where this is not root.
fn apt(what: &str, arguments: &[&str]) -> Result<()> {
    let root = process::output(command("id").arg("-u"))?.trim() == "0";
    let mut apt = if root { command("apt-get") } else { command("sudo") };
    apt.args((!root).then_some("apt-get")).args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    process::run(what, &mut apt)
}
