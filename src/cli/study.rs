//! `telar study`: what the latent size does to reconstruction and to classifiers with such an encoder;
//! what labels do is in `labels`.

use serde_json::json;

use super::{CliError, Common, data, interrupt, labels, progress::Progress, report};
use crate::{
    experiment::LatentStudy,
    runs::{Mode, StudyConfig},
};

/// What to study.
#[derive(clap::Subcommand, Debug)]
pub(super) enum Study {
    /// Train an autoencoder of each latent size with the same budget
    Latent(Arguments),
    /// Compare classifiers with few and with many labels
    Labels(labels::Arguments),
}

/// Arguments of `study latent`.
#[derive(clap::Args, Debug)]
pub(super) struct Arguments {
    /// Latent sizes, each 1 to 128
    #[arg(long, value_delimiter = ',', default_values_t = StudyConfig::default().sizes)]
    sizes: Vec<u32>,
    /// Passes over the training images for each size
    #[arg(long, default_value_t = StudyConfig::default().epochs)]
    epochs: u32,
    /// Images a batch
    #[arg(long, default_value_t = StudyConfig::default().batch)]
    batch: u32,
    /// Peak learning rate
    #[arg(long = "lr", default_value_t = StudyConfig::default().learning_rate)]
    learning_rate: f64,
    /// How many training images to use [default: all]
    #[arg(long)]
    limit: Option<u32>,
}

/// Runs one study.
pub(super) fn run(common: &Common, study: &Study) -> Result<(), CliError> {
    match study {
        Study::Latent(arguments) => run_latent(common, arguments),
        Study::Labels(arguments) => labels::run(common, arguments),
    }
}

/// Prints each size's result as it comes.
fn run_latent(common: &Common, arguments: &Arguments) -> Result<(), CliError> {
    let config = StudyConfig {
        sizes: arguments.sizes.clone(),
        epochs: arguments.epochs,
        batch: arguments.batch,
        learning_rate: arguments.learning_rate,
        seed: common.seed,
        limit: arguments.limit,
        ..Default::default()
    };
    let mut study = LatentStudy::new(&config, data::load(common)?, &common.device()?)?;
    let mut progress = Progress::new(study.plan().total_steps);
    interrupt::listen()?;
    loop {
        let advance = pollster::block_on(study.advance())?;
        progress.advance(study.step(), advance.images);
        for result in study.take_results() {
            let figures = json!({
                "latent": result.latent,
                "test_mse": result.test_loss,
                "pca_test_mse": result.pca_test_loss,
                "share_of_pca": result.test_loss / result.pca_test_loss,
                "scratch_accuracy": result.accuracy(Mode::Scratch),
                "frozen_accuracy": result.accuracy(Mode::Frozen),
                "finetuned_accuracy": result.accuracy(Mode::Finetuned),
                "seconds": result.seconds,
            });
            progress.aside(|| report::print(common.json, &figures));
        }
        if advance.finished {
            break;
        }
        if interrupt::requested() {
            return Err(CliError::Interrupted("results so far are above".to_owned()));
        }
    }
    progress.finish();
    Ok(())
}
