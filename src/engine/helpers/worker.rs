//! A helper's life: a buffer with a parcel comes in, the same buffer goes back with the answer.

use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::READY;

/// Answers parcels with what `open` gives, which replaces a parcel's bytes by its answer's, for good.
pub fn serve<Answer>(open: impl FnOnce() -> Answer)
where
    Answer: FnMut(&mut Vec<u8>) -> bool + 'static,
{
    std::panic::set_hook(Box::new(console_error_panic_hook::hook));
    let mut answer = open();
    let mut bytes = Vec::new();
    let on_message = Closure::<dyn FnMut(_)>::new(move |event: MessageEvent| {
        let Ok(buffer) = event.data().dyn_into::<ArrayBuffer>() else { return };
        let view = Uint8Array::new(&buffer);
        bytes.resize(view.length() as usize, 0);
        view.copy_to(&mut bytes);
        if !answer(&mut bytes) || bytes.len() > view.length() as usize {
            // Without an answer the engine calculates the unit itself, and takes a helper that keeps
            // its buffers for dead.
            return;
        }
        view.subarray(0, bytes.len() as u32).copy_from(&bytes);
        let _ = scope().post_message_with_transfer(&buffer, &Array::of1(&buffer));
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    let _ = scope().post_message(&READY.into());
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}
