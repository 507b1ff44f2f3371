//! `telar train classifiers`: the comparison of classifiers, as in the page.

use std::path::PathBuf;

use serde_json::json;

use super::{CliError, Common, data, interrupt, model, progress::Progress, report, summary, weights};
use crate::{
    drawing::augment,
    experiment::{Comparison, ExperimentError, Outcome},
    models::Encoder,
    runs::{ExperimentConfig, Initial, Mode, ModePoint, ModeResult, Recipe, Reuse, Schedule},
    training::checkpoint::{Checkpoint, Precision},
};

/// Arguments of `train classifiers`.
#[derive(clap::Args, Debug)]
pub(super) struct Arguments {
    #[command(flatten)]
    settings: Settings,
    /// Labelled training images a class [default: all]
    #[arg(long)]
    labels: Option<u32>,
    /// Make training images look like drawings
    #[arg(long)]
    sketches: bool,
    /// Folder for the weights of the last repetition; nothing is written without
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// How classifiers are trained; the label study takes the same.
#[derive(clap::Args, Debug)]
pub(super) struct Settings {
    /// Modes to compare: scratch, frozen, finetuned
    #[arg(long, value_delimiter = ',', default_value = "scratch,frozen,finetuned", value_parser = mode)]
    modes: Vec<Mode>,
    /// Plain Adam at a constant rate (study), or what gives the best accuracy (best); the settings below
    /// change it
    #[arg(long, default_value = "study", value_parser = recipe)]
    recipe: Recipe,
    /// What of the encoder is reused: all of it (latent), or its convolutions (features)
    #[arg(long, default_value = "latent", value_parser = reuse)]
    reuse: Reuse,
    /// Epochs: passes over the labelled images, several each where these are few
    #[arg(long)]
    epochs: Option<u32>,
    /// Least number of batches in all: few labelled images are passed through more often
    #[arg(long)]
    least_batches: Option<u32>,
    /// Images a batch
    #[arg(long)]
    batch: Option<u32>,
    /// Learning rate of heads and of the encoder from scratch
    #[arg(long = "lr")]
    learning_rate: Option<f64>,
    /// Learning rate of the fine-tuned encoder
    #[arg(long = "encoder-lr")]
    encoder_learning_rate: Option<f64>,
    /// Learning rate over the run: constant, one-cycle
    #[arg(long, value_parser = schedule)]
    schedule: Option<Schedule>,
    /// Initial weights: up to 1 / √fan-in (plain), by what follows each layer (scaled)
    #[arg(long, value_parser = initial)]
    initial: Option<Initial>,
    /// Decoupled weight decay
    #[arg(long)]
    weight_decay: Option<f64>,
    /// Share of a target that is spread over all classes
    #[arg(long)]
    smoothing: Option<f64>,
    /// Move training images by up to a pixel: true, false
    #[arg(long)]
    nudging: Option<bool>,
    /// Repetitions with seeds that follow --seed
    #[arg(long)]
    seeds: Option<u32>,
    /// The pretrained encoder's file [default: the shipped autoencoder]
    #[arg(long, value_name = "FILE")]
    encoder: Option<PathBuf>,
}

/// The one of `all` with this name.
fn named<T: Copy>(all: &[T], name: &str, names: fn(T) -> &'static str) -> Result<T, String> {
    let known = all.iter().copied().find(|one| names(*one) == name);
    let list = || all.iter().map(|one| names(*one)).collect::<Vec<_>>().join(", ");
    known.ok_or_else(|| format!("{name} is none of {}", list()))
}

fn mode(name: &str) -> Result<Mode, String> {
    named(&Mode::ALL, name, Mode::name)
}

fn recipe(name: &str) -> Result<Recipe, String> {
    named(&[Recipe::Study, Recipe::Best], name, Recipe::name)
}

fn reuse(name: &str) -> Result<Reuse, String> {
    named(&Reuse::ALL, name, Reuse::name)
}

fn initial(name: &str) -> Result<Initial, String> {
    named(&Initial::ALL, name, Initial::name)
}

fn schedule(name: &str) -> Result<Schedule, String> {
    named(&Schedule::ALL, name, Schedule::name)
}

impl Settings {
    /// What they ask for, on all labels.
    pub(super) fn config(&self, seed: u64) -> ExperimentConfig {
        let recipe = ExperimentConfig::of(self.recipe);
        ExperimentConfig {
            modes: self.modes.clone(),
            reuse: self.reuse,
            epochs: self.epochs.unwrap_or(recipe.epochs),
            least_batches: self.least_batches.unwrap_or(recipe.least_batches),
            batch: self.batch.unwrap_or(recipe.batch),
            learning_rate: self.learning_rate.unwrap_or(recipe.learning_rate),
            encoder_learning_rate: self.encoder_learning_rate.unwrap_or(recipe.encoder_learning_rate),
            schedule: self.schedule.unwrap_or(recipe.schedule),
            initial: self.initial.unwrap_or(recipe.initial),
            weight_decay: self.weight_decay.unwrap_or(recipe.weight_decay),
            smoothing: self.smoothing.unwrap_or(recipe.smoothing),
            nudging: self.nudging.unwrap_or(recipe.nudging),
            seeds: self.seeds.unwrap_or(recipe.seeds),
            seed,
            ..recipe
        }
    }

    /// The pretrained encoder where a mode needs it.
    pub(super) fn encoder(&self, device: &burn::tensor::Device) -> Result<Option<Encoder>, CliError> {
        if self.modes == [Mode::Scratch] {
            return Ok(None);
        }
        let path = self.encoder.clone().unwrap_or_else(|| model::shipped("autoencoder"));
        let encoder = model::read(&path)?.encoder(device);
        encoder.map(Some).map_err(|error| CliError::file(&path, error))
    }
}

/// Runs the comparison; prints each mode's result as it comes, and each mode's means at the end.
pub(super) fn run(common: &Common, arguments: &Arguments) -> Result<(), CliError> {
    let device = common.device()?;
    let encoder = arguments.settings.encoder(&device)?;
    let config = ExperimentConfig {
        labels_per_class: arguments.labels,
        sketch_augmentation: arguments.sketches,
        ..arguments.settings.config(common.seed)
    };
    let sketch = |pixels: &[u8], seed| augment::sketch(pixels, seed).to_vec();
    let mut comparison = Comparison::new(&config, data::load(common)?, encoder, Some(sketch), &device)?;
    let mut progress = Progress::new(comparison.plan().total_steps);
    let mut found = summary::Found::default();
    interrupt::listen()?;
    loop {
        let advance = pollster::block_on(comparison.advance())?;
        progress.advance(comparison.step(), advance.images);
        for outcome in comparison.take_outcomes() {
            tell(common, &progress, &outcome);
            found.add(outcome);
        }
        if advance.finished {
            break;
        }
        if interrupt::requested() {
            return Err(CliError::Interrupted("results so far are above".to_owned()));
        }
    }
    progress.finish();
    found.modes().iter().for_each(|figures| report::print(common.json, figures));
    save(arguments, &comparison)
}

fn tell(common: &Common, progress: &Progress, outcome: &Outcome) {
    match outcome {
        Outcome::Point(point) => progress.say(&line(point)),
        Outcome::Result(result) => progress.aside(|| report::print(common.json, &figures(result))),
        Outcome::Failed(mode, error) => progress.say(&format!("{}: {error}", mode.name())),
    }
}

fn line(point: &ModePoint) -> String {
    let (name, step) = (point.mode.name(), point.step);
    let accuracy = 100.0 * point.validation_accuracy;
    format!("{name:9} repetition {} batch {step:5}: validation {accuracy:.2} %", point.repetition)
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
