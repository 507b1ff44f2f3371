//! Means over the repetitions of a comparison: curves, times to an accuracy, final figures.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{
    experiment::Outcome,
    findings::{Curves, Stat, TARGETS},
    runs::{Mode, ModePoint, ModeResult},
};

/// What a comparison found.
#[derive(Default)]
pub(super) struct Found {
    points: Vec<ModePoint>,
    results: Vec<ModeResult>,
}

impl Found {
    /// Takes in what was measured.
    pub fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Point(point) => self.points.push(point),
            Outcome::Result(result) => self.results.push(*result),
            Outcome::Failed(..) => {}
        }
    }

    /// The figures of each mode that was tested.
    pub fn modes(&self) -> Vec<Value> {
        Mode::ALL.into_iter().filter_map(|mode| self.mode(mode)).collect()
    }

    fn mode(&self, mode: Mode) -> Option<Value> {
        let ended: Vec<_> = self.results.iter().map(|result| (result.mode, result.repetition)).collect();
        let curves = Curves { points: &self.points, ended: &ended };
        let tests = self.results.iter().filter(|result| result.mode == mode);
        let test = Stat::of(tests.map(|result| result.test_accuracy))?;
        let name = |target: f64| format!("{:.0}", target * 100.0);
        let by_target = |read: &dyn Fn(f64) -> Value| -> BTreeMap<String, Value> {
            TARGETS.into_iter().map(|target| (name(target), read(target))).collect()
        };
        let steps: std::collections::BTreeSet<u32> = self.points.iter().map(|point| point.step).collect();
        let curve = steps.iter().filter_map(|step| {
            let accuracy = curves.accuracy_after(mode, *step)?;
            Some(json!([step, accuracy.mean, accuracy.spread]))
        });
        Some(json!({
            "summary": mode.name(),
            "seeds": test.count,
            "test_accuracy": [test.mean, test.spread],
            "curve": curve.collect::<Vec<_>>(),
            "batches_to": by_target(&|target| json!(curves.arrival(mode, target).map(|at| at.batches.mean))),
            "seconds_to": by_target(&|target| json!(curves.arrival(mode, target).map(|at| at.seconds.mean))),
            "times_as_fast": by_target(&|target| json!(curves.speedup(mode, target))),
        }))
    }
}
