//! What not every browser has, asked for by name: a property, a method, a promise kept. Where one is missing, that
//! is an error like any other.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// What `of` has under `name`; undefined where it has nothing.
pub fn property(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or_default()
}

/// The navigator's `name`; undefined where it has none.
pub fn of_navigator(name: &str) -> JsValue {
    property(&leptos::prelude::window().navigator(), name)
}

/// What the method of `of` gives.
///
/// # Errors
/// The exception, or that there is no such method.
pub fn call(of: &JsValue, method: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let method: Function = property(of, method).dyn_into()?;
    method.apply(of, &arguments.iter().copied().collect::<Array>())
}

/// What the method of `of` promises.
///
/// # Errors
/// As [`call`] and [`kept`].
pub async fn promised(of: &JsValue, method: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    kept(call(of, method, arguments)?).await
}

/// What a promise comes to.
///
/// # Errors
/// What it fails with, or that it is none.
pub async fn kept(promise: JsValue) -> Result<JsValue, JsValue> {
    JsFuture::from(promise.dyn_into::<Promise>()?).await
}
