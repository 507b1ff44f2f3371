//! Finds the better engine: makes the checks that the state asks for, one at a time.

use super::Link;
use crate::protocol::{AutoencoderConfig, Command, EngineKind, RunCommand};
use crate::ui::state::Part;
use crate::ui::state::engines::{Check, Engine, Health, Preference};

impl Link {
    /// The learner's wish for an engine; a GPU that failed is tried again when it is asked for.
    pub fn prefer(self, preference: Preference) {
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
        }
        self.start_queued();
    }

    fn make(self, check: Check) {
        match check {
            Check::StartGpu => self.start_engine(EngineKind::Gpu),
            Check::SelfTest(kind) => self.send_to(kind, Command::Run(RunCommand::SelfTest)),
            Check::LoadGpu => self.load_like_cpu(EngineKind::Gpu),
            Check::Measure(kind) => {
                let config = AutoencoderConfig::default();
                self.send_to(kind, Command::Run(RunCommand::Measure { config }));
            }
        }
    }
}
