//! Weights on their way: those that come with the page, those that one engine trained and the other
//! must know, those that an engine started anew had before.

use futures::future::join_all;
use serde::Deserialize;
use wasm_bindgen_futures::spawn_local;

use super::{EngineKind, Link, Weights, fetch};
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
