//! End to end: the built page in `dist/`, driven in headless Chromium as a learner would drive it.
//!
//! Ignored by a plain `cargo test`, because it needs `dist/`, Chromium and chromedriver;
//! `cargo xtask test end-to-end` runs it. No test needs a network: mirrors are off. The real data
//! is used where it is found (see `xtask::project::data`), else the page's synthetic garments.
//! Every test fails on any error in the browser's console that it does not provoke itself.
#![cfg(not(target_arch = "wasm32"))]

mod access;
mod autoencoder;
mod axe;
mod browser;
mod classifiers;
mod copies;
mod cores;
mod drawing;
mod faults;
mod floor;
mod folders;
mod forced_colours;
mod foreign;
mod frames;
mod hands;
mod host;
mod hosts;
mod hovers;
mod input;
mod insecure;
mod keeping;
mod latent;
mod lessons;
mod locked;
mod memory;
mod noisy_labels;
mod odd_pictures;
mod offline;
mod page;
mod parts;
mod photographs;
mod pictures;
mod responsiveness;
mod resuming;
mod saving;
mod setup;
mod steady;
mod stopping;
mod three_browsers;
mod throws;
mod views;
mod weights;
