//! `telar bench`: training speed of the reference work.

use serde_json::json;

use super::{CliError, Common, DeviceName, report};
use crate::training::reference;

/// Arguments of `bench`.
#[derive(clap::Args, Debug)]
pub(super) struct Arguments {
    /// How long to measure
    #[arg(long, default_value_t = 5.0)]
    seconds: f64,
}

/// Prints images a second.
pub(super) fn run(common: &Common, arguments: &Arguments) -> Result<(), CliError> {
    if !(0.1..=600.0).contains(&arguments.seconds) {
        return Err(CliError::Input("--seconds must be from 0.1 to 600".to_owned()));
    }
    let device = common.device()?;
    let speed = pollster::block_on(reference::images_per_second(&device, arguments.seconds))
        .map_err(CliError::Failed)?;
    let engine = if common.device == DeviceName::Cpu { "flex" } else { "wgpu" };
    report::print(common.json, &json!({ "engine": engine, "images_per_second": speed.round() }));
    Ok(())
}
