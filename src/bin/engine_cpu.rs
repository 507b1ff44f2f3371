//! The CPU engine's worker.

#[cfg(target_arch = "wasm32")]
fn main() {
    telar::engine::serve(telar::protocol::EngineKind::Cpu);
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("this is a browser's worker: build it for wasm32-unknown-unknown");
}
