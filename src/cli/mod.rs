//! `telar`, the native command line: the page's library without the page.
//!
//! Each subcommand has its file; this one knows the arguments that all share and how errors become
//! exit statuses: 2 for bad input, 1 for what failed underneath, 130 after an interruption.

mod bench;
mod classifiers;
mod data;
mod drawings;
mod error;
mod evaluate;
mod interrupt;
mod labels;
mod model;
mod pretrain;
mod progress;
mod report;
mod show;
mod study;
mod summary;
mod train;
mod weights;

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use error::CliError;

/// Train, evaluate, export and import Telar's networks.
#[derive(Parser, Debug)]
#[command(name = "telar", version, about)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// What every subcommand takes.
#[derive(Args, Clone, Debug)]
struct Common {
    /// Folder of the four Fashion-MNIST files [default: FASHION_MNIST_DIR, ../shared/data/fashion-mnist, data]
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Seed of split, order and initial weights
    #[arg(long, global = true, default_value_t = 42)]
    seed: u64,
    /// Print each result as one line of JSON
    #[arg(long, global = true)]
    json: bool,
    /// Where to compute
    #[arg(long, global = true, value_enum, default_value_t = DeviceName::Cpu)]
    device: DeviceName,
}

/// Devices by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DeviceName {
    /// Burn's flex backend on all cores.
    Cpu,
    /// Burn's wgpu backend; needs a build with the feature `cli-gpu`.
    Gpu,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Train a network on the real data
    #[command(subcommand)]
    Train(train::Train),
    /// Compare autoencoders of several sizes
    #[command(subcommand)]
    Study(study::Study),
    /// Measure a file's network on the test images
    Evaluate(evaluate::Arguments),
    /// Ask a file's classifier about drawings
    EvaluateDrawings(drawings::Arguments),
    /// Write a network in another precision, or its outputs
    Export(weights::Export),
    /// Check a file, also one written by PyTorch, and write it as this program does
    Import(weights::Import),
    /// Tell what is in a file of the page's whole work (.telar)
    Show(show::Arguments),
    /// Measure the training speed of the reference work
    Bench(bench::Arguments),
    /// Train the weights that ship with the page
    Pretrain(pretrain::Arguments),
}

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    match dispatch(&cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("telar: {error}");
            error.exit_code()
        }
    }
}

fn dispatch(cli: &Cli) -> Result<(), CliError> {
    let common = &cli.common;
    match &cli.command {
        Command::Train(arguments) => train::run(common, arguments),
        Command::Study(arguments) => study::run(common, arguments),
        Command::Evaluate(arguments) => evaluate::run(common, arguments),
        Command::EvaluateDrawings(arguments) => drawings::run(common, arguments),
        Command::Export(arguments) => weights::export(common, arguments),
        Command::Import(arguments) => weights::import(common, arguments),
        Command::Show(arguments) => show::run(common, arguments),
        Command::Bench(arguments) => bench::run(common, arguments),
        Command::Pretrain(arguments) => pretrain::run(common, arguments),
    }
}

impl Common {
    /// The device asked for.
    fn device(&self) -> Result<burn::tensor::Device, CliError> {
        match self.device {
            DeviceName::Cpu => Ok(burn::tensor::Device::flex()),
            #[cfg(feature = "cli-gpu")]
            DeviceName::Gpu => Ok(burn::tensor::Device::wgpu(Default::default())),
            #[cfg(not(feature = "cli-gpu"))]
            DeviceName::Gpu => {
                Err(CliError::Input("this build has no GPU; build it with --features cli-gpu".to_owned()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }
}
