//! The reference work R on both engines in a browser; run by `cargo xtask bench`, which reads the
//! lines that begin with `bench: `.
#![cfg(all(target_arch = "wasm32", feature = "engine-cpu", feature = "engine-gpu"))]

use burn::tensor::Device;
use telar::training::reference;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

/// Seconds of training that are timed on each engine.
const SECONDS: f64 = 5.0;

async fn report(engine: &str, device: &Device) {
    let speed = reference::images_per_second(device, SECONDS).await.expect("the device can be read");
    console_log!("bench: {{\"engine\":\"{engine}\",\"images_per_second\":{speed:.1}}}");
    assert!(speed.is_finite() && speed > 0.0);
}

#[wasm_bindgen_test]
async fn reference_work_on_cpu() {
    report("cpu", &Device::flex()).await;
}

#[wasm_bindgen_test]
async fn reference_work_on_gpu() {
    let device = Device::wgpu_options().init_async().await.expect("the browser gives a WebGPU device");
    report("gpu", &device).await;
}
