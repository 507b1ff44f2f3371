//! Data on their way to the engines. Files go as the browser's own handles, so that the page's thread never
//! touches their bytes; what an engine made of them is kept as one such handle, for every engine that is
//! started later.

use leptos::prelude::{document, window};
use web_sys::File;

use super::{EngineKind, Link, Part};
use crate::protocol::{Command, DataCommand, DataSource, Handle, PickedFile};
use crate::ui::state::data::{Action, Answer};
use crate::ui::state::errors::Matter;

/// Seed of the synthetic garments.
const SYNTHETIC_SEED: u64 = 42;
/// Synthetic training images: enough to learn from, few enough to draw in a moment.
const SYNTHETIC_TRAIN: u32 = 6000;
/// Synthetic test images.
const SYNTHETIC_TEST: u32 = 1000;

impl Link {
    /// Uses the synthetic garments.
    pub fn load_synthetic(self) {
        self.begin_load(Action::Draw);
        self.send(synthetic_command());
    }

    /// Uses so many of the synthetic garments.
    pub(super) fn load_synthetic_of(self, train: u32, test: u32) {
        self.begin_load(Action::Draw);
        self.send(Command::Data(DataCommand::LoadSynthetic { seed: SYNTHETIC_SEED, train, test }));
    }

    /// Uses the learner's own files.
    pub fn load_files(self, files: Vec<File>) {
        self.begin_load(Action::Check);
        let picked = |file: File| PickedFile { name: file.name(), content: Handle(file.into()) };
        let files = files.into_iter().map(picked).collect();
        self.send(Command::Data(DataCommand::LoadFiles { files }));
    }

    /// Walks the chain of sources again, mirrors included unless the address says `?mirrors=off`.
    pub fn load_data(self) {
        self.begin_load(Action::Look);
        self.send(load_command());
    }

    /// Answers an action in the step Data that needs no engine.
    pub fn answer(self, answer: Answer) {
        self.change(|state| {
            state.data.answer = Some(answer);
            vec![Part::Data]
        });
    }

    /// Gives an engine that was started the data in use; without any it looks for them.
    pub(super) fn equip_with_data(self, kind: EngineKind) {
        let kept = self.inner().kept.borrow().clone();
        let command = match (kept, self.store.peek(|state| state.data.source())) {
            (Some(kept), _) => Command::Data(DataCommand::LoadKept(kept)),
            (None, DataSource::Synthetic) => synthetic_command(),
            _ => load_command(),
        };
        self.send_to(kind, command);
    }

    fn begin_load(self, action: Action) {
        self.change(|state| {
            state.data.begin(action);
            state.errors.clear(Matter::Data);
            vec![Part::Data, Part::Error]
        });
    }
}

/// The chain of sources; `?mirrors=off` in the page's address leaves out the public mirrors.
fn load_command() -> Command {
    let base = document().base_uri().ok().flatten().unwrap_or_default();
    let search = window().location().search().unwrap_or_default();
    let mirrors = !search.trim_start_matches('?').split('&').any(|part| part == "mirrors=off");
    Command::Data(DataCommand::Load { base, mirrors })
}

fn synthetic_command() -> Command {
    let (train, test) = (SYNTHETIC_TRAIN, SYNTHETIC_TEST);
    Command::Data(DataCommand::LoadSynthetic { seed: SYNTHETIC_SEED, train, test })
}
