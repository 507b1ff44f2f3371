//! The step Latent space: sliders, map, morphs, arithmetic.
//!
//! [`explorer`], [`marker`], [`plane`] and [`touch`] are plain Rust that native tests drive. Data flow: the engine describes
//! the encoded data → [`room`] keeps it → sliders and map move the [`explorer::Explorer`] → its point
//! goes to the engine by a [`decoder::Channel`] → the picture comes back and is painted.

pub mod explorer;
pub mod marker;
pub mod plane;
pub mod touch;

#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod arithmetic;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod decoder;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod directions;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod grip;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod header;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod map;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod morph;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod neighbours;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod picker;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod picture;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod room;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod sliders;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod start;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod step;

#[cfg(all(feature = "ui", target_arch = "wasm32"))]
pub use map::context_of;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
pub use neighbours::Nearest;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
pub use picture::Picture;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
pub use room::{Door, Room};
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
pub use step::LatentStep;
