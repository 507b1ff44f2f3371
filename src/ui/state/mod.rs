//! All that the page knows, changed by events alone: no DOM, no clock, no signals, so that native
//! tests drive it. The components read it through [`super::store`], which wakes those that show
//! the [`Part`]s an event changed.

pub mod carried;
pub mod chart;
pub mod comparison_form;
pub mod data;
pub mod engines;
pub mod errors;
pub mod experiment;
pub mod export;
pub mod kept;
pub mod pattern;
pub mod questions;
pub mod resume;
pub mod runs;
pub mod settings;
pub mod spoken;
pub mod weights;
pub mod work;

use std::collections::HashMap;
use std::sync::Arc;

use crate::protocol::{
    DataEvent, EngineKind, Event, Fault, FaultReport, FileOutcome, LatentEvent, LatentSpace, ModelSlot,
    PROTOCOL_VERSION, Ready, RunConfig, RunEvent, RunId, WeightsEvent, WeightsOrigin,
};
use engines::{Check, Health};
use errors::Matter;

/// A part of the state that components watch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// [`State::data`].
    Data,
    /// [`State::engines`].
    Engines,
    /// [`State::runs`].
    Runs,
    /// [`State::models`].
    Models,
    /// [`State::space`].
    Space,
    /// [`State::errors`].
    Error,
    /// [`State::resume`].
    Resume,
}

impl Part {
    /// Every part, in the order of the enum.
    pub const ALL: [Part; 7] =
        [Part::Data, Part::Engines, Part::Runs, Part::Models, Part::Space, Part::Error, Part::Resume];
}

/// A model that the CPU engine holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Model {
    /// Where its weights come from.
    pub origin: WeightsOrigin,
    /// Latent size of its encoder.
    pub latent: u32,
    /// Number of parameters.
    pub parameters: u32,
    /// Counts the changes in this slot: what was asked of the weights before is out of date.
    pub version: u32,
}

/// All that the page knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The data in use.
    pub data: data::Data,
    /// The two engines.
    pub engines: engines::Engines,
    /// The runs of this visit.
    pub runs: runs::Runs,
    /// The models that the CPU engine holds.
    pub models: HashMap<ModelSlot, Model>,
    /// The file of weights that the learner opened last.
    pub opened: Option<weights::Opened>,
    /// The encoded data, described, of the autoencoder in use.
    pub space: Option<Arc<LatentSpace>>,
    /// The faults on show, until a success answers them or they are dismissed.
    pub errors: errors::Errors,
    /// Interrupted runs.
    pub resume: resume::Resume,
}

impl State {
    /// Takes in what an engine tells; the parts that changed.
    pub fn apply(&mut self, from: EngineKind, event: Event) -> Vec<Part> {
        match event {
            Event::Ready(ready) => self.ready(from, ready),
            Event::Data(event) => self.data_event(from, event),
            Event::Run(event) => self.run_event(from, event),
            Event::Experiment(_) if self.is_rescuing() => Vec::new(),
            Event::Experiment(event) => changed(self.runs.apply_experiment(event), Part::Runs),
            Event::Latent(LatentEvent::Space(space)) if from == EngineKind::Cpu => {
                self.space = Some(Arc::from(space));
                vec![Part::Space]
            }
            Event::Weights(event) if from == EngineKind::Cpu => self.weights_event(event),
            Event::Fault(report) => self.fault(from, report),
            Event::Latent(_) | Event::Drawing(_) | Event::Weights(_) => Vec::new(),
        }
    }

    /// The synthetic garments are in use.
    pub fn synthetic(&self) -> bool {
        self.data.synthetic()
    }

    /// A model, where the CPU engine has one in that slot.
    pub fn model(&self, slot: ModelSlot) -> Option<Model> {
        self.models.get(&slot).copied()
    }

    /// A run can be started: data is here, and the chosen engine can be trusted.
    pub fn can_start(&self) -> bool {
        self.data.trainable() && self.engines.chosen_ready()
    }

    /// Notes a new run on the data and with the autoencoder in use.
    pub fn start_run(&mut self, engine: EngineKind, config: RunConfig) -> RunId {
        self.begin_resume();
        let id = self.runs.start(engine, config, self.data.synthetic());
        let encoder = self.model(ModelSlot::Autoencoder).map(|model| model.version);
        self.runs.list.iter_mut().rev().take(1).for_each(|run| run.encoder = encoder);
        id
    }

    /// The page found that an engine does not work; as a fault that the engine itself reports.
    pub fn engine_failed(&mut self, from: EngineKind, fault: Fault) -> Vec<Part> {
        if let Some(mut parts) = self.break_down(from, &fault) {
            if from == EngineKind::Cpu {
                self.data.interrupt();
                parts.push(Part::Data);
            }
            return parts;
        }
        let mut parts = self.fault(from, FaultReport { run: None, fault: fault.clone() });
        if !matches!(self.engines.get(from).health, Health::Failed(_)) {
            self.engines.fail(from, fault);
            parts.push(Part::Engines);
        }
        if from == EngineKind::Cpu {
            self.data.interrupt();
            parts.push(Part::Data);
        }
        parts
    }

    /// An engine did not end `run` when it was told to: the run is over, and what is known of the engine is
    /// void. Nothing where the run has ended meanwhile.
    pub fn give_up(&mut self, from: EngineKind, run: RunId, seconds: u32) -> Vec<Part> {
        if self.runs.active().is_none_or(|active| active.id != run) {
            return Vec::new();
        }
        let fault = Fault::Hung { engine: from, seconds };
        self.runs.fail(Some(run), &fault);
        self.end_resume();
        self.errors.add(Some(from), fault);
        *self.engines.get_mut(from) = engines::Engine::default();
        self.engines.pending = None;
        if from == EngineKind::Cpu {
            self.data.interrupt();
        }
        vec![Part::Runs, Part::Error, Part::Engines, Part::Data]
    }

    fn ready(&mut self, from: EngineKind, ready: Ready) -> Vec<Part> {
        if ready.protocol != PROTOCOL_VERSION {
            let versions = format!("{} ≠ {PROTOCOL_VERSION}", ready.protocol);
            return self.fault(from, FaultReport { run: None, fault: Fault::Protocol(versions) });
        }
        let engine = self.engines.get_mut(from);
        engine.health = Health::Ready;
        engine.adapter = ready.adapter;
        self.answered(|check| from == EngineKind::Gpu && check == Check::StartGpu);
        self.errors.clear_engine(from);
        vec![Part::Engines, Part::Error]
    }

    fn data_event(&mut self, from: EngineKind, event: DataEvent) -> Vec<Part> {
        if from == EngineKind::Gpu {
            return self.gpu_data(event);
        }
        let mut parts = vec![Part::Data];
        match &event {
            DataEvent::Loaded(summary) => {
                self.engines.cpu.has_data = summary.train > 0;
                self.engines.gpu.has_data = false;
                parts.push(Part::Engines);
            }
            DataEvent::FilesTaken(taken) => {
                self.errors.clear(Matter::Data);
                for (file, outcome) in &taken.files {
                    if let FileOutcome::Refused(reason) = outcome {
                        let fault = Fault::File { file: file.clone(), reason: reason.clone() };
                        self.errors.add_about(Matter::Data, Some(from), fault);
                    }
                }
                parts.push(Part::Error);
            }
            _ => {}
        }
        self.data.apply(event);
        parts
    }

    /// The GPU engine holds the data in use only where it tells of the very same.
    fn gpu_data(&mut self, event: DataEvent) -> Vec<Part> {
        let DataEvent::Loaded(summary) = event else { return Vec::new() };
        if self.data.summary.as_deref() != Some(&summary) {
            return Vec::new();
        }
        self.engines.gpu.has_data = true;
        self.answered(|check| check == Check::LoadGpu);
        vec![Part::Engines]
    }

    fn run_event(&mut self, from: EngineKind, event: RunEvent) -> Vec<Part> {
        match event {
            RunEvent::SelfTested(test) => {
                self.engines.get_mut(from).self_test = Some(test);
                self.answered(|check| check == Check::SelfTest(from));
                vec![Part::Engines]
            }
            RunEvent::Measured { images_per_second } => {
                self.engines.get_mut(from).speed = Some(images_per_second);
                self.answered(|check| check == Check::Measure(from));
                vec![Part::Engines]
            }
            // What a broken engine still says of the run.
            other if self.is_rescuing() && !matches!(other, RunEvent::PcaReference { .. }) => Vec::new(),
            other => {
                let news = changed(self.runs.apply(other), Part::Runs);
                self.end_resume();
                news
            }
        }
    }

    fn weights_event(&mut self, event: WeightsEvent) -> Vec<Part> {
        if let WeightsEvent::Opened { name, outcome } = event {
            self.opened = Some(weights::Opened { name, outcome: Some(outcome) });
            return vec![Part::Models];
        }
        let WeightsEvent::Changed { slot, origin, latent, parameters } = event else { return Vec::new() };
        let version = self.model(slot).map_or(0, |model| model.version + 1);
        self.models.insert(slot, Model { origin, latent, parameters, version });
        // Those that come with the page come together: one says nothing of another.
        if origin == WeightsOrigin::File {
            self.errors.clear(Matter::Weights);
        }
        vec![Part::Models, Part::Error]
    }

    /// A fault: of a worker, of a run, of a question. A stale run's is dropped; one of the GPU
    /// while the learner left the choice to the page is the reason for the choice, not an alarm.
    fn fault(&mut self, from: EngineKind, report: FaultReport) -> Vec<Part> {
        let mut parts = Vec::new();
        let stale = report.run.is_some_and(|id| self.runs.list.last().is_none_or(|run| run.id != id));
        if stale {
            return parts;
        }
        let fatal = matches!(
            report.fault,
            Fault::Panic(_)
                | Fault::DeviceLost(_)
                | Fault::NoGpu(_)
                | Fault::Protocol(_)
                | Fault::Late { .. }
        );
        let trains = self.runs.active().is_some_and(|run| run.engine == from);
        if fatal && let Some(parts) = self.break_down(from, &report.fault) {
            return parts;
        }
        if self.is_rescuing() && report.run.is_some() {
            return parts;
        }
        if report.run.is_some() || (fatal && trains && !self.is_rescuing()) {
            self.runs.fail(report.run, &report.fault);
            self.end_resume();
            parts.extend([Part::Runs, Part::Resume]);
        }
        let unchecked = from == EngineKind::Gpu && report.run.is_none() && self.engines.pending.is_some();
        if fatal || unchecked {
            self.engines.fail(from, report.fault.clone());
            parts.push(Part::Engines);
        }
        let quiet = from == EngineKind::Gpu && self.engines.preference != engines::Preference::Gpu && !trains;
        if !quiet {
            self.errors.add(Some(from), report.fault);
            parts.push(Part::Error);
        }
        parts
    }

    fn answered(&mut self, answers: impl Fn(Check) -> bool) {
        if self.engines.pending.is_some_and(answers) {
            self.engines.pending = None;
        }
    }
}

fn changed(changed: bool, part: Part) -> Vec<Part> {
    if changed { vec![part] } else { Vec::new() }
}

#[cfg(test)]
mod tests;
