//! Numbers as the browser reads them.

use wasm_bindgen::JsValue;

/// A number in text. Rust's own reading brings a table of ten kilobytes: what is fetched early does without.
pub fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let value = JsValue::from_str(text).unchecked_into_f64();
    (!text.is_empty() && !value.is_nan()).then_some(value)
}
