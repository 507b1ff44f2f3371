//! Interrupted runs: kept in the browser's storage as the engine gives them, offered at the next opening, gone on
//! with on their own data; and runs whose engine breaks down, which go on with one that is started anew.

use std::time::Duration;

use leptos::prelude::set_timeout;
use leptos::task::spawn_local;

use super::{EngineKind, Link, Part};
use crate::protocol::{Command, DataSource, Fault, RunCommand, RunId};
use crate::ui::keep;
use crate::ui::state::State;
use crate::ui::state::data::Answer;
use crate::ui::state::engines::Health;
use crate::ui::state::resume::{KeptRun, Rescue};

/// The one run that is kept.
const KEY: &str = "run";
/// How long a tab that does not keep waits until it looks whether it does by now.
const AGAIN: Duration = Duration::from_secs(2);

impl Link {
    /// Looks for a run of an earlier visit. Where the browser keeps nothing there is none.
    pub(super) fn look_for_interrupted(self) {
        spawn_local(async move {
            // In another tab it may be under way at this moment; once that is closed this one has the say. A page
            // that was just reloaded may still hold it.
            if keep::keeps().await.is_err() {
                return set_timeout(move || self.look_for_interrupted(), AGAIN);
            }
            let Ok(Some(bytes)) = keep::get(keep::Part::Checkpoint, KEY).await else { return };
            match KeptRun::read(bytes) {
                Ok(kept) => self.change(|state| state.offer(kept)),
                // Of another version of this page, or damaged: nobody can go on with it.
                Err(_) => forget(),
            }
        });
    }

    /// The engine kept the run under way. In memory it is for an engine that breaks down; in the browser's
    /// storage, where there is one, for the next visit.
    pub(super) fn keep_run(self, run: RunId, bytes: Vec<u8>) {
        let Ok(kept) = KeptRun::read(bytes) else { return };
        self.store.update(|state| {
            state.kept(run, kept);
            Vec::new()
        });
        let active = |state: &State| state.runs.active().is_some_and(|active| active.id == run);
        let latest = self.store.peek(|state| state.resume.latest.clone().filter(|_| active(state)));
        if let Some(latest) = latest {
            spawn_local(async move {
                // What the browser refuses the workspace tells; in memory it is kept all the same.
                let _ = keep::put(keep::Part::Checkpoint, KEY, latest.bytes.clone()).await;
            });
        }
    }

    /// Goes on with the interrupted run on offer, once its data are in use.
    pub fn go_on(self) {
        self.inner().asked_for_data.set(false);
        self.change(State::want_to_go_on);
        if self.store.peek(|state| broken(&state.engines.cpu.health)) {
            self.restart(EngineKind::Cpu);
        }
    }

    /// Forgets the interrupted run on offer.
    pub fn discard(self) {
        self.change(State::discard);
    }

    /// What follows from the state for interrupted runs.
    pub(super) fn advance_resume(self) {
        if self.store.peek(|state| state.resume.stale) {
            self.store.update(|state| {
                state.resume.stale = false;
                Vec::new()
            });
            forget();
        }
        if let Some(rescue) = self.store.peek(State::rescue) {
            self.rescue(rescue);
        }
        if self.store.peek(|state| state.resume.wanted) {
            self.take_up();
        }
    }

    /// The next thing for a run whose engine broke down.
    fn rescue(self, rescue: Rescue) {
        match rescue {
            Rescue::Start(kind) => {
                self.end(kind);
                self.store.update(|state| {
                    state.engines.get_mut(kind).health = Health::Loading;
                    vec![Part::Engines]
                });
                // Not now: this may be the broken worker's own event.
                set_timeout(move || self.start_engine(kind), Duration::ZERO);
            }
            Rescue::Equip(kind) => {
                self.store.update(|state| {
                    state.equipped();
                    Vec::new()
                });
                self.equip_with_data(kind);
            }
            Rescue::GoOn(kind) => {
                let mut going = None;
                self.store.update(|state| {
                    going = state.go_on(kind);
                    vec![Part::Runs, Part::Resume]
                });
                if let Some((run, kept, paused)) = going {
                    self.send_on(kind, run, &kept, paused);
                }
            }
        }
    }

    fn send_on(self, kind: EngineKind, run: RunId, kept: &KeptRun, paused: bool) {
        let bytes = kept.bytes.clone();
        self.send_to(kind, Command::Run(RunCommand::GoOn { run, bytes, paused }));
    }

    /// The run on offer begins, or its data are asked for.
    fn take_up(self) {
        if self.store.peek(|state| state.offered_on_its_data().is_some()) {
            if self.store.peek(State::can_start) {
                self.take_up_now();
            }
            return;
        }
        let (there, answer) = self.store.peek(|state| (state.data.trainable(), state.data.answer.clone()));
        let asked = self.inner().asked_for_data.get();
        match answer {
            // The page is still looking by itself.
            _ if !asked && !there => {}
            _ if !asked => self.ask_for_data(),
            Some(Answer::Busy(_)) => {}
            _ => self.change(State::lack_data),
        }
    }

    fn take_up_now(self) {
        let engine = self.store.peek(|state| state.engines.choice().0);
        let mut taken = None;
        self.store.update(|state| {
            state.engines.pending = None;
            taken = state.take_up(engine);
            Part::ALL.to_vec()
        });
        if let Some((run, kept)) = taken {
            self.send_on(engine, run, &kept, false);
        }
    }

    fn ask_for_data(self) {
        self.inner().asked_for_data.set(true);
        let head = self.store.peek(|state| state.resume.offered.as_ref().map(|kept| kept.head.clone()));
        match head {
            Some(head) if head.source == DataSource::Synthetic => {
                self.load_synthetic_of(head.train, head.test);
            }
            _ => self.load_data(),
        }
    }
}

/// One that is only late may be nearly here.
fn broken(health: &Health) -> bool {
    matches!(health, Health::Failed(fault) if !matches!(fault, Fault::Late { .. }))
}

fn forget() {
    spawn_local(async {
        // Where nothing can be forgotten nothing is kept.
        let _ = keep::forget(keep::Part::Checkpoint, KEY).await;
    });
}
