//! The data in use as one blob: made here once, kept by the page, read by every engine that is started
//! later. So no two engines can differ in what they train on, and a broken engine loses nothing.

use js_sys::{Array, Uint8Array};
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
    let parts = Array::new();
    for bytes in [&test.pixels, &test.labels, &train.pixels, &train.labels] {
        parts.push(&Uint8Array::from(bytes.as_slice()));
    }
    if let Ok(blob) = Blob::new_with_u8_array_sequence(&parts) {
        let (source, train, test) = (engine.source, train.len() as u32, test.len() as u32);
        let kept = Kept { source, train, test, blob: Handle(blob.into()) };
        engine.outbox.post(Event::Data(DataEvent::Kept(kept)));
    }
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
