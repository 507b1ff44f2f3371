//! Telar: train, explore and compare convolutional autoencoders and classifiers, in the browser.
//!
//! The crate reads as the data flows:
//!
//! | module | what it does | may import |
//! | --- | --- | --- |
//! | [`data`] | IDX files, sums, splits, seeded shuffles, the built-in synthetic garments | – |
//! | [`drawing`] | strokes to the 28×28 picture that a network sees | `data` |
//! | [`network`] | networks as descriptions: layers, shapes, parameter counts | `data` |
//! | [`runs`] | what a run is asked for and what it measures, as plain data | `data`, `network` |
//! | [`findings`] | what measured points say: times to an accuracy, worth in labels | `runs` |
//! | [`protocol`] | what page and engine say to each other | serde, `data`, `network`, `runs` |
//! | [`workspace`] | what is kept of a learner's work: its parts, their versions, the `.telar` file | `data`, `drawing`, `protocol` |
//! | [`latent`] | principal directions, morphs, neighbours: the geometry of encoded data | `data`, `protocol` |
//! | [`kernels`] | layers that the CPU engine calculates with its own arithmetic | burn, `telar-kernels` |
//! | [`models`] | encoder, decoder, autoencoder, classifier | burn, `data`, `network`, `kernels` |
//! | [`training`] | batches, sessions, schedules, metrics, checkpoints | all above but `protocol` |
//! | [`experiment`] | the three-way comparison, the label study, the latent-size study | `training` and what it may, but `drawing` |
//! | [`engine`] | the worker: data sources, device, command queue, run loop, helper workers | all above |
//! | [`ui`] | the page | `data`, `drawing`, `network`, `runs`, `findings`, `protocol`, `latent`, `workspace` |
//! | [`cli`] | the native command line | all but `engine` and `ui` |
//!
//! Imports run downhill: `cargo xtask test lint` holds them to this table, and no two files import each
//! other.
//!
//! Feature gates: `ui` builds the page (never with Burn), `engine-cpu` and `engine-gpu` the two
//! workers, `cli` the native command line.

pub mod data;
pub mod drawing;
pub mod findings;
pub mod latent;
pub mod network;
pub mod protocol;
pub mod runs;
#[cfg(any(feature = "ui", feature = "cli"))]
pub mod workspace;

#[cfg(feature = "engine")]
pub mod experiment;
#[cfg(feature = "engine")]
pub mod kernels;
#[cfg(feature = "engine")]
pub mod models;
#[cfg(feature = "engine")]
pub mod training;

#[cfg(feature = "engine")]
pub mod engine;

#[cfg(feature = "cli")]
pub mod cli;

// The state and the wording of the page are plain Rust, tested natively with feature `cli`.
#[cfg(any(feature = "ui", feature = "cli"))]
pub mod ui;
