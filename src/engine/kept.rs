//! The data in use for every engine that is started later: in the browser's cache, which lies on the disk,
//! else as one blob that the page keeps. So no two engines can differ in what they train on, and a broken
//! engine loses nothing.

use js_sys::{Array, Uint8Array, WebAssembly::Memory};
use wasm_bindgen::JsCast;
use web_sys::Blob;

use super::{Arrival, Engine, blob, cache, load::Load, walk::cached};
use crate::{
    data::{Assembly, Dataset, FashionFile, IMAGE_PIXELS, Labelled},
    protocol::{DataEvent, DataSource, Event, Handle, Kept},
};

/// Tells the page where the data in use are kept. A browser that keeps nothing leaves it without: an engine
/// that is started anew then looks for the data itself.
pub(super) fn keep(engine: &Engine) {
    let (data, source) = (&engine.data, engine.source);
    // Those of any other source are the four files, by their sums.
    let cached = cache::had_all() && source != DataSource::Synthetic && !data.train.is_empty();
    let parts = [&data.test.pixels, &data.test.labels, &data.train.pixels, &data.train.labels];
    let blob = if cached { None } else { blob_of(parts.map(Vec::as_slice)) };
    if cached || blob.is_some() {
        let (train, test) = (data.train.len() as u32, data.test.len() as u32);
        let kept = Kept { source, train, test, blob: blob.map(|blob| Handle(blob.into())) };
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

/// Reads what was kept.
pub(super) async fn load(load: &Load, kept: Kept) {
    let (test, train) = (kept.test as usize, kept.train as usize);
    let data = match kept.blob {
        None => from_cache().await,
        Some(handle) => from_blob(handle).await.and_then(|bytes| parted(bytes, test, train)),
    };
    load.deliver(data.map_or(Arrival::Nothing, |data| Arrival::Kept(data, kept.source)));
}

async fn from_cache() -> Option<Dataset> {
    let mut assembly = Assembly::default();
    for file in FashionFile::ALL {
        assembly.insert(file, cached(file).await?).ok()?;
    }
    assembly.into_dataset().ok()
}

async fn from_blob(handle: Handle) -> Option<Vec<u8>> {
    let blob = handle.0.dyn_into::<Blob>().ok()?;
    blob::bytes(&blob, |_| ()).await.ok()
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
