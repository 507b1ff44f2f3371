//! `telar pretrain`: the weights that ship with the page, from the real data and a seed.

use std::path::{Path, PathBuf};

use burn::module::Module;
use clap::ValueEnum;
use serde_json::{Value, json};

use super::{CliError, Common, data, interrupt, progress::Progress, report, train, weights};
use crate::{
    data::FashionFile,
    protocol::{AutoencoderConfig, Metric},
    training::{
        NoveltyReport, SketchConfig, SketchSession,
        checkpoint::{Checkpoint, Precision},
        train_novelty,
    },
};

/// The shipped autoencoder's settings: those of the page, for longer.
const AUTOENCODER: AutoencoderConfig =
    AutoencoderConfig { latent: 16, epochs: 24, batch: 64, learning_rate: 3e-3, seed: 42, limit: None };

/// Arguments of `pretrain`.
#[derive(clap::Args, Debug)]
pub(super) struct Arguments {
    /// Folder of the weights and their manifest
    #[arg(long, value_name = "DIR", default_value = "www/models")]
    out: PathBuf,
    /// Train one of the two only; the manifest keeps what it says of the other
    #[arg(long, value_enum)]
    only: Option<Part>,
    /// Passes over the training images, for a trial [default: those of the recipe]
    #[arg(long)]
    epochs: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// The autoencoder of latent size 16.
    Autoencoder,
    /// The classifier that knows drawings.
    Classifier,
}

/// Trains both, or one, and writes files and manifest.
pub(super) fn run(common: &Common, arguments: &Arguments) -> Result<(), CliError> {
    interrupt::listen()?;
    if arguments.only != Some(Part::Classifier) {
        let entry = autoencoder(common, arguments)?;
        update_manifest(&arguments.out, common.seed, entry)?;
    }
    if arguments.only != Some(Part::Autoencoder) {
        let entry = classifier(common, arguments)?;
        update_manifest(&arguments.out, common.seed, entry)?;
    }
    let manifest = read_manifest(&arguments.out);
    report::print(common.json, &manifest);
    Ok(())
}

fn autoencoder(common: &Common, arguments: &Arguments) -> Result<Value, CliError> {
    let epochs = arguments.epochs.unwrap_or(AUTOENCODER.epochs);
    let config = AutoencoderConfig { seed: common.seed, epochs, ..AUTOENCODER };
    let out = arguments.out.join("autoencoder.safetensors");
    let trained = train::autoencoder(common, &config, &train::kept(&out))?;
    let bytes = trained.checkpoint(&config)?.to_bytes(Precision::Half)?;
    weights::write(&out, &bytes)?;
    Ok(json!({
        "slot": "autoencoder",
        "file": "autoencoder.safetensors",
        "bytes": bytes.len(),
        "parameters": trained.session.model().num_params(),
        "recipe": {
            "latent": config.latent,
            "epochs": config.epochs,
            "batch": config.batch,
            "learning_rate": config.learning_rate,
            "schedule": "one cycle",
            "optimizer": "Adam",
        },
        "metrics": {
            "validation_mse": trained.last(Metric::ValidationLoss),
            "test_mse": trained.last(Metric::TestLoss),
        },
    }))
}

fn classifier(common: &Common, arguments: &Arguments) -> Result<Value, CliError> {
    let mut config = SketchConfig { seed: common.seed, ..SketchConfig::default() };
    config.epochs = arguments.epochs.unwrap_or(config.epochs);
    let dataset = data::load(common)?;
    let device = common.device()?;
    let mut session = SketchSession::new(config, dataset.clone(), &device)?;
    train_classifier(&mut session)?;
    let folded = session.model().fold();
    let validation = pollster::block_on(session.validate(&folded))?;
    let test = pollster::block_on(session.test(&folded))?;
    let (model, novelty) = pollster::block_on(train_novelty(folded, &dataset, common.seed, &device))?;
    let checkpoint = pollster::block_on(Checkpoint::of_sketch(&model))?
        .with_note("settings.epochs", config.epochs)
        .with_note("settings.seed", common.seed)
        .with_note("metrics.validation_accuracy", validation.0)
        .with_note("metrics.test_accuracy", test);
    // It is the larger half of what a first visit fetches besides the engine.
    let bytes = checkpoint.to_bytes(Precision::Short)?;
    weights::write(&arguments.out.join("classifier.safetensors"), &bytes)?;
    let metrics = json!({
        "validation_accuracy": validation.0,
        "made_up_drawings_accuracy": validation.1,
        "test_accuracy": test,
        "flagged": flagged(&novelty),
    });
    Ok(json!({
        "slot": "shipped",
        "file": "classifier.safetensors",
        "bytes": bytes.len(),
        "parameters": model.num_params(),
        "recipe": recipe(&config),
        "metrics": metrics,
    }))
}

/// Trains to the end, and says the accuracy on photographs and on made-up drawings after each epoch.
fn train_classifier(session: &mut SketchSession) -> Result<(), CliError> {
    let mut progress = Progress::new(session.total_steps());
    loop {
        let advance = pollster::block_on(session.advance())?;
        progress.advance(session.step(), advance.images);
        if let Some(measured) = advance.validation {
            let (photographs, drawings) = (100.0 * measured.0, 100.0 * measured.1);
            progress.say(&format!("validation: photographs {photographs:.2} %, drawings {drawings:.2} %"));
        }
        if advance.finished {
            break;
        }
        if interrupt::requested() {
            return Err(CliError::Interrupted("nothing was written".to_owned()));
        }
    }
    progress.finish();
    Ok(())
}

fn recipe(config: &SketchConfig) -> Value {
    json!({
        "epochs": config.epochs,
        "batch": {
            "photographs": config.mixture.photographs,
            "drawings": config.mixture.drawings,
            "sketches": config.mixture.sketches,
            "largest_shift": config.mixture.shift,
        },
        "learning_rate": config.learning_rate,
        // As it reads in the recipe, not as its nearest binary fraction.
        "weight_decay": (f64::from(config.weight_decay) * 1e6).round() / 1e6,
        "label_smoothing": config.smoothing,
        "schedule": "one cycle",
        "optimizer": "AdamW",
    })
}

fn flagged(report: &NoveltyReport) -> Value {
    json!({
        "validation_photographs": report.photographs,
        "made_up_drawings": report.drawings,
        "scribbles_and_noise": report.oddities,
        "scribbles_and_noise_of_unseen_kinds": report.unseen,
    })
}

/// Puts a model's entry into the manifest, in place of an earlier one of its slot.
fn update_manifest(folder: &Path, seed: u64, entry: Value) -> Result<(), CliError> {
    let before = read_manifest(folder);
    let mut models: Vec<Value> = before["models"].as_array().cloned().unwrap_or_default();
    models.retain(|model| model["slot"] != entry["slot"]);
    models.push(entry);
    models.sort_by_key(|model| model["slot"].to_string());
    let sums: Value = FashionFile::ALL
        .iter()
        .map(|file| (file.name().to_owned(), json!(file.packed_sum())))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let total: u64 = models.iter().filter_map(|model| model["bytes"].as_u64()).sum();
    let manifest = json!({
        "made_by": "cargo xtask pretrain",
        "seed": seed,
        "data_sha256": sums,
        "bytes": total,
        "models": models,
    });
    let text =
        serde_json::to_string_pretty(&manifest).map_err(|error| CliError::Failed(error.to_string()))?;
    weights::write(&folder.join("manifest.json"), format!("{text}\n").as_bytes())
}

/// The manifest as it is; empty where there is none.
fn read_manifest(folder: &Path) -> Value {
    let text = std::fs::read_to_string(folder.join("manifest.json")).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or(Value::Null)
}

#[cfg(test)]
mod tests {
    use burn::tensor::Device;

    use super::*;
    use crate::cli::model::Model;
    use crate::drawing::garments;
    use crate::training::strongest;

    /// All shipped files together (the page's budget).
    const MOST_BYTES: u64 = 600_000;

    fn folder() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("www/models")
    }

    #[test]
    fn the_shipped_weights_fit_the_code_and_the_budget() {
        let manifest = read_manifest(&folder());
        let models = manifest["models"].as_array().unwrap();
        let slots: Vec<&str> = models.iter().map(|model| model["slot"].as_str().unwrap()).collect();
        assert_eq!(slots, ["autoencoder", "shipped"]);
        let mut total = 0;
        for entry in models {
            let path = folder().join(entry["file"].as_str().unwrap());
            let size = std::fs::metadata(&path).unwrap().len();
            assert_eq!(entry["bytes"], size);
            let model = Model::load(&path, &Device::flex()).unwrap();
            assert_eq!(entry["parameters"], model.parameters());
            total += size;
        }
        assert!(total <= MOST_BYTES, "{total} bytes");
    }

    #[test]
    fn the_shipped_classifier_still_knows_drawings() {
        let device = Device::flex();
        let model = Model::load(&folder().join("classifier.safetensors"), &device).unwrap();
        let places = 0..100u8;
        let right = places
            .filter(|&place| {
                let class = place % 10;
                let picture = garments::picture(class, u64::MAX / 2 + 50_000 + u64::from(place));
                let answers = model.classify(&picture, &device).unwrap();
                strongest(&answers[0].probabilities) == class
            })
            .count();
        assert!(right >= 70, "{right} of 100");
    }

    #[test]
    fn an_entry_replaces_the_one_of_its_slot() {
        let folder = tempfile::tempdir().unwrap();
        for (slot, bytes) in [("shipped", 5), ("autoencoder", 7), ("shipped", 6)] {
            let entry = json!({ "slot": slot, "file": "x", "bytes": bytes });
            update_manifest(folder.path(), 1, entry).unwrap();
        }
        let manifest = read_manifest(folder.path());
        assert_eq!(manifest["bytes"], 13);
        assert_eq!(manifest["models"][0]["slot"], "autoencoder");
        assert_eq!(manifest["models"][1]["bytes"], 6);
    }
}
