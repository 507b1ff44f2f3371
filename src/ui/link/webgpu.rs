//! Asks the browser, before any engine is fetched, whether WebGPU is worth trying.

use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::ui::state::engines::WebGpu;

/// Names under which software renderers appear.
const SOFTWARE: [&str; 4] = ["swiftshader", "llvmpipe", "lavapipe", "basic render"];

/// What the browser says about WebGPU.
pub async fn detect() -> WebGpu {
    match adapter().await {
        Some(adapter) => describe(&adapter),
        None => WebGpu::Missing,
    }
}

/// `navigator.gpu.requestAdapter()`; web-sys keeps these types behind an unstable flag.
async fn adapter() -> Option<JsValue> {
    let gpu = get(&window().navigator(), "gpu")?;
    let request: Function = get(&gpu, "requestAdapter")?.dyn_into().ok()?;
    let options = Object::new();
    Reflect::set(&options, &"powerPreference".into(), &"high-performance".into()).ok()?;
    let promise: Promise = request.call1(&gpu, &options).ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok().filter(JsValue::is_object)
}

fn describe(adapter: &JsValue) -> WebGpu {
    let info = get(adapter, "info").unwrap_or_default();
    let text = |name: &str| get(&info, name).and_then(|value| value.as_string()).unwrap_or_default();
    let flag = |of: &JsValue| get(of, "isFallbackAdapter").is_some_and(|value| value.is_truthy());
    let parts = ["vendor", "architecture", "device", "description"].map(text);
    let known: Vec<_> = parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect();
    let name = if known.is_empty() { "WebGPU".to_owned() } else { known.join(" ") };
    let lower = name.to_lowercase();
    let software = flag(adapter) || flag(&info) || SOFTWARE.iter().any(|sign| lower.contains(sign));
    WebGpu::Found { name, software }
}

fn get(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok().filter(|value| !value.is_undefined() && !value.is_null())
}
