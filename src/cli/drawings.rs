//! `telar evaluate-drawings`: people's drawings through the page's own preprocessing.

use std::{collections::BTreeMap, path::PathBuf};

use serde_json::{Value, json};

use super::{CliError, Common, model::Model, report};
use crate::{
    data::{CLASS_COUNT, CLASS_NAMES},
    drawing::{ndjson, seen, words},
    training::strongest,
};

/// Arguments of `evaluate-drawings`.
#[derive(clap::Args, Debug)]
pub(super) struct Arguments {
    /// Drawings, one JSON object a line, as in the simplified Quick, Draw! files
    #[arg(required = true, value_name = "FILE.ndjson")]
    files: Vec<PathBuf>,
    /// The classifier's file [default: the shipped one]
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
}

/// What was counted for one word.
#[derive(Clone, Debug, Default, PartialEq)]
struct Tally {
    counts: [u32; CLASS_COUNT],
    probabilities: [f64; CLASS_COUNT],
    /// Lines without any ink: counted as wrong.
    blank: u32,
    flagged: u32,
}

/// Classifies every drawing and prints one object: a word each, and `macro` over them.
pub(super) fn run(common: &Common, arguments: &Arguments) -> Result<(), CliError> {
    let device = common.device()?;
    let path = arguments.model.clone().unwrap_or_else(|| super::model::shipped("classifier"));
    let model = Model::load(&path, &device)?;
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for path in &arguments.files {
        let text = std::fs::read_to_string(path).map_err(|error| CliError::file(path, error))?;
        let drawings = ndjson::parse(&text).map_err(|error| CliError::file(path, error))?;
        for named in drawings {
            let tally = tallies.entry(named.category).or_default();
            match seen(&named.drawing) {
                Ok(picture) => tally.add(&model.classify(&picture, &device)?),
                Err(_) => tally.blank += 1,
            }
        }
    }
    let result = summary(&tallies);
    if common.json {
        report::print(true, &result);
    } else {
        print_table(&tallies);
        println!("{result}");
    }
    Ok(())
}

impl Tally {
    fn add(&mut self, answers: &[super::model::Answer]) {
        for answer in answers {
            self.counts[usize::from(strongest(&answer.probabilities))] += 1;
            for (sum, &probability) in self.probabilities.iter_mut().zip(&answer.probabilities) {
                *sum += f64::from(probability);
            }
            self.flagged += u32::from(answer.novelty.is_some_and(|novelty| novelty > 1.0));
        }
    }

    fn n(&self) -> u32 {
        self.counts.iter().sum::<u32>() + self.blank
    }

    /// Share of the drawings whose prediction is one of `right`.
    fn accuracy(&self, right: &[u8]) -> f64 {
        let correct: u32 = right.iter().map(|&class| self.counts[usize::from(class)]).sum();
        f64::from(correct) / f64::from(self.n().max(1))
    }

    /// Mean over the drawings of the probability given to `right` together.
    fn mean_probability(&self, right: &[u8]) -> f64 {
        let sum: f64 = right.iter().map(|&class| self.probabilities[usize::from(class)]).sum();
        sum / f64::from(self.n().max(1))
    }

    fn json(&self, right: &[u8]) -> Value {
        let means = self.probabilities.map(|sum| rounded(sum / f64::from(self.n().max(1))));
        json!({
            "n": self.n(),
            "counts": self.counts,
            "right": right,
            "accuracy": rounded(self.accuracy(right)),
            "mean_probability": rounded(self.mean_probability(right)),
            "mean_probabilities": means,
            "flagged": rounded(f64::from(self.flagged) / f64::from(self.n().max(1))),
        })
    }
}

/// One object a word; `macro` holds the means over the words that have a right class.
fn summary(tallies: &BTreeMap<String, Tally>) -> Value {
    let mut object = serde_json::Map::new();
    let mut known = Vec::new();
    for (word, tally) in tallies {
        let right = words::right_classes(word);
        object.insert(word.clone(), tally.json(right));
        if !right.is_empty() {
            known.push((tally, right));
        }
    }
    let count = known.len().max(1) as f64;
    let mean = |value: &dyn Fn(&Tally, &[u8]) -> f64| {
        rounded(known.iter().map(|(tally, right)| value(tally, right)).sum::<f64>() / count)
    };
    let n: u32 = tallies.values().map(Tally::n).sum();
    let counts: Vec<u32> = (0..CLASS_COUNT).map(|c| tallies.values().map(|t| t.counts[c]).sum()).collect();
    let flagged: u32 = tallies.values().map(|tally| tally.flagged).sum();
    object.insert(
        "macro".to_owned(),
        json!({
            "n": n,
            "counts": counts,
            "accuracy": mean(&|tally, right| tally.accuracy(right)),
            "mean_probability": mean(&|tally, right| tally.mean_probability(right)),
            "flagged": rounded(f64::from(flagged) / f64::from(n.max(1))),
        }),
    );
    Value::Object(object)
}

fn rounded(value: f64) -> f64 {
    // An empty sum is -0.
    (value * 1e4).round() / 1e4 + 0.0
}

fn print_table(tallies: &BTreeMap<String, Tally>) {
    for (word, tally) in tallies {
        let right = words::right_classes(word);
        let names: Vec<&str> = right.iter().map(|&class| CLASS_NAMES[usize::from(class)]).collect();
        let percent = 100.0 * tally.accuracy(right);
        eprintln!("{word:12} {percent:5.1} %  of {:4}  as {}", tally.n(), names.join(" or "));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::model::Answer;

    fn answer(class: usize, probability: f32, novelty: f32) -> Answer {
        let mut probabilities = vec![(1.0 - probability) / 9.0; CLASS_COUNT];
        probabilities[class] = probability;
        Answer { probabilities, novelty: Some(novelty) }
    }

    #[test]
    fn a_shoe_may_be_a_sneaker_or_a_boot_and_blanks_count_as_wrong() {
        let mut shoe = Tally { blank: 1, ..Tally::default() };
        shoe.add(&[answer(7, 0.91, 0.2), answer(9, 0.91, 0.3), answer(5, 0.91, 1.5)]);
        let mut pants = Tally::default();
        pants.add(&[answer(1, 0.91, 0.1)]);
        let tallies = [("shoe".to_owned(), shoe), ("pants".to_owned(), pants)].into();
        let result = summary(&tallies);
        assert_eq!(result["shoe"]["n"], 4);
        assert_eq!(result["shoe"]["counts"][9], 1);
        assert_eq!(result["shoe"]["accuracy"], 0.5);
        assert_eq!(result["shoe"]["flagged"], 0.25);
        assert_eq!(result["pants"]["mean_probability"], 0.91);
        assert_eq!(result["macro"]["accuracy"], 0.75);
        assert_eq!(result["macro"]["n"], 5);
    }
}
