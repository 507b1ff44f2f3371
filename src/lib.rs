//! Telar: train, explore and compare convolutional autoencoders and classifiers, in the browser.
//!
//! The crate reads as the data flows:
//!
//! | module | what it does | may import |
//! | --- | --- | --- |
//! | [`data`] | IDX files, sums, splits, seeded shuffles, the built-in synthetic garments | – |
//! | [`drawing`] | strokes to the 28×28 picture that a network sees | `data` types |
//! | [`models`] | encoder, decoder, autoencoder, classifier | burn |
//! | [`training`] | batches, sessions, schedules, metrics, checkpoints | `data`, `models` |
//! | [`experiment`] | the three-way comparison, the latent-size study | `training` |
//! | [`latent`] | principal directions, morphs, neighbours: the geometry of encoded data | `protocol` types |
//! | [`protocol`] | what page and engine say to each other | serde |
//! | [`engine`] | the worker: data sources, device, command queue, run loop | all above |
//! | [`ui`] | the page | `protocol`, `drawing`, `data` types |
//!
//! Feature gates: `ui` builds the page (never with Burn), `engine-cpu` and `engine-gpu` the two
//! workers, `cli` the native command line.

pub mod data;
pub mod drawing;
pub mod latent;
pub mod protocol;

#[cfg(feature = "engine")]
pub mod experiment;
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
