//! The page. What it knows ([`state`]), how it says it ([`text`], [`format`]) are plain Rust that
//! native tests drive; everything below them is Leptos and lives in the browser only.
//!
//! Data flow: an engine's worker posts an event → `link` takes it into the `store` → the components
//! that watch the changed part show it. A click goes the other way: component → `link` → worker.

pub mod contrast;
pub mod draw;
pub mod format;
pub mod latent;
pub mod pointers;
pub mod state;
pub mod text;

#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod app;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod autoencoder;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod browser;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod canvas_trust;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod classifiers;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod clock;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod context;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod css;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod data_step;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod hands;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod keep;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod keeping;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod link;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod newest;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod offline;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod parts;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod prefs;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod safely;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod scroll;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod shell;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod store;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod translated;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod typed;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod voice;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod wake;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod widgets;

#[cfg(all(feature = "ui", target_arch = "wasm32"))]
pub use app::start;
