//! Data on their way to the engines. The learner's files go to the engines as the browser's own buffers, so that the page's thread never copies them.

use js_sys::{Array, Reflect, Uint8Array};
use leptos::prelude::{document, window};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::File;

use super::{EngineKind, Link, Part, worker};
use crate::protocol::{Command, DataCommand, DataSource, Fault, FileFault, NamedBytes, codec};

/// Seed of the synthetic garments.
const SYNTHETIC_SEED: u64 = 42;
/// Synthetic training images: enough to learn from, few enough to draw in a moment.
const SYNTHETIC_TRAIN: u32 = 6000;
/// Synthetic test images.
const SYNTHETIC_TEST: u32 = 1000;

impl Link {
    /// Uses the synthetic garments.
    pub fn load_synthetic(self) {
        self.begin_load();
        self.send(synthetic_command());
    }

    /// Uses the learner's own files.
    pub fn load_files(self, files: Vec<File>) {
        self.begin_load();
        *self.inner().files.borrow_mut() = files;
        spawn_local(self.send_files(EngineKind::Cpu));
    }

    /// Gives an engine the data that the CPU engine has.
    pub(super) fn load_like_cpu(self, kind: EngineKind) {
        match self.store.peek(|state| state.data.source()) {
            DataSource::Files => spawn_local(self.send_files(kind)),
            DataSource::Synthetic => self.send_to(kind, synthetic_command()),
            _ => self.send_to(kind, load_command()),
        }
    }

    fn begin_load(self) {
        self.change(|state| {
            state.data.begin();
            vec![Part::Data]
        });
    }

    async fn send_files(self, kind: EngineKind) {
        let files = self.inner().files.borrow().clone();
        match message(&files).await {
            Ok((message, buffers)) => {
                let inner = self.inner();
                let sent = inner.slot(kind).borrow().as_ref().map(|worker| worker.post(&message, &buffers));
                sent.into_iter().filter_map(Result::err).for_each(|fault| self.report(fault));
            }
            Err(fault) => self.report(fault),
        }
    }
}

/// `LoadFiles` with the files' own buffers put in where the codec left empty ones.
async fn message(files: &[File]) -> Result<(JsValue, Array), Fault> {
    let names = files.iter().map(|file| NamedBytes { name: file.name(), bytes: Vec::new() });
    let message = codec::encode(&Command::Data(DataCommand::LoadFiles { files: names.collect() }))?;
    let list = ["Data", "LoadFiles", "files"]
        .iter()
        .try_fold(message.clone(), |at, name| Reflect::get(&at, &(*name).into()));
    let list = Array::from(&list.map_err(|error| Fault::Protocol(worker::describe(&error)))?);
    let buffers = Array::new();
    for (file, entry) in files.iter().zip(list.iter()) {
        let buffer = JsFuture::from(file.array_buffer()).await.map_err(|error| unreadable(file, &error))?;
        buffers.push(&buffer);
        let put = Reflect::set(&entry, &"bytes".into(), &Uint8Array::new(&buffer));
        put.map_err(|error| Fault::Protocol(worker::describe(&error)))?;
    }
    Ok((message, buffers))
}

fn unreadable(file: &File, error: &JsValue) -> Fault {
    Fault::File { file: file.name(), reason: FileFault::Network(worker::describe(error)) }
}

/// The chain of sources; `?mirrors=off` in the page's address leaves out the public mirrors.
pub(super) fn load_command() -> Command {
    let base = document().base_uri().ok().flatten().unwrap_or_default();
    let search = window().location().search().unwrap_or_default();
    let mirrors = !search.trim_start_matches('?').split('&').any(|part| part == "mirrors=off");
    Command::Data(DataCommand::Load { base, mirrors })
}

fn synthetic_command() -> Command {
    let (train, test) = (SYNTHETIC_TRAIN, SYNTHETIC_TEST);
    Command::Data(DataCommand::LoadSynthetic { seed: SYNTHETIC_SEED, train, test })
}
