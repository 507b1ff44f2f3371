//! Handlers that outlive their own failure.
//!
//! Leptos keeps each handler in a `RefCell` while it runs. A JavaScript exception or a panic leaves wasm
//! without tidying up, so that the cell would stay borrowed and every later event panic. Called by way of
//! JavaScript, a handler that fails comes back as an error, and the next event finds everything in place.

use js_sys::Function;
use wasm_bindgen::convert::FromWasmAbi;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn complain(error: &JsValue);
}

/// A handler that does `act`; where that throws or panics, the console says so, and that is all.
pub fn safely<E>(act: impl Fn(E) + 'static) -> impl Fn(E) + Clone + 'static
where
    E: FromWasmAbi + AsRef<JsValue> + 'static,
{
    let act: Function = Closure::<dyn Fn(E)>::new(act).into_js_value().unchecked_into();
    move |event: E| {
        if let Err(error) = act.call1(&JsValue::UNDEFINED, event.as_ref()) {
            complain(&error);
        }
    }
}
