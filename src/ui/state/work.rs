//! The learner's work as it is kept: what the browser has of it, and what it has not yet. No database, so that
//! native tests drive it.

use std::collections::{BTreeMap, BTreeSet};

use super::carried::Weights;
use super::kept::{self, Signature};
use super::runs::Run;
use crate::drawing::Drawing;
use crate::protocol::ModelSlot;
use crate::workspace::{About, Entry, ONLY, Part, Settings, slot_of};

/// How many things of each kind there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Models.
    pub models: usize,
    /// Runs.
    pub runs: usize,
    /// Drawings of the gallery.
    pub drawings: usize,
    /// Bytes of all.
    pub bytes: u64,
}

/// What would be lost by leaving now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lost {
    /// Models, by their places.
    pub models: Vec<ModelSlot>,
    /// How many runs.
    pub runs: usize,
    /// How many drawings of the gallery.
    pub drawings: usize,
}

impl Lost {
    /// Whether it is nothing.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// All of it, as bytes by part and key.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Work {
    entries: BTreeMap<(Part, String), Vec<u8>>,
    /// What the browser does not have yet, or not any more.
    unkept: BTreeSet<(Part, String)>,
    seen: BTreeMap<String, Signature>,
    about: About,
    drawings: usize,
    visit: String,
}

impl Work {
    /// Nothing yet, in a visit that began at `milliseconds` since 1970: runs have keys in the order of time.
    pub fn of_visit(milliseconds: f64) -> Self {
        Self { visit: format!("{:013}", milliseconds.max(0.0) as u64), ..Self::default() }
    }

    /// Takes what the browser has; that of this visit goes before it.
    pub fn found(&mut self, entries: Vec<Entry>, about: About, drawings: usize) {
        for (part, key, bytes) in entries {
            self.entries.entry((part, key)).or_insert(bytes);
        }
        for (slot, origin) in about.models {
            self.about.models.entry(slot).or_insert(origin);
        }
        if !self.unkept.contains(&(Part::Drawing, ONLY.to_owned())) {
            self.drawings = drawings;
        }
    }

    /// Notes a model.
    pub fn model(&mut self, weights: &Weights) {
        let changed = self.set(Part::Model, weights.slot.name(), &weights.bytes);
        if changed || self.about.models.get(&weights.slot) != Some(&weights.origin) {
            self.about.models.insert(weights.slot, weights.origin);
            let about = self.about.to_bytes();
            self.set(Part::About, ONLY, &about);
        }
    }

    /// Notes a run where something about it is new.
    pub fn run(&mut self, run: &Run) {
        let key = run.key.clone().unwrap_or_else(|| format!("{}-{:04}", self.visit, run.id));
        let now = kept::signature(run);
        let known = (Part::Run, key.clone());
        let restored =
            run.key.is_some() && self.entries.contains_key(&known) && !self.seen.contains_key(&key);
        if self.seen.insert(key.clone(), now) == Some(now) || restored {
            return;
        }
        if let Ok(text) = serde_json::to_vec(&kept::kept(run)) {
            self.set(Part::Run, &key, &text);
        }
    }

    /// Notes the gallery; one that never held anything is nothing to keep.
    pub fn gallery(&mut self, drawings: &[Drawing]) {
        self.drawings = drawings.len();
        if drawings.is_empty() && !self.entries.contains_key(&(Part::Drawing, ONLY.to_owned())) {
            return;
        }
        if let Ok(text) = serde_json::to_vec(drawings) {
            self.set(Part::Drawing, ONLY, &text);
        }
    }

    /// Notes language and forms.
    pub fn settings(&mut self, settings: &Settings) {
        if let Ok(text) = serde_json::to_vec(settings) {
            self.set(Part::Setting, ONLY, &text);
        }
    }

    fn set(&mut self, part: Part, key: &str, bytes: &[u8]) -> bool {
        let place = (part, key.to_owned());
        if self.entries.get(&place).is_some_and(|known| known == bytes) {
            return false;
        }
        self.unkept.insert(place.clone());
        self.entries.insert(place, bytes.to_vec());
        true
    }

    /// What the browser does not have, with the head that says how it is to be read; nothing where it has all.
    pub fn unkept(&self) -> Vec<Entry> {
        let entry =
            |place: &(Part, String)| Some((place.0, place.1.clone(), self.entries.get(place)?.clone()));
        let mut unkept: Vec<Entry> = self.unkept.iter().filter_map(entry).collect();
        if !unkept.is_empty() && unkept.iter().all(|(part, ..)| *part != Part::About) {
            unkept.push((Part::About, ONLY.to_owned(), self.about.to_bytes()));
        }
        unkept
    }

    /// The browser has these now; what has changed since is still to be kept.
    pub fn kept(&mut self, entries: &[Entry]) {
        for (part, key, bytes) in entries {
            let place = (*part, key.clone());
            if self.entries.get(&place) == Some(bytes) {
                self.unkept.remove(&place);
            }
        }
    }

    /// The work that the browser does not have; settings are no work.
    pub fn lost(&self) -> Lost {
        let of = |part: Part| self.unkept.iter().filter(move |(known, _)| *known == part);
        Lost {
            models: of(Part::Model).filter_map(|(_, key)| slot_of(key)).collect(),
            runs: of(Part::Run).count(),
            drawings: of(Part::Drawing).count() * self.drawings,
        }
    }

    /// Whether there is work that the browser does not have.
    pub fn would_be_lost(&self) -> bool {
        !self.lost().is_nothing()
    }

    /// Whether there is anything worth keeping.
    pub fn is_empty(&self) -> bool {
        !self.entries.keys().any(|(part, _)| matches!(part, Part::Model | Part::Run | Part::Drawing))
    }

    /// All of it, its head first.
    pub fn all(&self) -> Vec<Entry> {
        let head = (Part::About, ONLY.to_owned(), self.about.to_bytes());
        let rest = self.entries.iter().filter(|((part, _), _)| *part != Part::About);
        let rest = rest.map(|((part, key), bytes)| (*part, key.clone(), bytes.clone()));
        std::iter::once(head).chain(rest).collect()
    }

    /// How much there is.
    pub fn counts(&self) -> Counts {
        let of = |part: Part| self.entries.keys().filter(|(known, _)| *known == part).count();
        let bytes = self.entries.values().map(|bytes| bytes.len() as u64).sum();
        Counts { models: of(Part::Model), runs: of(Part::Run), drawings: self.drawings, bytes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{AutoencoderConfig, EngineKind, RunConfig, WeightsOrigin};

    fn run() -> Run {
        Run::new(3, EngineKind::Cpu, RunConfig::Autoencoder(AutoencoderConfig::default()), true)
    }

    fn weights(byte: u8) -> Weights {
        Weights { slot: ModelSlot::Autoencoder, bytes: vec![byte], origin: WeightsOrigin::Trained }
    }

    #[test]
    fn what_changed_is_kept_until_the_browser_has_it() {
        let mut work = Work::of_visit(5.0);
        assert!(work.is_empty() && work.unkept().is_empty());
        work.model(&weights(1));
        work.run(&run());
        let sent = work.unkept();
        let parts: Vec<_> = sent.iter().map(|(part, ..)| *part).collect();
        assert_eq!(parts, [Part::About, Part::Model, Part::Run]);
        assert_eq!(sent[2].1, "0000000000005-0003");
        // Newer weights while the first are on their way.
        work.model(&weights(2));
        work.kept(&sent);
        let left: Vec<_> = work.unkept().into_iter().map(|(part, _, bytes)| (part, bytes.len())).collect();
        assert_eq!(left[0], (Part::Model, 1));
        assert_eq!(work.lost(), Lost { models: vec![ModelSlot::Autoencoder], ..Lost::default() });
        work.kept(&work.unkept());
        work.run(&run());
        assert!(!work.would_be_lost() && work.unkept().is_empty(), "a run without news is not written");
        assert_eq!(work.counts().models, 1);
    }

    #[test]
    fn what_was_found_is_not_written_again_and_gives_way_to_this_visits() {
        let mut work = Work::of_visit(5.0);
        work.model(&weights(2));
        let found = vec![
            (Part::Model, "autoencoder".to_owned(), vec![1]),
            (Part::Run, "old".to_owned(), b"{}".to_vec()),
        ];
        work.found(found, About::default(), 0);
        work.run(&Run { key: Some("old".to_owned()), ..run() });
        let unkept = work.unkept();
        assert_eq!(unkept.iter().map(|(part, ..)| *part).collect::<Vec<_>>(), [Part::About, Part::Model]);
        assert_eq!(unkept[1].2, [2]);
        assert_eq!(work.counts().runs, 1);
    }

    #[test]
    fn settings_alone_hold_nobody_back() {
        let mut work = Work::default();
        work.settings(&[("language".to_owned(), "\"es\"".to_owned())].into());
        work.gallery(&[]);
        assert!(!work.would_be_lost() && work.is_empty() && !work.unkept().is_empty());
        work.gallery(&[Drawing::default()]);
        assert!(work.would_be_lost());
    }

    #[test]
    fn a_saved_workspace_can_be_opened() {
        let mut work = Work::of_visit(1.0);
        work.run(&run());
        work.gallery(&[Drawing::default()]);
        let file = crate::workspace::pack(&work.all()).expect("sound");
        assert_eq!(crate::workspace::unpack(&file).expect("readable").len(), 3);
    }
}
