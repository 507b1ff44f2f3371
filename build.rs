//! The page's wasm file keeps its relocations, by which `cargo xtask build` splits it into parts that
//! are fetched when they are needed.

use std::env;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        println!("cargo:rustc-link-arg-bin=app=--emit-relocs");
    }
}
