//! A run's figures as CSV (RFC 4180, a point as decimal sign) and JSON, with names that say what
//! they are.

use serde::Serialize;

use super::runs::Run;
use crate::protocol::{ExperimentConfig, Metric, MetricPoint, ModePoint, ModeResult, RunConfig};

/// A file to save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// Its name.
    pub name: String,
    /// Its content.
    pub text: String,
}

/// A run's figures as CSV: the points of its curves, or a study's results.
pub fn csv(run: &Run) -> Export {
    let rows = match &run.config {
        RunConfig::Autoencoder(_) => autoencoder_rows(run),
        RunConfig::Experiment(_) => experiment_rows(run),
        RunConfig::Study(_) => study_rows(run),
    };
    let line = |row: Vec<String>| row.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",") + "\r\n";
    Export { name: format!("{}.csv", name(run)), text: rows.into_iter().map(line).collect() }
}

/// Everything a run measured as JSON, with its settings.
pub fn json(run: &Run) -> Export {
    let results = run.mode_results.iter().map(AsRef::as_ref).collect();
    let file = File {
        run: run.id,
        engine: run.engine,
        synthetic: run.synthetic,
        settings: &run.config,
        seconds: run.seconds,
        test_loss: run.test_loss,
        points: run.points.iter().map(Row::from).collect(),
        experiment_points: &run.mode_points,
        experiment_results: results,
        study: run.study.iter().map(|result| StudyRow::from(result.as_ref())).collect(),
    };
    // Plain numbers and names: there is nothing that JSON could refuse.
    let text = serde_json::to_string_pretty(&file).unwrap_or_default();
    Export { name: format!("{}.json", name(run)), text }
}

/// What a run is, as a file's name without its ending.
pub fn name(run: &Run) -> String {
    let synthetic = if run.synthetic { "-synthetic" } else { "" };
    match &run.config {
        RunConfig::Autoencoder(config) => {
            format!("telar-autoencoder-{}-latent{}-seed{}{synthetic}", run.id, config.latent, config.seed)
        }
        RunConfig::Experiment(config) => {
            format!("telar-classifiers-{}-{}-seed{}{synthetic}", run.id, labels(config), config.seed)
        }
        RunConfig::Study(config) => format!("telar-latent-study-{}-seed{}{synthetic}", run.id, config.seed),
    }
}

fn labels(config: &ExperimentConfig) -> String {
    config.labels_per_class.map_or("all-labels".into(), |count| format!("{count}-labels"))
}

#[derive(Serialize)]
struct File<'a> {
    run: u32,
    engine: crate::protocol::EngineKind,
    synthetic: bool,
    settings: &'a RunConfig,
    seconds: Option<f64>,
    test_loss: Option<f64>,
    points: Vec<Row>,
    experiment_points: &'a [ModePoint],
    experiment_results: Vec<&'a ModeResult>,
    study: Vec<StudyRow>,
}

#[derive(Serialize)]
struct Row {
    metric: &'static str,
    step: u32,
    epoch: f32,
    seconds: f64,
    value: f64,
}

impl From<&MetricPoint> for Row {
    fn from(point: &MetricPoint) -> Self {
        let MetricPoint { step, epoch, seconds, value, .. } = *point;
        Row { metric: metric(point.metric), step, epoch, seconds, value }
    }
}

#[derive(Serialize)]
struct StudyRow {
    latent: u32,
    test_loss: f64,
    pca_test_loss: f64,
    frozen_accuracy: f64,
    seconds: f64,
}

impl From<&crate::protocol::StudyResult> for StudyRow {
    fn from(result: &crate::protocol::StudyResult) -> Self {
        StudyRow {
            latent: result.latent,
            test_loss: result.test_loss,
            pca_test_loss: result.pca_test_loss,
            frozen_accuracy: result.frozen_accuracy,
            seconds: result.seconds,
        }
    }
}

fn metric(metric: Metric) -> &'static str {
    match metric {
        Metric::TrainLoss => "train_loss",
        Metric::ValidationLoss => "validation_loss",
        Metric::TestLoss => "test_loss",
    }
}

fn heads(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn autoencoder_rows(run: &Run) -> Vec<Vec<String>> {
    let row = |point: &MetricPoint| {
        let Row { metric, step, epoch, seconds, value } = Row::from(point);
        vec![metric.into(), step.to_string(), epoch.to_string(), seconds.to_string(), value.to_string()]
    };
    let head = heads(&["metric", "step", "epoch", "seconds", "value"]);
    std::iter::once(head).chain(run.points.iter().map(row)).collect()
}

fn experiment_rows(run: &Run) -> Vec<Vec<String>> {
    let head = [
        "mode",
        "repetition",
        "step",
        "epoch",
        "seconds",
        "validation_accuracy",
        "validation_loss",
        "train_loss",
        "test_accuracy",
        "macro_f1",
    ];
    let point = |point: &ModePoint| {
        let figures = [point.seconds, point.validation_accuracy, point.validation_loss, point.train_loss];
        let mut row =
            vec![point.mode.name().to_owned(), point.repetition.to_string(), point.step.to_string()];
        row.push(point.epoch.to_string());
        row.extend(figures.map(|figure| if figure.is_finite() { figure.to_string() } else { String::new() }));
        row.extend([String::new(), String::new()]);
        row
    };
    let result = |result: &std::sync::Arc<ModeResult>| {
        let mut row = vec![result.mode.name().to_owned(), result.repetition.to_string()];
        row.extend(std::iter::repeat_n(String::new(), 6));
        row.extend([result.test_accuracy.to_string(), result.macro_f1.to_string()]);
        row
    };
    let points = run.mode_points.iter().map(point);
    std::iter::once(heads(&head)).chain(points).chain(run.mode_results.iter().map(result)).collect()
}

fn study_rows(run: &Run) -> Vec<Vec<String>> {
    let head = heads(&["latent", "test_loss", "pca_test_loss", "frozen_accuracy", "seconds"]);
    let rows = run.study.iter().map(|result| {
        let figures = [result.test_loss, result.pca_test_loss, result.frozen_accuracy, result.seconds];
        std::iter::once(result.latent.to_string()).chain(figures.map(|figure| figure.to_string())).collect()
    });
    std::iter::once(head).chain(rows).collect()
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Mode;
    use crate::ui::state::experiment::tests::{experiment, result};

    #[test]
    fn every_row_of_an_experiment_has_the_heads_columns() {
        let mut run = experiment(vec![result(Mode::Frozen, 0, 0.5, 0.875, &[1])]);
        run.mode_points.push(ModePoint {
            mode: Mode::Scratch,
            repetition: 0,
            step: 0,
            epoch: 0.0,
            seconds: 0.0,
            validation_accuracy: 0.1,
            validation_loss: 2.3,
            train_loss: f64::NAN,
        });
        let export = csv(&run);
        let lines: Vec<_> = export.text.lines().collect();
        assert_eq!(lines.len(), 3);
        assert!(lines.iter().all(|line| line.split(',').count() == 10), "{lines:?}");
        assert!(lines[2].starts_with("frozen,0,") && lines[2].ends_with("0.875,0.875"));
        assert_eq!(export.name, "telar-classifiers-1-all-labels-seed42.csv");
    }

    #[test]
    fn json_can_be_read_back_and_names_its_settings() {
        let run = experiment(vec![result(Mode::Scratch, 0, 0.5, 0.9, &[1, 2])]);
        let value: serde_json::Value = serde_json::from_str(&json(&run).text).expect("it is JSON");
        assert_eq!(value["settings"]["Experiment"]["epochs"], 10);
        assert_eq!(value["experiment_results"][0]["test_accuracy"], 0.9);
    }

    #[test]
    fn cells_with_commas_and_quotes_are_quoted() {
        assert_eq!(quoted("a,\"b\""), "\"a,\"\"b\"\"\"");
    }
}
