//! What only a browser can show: messages as JavaScript values, fetching, the cache, and both
//! engines training the same network on their own devices. Run by `cargo xtask test browser`.
#![cfg(all(target_arch = "wasm32", feature = "engine-cpu", feature = "engine-gpu"))]

mod codec;
mod data;
mod engines;
mod kernels;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);
