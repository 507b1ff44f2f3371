//! `cargo xtask pretrain`: the shipped weights, by the same library as the page.

use anyhow::{Context, Result};

use crate::{
    process::{self, cargo},
    project,
};

/// `cargo xtask pretrain`'s arguments.
#[derive(clap::Args, Clone, Debug)]
pub struct Arguments {
    /// Passed on to `telar pretrain`.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

/// Trains the shipped weights into `www/models/`.
///
/// # Errors
/// Where the data files are missing or training fails.
pub fn run(arguments: &Arguments) -> Result<()> {
    let data = project::data().context("the real data is needed: name its folder in FASHION_MNIST_DIR")?;
    let mut command = cargo(["run", "--release", "--features", "cli", "--bin", "telar", "--", "pretrain"]);
    command
        .arg("--data")
        .arg(data)
        .arg("--out")
        .arg(project::root().join("www/models"))
        .args(&arguments.rest);
    process::run("Training the shipped weights", &mut command)
}
