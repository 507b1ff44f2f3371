//! The native command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    telar::cli::run()
}
