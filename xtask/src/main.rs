//! `cargo xtask COMMAND`: the developer's commands. Everything they need is installed on first use.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use xtask::{bench, build, faults, pretrain, profile, serve, test};

/// Telar's developer commands.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the page into `dist/`, a folder for any static host and any sub-path.
    Build(build::Arguments),
    /// Build the page and serve it, with the Fashion-MNIST files beside it where they are found.
    Serve(serve::Arguments),
    /// Run every check: formatting, lints, native tests, browser tests, end to end.
    Test(test::Arguments),
    /// Measure training speed on both engines in a browser, and the size of every wasm file.
    Bench(bench::Arguments),
    /// Let accidents happen to short runs in a browser, and see that nothing is lost.
    Faults(faults::Arguments),
    /// Show where the time of a training goes, by operation.
    Profile(profile::Arguments),
    /// Train the shipped weights from the real data into `www/models/`.
    Pretrain(pretrain::Arguments),
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nfailed: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    match command {
        Command::Build(arguments) => build::build(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Test(arguments) => test::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
        Command::Faults(arguments) => faults::run(&arguments),
        Command::Profile(arguments) => profile::run(&arguments),
        Command::Pretrain(arguments) => pretrain::run(&arguments),
    }
}
