//! Which GPU the browser offers, asked before Burn takes it: its name, and whether it is software.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::turn::{describe, scope};
use crate::protocol::{Adapter, Fault};

/// Names under which software renderers appear.
const SOFTWARE: [&str; 5] = ["swiftshader", "llvmpipe", "lavapipe", "basic render", "warp"];

/// The adapter that Burn will ask for as well: the one of high performance.
///
/// # Errors
/// [`Fault::NoGpu`] where the browser has no WebGPU or offers no adapter.
pub async fn identify() -> Result<Adapter, Fault> {
    let adapter = request().await.map_err(|error| Fault::NoGpu(describe(&error)))?;
    if !adapter.is_object() {
        return Err(Fault::NoGpu("the browser offers no adapter".to_owned()));
    }
    Ok(read(&adapter))
}

/// `navigator.gpu.requestAdapter()`; web-sys keeps these types behind an unstable flag.
async fn request() -> Result<JsValue, JsValue> {
    let gpu = Reflect::get(&scope().navigator(), &"gpu".into())?;
    if !gpu.is_object() {
        return Err("this browser has no WebGPU here".into());
    }
    let ask: Function = Reflect::get(&gpu, &"requestAdapter".into())?.dyn_into()?;
    let options = Object::new();
    Reflect::set(&options, &"powerPreference".into(), &"high-performance".into())?;
    let promise: Promise = ask.call1(&gpu, &options)?.dyn_into()?;
    JsFuture::from(promise).await
}

fn read(adapter: &JsValue) -> Adapter {
    let field = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).unwrap_or_default();
    let info = field(adapter, "info");
    let words = ["vendor", "architecture", "device", "description"];
    let words = words.map(|name| field(&info, name).as_string().unwrap_or_default());
    let fallback = [&info, adapter].into_iter().any(|of| field(of, "isFallbackAdapter").is_truthy());
    name_and_kind(&words, fallback)
}

/// The words that the browser gives, each once, and what they say.
fn name_and_kind(words: &[String], fallback: bool) -> Adapter {
    let mut name = words.iter().filter(|word| !word.is_empty()).cloned().collect::<Vec<_>>().join(" ");
    let lower = name.to_lowercase();
    if name.is_empty() {
        name = "WebGPU".to_owned();
    }
    Adapter { name, software: fallback || SOFTWARE.iter().any(|sign| lower.contains(sign)) }
}
