//! Finds the better engine: makes the checks that the state asks for, one at a time.

use std::time::Duration;

use leptos::leptos_dom::helpers::set_timeout;

use super::Link;
use crate::protocol::{AutoencoderConfig, Command, EngineKind, Fault, RunCommand};
use crate::ui::state::Part;
use crate::ui::state::engines::{Check, Engine, Health, Preference, WebGpu};

/// How long one check of the GPU engine may take: compiling shaders takes a while on a weak one.
const CHECK_PATIENCE: Duration = Duration::from_secs(180);

impl Link {
    /// The learner's wish for an engine; a GPU that failed or was silent is tried again when it is asked for.
    pub fn prefer(self, preference: Preference) {
        if preference == Preference::Gpu && self.store.peek(|s| s.engines.web_gpu == WebGpu::Silent) {
            self.look_for_gpu();
        }
        self.change(|state| {
            state.engines.preference = preference;
            if preference == Preference::Gpu && matches!(state.engines.gpu.health, Health::Failed(_)) {
                state.engines.gpu = Engine::default();
            }
            vec![Part::Engines]
        });
    }

    /// Makes the next check, and starts a run that waited for its engine.
    pub(super) fn advance(self) {
        let next = self.store.peek(|state| state.engines.next_check(state.runs.active().is_some()));
        if let Some(check) = next {
            self.store.update(|state| {
                state.engines.pending = Some(check);
                vec![Part::Engines]
            });
            self.make(check);
            self.watch(check);
        }
        self.start_queued();
    }

    /// A GPU engine that does not come back from a check is given up.
    fn watch(self, check: Check) {
        let inner = self.inner();
        let number = inner.checks.get().wrapping_add(1);
        inner.checks.set(number);
        let of_gpu = matches!(
            check,
            Check::LoadGpu | Check::SelfTest(EngineKind::Gpu) | Check::Measure(EngineKind::Gpu)
        );
        let late = move || {
            let still = self.inner().checks.get() == number;
            if still && self.store.peek(|state| state.engines.pending == Some(check)) {
                let seconds = CHECK_PATIENCE.as_secs() as u32;
                self.fault(EngineKind::Gpu, Fault::Late { engine: EngineKind::Gpu, seconds });
            }
        };
        if of_gpu {
            set_timeout(late, CHECK_PATIENCE);
        }
    }

    fn make(self, check: Check) {
        match check {
            Check::StartGpu => self.start_engine(EngineKind::Gpu),
            Check::SelfTest(kind) => self.send_to(kind, Command::Run(RunCommand::SelfTest)),
            Check::LoadGpu => self.equip_with_data(EngineKind::Gpu),
            Check::Measure(kind) => {
                let config = AutoencoderConfig::default();
                self.send_to(kind, Command::Run(RunCommand::Measure { config }));
            }
        }
    }
}
