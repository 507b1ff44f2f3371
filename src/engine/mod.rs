//! The engine: data in, commands in, events out. It runs in a Web Worker and never touches the page.
//!
//! `worker` (wasm32) receives commands and arriving data and hands them to [`Engine`], which is
//! plain Rust on Burn and runs natively in tests as well. Work goes in units: [`Engine::advance`]
//! does one batch (or one slice of something in the background) and gives the turn back, so that
//! commands are answered between two batches and a pause takes effect at once.
//!
//! To add a kind of run, add an arm to [`Job`]; to answer a group of commands, add an arm to
//! [`Engine::handle`] and write the answer in a file of its own.

mod arrival;
mod autoencoder;
mod background;
mod browse;
mod chain;
mod describing;
mod dispatch;
mod drawing;
mod experiment;
mod faults;
mod going_on;
mod job;
mod latent;
mod measurement;
mod models;
mod outbox;
mod pace;
mod queue;
mod reference;
mod run;
mod self_test;
mod state;
mod studies;
#[cfg(test)]
mod tests;
mod weights;

#[cfg(target_arch = "wasm32")]
mod blob;
#[cfg(target_arch = "wasm32")]
pub mod cache;
#[cfg(target_arch = "wasm32")]
pub mod device;
#[cfg(target_arch = "wasm32")]
pub mod fetch;
#[cfg(all(target_arch = "wasm32", feature = "engine-cpu"))]
pub mod helpers;
#[cfg(target_arch = "wasm32")]
mod intake;
#[cfg(target_arch = "wasm32")]
mod kept;
#[cfg(target_arch = "wasm32")]
mod load;
#[cfg(target_arch = "wasm32")]
pub mod loader;
#[cfg(target_arch = "wasm32")]
pub mod mailbox;
#[cfg(target_arch = "wasm32")]
mod post;
#[cfg(target_arch = "wasm32")]
mod turn;
#[cfg(target_arch = "wasm32")]
mod walk;
#[cfg(target_arch = "wasm32")]
mod worker;

pub use arrival::{Arrival, Next, STAND_IN};
pub use browse::pictures;
pub use chain::{Chain, MIRRORS, Pace, Source, sources};
pub use job::{Job, Unit};
pub use models::{Held, Models, Notes, noted};
pub use outbox::Outbox;
pub use pace::{Floor, Speed, Throttle};
pub use queue::Queue;
pub use state::Engine;
#[cfg(target_arch = "wasm32")]
pub use worker::serve;
