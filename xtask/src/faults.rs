//! `cargo xtask faults`: accidents at random moments of short runs, in a browser with its profile on the disk. What
//! they are and what must hold is in `tests/e2e/faults/`; a few of them run with the other checks.

use anyhow::Result;

use crate::{browser, build, process, test, tools};

/// Tells the tests where the dice begin.
pub const SEED: &str = "TELAR_FAULTS_SEED";
/// Tells the tests how many accidents there are to be.
pub const ACCIDENTS: &str = "TELAR_FAULTS_ACCIDENTS";

/// `cargo xtask faults`'s arguments.
#[derive(clap::Args, Clone, Debug)]
pub struct Arguments {
    /// Where the dice begin: the same accidents at the same moments each time.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many accidents.
    #[arg(long, default_value_t = 60)]
    accidents: u32,
    /// Use `dist/` as it is, without building.
    #[arg(long)]
    no_build: bool,
}

/// Lets the accidents happen and prints their table.
///
/// # Errors
/// Where one of them costs more than it may.
pub fn run(arguments: &Arguments) -> Result<()> {
    tools::ensure()?;
    if !arguments.no_build {
        build::build(&build::Arguments::default())?;
    }
    let mut command = test::page_test(&browser::ensure()?);
    command.env(SEED, arguments.seed.to_string()).env(ACCIDENTS, arguments.accidents.to_string());
    process::run("accidents", command.arg("faults::"))
}
