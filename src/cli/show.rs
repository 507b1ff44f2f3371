//! `telar show`: what is in a file that the page saved the whole work into.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{CliError, Common, model::Model, report};
use crate::{
    protocol::{Metric, RunConfig},
    training::checkpoint::Checkpoint,
    workspace::{self, About, Entry, KeptRun, LARGEST_FILE, Part},
};

/// Arguments of `show`.
#[derive(clap::Args, Debug)]
pub(super) struct Arguments {
    /// A file whose name ends in .telar
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Prints the models, runs and drawings of a workspace.
pub(super) fn run(common: &Common, arguments: &Arguments) -> Result<(), CliError> {
    let path = &arguments.file;
    let refused = |error: &dyn std::fmt::Display| CliError::file(path, error);
    let size = std::fs::metadata(path).map_err(|error| refused(&error))?.len();
    if size > LARGEST_FILE {
        return Err(refused(&format!("it has {size} bytes, a workspace at most {LARGEST_FILE}")));
    }
    let bytes = std::fs::read(path).map_err(|error| refused(&error))?;
    let entries = workspace::unpack(&bytes).map_err(|error| refused(&error))?;
    let device = common.device()?;
    let of = |part: Part| entries.iter().filter(move |(known, ..)| *known == part);
    let models: Result<Vec<_>, _> = of(Part::Model).map(|entry| model(entry, &entries, &device)).collect();
    let runs: Result<Vec<_>, _> = of(Part::Run).map(|(_, key, bytes)| described(key, bytes)).collect();
    let drawings = of(Part::Drawing).filter_map(|(.., bytes)| workspace::gallery(bytes).ok()).flatten();
    let result = json!({
        "version": workspace::VERSION,
        "models": models.map_err(|error| refused(&error))?,
        "runs": runs.map_err(|error| refused(&error))?,
        "drawings": drawings.count(),
    });
    match common.json {
        true => report::print(true, &result),
        false => print(&result),
    }
    Ok(())
}

/// A line each, for people.
fn print(result: &Value) {
    println!("a workspace of version {}, drawings: {}", result["version"], result["drawings"]);
    for kind in ["models", "runs"] {
        let lines = result[kind].as_array().into_iter().flatten();
        lines.for_each(|line| println!("{}: {line}", kind.trim_end_matches('s')));
    }
}

fn model(
    (_, key, bytes): &Entry,
    all: &[Entry],
    device: &burn::tensor::Device,
) -> Result<Value, Box<dyn std::error::Error>> {
    let head = all.iter().find(|(part, ..)| *part == Part::About);
    let about = head.map(|(.., bytes)| About::read(bytes)).transpose()?.unwrap_or_default();
    let origin = about.models.iter().find(|(slot, _)| slot.name() == key).map(|(_, origin)| origin);
    let checkpoint = Checkpoint::from_bytes(bytes)?;
    let parameters = Model::of(&checkpoint, device)?.parameters();
    Ok(json!({
        "place": key,
        "kind": checkpoint.kind().name(),
        "parameters": parameters,
        "origin": origin,
        "bytes": bytes.len(),
        "notes": checkpoint.notes,
    }))
}

fn described(key: &str, bytes: &[u8]) -> Result<Value, workspace::WorkspaceError> {
    let run = workspace::run_of(key, bytes)?;
    let kind = match run.config {
        RunConfig::Autoencoder(_) => "autoencoder",
        RunConfig::Experiment(_) => "comparison",
        RunConfig::Study(_) => "latent-size study",
        RunConfig::Labels(_) => "label study",
    };
    let points = run.points.len() + run.mode_points.len() + run.label_points.len();
    Ok(json!({
        "kind": kind,
        "synthetic": run.synthetic,
        "outcome": run.outcome,
        "settings": run.config,
        "seconds": run.seconds,
        "points": points,
        "validation_loss": validation_loss(&run),
        "test_loss": run.test_loss,
        "test_accuracies": run.mode_results.iter().map(|result| json!([result.mode, result.test_accuracy])).collect::<Vec<_>>(),
        "latent_sizes": run.study.iter().map(|result| json!([result.latent, result.test_loss])).collect::<Vec<_>>(),
    }))
}

fn validation_loss(run: &KeptRun) -> Option<f64> {
    let mut last = run.points.iter().rev().filter(|point| point.metric == Metric::ValidationLoss);
    last.next().map(|point| point.value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{ModelSlot, WeightsOrigin};

    #[test]
    fn a_files_models_and_runs_are_shown() {
        let weights = std::fs::read(super::super::model::shipped("autoencoder")).unwrap();
        let about =
            About { models: [(ModelSlot::Autoencoder, WeightsOrigin::Trained)].into(), ..About::default() };
        let entries = vec![
            (Part::About, workspace::ONLY.to_owned(), about.to_bytes()),
            (Part::Model, "autoencoder".to_owned(), weights),
        ];
        let shown = model(&entries[1], &entries, &burn::tensor::Device::flex()).unwrap();
        assert_eq!((&shown["kind"], &shown["origin"]), (&json!("autoencoder"), &json!("trained")));
        assert!(shown["parameters"].as_u64().unwrap() > 10_000);
        let run = described("a", include_bytes!("../workspace/tests/run-1.json")).unwrap();
        assert_eq!((&run["kind"], &run["test_loss"]), (&json!("autoencoder"), &json!(0.0125)));
    }
}
