//! What a screen reader is told while the page works: a sentence at a time, the newest of each topic,
//! so that a run's thousands of events never pile up. No DOM, so that native tests drive it.

use super::State;
use super::runs::{Run, RunStatus};
use crate::protocol::{Outcome, RunConfig, RunId};
use crate::ui::format;
use crate::ui::text::{self, Locale, say};

/// What a sentence is about; the first is said first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// A fault.
    Fault,
    /// A run's start, way and end.
    Run,
    /// The answer to what was just done.
    Answer,
    /// What the classifiers say of the drawing.
    Verdict,
    /// The data in use.
    Data,
}

/// Sentences that wait for their turn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    waiting: Vec<(Topic, String)>,
}

impl Queue {
    /// Adds a sentence; an older one of the same topic that nobody has heard is dropped.
    pub fn push(&mut self, topic: Topic, words: String) {
        self.waiting.retain(|(known, _)| *known != topic);
        if !words.is_empty() {
            self.waiting.push((topic, words));
        }
        self.waiting.sort_by_key(|(topic, _)| *topic);
    }

    /// The next sentence.
    pub fn take(&mut self) -> Option<String> {
        (!self.waiting.is_empty()).then(|| self.waiting.remove(0).1)
    }
}

/// What can be heard of the latest run.
#[derive(Clone, Debug, PartialEq)]
pub struct Heard {
    id: RunId,
    kind: Kind,
    status: RunStatus,
    /// Quarters done.
    quarter: u32,
    /// Seconds left, once they are known.
    left: Option<f64>,
    test_loss: Option<f64>,
}

impl Heard {
    /// The latest run of this visit, where there is one.
    pub fn of(state: &State) -> Option<Self> {
        let run = state.runs.list.last().filter(|run| run.key.is_none() || run.progress.is_some())?;
        Some(Self {
            id: run.id,
            kind: Kind::of(&run.config),
            status: run.status,
            quarter: quarter(run),
            left: run.progress.as_ref().map(|progress| progress.seconds_left),
            test_loss: run.test_loss,
        })
    }

    /// What is new since `before`; `None` where nothing is worth a word.
    pub fn since(&self, before: Option<&Heard>, locale: Locale) -> Option<String> {
        let known = before.filter(|before| before.id == self.id);
        let what = self.kind.name(locale);
        let changed = known.is_none_or(|known| known.status != self.status);
        match self.status {
            RunStatus::Starting if changed => Some(say::started(locale, what)),
            RunStatus::Paused if changed => Some(say::paused(locale, what)),
            RunStatus::Running if known.is_some_and(|known| known.status == RunStatus::Paused) => {
                Some(say::resumed(locale, what))
            }
            RunStatus::Over(outcome) if changed => Some(self.end(what, outcome, locale)),
            RunStatus::Running => self.way(known?, what, locale),
            _ => None,
        }
    }

    fn way(&self, known: &Heard, what: &str, locale: Locale) -> Option<String> {
        let left = self.left.filter(|_| self.quarter > known.quarter && self.quarter < 4)?;
        Some(say::quarter(locale, what, self.quarter * 25, &format::duration(left)))
    }

    fn end(&self, what: &str, outcome: Outcome, locale: Locale) -> String {
        let end = match outcome {
            Outcome::Completed => say::completed(locale, what),
            Outcome::Stopped => say::stopped(locale, what),
            Outcome::Failed => say::failed(locale, what),
        };
        match self.test_loss {
            Some(loss) => format!("{end} {}: {}", text::ae::test_loss(locale), format::loss(locale, loss)),
            None => end,
        }
    }
}

/// What a run trains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Autoencoder,
    Experiment,
    Study,
    Labels,
}

impl Kind {
    fn of(config: &RunConfig) -> Self {
        match config {
            RunConfig::Autoencoder(_) => Kind::Autoencoder,
            RunConfig::Experiment(_) => Kind::Experiment,
            RunConfig::Study(_) => Kind::Study,
            RunConfig::Labels(_) => Kind::Labels,
        }
    }

    fn name(self, locale: Locale) -> &'static str {
        match self {
            Kind::Autoencoder => text::running_autoencoder(locale),
            Kind::Experiment => text::running_experiment(locale),
            Kind::Study => text::running_study(locale),
            Kind::Labels => text::running_labels(locale),
        }
    }
}

fn quarter(run: &Run) -> u32 {
    let done = run.progress.as_ref().map_or(0, |progress| progress.step);
    4 * done / run.total_steps.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(id: RunId, status: RunStatus, quarter: u32) -> Heard {
        let kind = Kind::Autoencoder;
        Heard { id, kind, status, quarter, left: Some(65.0), test_loss: None }
    }

    #[test]
    fn the_newest_of_a_topic_is_said_and_faults_come_first() {
        let mut queue = Queue::default();
        queue.push(Topic::Run, "25 %".into());
        queue.push(Topic::Verdict, "Dress".into());
        queue.push(Topic::Run, "50 %".into());
        queue.push(Topic::Fault, "It failed".into());
        queue.push(Topic::Answer, String::new());
        let said: Vec<_> = std::iter::from_fn(|| queue.take()).collect();
        assert_eq!(said, ["It failed", "50 %", "Dress"]);
    }

    #[test]
    fn a_whole_run_is_told_in_a_few_sentences() {
        let running = |quarter| heard(1, RunStatus::Running, quarter);
        let story = [
            heard(1, RunStatus::Starting, 0),
            running(0),
            running(0),
            running(1),
            running(1),
            heard(1, RunStatus::Paused, 1),
            running(1),
            running(3),
            running(4),
            Heard { test_loss: Some(0.0114), ..heard(1, RunStatus::Over(Outcome::Completed), 4) },
            Heard { test_loss: Some(0.0114), ..heard(1, RunStatus::Over(Outcome::Completed), 4) },
            heard(2, RunStatus::Starting, 0),
        ];
        let mut before = None;
        let mut said = Vec::new();
        for now in &story {
            said.extend(now.since(before, Locale::En));
            before = Some(now);
        }
        let wanted = [
            "Autoencoder: started.",
            "Autoencoder: 25 % done, 1\u{a0}min 05\u{a0}s left.",
            "Autoencoder: paused.",
            "Autoencoder: goes on.",
            "Autoencoder: 75 % done, 1\u{a0}min 05\u{a0}s left.",
            "Autoencoder: finished. Test loss: 0.0114",
            "Autoencoder: started.",
        ];
        assert_eq!(said.len(), wanted.len(), "{said:#?}");
        for (said, wanted) in said.iter().zip(wanted) {
            assert_eq!(said.to_lowercase(), wanted.to_lowercase());
        }
    }

    #[test]
    fn a_run_that_stops_or_fails_says_so() {
        let running = heard(1, RunStatus::Running, 0);
        let over = |outcome| heard(1, RunStatus::Over(outcome), 0).since(Some(&running), Locale::Es);
        assert_eq!(over(Outcome::Stopped).as_deref(), Some("Autocodificador: parado."));
        assert_eq!(over(Outcome::Failed).as_deref(), Some("Autocodificador: ha fallado."));
    }
}
