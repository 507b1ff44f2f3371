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
/// second; a weak GPU may take long over a batch.
const fn patience(kind: EngineKind) -> u32 {
    match kind {
        EngineKind::Cpu => 20,
        EngineKind::Gpu => 90,
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
            let run = state.runs.active().filter(|run| run.status == RunStatus::Running)?;
            // Before its first batch an engine may be compiling.
            run.progress.is_some().then_some(run.engine)
        });
        let inner = self.inner();
        let silent = inner.silence.tick(js_sys::Date::now());
        match at_work {
            None => inner.silence.end(),
            Some(kind) if silent >= patience(kind) => {
                inner.silence.end();
                self.fault(kind, Fault::Panic(format!("not a word for {silent} seconds")));
            }
            Some(_) => {}
        }
    }
}
