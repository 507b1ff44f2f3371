//! The step Draw: a pad, what the network sees of it, verdicts, and the reasons for them.
//!
//! [`asking`], [`pad`], [`tools`] and [`trouble`] are plain Rust that native tests drive. Data flow: pointer → [`pad::Pad`] →
//! [`crate::drawing::steps`], the same code as on the command line → 784 bytes to the engine →
//! verdicts.

pub mod asking;
pub mod cursor;
pub mod pad;
pub mod tools;
pub mod trouble;

#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod board;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod brush;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod decode;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod gallery;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod gray;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod keyboard;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod keys;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
pub mod models;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod photo;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod seen;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod step;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod studio;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod svg;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod toolbar;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod verdicts;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod why;

#[cfg(all(feature = "ui", target_arch = "wasm32"))]
pub use step::DrawStep;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
pub use studio::kept_picture;
