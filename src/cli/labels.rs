//! `telar study labels`: what a pretrained encoder is worth in labels.

use serde_json::{Value, json};

use super::{CliError, Common, classifiers::Settings, data, interrupt, progress::Progress, report};
use crate::{
    experiment::{LabelOutcome, LabelStudy},
    findings::{Stat, Worth, label_curve, worth},
    runs::{LabelPoint, LabelsConfig, Mode},
};

/// Arguments of `study labels`.
#[derive(clap::Args, Debug)]
pub(super) struct Arguments {
    /// Labels a class, apart by commas
    #[arg(long, value_delimiter = ',', default_value = "1,3,10,30,100,300,1000,all", value_parser = count)]
    counts: Vec<Count>,
    #[command(flatten)]
    settings: Settings,
}

/// A number of labels a class; `None` is all.
#[derive(Clone, Copy, Debug)]
struct Count(Option<u32>);

fn count(text: &str) -> Result<Count, String> {
    if text == "all" {
        return Ok(Count(None));
    }
    text.parse().map(|labels| Count(Some(labels))).map_err(|_| format!("{text} is no number of labels"))
}

impl Arguments {
    fn config(&self, seed: u64) -> LabelsConfig {
        let mut counts: Vec<_> = self.counts.iter().map(|count| count.0).collect();
        counts.sort_unstable_by_key(|labels| labels.map_or(u64::MAX, u64::from));
        counts.dedup();
        LabelsConfig { counts, experiment: self.settings.config(seed), known: Vec::new() }
    }
}

/// Runs the study; prints each training's points as they come, and what the encoder is worth at the end.
pub(super) fn run(common: &Common, arguments: &Arguments) -> Result<(), CliError> {
    let device = common.device()?;
    let encoder = arguments.settings.encoder(&device)?;
    let mut study = LabelStudy::new(&arguments.config(common.seed), data::load(common)?, encoder, &device)?;
    let mut progress = Progress::new(study.plan().total_steps);
    let mut points = Vec::new();
    interrupt::listen()?;
    loop {
        let advance = pollster::block_on(study.advance())?;
        progress.advance(study.step(), advance.images);
        for outcome in study.take_outcomes() {
            tell(common, &progress, outcome, &mut points);
        }
        if advance.finished {
            break;
        }
        if interrupt::requested() {
            return Err(CliError::Interrupted("results so far are above".to_owned()));
        }
    }
    progress.finish();
    summaries(&points).iter().for_each(|figures| report::print(common.json, figures));
    Ok(())
}

fn tell(common: &Common, progress: &Progress, outcome: LabelOutcome, points: &mut Vec<LabelPoint>) {
    match outcome {
        LabelOutcome::Points(found) => {
            for point in &found {
                progress.aside(|| report::print(common.json, &figures(point)));
            }
            points.extend(found);
        }
        LabelOutcome::Failed(mode, error) => progress.say(&format!("{}: {error}", mode.name())),
        LabelOutcome::Lacking(labels, available) => {
            progress.say(&format!("{labels} labels a class: there are {available}; left out"));
        }
    }
}

fn figures(point: &LabelPoint) -> Value {
    json!({
        "labels": point.per_class,
        "mode": point.mode.name(),
        "repetition": point.repetition,
        "test_accuracy": point.test_accuracy,
        "seconds": point.seconds,
    })
}

/// A mode's means at each number of labels, with what they are worth from scratch.
fn summaries(points: &[LabelPoint]) -> Vec<Value> {
    let scratch = label_curve(points, Mode::Scratch);
    let summary = |mode: Mode, labels: f64, accuracy: &Stat| {
        let worth = worth(&scratch, labels, accuracy).filter(|_| mode != Mode::Scratch);
        json!({
            "summary": mode.name(),
            "labels": labels,
            "seeds": accuracy.count,
            "test_accuracy": [accuracy.mean, accuracy.spread],
            "worth": worth.map(words),
        })
    };
    let of = |mode| label_curve(points, mode).into_iter().map(move |(labels, stat)| (mode, labels, stat));
    Mode::ALL.into_iter().flat_map(of).map(|(mode, labels, stat)| summary(mode, labels, &stat)).collect()
}

fn words(worth: Worth) -> String {
    match worth {
        Worth::Level => "no difference beyond the spread".to_owned(),
        Worth::About(labels) => format!("about {labels:.0} labels from scratch"),
        Worth::MoreThan(labels) => format!("more than {labels:.0} labels from scratch"),
        Worth::FewerThan(labels) => format!("fewer than {labels:.0} labels from scratch"),
    }
}
