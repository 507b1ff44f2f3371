//! The data in use as one blob: made here once, kept by the page, read by every engine that is started
//! later. So no two engines can differ in what they train on, and a broken engine loses nothing.

use js_sys::{Array, Uint8Array, WebAssembly::Memory};
use wasm_bindgen::JsCast;
use web_sys::Blob;

use super::{Arrival, Engine, blob, load::Load};
use crate::{
    data::{Dataset, IMAGE_PIXELS, Labelled},
    protocol::{DataEvent, Event, Handle, Kept},
};

/// Gives the page the data in use to keep. A browser that cannot make a blob keeps none: an engine that is
/// started anew then looks for the data itself.
pub(super) fn keep(engine: &Engine) {
    let (train, test) = (&engine.data.train, &engine.data.test);
    let parts = [&test.pixels, &test.labels, &train.pixels, &train.labels];
    if let Some(blob) = blob_of(parts.map(Vec::as_slice)) {
        let (source, train, test) = (engine.source, train.len() as u32, test.len() as u32);
        let kept = Kept { source, train, test, blob: Handle(blob.into()) };
        engine.outbox.post(Event::Data(DataEvent::Kept(kept)));
    }
}

/// These bytes one after the other as a blob. They are read where they lie: a copy of 47 MB for it would lie
/// about until it is swept up.
fn blob_of(parts: [&[u8]; 4]) -> Option<Blob> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let made = |see: fn(&[u8]) -> Uint8Array| {
        let parts: Array = parts.map(see).iter().collect();
        // A view that went stale while the others were made would be empty.
        Blob::new_with_u8_array_sequence(&parts).ok().filter(|blob| blob.size() == length as f64)
    };
    made(seen).or_else(|| made(|bytes| Uint8Array::from(bytes)))
}

/// These bytes as the browser sees them in the module's memory; good until something is allocated.
fn seen(bytes: &[u8]) -> Uint8Array {
    let memory: Memory = wasm_bindgen::memory().unchecked_into();
    Uint8Array::new_with_byte_offset_and_length(&memory.buffer(), bytes.as_ptr() as u32, bytes.len() as u32)
}

/// Reads what the page kept.
pub(super) async fn load(load: &Load, kept: Kept) {
    let Ok(blob) = kept.blob.0.dyn_into::<Blob>() else { return load.deliver(Arrival::Nothing) };
    let arrival = match blob::bytes(&blob, |_| ()).await {
        Ok(bytes) => parted(bytes, kept.test as usize, kept.train as usize),
        Err(_) => None,
    };
    load.deliver(arrival.map_or(Arrival::Nothing, |data| Arrival::Kept(data, kept.source)));
}

fn parted(mut bytes: Vec<u8>, test: usize, train: usize) -> Option<Dataset> {
    if bytes.len() != (test + train) * (IMAGE_PIXELS + 1) {
        return None;
    }
    let mut last = |count: usize| {
        let labels = bytes.split_off(bytes.len() - count);
        let pixels = bytes.split_off(bytes.len() - count * IMAGE_PIXELS);
        Labelled { pixels, labels }
    };
    let train = last(train);
    Some(Dataset { train, test: last(test) })
}
