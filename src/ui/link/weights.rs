//! Weights on their way: those that come with the page, those that one engine trained and the other
//! must know, those that an engine started anew had before.

use std::time::Duration;

use futures::future::join_all;
use js_sys::Uint8Array;
use leptos::prelude::set_timeout;
use leptos::task::spawn_local;
use serde::Deserialize;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use super::{EngineKind, Export, Link, Part, Weights, fetch, worker};
use crate::protocol::{Command, Fault, FileFault, ModelSlot, RequestId, WeightsCommand, WeightsOrigin};
use crate::ui::state::weights::Opened;

/// How long the CPU engine may take to give weights out.
const PATIENCE: Duration = Duration::from_secs(20);

/// Names the shipped weights' folder in the page's head.
const FOLDER: &str = "telar-models";
/// Names them.
const MANIFEST: &str = "manifest.json";
/// Most bytes of a file of weights; the largest network of this page has a hundredth.
const LARGEST: f64 = 200e6;

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
            self.inner().equipped.set(true);
            let carried = self.inner().carried.borrow().all();
            carried.into_iter().for_each(|weights| self.import(weights));
        });
    }

    /// Gives the engine weights that were kept before this visit; those of slots that have got others since
    /// stay where they are.
    pub fn bring_back(self, kept: Vec<Weights>) {
        let inner = self.inner();
        for weights in kept {
            if inner.carried.borrow().of(weights.slot).is_some() {
                continue;
            }
            inner.carried.borrow_mut().keep(weights.clone());
            // Later those that come with the page would take their places.
            if inner.equipped.get() {
                self.import(weights);
            }
        }
    }

    /// The weights that must not be lost: trained here, or opened.
    pub fn carried(self) -> Vec<Weights> {
        self.inner().carried.borrow().all()
    }

    /// Weights came out of an engine: those of the GPU go on to the CPU, which answers questions.
    pub(super) fn exported(self, kind: EngineKind, snapshot: bool, weights: Weights) {
        let inner = self.inner();
        if !snapshot {
            let asked = |(_, slot, _): &(RequestId, ModelSlot, Export)| *slot == weights.slot;
            let place = inner.exports.borrow().iter().position(asked);
            let asked = place.map(|place| inner.exports.borrow_mut().remove(place));
            return asked.into_iter().for_each(|(.., take)| take(Some(weights.clone())));
        }
        inner.carried.borrow_mut().keep(weights.clone());
        if kind == EngineKind::Gpu {
            self.import(weights);
        }
        self.store.update(|_| vec![Part::Models]);
    }

    /// The weights of a model that the CPU engine holds: those that are carried, else asked of that engine;
    /// nothing where it has not answered in time, or is not there.
    pub(super) fn weights_of(self, slot: ModelSlot, take: impl FnOnce(Option<Weights>) + 'static) {
        let inner = self.inner();
        let carried = inner.carried.borrow().of(slot);
        if carried.is_some() || inner.slot(EngineKind::Cpu).borrow().is_none() {
            return take(carried);
        }
        self.export(slot, false, take);
    }

    /// Asks the CPU engine for a model's weights as a safetensors file, in full or `half` precision; nothing
    /// comes where it has not answered in time.
    pub fn export(self, slot: ModelSlot, half: bool, take: impl FnOnce(Option<Weights>) + 'static) {
        let inner = self.inner();
        let number = inner.number();
        inner.exports.borrow_mut().push((number, slot, Box::new(take)));
        self.send(Command::Weights(WeightsCommand::Export { slot, half }));
        set_timeout(move || self.give_up_export(number), PATIENCE);
    }

    fn give_up_export(self, number: RequestId) {
        let inner = self.inner();
        let place = inner.exports.borrow().iter().position(|(known, ..)| *known == number);
        let waits = place.map(|place| inner.exports.borrow_mut().remove(place));
        waits.into_iter().for_each(|(.., take)| take(None));
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
                Ok(buffer) => self.open_bytes(name, Uint8Array::new(&buffer).to_vec()),
                Err(error) => tell(refused(&name, FileFault::Unreadable(format!("{error:?}")))),
            }
        });
    }

    /// Opens the bytes of a file of weights; as [`Link::open_weights`].
    pub fn open_bytes(self, name: String, bytes: Vec<u8>) {
        self.send(Command::Weights(WeightsCommand::Open { name, bytes }));
    }

    /// One file that cannot be had leaves the others alone.
    async fn load_shipped(self) -> Result<(), Fault> {
        let folder = &worker::named_in_head(FOLDER);
        let manifest = fetch::file(&format!("{folder}{MANIFEST}")).await?;
        let damaged = |error: serde_json::Error| Fault::File {
            file: MANIFEST.to_owned(),
            reason: FileFault::Damaged(error.to_string()),
        };
        let manifest: Manifest = serde_json::from_slice(&manifest).map_err(damaged)?;
        let fetched = manifest.models.iter().map(|model| async move {
            match fetch::file(&format!("{folder}{}", model.file)).await {
                Ok(bytes) => {
                    let (slot, origin) = (model.slot, WeightsOrigin::Shipped);
                    self.import(Weights { slot, bytes, origin });
                }
                Err(fault) => self.report(fault),
            }
        });
        join_all(fetched).await;
        Ok(())
    }
}
