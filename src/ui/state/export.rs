//! A run's figures as CSV (RFC 4180, a point as decimal sign) and JSON, with names that say what
//! they are.

use serde::Serialize;

use super::experiment::{self, Summary};
use super::runs::Run;
use crate::findings::TARGETS;
use crate::protocol::{
    ExperimentConfig, LabelPoint, Metric, MetricPoint, Mode, ModePoint, ModeResult, RunConfig,
};

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
        RunConfig::Labels(_) => label_rows(run),
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
        experiment_times: experiment::summaries(run).iter().map(Times::from).collect(),
        study: run.study.iter().map(|result| StudyRow::from(result.as_ref())).collect(),
        labels: &run.label_points,
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
        RunConfig::Labels(config) => {
            format!("telar-label-study-{}-seed{}{synthetic}", run.id, config.experiment.seed)
        }
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
    experiment_times: Vec<Times>,
    study: Vec<StudyRow>,
    labels: &'a [LabelPoint],
}

/// When a mode reached each of [`TARGETS`], mean over the repetitions; null where it did not.
#[derive(Serialize)]
struct Times {
    mode: Mode,
    validation_accuracy: [f64; TARGETS.len()],
    batches: [Option<f64>; TARGETS.len()],
    seconds: [Option<f64>; TARGETS.len()],
    times_as_fast_as_scratch: [Option<f64>; TARGETS.len()],
}

impl From<&Summary> for Times {
    fn from(summary: &Summary) -> Self {
        Times {
            mode: summary.mode,
            validation_accuracy: TARGETS,
            batches: summary.arrivals.map(|arrival| arrival.map(|arrival| arrival.batches.mean)),
            seconds: summary.arrivals.map(|arrival| arrival.map(|arrival| arrival.seconds.mean)),
            times_as_fast_as_scratch: summary.speedups,
        }
    }
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
    scratch_accuracy: Option<f64>,
    frozen_accuracy: Option<f64>,
    finetuned_accuracy: Option<f64>,
    seconds: f64,
}

impl From<&crate::protocol::StudyResult> for StudyRow {
    fn from(result: &crate::protocol::StudyResult) -> Self {
        StudyRow {
            latent: result.latent,
            test_loss: result.test_loss,
            pca_test_loss: result.pca_test_loss,
            scratch_accuracy: result.accuracy(Mode::Scratch),
            frozen_accuracy: result.accuracy(Mode::Frozen),
            finetuned_accuracy: result.accuracy(Mode::Finetuned),
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

/// Points, then results, then times: each kind fills its own columns.
fn experiment_rows(run: &Run) -> Vec<Vec<String>> {
    let mut head = heads(&[
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
    ]);
    let columns = ["batches_to", "seconds_to", "times_as_fast_as_scratch_to"];
    head.extend(
        TARGETS.iter().flat_map(|target| columns.map(|name| format!("{name}_{:.0}", target * 100.0))),
    );
    let width = head.len();
    let points = run.mode_points.iter().map(point_row);
    let results = run.mode_results.iter().map(|result| result_row(result));
    let times = experiment::summaries(run).into_iter().map(|summary| times_row(&summary));
    let rows = points.chain(results).chain(times).map(|mut row: Vec<String>| {
        row.resize(width, String::new());
        row
    });
    std::iter::once(head).chain(rows).collect()
}

fn point_row(point: &ModePoint) -> Vec<String> {
    let figures = [point.seconds, point.validation_accuracy, point.validation_loss, point.train_loss];
    let place = [point.repetition.to_string(), point.step.to_string(), point.epoch.to_string()];
    std::iter::once(point.mode.name().to_owned()).chain(place).chain(figures.map(number)).collect()
}

fn result_row(result: &ModeResult) -> Vec<String> {
    let mut row = vec![result.mode.name().to_owned(), result.repetition.to_string()];
    row.resize(8, String::new());
    row.extend([result.test_accuracy, result.macro_f1].map(number));
    row
}

fn times_row(summary: &Summary) -> Vec<String> {
    let mut row = vec![summary.mode.name().to_owned()];
    row.resize(10, String::new());
    for (arrival, speedup) in summary.arrivals.iter().zip(summary.speedups) {
        let (batches, seconds) =
            arrival.map_or((f64::NAN, f64::NAN), |at| (at.batches.mean, at.seconds.mean));
        row.extend([batches, seconds, speedup.unwrap_or(f64::NAN)].map(number));
    }
    row
}

/// Empty where it is not finite.
fn number(figure: f64) -> String {
    if figure.is_finite() { figure.to_string() } else { String::new() }
}

fn study_rows(run: &Run) -> Vec<Vec<String>> {
    let head = heads(&[
        "latent",
        "test_loss",
        "pca_test_loss",
        "scratch_accuracy",
        "frozen_accuracy",
        "finetuned_accuracy",
        "seconds",
    ]);
    let rows = run.study.iter().map(|result| {
        let losses = [result.test_loss, result.pca_test_loss];
        let accuracies = Mode::ALL.map(|mode| result.accuracy(mode).unwrap_or(f64::NAN));
        let figures = losses.into_iter().chain(accuracies).chain([result.seconds]);
        std::iter::once(result.latent.to_string()).chain(figures.map(number)).collect()
    });
    std::iter::once(head).chain(rows).collect()
}

fn label_rows(run: &Run) -> Vec<Vec<String>> {
    let head = heads(&["labels_per_class", "mode", "repetition", "test_accuracy", "seconds"]);
    let row = |point: &LabelPoint| {
        let labels = point.labels.map_or("all".to_owned(), |labels| labels.to_string());
        let place = [labels, point.mode.name().to_owned(), point.repetition.to_string()];
        place.into_iter().chain([point.test_accuracy, point.seconds].map(number)).collect()
    };
    std::iter::once(head).chain(run.label_points.iter().map(row)).collect()
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
    use crate::protocol::{EngineKind, LabelsConfig};
    use crate::ui::state::experiment::tests::{experiment, point_of, result};

    #[test]
    fn every_row_of_an_experiment_has_the_heads_columns() {
        let mut run = experiment(vec![result(Mode::Frozen, 0, 0.5, 0.875, &[1])]);
        run.mode_points = vec![point_of(Mode::Scratch, 0, 0, 0.1), point_of(Mode::Scratch, 0, 100, 0.9)];
        let export = csv(&run);
        let lines: Vec<_> = export.text.lines().collect();
        assert_eq!(lines.len(), 1 + 2 + 1 + 2);
        assert!(lines.iter().all(|line| line.split(',').count() == 22), "{lines:?}");
        assert!(lines[3].starts_with("frozen,0,") && lines[3].contains("0.875,0.875"));
        let cells: Vec<_> = lines[4].split(',').collect();
        let column = lines[0].split(',').position(|name| name == "batches_to_80").expect("it has the column");
        assert_eq!((cells[0], cells[column]), ("scratch", "87.5"));
        assert_eq!(export.name, "telar-classifiers-1-all-labels-seed42.csv");
    }

    #[test]
    fn json_can_be_read_back_and_names_its_settings() {
        let mut run = experiment(vec![result(Mode::Scratch, 0, 0.5, 0.9, &[1, 2])]);
        run.mode_points = vec![point_of(Mode::Scratch, 0, 0, 0.1), point_of(Mode::Scratch, 0, 100, 0.82)];
        let value: serde_json::Value = serde_json::from_str(&json(&run).text).expect("it is JSON");
        assert_eq!(value["settings"]["Experiment"]["epochs"], 2);
        assert_eq!(value["experiment_results"][0]["test_accuracy"], 0.9);
        let times = &value["experiment_times"][0];
        assert!(times["batches"][2].as_f64().is_some_and(|batches| (batches - 97.2).abs() < 0.1));
        assert_eq!(times["batches"][3], serde_json::Value::Null);
    }

    #[test]
    fn a_label_study_has_a_row_a_training_and_mode() {
        let mut run = Run::new(2, EngineKind::Cpu, RunConfig::Labels(LabelsConfig::default()), true);
        let mode = Mode::Finetuned;
        let point = LabelPoint {
            mode,
            repetition: 1,
            labels: None,
            per_class: 550.0,
            test_accuracy: 0.5,
            seconds: 2.0,
        };
        run.label_points = vec![point];
        let export = csv(&run);
        assert_eq!(export.text.lines().nth(1), Some("all,finetuned,1,0.5,2"));
        assert_eq!(export.name, "telar-label-study-2-seed42-synthetic.csv");
    }

    #[test]
    fn cells_with_commas_and_quotes_are_quoted() {
        assert_eq!(quoted("a,\"b\""), "\"a,\"\"b\"\"\"");
    }
}
