//! Running other programs with a plain line before each and a plain reason when one fails.

use std::{
    ffi::OsString,
    path::PathBuf,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

use crate::project;

/// A command in the repository's root that finds the tools installed by [`crate::tools`].
pub fn command(program: &str) -> Command {
    let mut command = Command::new(find(program).unwrap_or_else(|| program.into()));
    command.current_dir(project::root()).env("PATH", search_path());
    command
}

/// A cargo command.
pub fn cargo<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Command {
    let mut command = command("cargo");
    command.args(arguments);
    // Set for this program by the outer cargo; an inner one must not take it for its own.
    command.env_remove("CARGO_MANIFEST_DIR").env_remove("CARGO_PKG_NAME");
    command
}

/// Runs a command with its output on the terminal, after a line that says what is done.
///
/// # Errors
/// Where the program is missing or fails.
pub fn run(what: &str, command: &mut Command) -> Result<()> {
    println!("==> {what}");
    let status = command.status().with_context(|| format!("cannot start {}", shown(command)))?;
    if !status.success() {
        bail!("{what}: `{}` ended with {status}", shown(command));
    }
    Ok(())
}

/// Runs a command and returns what it printed.
///
/// # Errors
/// Where the program is missing or fails.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start {}", shown(command)))?;
    if !output.status.success() {
        bail!("`{}` ended with {}", shown(command), output.status);
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A program on the search path, cargo's folder and the project's tools included.
pub fn find(program: &str) -> Option<PathBuf> {
    std::env::split_paths(&search_path()).map(|folder| folder.join(program)).find(|path| path.is_file())
}

/// The project's tools first, then the user's path, then cargo's folder.
pub fn search_path() -> OsString {
    let mut folders = vec![tool_folder().join("bin")];
    folders.extend(std::env::var_os("PATH").iter().flat_map(std::env::split_paths));
    folders.extend(cargo_folder());
    std::env::join_paths(folders).expect("folders of a search path hold no separator")
}

/// Where `cargo install --root` puts the project's own tools.
pub fn tool_folder() -> PathBuf {
    project::target().join("tools")
}

fn cargo_folder() -> Option<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")))
        .map(|home| home.join("bin"))
}

fn shown(command: &Command) -> String {
    let program = PathBuf::from(command.get_program());
    let name = program.file_name().unwrap_or(command.get_program()).to_string_lossy().into_owned();
    command.get_args().fold(name, |line, argument| line + " " + &argument.to_string_lossy())
}
