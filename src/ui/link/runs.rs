//! Starting, pausing, stepping and stopping runs on the engine that does them.

use std::time::Duration;

use leptos::prelude::set_timeout;

use super::{EngineKind, Link, Part, Weights};
use crate::protocol::{
    Command, Event, Fault, FaultReport, ModelSlot, RunCommand, RunConfig, RunId, WeightsCommand,
};
use crate::ui::state::State;
use crate::ui::state::engines::Health;
use crate::ui::state::errors::Matter;
use crate::ui::state::runs::RunStatus;

/// How long an engine may take to end a run: a batch, on the slowest adapter, and the last figures.
const STOP_PATIENCE: Duration = Duration::from_secs(20);

impl Link {
    /// Starts a run on the better engine, or as soon as that engine is ready.
    pub fn start(self, config: RunConfig, paused: bool) {
        if self.store.peek(State::can_start) {
            return self.start_now(config, paused);
        }
        *self.inner().queued.borrow_mut() = Some((config, paused));
        // One that is only late may be nearly here.
        let broken =
            |health: &Health| matches!(health, Health::Failed(fault) if !matches!(fault, Fault::Late { .. }));
        if self.store.peek(|state| broken(&state.engines.cpu.health)) {
            self.restart(EngineKind::Cpu);
        }
    }

    /// Pauses or resumes the run under way.
    pub fn toggle_pause(self) {
        let status = self.store.peek(|state| state.runs.active().map(|run| run.status));
        let command = if status == Some(RunStatus::Paused) { RunCommand::Resume } else { RunCommand::Pause };
        self.command(command);
    }

    /// One batch of the run under way, then pause.
    pub fn step(self) {
        self.command(RunCommand::Step);
    }

    /// Ends the run under way. An engine that does not is ended itself and started anew.
    pub fn stop(self) {
        let Some((run, engine)) =
            self.store.peek(|state| state.runs.active().map(|run| (run.id, run.engine)))
        else {
            return;
        };
        self.command(RunCommand::Stop);
        set_timeout(move || self.give_up(engine, run), STOP_PATIENCE);
    }

    fn give_up(self, engine: EngineKind, run: RunId) {
        let hangs = self.store.peek(|state| state.runs.active().is_some_and(|active| active.id == run));
        if !hangs {
            return;
        }
        self.end(engine);
        self.change(|state| state.give_up(engine, run, STOP_PATIENCE.as_secs() as u32));
        // The checks start the GPU engine where it is still wanted.
        if engine == EngineKind::Cpu {
            self.start_engine(engine);
        }
    }

    pub(super) fn start_queued(self) {
        let ready = self.store.peek(State::can_start);
        let queued = if ready { self.inner().queued.borrow_mut().take() } else { None };
        if let Some((config, paused)) = queued {
            self.start_now(config, paused);
        }
    }

    fn command(self, command: RunCommand) {
        let engine = self.store.peek(|state| state.runs.active().map(|run| run.engine));
        if let Some(engine) = engine {
            self.send_to(engine, Command::Run(command));
        }
    }

    fn start_now(self, config: RunConfig, paused: bool) {
        let engine = self.store.peek(|state| state.engines.choice().0);
        if self.store.peek(|state| state.runs.active().is_some_and(|run| run.engine != engine)) {
            self.stop();
        }
        let mut run = 0;
        self.change(|state| {
            state.engines.pending = None;
            state.errors.clear(Matter::Run);
            state.errors.clear(Matter::Engine);
            run = state.start_run(engine, config.clone());
            vec![Part::Engines, Part::Error, Part::Runs]
        });
        self.hand_over(engine, run, config, paused);
    }

    /// Sends the run to its engine; an experiment on the GPU needs the CPU's autoencoder first.
    fn hand_over(self, engine: EngineKind, run: RunId, config: RunConfig, paused: bool) {
        let needs =
            engine == EngineKind::Gpu && matches!(config, RunConfig::Experiment(_) | RunConfig::Labels(_));
        let slot = ModelSlot::Autoencoder;
        let known = self.store.peek(|state| state.model(slot).is_some());
        let start = move |config| Command::Run(RunCommand::Start { run, config, paused });
        if !(needs && known) {
            return self.send_to(engine, start(config));
        }
        self.weights_of(slot, move |weights| match weights {
            Some(Weights { slot, bytes, origin }) => {
                let import = WeightsCommand::Import { slot, bytes, origin };
                self.send_to(engine, Command::Weights(import));
                self.send_to(engine, start(config));
            }
            None => self.miss_weights(engine, run),
        });
    }

    /// The weights that a run begins with do not come: it is over, and the engine that has them is started
    /// anew where it is gone.
    fn miss_weights(self, engine: EngineKind, run: RunId) {
        let report = FaultReport { run: Some(run), fault: Fault::Unreachable };
        self.change(|state| state.apply(engine, Event::Fault(report)));
        if self.inner().slot(EngineKind::Cpu).borrow().is_none() {
            self.start_engine(EngineKind::Cpu);
        }
    }
}
