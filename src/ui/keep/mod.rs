//! What outlives the page: bytes by part and key in the browser's own database (IndexedDB).
//!
//! Data flow: what changed in the state → bytes → here → the database; at the next opening the other way.
//! Whatever the browser refuses is a [`Trouble`], never a panic: a page that keeps nothing works as well.

mod database;
mod role;
mod trouble;

use idb::{Request, TransactionMode};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

pub use crate::workspace::{Entry, Part};
use database::{Requests, within};
pub use role::{Role, follow};
pub use trouble::Trouble;

/// Keeps `bytes` under `key`; what was there before is gone. Done means that the browser has it.
///
/// # Errors
/// [`Trouble`]; what was there before stays then.
pub async fn put(part: Part, key: &str, bytes: Vec<u8>) -> Result<(), Trouble> {
    put_all(vec![(part, key.to_owned(), bytes)]).await
}

/// Keeps all of these or none.
///
/// # Errors
/// [`Trouble`]; everything is as it was then.
pub async fn put_all(entries: Vec<Entry>) -> Result<(), Trouble> {
    keeps().await?;
    write(Vec::new(), entries).await
}

/// One tab alone changes what is kept.
///
/// # Errors
/// [`Trouble::Elsewhere`] in another.
pub async fn keeps() -> Result<(), Trouble> {
    match role::decided().await {
        Role::Other => Err(Trouble::Elsewhere),
        Role::Keeper | Role::Unknown => Ok(()),
    }
}

async fn write(clear: Vec<Part>, entries: Vec<Entry>) -> Result<(), Trouble> {
    let touched = clear.iter().copied().chain(entries.iter().map(|(part, ..)| *part)).collect();
    let ask = move |transaction: &idb::Transaction| -> Result<Requests, idb::Error> {
        for part in &clear {
            transaction.object_store(part.name())?.clear()?;
        }
        for (part, key, bytes) in &entries {
            let bytes = Uint8Array::from(bytes.as_slice());
            transaction.object_store(part.name())?.put(&bytes, Some(&key.as_str().into()))?;
        }
        // Also where the page is gone before it hears that all is written; some browsers do it by themselves alone.
        if let Some((part, ..)) = entries.first() {
            let _ = transaction.object_store(part.name())?.transaction().commit();
        }
        Ok(Requests::new())
    };
    within(touched, TransactionMode::ReadWrite, ask).await.map(drop)
}

/// What is kept under `key`, if anything is.
///
/// # Errors
/// [`Trouble`].
pub async fn get(part: Part, key: &str) -> Result<Option<Vec<u8>>, Trouble> {
    let key = JsValue::from(key);
    let ask = move |transaction: &idb::Transaction| -> Result<Requests, idb::Error> {
        let request = transaction.object_store(part.name())?.get(key.clone())?;
        Ok(vec![Box::new(move || request.result())])
    };
    let found = within(vec![part], TransactionMode::ReadOnly, ask).await?;
    Ok(found.into_iter().next().and_then(bytes_of))
}

/// All that these parts hold, as it was at one moment.
///
/// # Errors
/// [`Trouble`].
pub async fn list(parts: Vec<Part>) -> Result<Vec<Entry>, Trouble> {
    let asked = parts.clone();
    let ask = move |transaction: &idb::Transaction| -> Result<Requests, idb::Error> {
        let mut requests = Requests::new();
        for part in &asked {
            let store = transaction.object_store(part.name())?;
            let (keys, values) = (store.get_all_keys(None, None)?, store.get_all(None, None)?);
            requests.push(Box::new(move || keys.result()));
            requests.push(Box::new(move || values.result()));
        }
        Ok(requests)
    };
    let found = within(parts.clone(), TransactionMode::ReadOnly, ask).await?;
    let pairs = parts.into_iter().zip(found.chunks_exact(2));
    Ok(pairs.flat_map(|(part, pair)| entries(part, &pair[0], &pair[1])).collect())
}

/// Forgets what is kept under `key`.
///
/// # Errors
/// [`Trouble`].
pub async fn forget(part: Part, key: &str) -> Result<(), Trouble> {
    keeps().await?;
    let key = JsValue::from(key);
    let ask = move |transaction: &idb::Transaction| -> Result<Requests, idb::Error> {
        transaction.object_store(part.name())?.delete(key.clone())?;
        Ok(Requests::new())
    };
    within(vec![part], TransactionMode::ReadWrite, ask).await.map(drop)
}

/// Forgets everything, also what another tab keeps.
///
/// # Errors
/// [`Trouble`].
pub async fn forget_all() -> Result<(), Trouble> {
    write(Part::ALL.to_vec(), Vec::new()).await
}

fn entries(part: Part, keys: &JsValue, values: &JsValue) -> Vec<Entry> {
    let values = values.dyn_ref::<Array>().cloned().unwrap_or_default();
    let pairs = strings(keys).into_iter().zip(values.iter());
    pairs.filter_map(|(key, value)| Some((part, key, bytes_of(value)?))).collect()
}

fn strings(keys: &JsValue) -> Vec<String> {
    let keys = keys.dyn_ref::<Array>().cloned().unwrap_or_default();
    keys.iter().filter_map(|key| key.as_string()).collect()
}

fn bytes_of(value: JsValue) -> Option<Vec<u8>> {
    value.dyn_into::<Uint8Array>().ok().map(|bytes| bytes.to_vec())
}
