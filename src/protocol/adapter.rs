//! The GPU that the browser offers: asked by the page, before it fetches the GPU engine, and by that
//! engine, before Burn takes the same one.

use serde::{Deserialize, Serialize};

/// Names under which software renderers appear.
const SOFTWARE: [&str; 5] = ["swiftshader", "llvmpipe", "lavapipe", "basic render", "warp"];

/// The GPU behind a WebGPU device, as far as the browser tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adapter {
    /// Vendor, architecture or description, never empty.
    pub name: String,
    /// A software adapter (`isFallbackAdapter`, SwiftShader, llvmpipe).
    pub software: bool,
}

impl Adapter {
    /// An adapter by the words of its `GPUAdapterInfo`, some of which may be empty, and by whether
    /// the browser calls it a fallback.
    pub fn new(words: &[String], fallback: bool) -> Self {
        let known: Vec<_> = words.iter().filter(|word| !word.is_empty()).map(String::as_str).collect();
        let name = if known.is_empty() { "WebGPU".to_owned() } else { known.join(" ") };
        let lower = name.to_lowercase();
        let software = fallback || SOFTWARE.iter().any(|sign| lower.contains(sign));
        Self { name, software }
    }
}

#[cfg(target_arch = "wasm32")]
mod browser {
    use js_sys::{Function, Object, Promise, Reflect};
    use serde::Deserialize;
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::JsFuture;

    use super::Adapter;

    impl Adapter {
        /// The adapter of high performance, by the `navigator` of a page or a worker; `None` where
        /// there is no WebGPU or it offers none.
        ///
        /// # Errors
        /// What the browser says where asking fails.
        pub async fn find(navigator: &JsValue) -> Result<Option<Self>, JsValue> {
            // web-sys keeps these types behind an unstable flag.
            let gpu = Reflect::get(navigator, &"gpu".into())?;
            if !gpu.is_object() {
                return Ok(None);
            }
            let ask: Function = Reflect::get(&gpu, &"requestAdapter".into())?.dyn_into()?;
            let options = Object::new();
            Reflect::set(&options, &"powerPreference".into(), &"high-performance".into())?;
            let promise: Promise = ask.call1(&gpu, &options)?.dyn_into()?;
            let adapter = JsFuture::from(promise).await?;
            Ok(adapter.is_object().then(|| read(&adapter)))
        }
    }

    /// A `GPUAdapterInfo`; browsers leave out what they do not tell.
    #[derive(Default, Deserialize)]
    #[serde(rename_all = "camelCase", default)]
    struct Info {
        vendor: String,
        architecture: String,
        device: String,
        description: String,
        is_fallback_adapter: bool,
    }

    fn read(adapter: &JsValue) -> Adapter {
        let field = |name: &str| Reflect::get(adapter, &name.into()).unwrap_or_default();
        let info: Info = serde_wasm_bindgen::from_value(field("info")).unwrap_or_default();
        // Where it stood before it moved into the info.
        let fallback = info.is_fallback_adapter || field("isFallbackAdapter").is_truthy();
        Adapter::new(&[info.vendor, info.architecture, info.device, info.description], fallback)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn software_is_known_by_its_name_or_by_the_browsers_word() {
        let adapter = |words: [&str; 2], fallback| Adapter::new(&words.map(str::to_owned), fallback);
        assert_eq!(
            adapter(["nvidia", "ampere"], false),
            Adapter { name: "nvidia ampere".into(), software: false }
        );
        assert!(adapter(["google", "SwiftShader"], false).software);
        assert!(adapter(["intel", ""], true).software);
        assert_eq!(adapter(["", ""], false).name, "WebGPU");
    }
}
