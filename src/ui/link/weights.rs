//! Weights on their way: those that come with the page, those that one engine trained and the other
//! must know, those that an engine started anew had before.

use futures::future::try_join_all;
use js_sys::Uint8Array;
use leptos::prelude::window;
use serde::Deserialize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{RequestCache, RequestInit, Response};

use super::{EngineKind, Link, Weights, worker};
use crate::protocol::{Fault, FileFault, ModelSlot, WeightsOrigin};

/// Where the shipped weights are, beside the page.
const FOLDER: &str = "models/";
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
        self.load_like_cpu(EngineKind::Cpu);
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

    async fn load_shipped(self) -> Result<(), Fault> {
        let manifest = fetch(MANIFEST).await?;
        let refused = |error: serde_json::Error| Fault::Weights(format!("{MANIFEST}: {error}"));
        let manifest: Manifest = serde_json::from_slice(&manifest).map_err(refused)?;
        let fetched = manifest.models.iter().map(|model| async move {
            self.import(model.slot, fetch(&model.file).await?, WeightsOrigin::Shipped);
            Ok(())
        });
        try_join_all(fetched).await.map(|_| ())
    }
}

async fn fetch(file: &str) -> Result<Vec<u8>, Fault> {
    let fault = |reason| Fault::File { file: file.into(), reason };
    let failed = |error: JsValue| fault(FileFault::Network(worker::describe(&error)));
    // The files keep their names when the weights change: an old one must not meet a new page.
    let options = RequestInit::new();
    options.set_cache(RequestCache::NoCache);
    let request = window().fetch_with_str_and_init(&format!("{FOLDER}{file}"), &options);
    let answer = JsFuture::from(request).await.map_err(failed)?;
    let answer: Response = answer.dyn_into().map_err(failed)?;
    if !answer.ok() {
        return Err(fault(FileFault::Http(answer.status())));
    }
    let buffer = JsFuture::from(answer.array_buffer().map_err(failed)?).await.map_err(failed)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}
