//! Weights on their way: those that come with the page, those that one engine trained and the other
//! must know, those that an engine started anew had before.

use futures::future::join_all;
use js_sys::Uint8Array;
use serde::Deserialize;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::File;

use super::{EngineKind, Link, Part, Weights, fetch};
use crate::protocol::{Command, Fault, FileFault, ModelSlot, WeightsCommand, WeightsOrigin};
use crate::ui::state::weights::Opened;

/// Where the shipped weights are, beside the page.
const FOLDER: &str = "models/";
/// Most bytes of a file of weights; the largest network of this page has a hundredth.
const LARGEST: f64 = 200e6;
/// Names them.
const MANIFEST: &str = "manifest.json";

/// The part of the manifest that the page needs.
#[derive(Deserialize)]
struct Manifest {
    models: Vec<Shipped>,
}

#[derive(Deserialize)]
struct Shipped {
    slot: ModelSlot,
    file: String,
}

impl Link {
    /// A CPU engine that has just started gets its data, and the weights it had or those that come
    /// with the page.
    pub(super) fn equip_cpu(self) {
        self.equip_with_data(EngineKind::Cpu);
        spawn_local(async move {
            if let Err(fault) = self.load_shipped().await {
                self.report(fault);
            }
            for weights in self.inner().snapshots.borrow().iter().cloned() {
                self.import(weights.slot, weights.bytes, weights.origin);
            }
        });
    }

    /// Weights came out of an engine: those of the GPU go on to the CPU, which answers questions.
    pub(super) fn exported(self, kind: EngineKind, snapshot: bool, weights: Weights) {
        let inner = self.inner();
        if !snapshot {
            let mut exports = inner.exports.borrow_mut();
            let asked = exports.iter().position(|(slot, _)| *slot == weights.slot);
            let asked = asked.map(|index| exports.remove(index).1);
            drop(exports);
            return asked.into_iter().for_each(|take| take(weights.clone()));
        }
        let mut snapshots = inner.snapshots.borrow_mut();
        snapshots.retain(|known| known.slot != weights.slot);
        snapshots.push(weights.clone());
        if kind == EngineKind::Gpu {
            self.import(weights.slot, weights.bytes, weights.origin);
        }
    }

    /// Opens a file of weights that the learner chose or dropped; [`State::opened`] says what became of it.
    pub fn open_weights(self, file: File) {
        let name = file.name();
        let tell = move |opened: Opened| {
            self.change(|state| {
                state.opened = Some(opened);
                vec![Part::Models]
            });
        };
        let refused = |file: &str, reason| {
            let fault = Fault::File { file: file.to_owned(), reason };
            Opened { name: file.to_owned(), outcome: Some(Err(fault)) }
        };
        tell(Opened::reading(name.clone()));
        if file.size() > LARGEST {
            return tell(refused(&name, FileFault::TooLarge((LARGEST / 1e6) as u32)));
        }
        spawn_local(async move {
            match JsFuture::from(file.array_buffer()).await {
                Ok(buffer) => {
                    let bytes = Uint8Array::new(&buffer).to_vec();
                    self.send(Command::Weights(WeightsCommand::Open { name, bytes }));
                }
                Err(error) => tell(refused(&name, FileFault::Unreadable(format!("{error:?}")))),
            }
        });
    }

    /// One file that cannot be had leaves the others alone.
    async fn load_shipped(self) -> Result<(), Fault> {
        let manifest = fetch::file(&format!("{FOLDER}{MANIFEST}")).await?;
        let damaged = |error: serde_json::Error| Fault::File {
            file: MANIFEST.to_owned(),
            reason: FileFault::Damaged(error.to_string()),
        };
        let manifest: Manifest = serde_json::from_slice(&manifest).map_err(damaged)?;
        let fetched = manifest.models.iter().map(|model| async move {
            match fetch::file(&format!("{FOLDER}{}", model.file)).await {
                Ok(bytes) => self.import(model.slot, bytes, WeightsOrigin::Shipped),
                Err(fault) => self.report(fault),
            }
        });
        join_all(fetched).await;
        Ok(())
    }
}
