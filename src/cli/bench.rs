//! `telar bench`: training speed of the reference work, and what comparing costs.

use std::{sync::Arc, time::Instant};

use burn::tensor::Device;
use serde_json::json;

use super::{CliError, Common, DeviceName, report};
use crate::{
    data::{Dataset, synthetic::garments},
    experiment::{Comparison, ExperimentError},
    models::{EncoderConfig, Initializer},
    protocol::{ExperimentConfig, Mode, Phase},
    training::{UNIT_IMAGES, reference},
};

/// Batches that warm up before those that are timed.
const WARM_UP: u32 = 4;
/// Images of the comparison, more than it goes through.
const IMAGES: usize = 9_000;
/// Most batches of a comparison that are timed.
const MOST_BATCHES: u32 = 100;

/// Arguments of `bench`.
#[derive(clap::Args, Debug)]
pub(super) struct Arguments {
    /// How long to measure
    #[arg(long, default_value_t = 5.0)]
    seconds: f64,
    /// Images a unit of the reference work, of which a batch has 64
    #[arg(long, default_value_t = UNIT_IMAGES)]
    unit: usize,
    /// Measure a batch of three classifiers in lockstep against the three alone instead
    #[arg(long)]
    lockstep: bool,
}

/// Prints images a second, or the cost of lockstep.
pub(super) fn run(common: &Common, arguments: &Arguments) -> Result<(), CliError> {
    if !(0.1..=600.0).contains(&arguments.seconds) {
        return Err(CliError::Input("--seconds must be from 0.1 to 600".to_owned()));
    }
    if !(1..=reference::BATCH).contains(&arguments.unit) {
        return Err(CliError::Input(format!("--unit must be from 1 to {}", reference::BATCH)));
    }
    let device = common.device()?;
    if arguments.lockstep {
        return lockstep(common, arguments.seconds, &device);
    }
    let setting = reference::Setting { device: &device, unit: arguments.unit, crew: None };
    let speed = pollster::block_on(reference::images_per_second(&setting, arguments.seconds))?;
    let engine = if common.device == DeviceName::Cpu { "flex" } else { "wgpu" };
    report::print(common.json, &json!({ "engine": engine, "images_per_second": speed.round() }));
    Ok(())
}

/// Four comparisons take turns, a batch each: one of all modes, and one of each mode alone.
fn lockstep(common: &Common, seconds: f64, device: &Device) -> Result<(), CliError> {
    let data =
        Arc::new(Dataset { train: garments(common.seed, IMAGES), test: garments(common.seed + 1, 10) });
    let line_ups = [Mode::ALL.to_vec(), vec![Mode::Scratch], vec![Mode::Frozen], vec![Mode::Finetuned]];
    let mut runs = line_ups
        .map(|modes| comparison(modes, data.clone(), device))
        .into_iter()
        .collect::<Result<Vec<_>, _>>()?;
    let (begin, mut taken) = (Instant::now(), [0.0; 4]);
    for batch in 0..MOST_BATCHES {
        for (run, taken) in runs.iter_mut().zip(&mut taken) {
            let seconds = timed_batch(run)?;
            *taken += if batch < WARM_UP { 0.0 } else { seconds };
        }
        if batch > WARM_UP && begin.elapsed().as_secs_f64() > seconds {
            break;
        }
    }
    let [together, alone @ ..] = taken;
    let ratio = together / alone.iter().sum::<f64>();
    report::print(common.json, &json!({ "lockstep_over_sum_alone": (1e3 * ratio).round() / 1e3 }));
    Ok(())
}

fn comparison(modes: Vec<Mode>, data: Arc<Dataset>, device: &Device) -> Result<Comparison, ExperimentError> {
    let encoder = EncoderConfig::new().init(&Initializer::new(1, device));
    let config = ExperimentConfig { modes, ..Default::default() };
    let mut comparison = Comparison::new(&config, data, Some(encoder), None, device)?;
    comparison.set_settling(true);
    Ok(comparison)
}

/// Seconds of the next batch, validations left out.
fn timed_batch(comparison: &mut Comparison) -> Result<f64, CliError> {
    let mut seconds = 0.0;
    loop {
        let begin = Instant::now();
        let advance = pollster::block_on(comparison.advance())?;
        if advance.phase == Phase::Training {
            seconds += begin.elapsed().as_secs_f64();
        }
        if advance.batch_ended {
            return Ok(seconds);
        }
    }
}
