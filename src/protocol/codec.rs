//! Commands and events as JavaScript values: an array of the message's bytes and, after them, the browser's
//! handles in it.
//!
//! Postcard's bytes name neither fields nor variants. Page and engines come from one build and need no
//! names; the code that reads and writes them would be more than half of all that messages need.

use std::cell::RefCell;

use js_sys::{Array, Uint8Array};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue};

use super::Fault;

thread_local! {
    /// The handles of the message that is being encoded or decoded.
    static HANDLES: RefCell<Vec<JsValue>> = const { RefCell::new(Vec::new()) };
}

/// Encodes a message for `postMessage`.
///
/// # Errors
/// [`Fault::Protocol`] where a value cannot be represented.
pub fn encode<T: Serialize>(message: &T) -> Result<JsValue, Fault> {
    let bytes = postcard::to_extend(message, Vec::new());
    let handles = HANDLES.take();
    let bytes = bytes.map_err(|error| Fault::Protocol(error.to_string()))?;
    let parts = Array::of1(&Uint8Array::from(bytes.as_slice()));
    for handle in handles {
        parts.push(&handle);
    }
    Ok(parts.into())
}

/// Decodes a message that came by `postMessage`.
///
/// # Errors
/// [`Fault::Protocol`] where the value is not such a message.
pub fn decode<T: DeserializeOwned>(value: JsValue) -> Result<T, Fault> {
    let (bytes, handles) = taken_apart(value).ok_or_else(|| Fault::Protocol("no message".into()))?;
    HANDLES.set(handles);
    let message = postcard::from_bytes(&bytes);
    HANDLES.take();
    message.map_err(|error| Fault::Protocol(error.to_string()))
}

fn taken_apart(value: JsValue) -> Option<(Vec<u8>, Vec<JsValue>)> {
    let mut parts = value.dyn_into::<Array>().ok()?.into_iter();
    let bytes = parts.next()?.dyn_into::<Uint8Array>().ok()?.to_vec();
    Some((bytes, parts.collect()))
}

/// How a handle is written among the bytes: as its place in the row of handles.
pub(super) mod by_place {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};
    use wasm_bindgen::JsValue;

    use super::HANDLES;

    pub fn serialize<S: Serializer>(handle: &JsValue, serializer: S) -> Result<S::Ok, S::Error> {
        let place = HANDLES.with_borrow_mut(|handles| {
            handles.push(handle.clone());
            handles.len() - 1
        });
        serializer.serialize_u32(place as u32)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<JsValue, D::Error> {
        let place = u32::deserialize(deserializer)?;
        let handle = HANDLES.with_borrow(|handles| handles.get(place as usize).cloned());
        handle.ok_or_else(|| D::Error::custom("a handle is missing"))
    }
}
