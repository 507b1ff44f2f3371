//! Commands and events as JavaScript values; bytes travel as `Uint8Array`.

use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::JsValue;

use super::Fault;

/// Encodes a message for `postMessage`.
///
/// # Errors
/// [`Fault::Protocol`] where a value cannot be represented.
pub fn encode<T: Serialize>(message: &T) -> Result<JsValue, Fault> {
    serde_wasm_bindgen::to_value(message).map_err(|error| Fault::Protocol(error.to_string()))
}

/// Decodes a message that came by `postMessage`.
///
/// # Errors
/// [`Fault::Protocol`] where the value is not such a message.
pub fn decode<T: DeserializeOwned>(value: JsValue) -> Result<T, Fault> {
    serde_wasm_bindgen::from_value(value).map_err(|error| Fault::Protocol(error.to_string()))
}
