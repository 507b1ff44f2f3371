//! The worker's way to the page: events as messages.

use wasm_bindgen::JsCast;
use web_sys::DedicatedWorkerGlobalScope;

use crate::protocol::{Event, FaultReport, codec};

/// This worker.
pub(super) fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Sends an event to the page. One that cannot be encoded is reported instead.
pub(super) fn post(event: &Event) {
    let encoded =
        codec::encode(event).or_else(|fault| codec::encode(&Event::Fault(FaultReport { run: None, fault })));
    if let Ok(message) = encoded {
        // A worker whose page is gone has nobody to tell.
        let _ = scope().post_message(&message);
    }
}
