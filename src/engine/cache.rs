//! The browser's own cache of the four files, wherever they came from: for the next visit, and for every
//! engine that is started later in this one. Where the browser has none (an insecure address, a private
//! window) everything here quietly finds nothing.

use std::cell::Cell;

use js_sys::{ArrayBuffer, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Cache, CacheStorage, Response};

use super::turn::{scope, within};
use crate::data::FashionFile;

thread_local! {
    static HAD_ALL: Cell<bool> = const { Cell::new(false) };
}

/// The cache's name; another number when what is kept in it changes.
const NAME: &str = "telar-fashion-mnist-1";

/// Seconds after which a browser's storage counts as one that has nothing.
const PATIENCE: u32 = 10;

/// The file as it was kept, unchecked.
pub async fn get(file: FashionFile) -> Option<Vec<u8>> {
    within(PATIENCE, find(file)).await.flatten()
}

async fn found(file: FashionFile) -> Option<Response> {
    let found = JsFuture::from(open().await?.match_with_str(&key(file))).await.ok()?;
    found.dyn_into().ok()
}

async fn find(file: FashionFile) -> Option<Vec<u8>> {
    let response = found(file).await?;
    let buffer: ArrayBuffer = JsFuture::from(response.array_buffer().ok()?).await.ok()?.dyn_into().ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// Whether the file is kept, its content unchecked.
pub async fn holds(file: FashionFile) -> bool {
    within(PATIENCE, found(file)).await.flatten().is_some()
}

/// Looks whether all four files are kept, before the data made of them are delivered; [`had_all`] tells.
pub async fn look() {
    let mut all = true;
    for file in FashionFile::ALL {
        all = all && holds(file).await;
    }
    HAD_ALL.set(all);
}

/// Whether all four files were kept when [`look`] was there last.
pub fn had_all() -> bool {
    HAD_ALL.get()
}

/// Keeps a file; a full disk or a refusal only means that the next visit fetches it again.
pub async fn put(file: FashionFile, body: &Uint8Array) {
    within(PATIENCE, store(file, body)).await;
}

async fn store(file: FashionFile, body: &Uint8Array) {
    let Some(cache) = open().await else { return };
    if let Ok(response) = Response::new_with_opt_buffer_source(Some(body)) {
        let _ = JsFuture::from(cache.put_with_str(&key(file), &response)).await;
    }
}

/// Forgets a file that turned out broken.
pub async fn forget(file: FashionFile) {
    if let Some(cache) = open().await {
        let _ = JsFuture::from(cache.delete_with_str(&key(file))).await;
    }
}

async fn open() -> Option<Cache> {
    let storage = Reflect::get(&scope(), &JsValue::from_str("caches")).ok()?;
    let storage: CacheStorage = storage.dyn_into().ok()?;
    JsFuture::from(storage.open(NAME)).await.ok()?.dyn_into().ok()
}

/// An address that names the content; nothing is ever asked there.
fn key(file: FashionFile) -> String {
    format!("https://fashion-mnist.invalid/{}/{}", file.packed_sum(), file.name())
}
