//! The wasm32 target, Trunk and wasm-bindgen: checked, and installed where missing.

use std::{path::PathBuf, process::Command};

use anyhow::{Context, Result};

use crate::{
    process::{self, cargo, command},
    project,
};

/// The target of page and workers.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";
/// The Trunk that `Trunk.toml` and the worker layout were written for.
const TRUNK_VERSION: &str = "0.21.14";
/// A driver that knows Firefox from 115 on.
const GECKODRIVER_VERSION: &str = "0.36.0";
/// The rules that the page is held against.
const AXE_VERSION: &str = "4.14.1";

/// Sees that the page can be built.
///
/// # Errors
/// Where something is missing and cannot be installed.
pub fn ensure() -> Result<()> {
    ensure_wasm_target()?;
    ensure_crate("trunk", "trunk", TRUNK_VERSION, true)?;
    // With --locked a dependency of wasm-bindgen-cli may be missing from the registry.
    ensure_crate("wasm-bindgen-cli", "wasm-bindgen", &wasm_bindgen_version()?, false)
}

/// Sees that rustc can compile to wasm.
///
/// # Errors
/// Where rustup is missing or cannot add the target.
pub fn ensure_wasm_target() -> Result<()> {
    let sysroot = process::output(command("rustc").args(["--print", "sysroot"]))?;
    let library = std::path::Path::new(sysroot.trim()).join("lib/rustlib").join(WASM_TARGET);
    if library.is_dir() {
        return Ok(());
    }
    process::run("Adding the wasm32 target", command("rustup").args(["target", "add", WASM_TARGET]))
        .context("rustup is needed to add the wasm32 target: https://rustup.rs")
}

/// Sees that geckodriver, which steers Firefox, is there.
///
/// # Errors
/// Where it cannot be compiled.
pub fn ensure_geckodriver() -> Result<()> {
    ensure_crate("geckodriver", "geckodriver", GECKODRIVER_VERSION, false)
}

/// axe-core's script, installed by npm where it is missing; nothing of it is part of the page.
///
/// # Errors
/// Where there is no npm, or it cannot fetch the package.
pub fn ensure_axe() -> Result<PathBuf> {
    if axe().is_none() {
        let folder = axe_folder();
        process::find("npm").context("npm is missing (Debian: apt-get install npm)")?;
        std::fs::create_dir_all(&folder)?;
        let mut install = command("npm");
        install.args(["install", "--no-audit", "--no-fund", "--no-save", "--prefix"]).arg(&folder);
        process::run("Installing axe-core", install.arg(format!("axe-core@{AXE_VERSION}")))?;
    }
    axe().context("npm left no axe-core of the version asked for")
}

/// axe-core's script, where it is installed in the version that the tests are written for.
pub fn axe() -> Option<PathBuf> {
    let package = axe_folder().join("node_modules/axe-core");
    let known = std::fs::read_to_string(package.join("package.json")).ok()?;
    let right = known.contains(&format!("\"version\": \"{AXE_VERSION}\""));
    Some(package.join("axe.min.js")).filter(|script| right && script.is_file())
}

fn axe_folder() -> PathBuf {
    process::tool_folder().join("axe")
}

/// The version of wasm-bindgen in Cargo.lock; its command must be of the same version.
fn wasm_bindgen_version() -> Result<String> {
    let lock = std::fs::read_to_string(project::root().join("Cargo.lock")).context("reading Cargo.lock")?;
    lock.split("[[package]]")
        .find(|package| package.contains("\nname = \"wasm-bindgen\"\n"))
        .and_then(|package| package.split("\nversion = \"").nth(1)?.split('"').next().map(str::to_owned))
        .context("Cargo.lock names no wasm-bindgen")
}

fn ensure_crate(name: &str, program: &str, version: &str, locked: bool) -> Result<()> {
    if installed_version(program).as_deref() == Some(version) {
        return Ok(());
    }
    let root = process::tool_folder();
    let mut install = cargo(["install", name, "--version", version]);
    install.arg("--root").arg(&root).args(locked.then_some("--locked"));
    quick_to_compile(&mut install);
    process::run(&format!("Installing {name} {version} into {} (minutes)", root.display()), &mut install)
}

/// These tools run for seconds: compiling them fast matters more than how fast they are.
fn quick_to_compile(install: &mut Command) {
    install
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "0");
}

fn installed_version(program: &str) -> Option<String> {
    process::find(program)?;
    let printed = process::output(command(program).arg("--version")).ok()?;
    printed.split_whitespace().nth(1).map(str::to_owned)
}
