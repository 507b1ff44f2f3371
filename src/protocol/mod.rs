//! What page and engine say to each other: [`Command`]s go to a worker, [`Event`]s come back.
//!
//! Plain data only: no Burn, no DOM. [`codec`] turns both into JavaScript values. Each part of the
//! story has its own file: data, training, latent space, classifiers, drawing.

mod adapter;
#[cfg(target_arch = "wasm32")]
pub mod codec;
mod data;
mod drawing;
mod experiment;
mod fault;
mod faults;
mod kept_run;
mod latent;
mod training;

pub use adapter::Adapter;
pub use data::*;
pub use drawing::*;
pub use experiment::*;
pub use fault::*;
pub use kept_run::{KeptRunError, RunHead, open as open_run, seal as seal_run, sum as run_sum};
pub use latent::*;
pub use training::*;

pub use crate::data::{Pictures, Split};
pub use crate::runs::*;

use serde::{Deserialize, Serialize};

/// Raised whenever a command or an event changes its meaning; page and worker must agree.
pub const PROTOCOL_VERSION: u32 = 3;

/// Names one run of training; events of any other run than the current one are stale.
pub type RunId = u32;

/// Names one question and its answer; the page keeps only the latest answer of each kind.
pub type RequestId = u32;

/// Which of the two engines a worker is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EngineKind {
    /// Burn's flex backend, wasm simd128.
    Cpu,
    /// Burn's wgpu backend on WebGPU.
    Gpu,
}

/// What the page asks of a worker.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Command {
    /// Data: load, show, page through.
    Data(DataCommand),
    /// Runs: train, pause, step, stop, measure.
    Run(RunCommand),
    /// The latent space.
    Latent(LatentCommand),
    /// Drawing and classifying.
    Drawing(DrawingCommand),
    /// Weights in and out.
    Weights(WeightsCommand),
}

/// What a worker tells the page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Event {
    /// First event of a worker, once it takes commands.
    Ready(Ready),
    /// Data: progress, counts, pictures.
    Data(DataEvent),
    /// Runs: started, progress, metrics, snapshots, finished.
    Run(RunEvent),
    /// Answers about the latent space.
    Latent(LatentEvent),
    /// The classifiers' experiment and the latent-size study.
    Experiment(ExperimentEvent),
    /// Verdicts on drawings.
    Drawing(DrawingEvent),
    /// Weights loaded or exported.
    Weights(WeightsEvent),
    /// Something failed; what was there before stays.
    Fault(FaultReport),
}

/// The handshake.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ready {
    /// The worker's [`PROTOCOL_VERSION`].
    pub protocol: u32,
    /// Which engine this is.
    pub engine: EngineKind,
    /// The adapter, on the GPU engine.
    pub adapter: Option<Adapter>,
}
