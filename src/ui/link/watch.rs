//! Notices an engine that says nothing any more while it should be working: a browser that needs memory ends
//! workers without a word.

use std::cell::Cell;
use std::time::Duration;

use leptos::prelude::set_interval;

use super::{EngineKind, Link};
use crate::protocol::Fault;
use crate::ui::state::runs::RunStatus;

/// How often it is looked.
const TICK: Duration = Duration::from_secs(1);
/// Milliseconds after which a tick is late: the page was frozen or held back, and its engine perhaps as well.
const LATE: f64 = 3_000.0;

/// Ticks without a word from the engine at work.
#[derive(Default)]
pub struct Silence {
    ticks: Cell<u32>,
    last: Cell<f64>,
}

impl Silence {
    /// The engine at work said something.
    pub fn end(&self) {
        self.ticks.set(0);
    }

    /// A tick at `now` milliseconds; for how many seconds it has been silent. A late tick says nothing.
    fn tick(&self, now: f64) -> u32 {
        let late = now - self.last.replace(now) > LATE;
        self.ticks.set(if late { 0 } else { self.ticks.get() + 1 });
        self.ticks.get()
    }
}

/// Seconds of silence after which an engine at work counts as gone: it tells of its progress ten times a
/// second; a weak GPU may take long over a batch. Before the first one there may be other work, and much to
/// compile.
const fn patience(kind: EngineKind, begun: bool) -> u32 {
    match (kind, begun) {
        (EngineKind::Cpu, true) => 20,
        (EngineKind::Cpu, false) => 45,
        (EngineKind::Gpu, true) => 90,
        (EngineKind::Gpu, false) => 240,
    }
}

impl Link {
    /// Watches from now on.
    pub(super) fn watch_engines(self) {
        // Where it cannot be set nobody is watched.
        set_interval(move || self.listen_for_life(), TICK);
    }

    fn listen_for_life(self) {
        let at_work = self.store.peek(|state| {
            let run = state.runs.at_work().filter(|_| !state.is_rescuing())?;
            Some((run.engine, run.status == RunStatus::Running && run.progress.is_some()))
        });
        let inner = self.inner();
        let silent = inner.silence.tick(js_sys::Date::now());
        match at_work {
            None => inner.silence.end(),
            Some((kind, begun)) if silent >= patience(kind, begun) => {
                inner.silence.end();
                self.fault(kind, Fault::Panic(format!("not a word for {silent} seconds")));
            }
            Some(_) => {}
        }
    }
}
