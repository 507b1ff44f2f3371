//! `telar train classifiers`: the comparison of classifiers, as in the page.

use std::path::PathBuf;

use serde_json::json;

use super::{CliError, Common, data, interrupt, model, progress::Progress, report, weights};
use crate::{
    drawing::augment,
    experiment::{Comparison, ExperimentError, Outcome},
    models::Encoder,
    protocol::{ExperimentConfig, Mode, ModePoint, ModeResult},
    training::checkpoint::{Checkpoint, Precision},
};

/// Arguments of `train classifiers`.
#[derive(clap::Args, Debug)]
pub(super) struct Arguments {
    /// Modes to compare: scratch, frozen, finetuned
    #[arg(long, value_delimiter = ',', default_value = "scratch,frozen,finetuned", value_parser = mode)]
    modes: Vec<Mode>,
    /// Labelled training images a class [default: all]
    #[arg(long)]
    labels: Option<u32>,
    /// Epochs: passes over the labelled images, several each where these are few
    #[arg(long, default_value_t = ExperimentConfig::default().epochs)]
    epochs: u32,
    /// Images a batch
    #[arg(long, default_value_t = ExperimentConfig::default().batch)]
    batch: u32,
    /// Peak learning rate of heads and of the encoder from scratch
    #[arg(long = "lr", default_value_t = ExperimentConfig::default().learning_rate)]
    learning_rate: f64,
    /// Peak learning rate of the fine-tuned encoder
    #[arg(long = "encoder-lr", default_value_t = ExperimentConfig::default().encoder_learning_rate)]
    encoder_learning_rate: f64,
    /// Repetitions with seeds that follow --seed
    #[arg(long, default_value_t = ExperimentConfig::default().seeds)]
    seeds: u32,
    /// Make training images look like drawings
    #[arg(long)]
    sketches: bool,
    /// The pretrained encoder's file [default: the shipped autoencoder]
    #[arg(long, value_name = "FILE")]
    encoder: Option<PathBuf>,
    /// Folder for the weights of the last repetition; nothing is written without
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

fn mode(name: &str) -> Result<Mode, String> {
    let known = Mode::ALL.into_iter().find(|mode| mode.name() == name);
    known.ok_or_else(|| format!("{name} is none of scratch, frozen, finetuned"))
}

impl Arguments {
    fn config(&self, seed: u64) -> ExperimentConfig {
        ExperimentConfig {
            modes: self.modes.clone(),
            labels_per_class: self.labels,
            epochs: self.epochs,
            batch: self.batch,
            learning_rate: self.learning_rate,
            encoder_learning_rate: self.encoder_learning_rate,
            seed,
            seeds: self.seeds,
            sketch_augmentation: self.sketches,
        }
    }
}

/// Runs the comparison; prints each mode's result as it comes.
pub(super) fn run(common: &Common, arguments: &Arguments) -> Result<(), CliError> {
    let device = common.device()?;
    let encoder = encoder(arguments, &device)?;
    let config = arguments.config(common.seed);
    let sketch = |pixels: &[u8], seed| augment::sketch(pixels, seed).to_vec();
    let mut comparison = Comparison::new(&config, data::load(common)?, encoder, Some(sketch), &device)?;
    let mut progress = Progress::new(comparison.plan().total_steps);
    interrupt::listen()?;
    loop {
        let advance = pollster::block_on(comparison.advance())?;
        progress.advance(comparison.step(), advance.images);
        for outcome in comparison.take_outcomes() {
            tell(common, &progress, outcome);
        }
        if advance.finished {
            break;
        }
        if interrupt::requested() {
            return Err(CliError::Interrupted("results so far are above".to_owned()));
        }
    }
    progress.finish();
    save(arguments, &comparison)
}

/// The pretrained encoder where a mode needs it.
fn encoder(arguments: &Arguments, device: &burn::tensor::Device) -> Result<Option<Encoder>, CliError> {
    if arguments.modes == [Mode::Scratch] {
        return Ok(None);
    }
    let path = arguments.encoder.clone().unwrap_or_else(|| model::shipped("autoencoder"));
    let encoder = model::read(&path)?.encoder(device);
    encoder.map(Some).map_err(|error| CliError::file(&path, error))
}

fn tell(common: &Common, progress: &Progress, outcome: Outcome) {
    match outcome {
        Outcome::Point(point) => progress.say(&line(&point)),
        Outcome::Result(result) => progress.aside(|| report::print(common.json, &figures(&result))),
        Outcome::Failed(mode, error) => progress.say(&format!("{}: {error}", mode.name())),
    }
}

fn line(point: &ModePoint) -> String {
    let (name, epoch) = (point.mode.name(), point.epoch);
    let accuracy = 100.0 * point.validation_accuracy;
    format!("{name:9} repetition {} epoch {epoch:5.2}: validation {accuracy:.2} %", point.repetition)
}

fn figures(result: &ModeResult) -> serde_json::Value {
    json!({
        "mode": result.mode.name(),
        "repetition": result.repetition,
        "parameters": result.parameters,
        "trainable": result.trainable,
        "seconds_per_step": result.seconds_per_step,
        "first_epoch_accuracy": result.first_epoch_accuracy,
        "best_validation_accuracy": result.best_validation_accuracy,
        "test_accuracy": result.test_accuracy,
        "test_loss": result.test_loss,
        "macro_f1": result.macro_f1,
        "precision": result.precision,
        "recall": result.recall,
        "confusion": result.confusion,
    })
}

fn save(arguments: &Arguments, comparison: &Comparison) -> Result<(), CliError> {
    let Some(folder) = &arguments.out else { return Ok(()) };
    for (mode, classifier) in comparison.models() {
        let checkpoint = pollster::block_on(Checkpoint::of_classifier(&classifier))?
            .with_note("settings.mode", mode.name());
        let file = folder.join(format!("{}.safetensors", mode.name()));
        weights::write(&file, &checkpoint.to_bytes(Precision::Full)?)?;
    }
    Ok(())
}

impl From<ExperimentError> for CliError {
    fn from(error: ExperimentError) -> Self {
        CliError::Input(error.to_string())
    }
}
