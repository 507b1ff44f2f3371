//! `telar train`: trainings as in the page; the autoencoder's is here.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::{CliError, Common, classifiers, data, interrupt, progress::Progress, report, weights};
use crate::{
    protocol::{AutoencoderConfig, Metric, MetricPoint},
    training::{
        AutoencoderSession,
        checkpoint::{Checkpoint, Precision},
    },
};

/// Images a unit of work; nobody waits between two of them here. Part of what fixes the result.
const UNIT_IMAGES: usize = 64;

/// What to train.
#[derive(clap::Subcommand, Debug)]
pub(super) enum Train {
    /// Train an autoencoder
    Autoencoder(Arguments),
    /// Train and compare classifiers: from scratch, with a frozen encoder, fine-tuned
    Classifiers(classifiers::Arguments),
}

/// Arguments of `train autoencoder`.
#[derive(clap::Args, Debug)]
pub(super) struct Arguments {
    /// Latent size
    #[arg(long, default_value_t = AutoencoderConfig::default().latent)]
    latent: u32,
    /// Passes over the training images
    #[arg(long, default_value_t = AutoencoderConfig::default().epochs)]
    epochs: u32,
    /// Images a batch
    #[arg(long, default_value_t = AutoencoderConfig::default().batch)]
    batch: u32,
    /// Peak learning rate
    #[arg(long = "lr", default_value_t = AutoencoderConfig::default().learning_rate)]
    learning_rate: f64,
    /// How many training images to use [default: all]
    #[arg(long)]
    limit: Option<u32>,
    /// Where to write the weights
    #[arg(long, value_name = "FILE", default_value = "autoencoder.safetensors")]
    out: PathBuf,
}

/// Runs one training.
pub(super) fn run(common: &Common, train: &Train) -> Result<(), CliError> {
    match train {
        Train::Autoencoder(arguments) => run_autoencoder(common, arguments),
        Train::Classifiers(arguments) => classifiers::run(common, arguments),
    }
}

fn run_autoencoder(common: &Common, arguments: &Arguments) -> Result<(), CliError> {
    let config = AutoencoderConfig {
        latent: arguments.latent,
        epochs: arguments.epochs,
        batch: arguments.batch,
        learning_rate: arguments.learning_rate,
        seed: common.seed,
        limit: arguments.limit,
    };
    interrupt::listen()?;
    let trained = autoencoder(common, &config, &kept(&arguments.out))?;
    let checkpoint = trained.checkpoint(&config)?;
    weights::write(&arguments.out, &checkpoint.to_bytes(Precision::Full)?)?;
    let result = json!({
        "kind": "autoencoder",
        "file": arguments.out.display().to_string(),
        "validation_mse": trained.last(Metric::ValidationLoss),
        "test_mse": trained.last(Metric::TestLoss),
        "seconds": trained.session.seconds(),
    });
    report::print(common.json, &result);
    Ok(())
}

/// A session that has come to an end, or was brought to one.
pub(super) struct Trained {
    pub session: AutoencoderSession,
    points: Vec<MetricPoint>,
}

impl Trained {
    /// The last value of a metric.
    pub fn last(&self, metric: Metric) -> Option<f64> {
        self.points.iter().rev().find(|point| point.metric == metric).map(|point| point.value)
    }

    /// The weights with their settings and metrics.
    pub fn checkpoint(&self, config: &AutoencoderConfig) -> Result<Checkpoint, CliError> {
        let mut checkpoint = pollster::block_on(Checkpoint::of_autoencoder(&self.session.model()))?
            .with_note("settings.latent", config.latent)
            .with_note("settings.epochs", config.epochs)
            .with_note("settings.batch", config.batch)
            .with_note("settings.learning_rate", config.learning_rate)
            .with_note("settings.seed", config.seed);
        for (name, metric) in
            [("metrics.validation_mse", Metric::ValidationLoss), ("metrics.test_mse", Metric::TestLoss)]
        {
            if let Some(value) = self.last(metric) {
                checkpoint = checkpoint.with_note(name, value);
            }
        }
        Ok(checkpoint)
    }
}

/// Where an unfinished run is kept beside the file that it will write.
pub(super) fn kept(out: &Path) -> PathBuf {
    out.with_extension("unfinished")
}

/// Trains to the end. After each epoch the run is kept in `kept`, and taken up from there by the
/// next call with the same settings.
///
/// # Errors
/// [`CliError::Interrupted`] on Ctrl-C, [`CliError::Input`] where a kept run is of other settings.
pub(super) fn autoencoder(
    common: &Common,
    config: &AutoencoderConfig,
    kept: &Path,
) -> Result<Trained, CliError> {
    let mut session = begin(common, config, kept)?;
    session.set_unit(UNIT_IMAGES);
    let mut progress = Progress::new(session.plan().total_steps);
    loop {
        let advance = pollster::block_on(session.advance())?;
        progress.advance(session.step(), advance.images);
        if advance.epoch_ended {
            tell_epoch(&progress, &session);
            let bytes = pollster::block_on(session.save()).map_err(|error| CliError::file(kept, error))?;
            weights::write(kept, &bytes)?;
        }
        if advance.finished {
            break;
        }
        if interrupt::requested() {
            let epochs = session.epoch();
            return Err(CliError::Interrupted(format!(
                "the same command goes on after epoch {epochs} from {}",
                kept.display()
            )));
        }
    }
    progress.finish();
    std::fs::remove_file(kept).map_err(|error| CliError::file(kept, error))?;
    let points = session.history().points().to_vec();
    Ok(Trained { session, points })
}

fn begin(common: &Common, config: &AutoencoderConfig, kept: &Path) -> Result<AutoencoderSession, CliError> {
    let (dataset, device) = (data::load(common)?, common.device()?);
    if !kept.exists() {
        return Ok(AutoencoderSession::new(config, dataset, &device)?);
    }
    let bytes = std::fs::read(kept).map_err(|error| CliError::file(kept, error))?;
    let session = AutoencoderSession::resume(config, dataset, &device, &bytes);
    session.map_err(|error| CliError::file(kept, format!("{error}; remove it to begin anew")))
}

fn tell_epoch(progress: &Progress, session: &AutoencoderSession) {
    let points = session.history().points();
    let last = points.iter().rev().find(|point| point.metric == Metric::ValidationLoss);
    if let Some(last) = last {
        progress.say(&format!("epoch {}: validation MSE {:.5}", session.epoch(), last.value));
    }
}
