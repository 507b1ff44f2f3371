//! What `cargo xtask` is made of. A library as well as a program, because the end-to-end tests
//! serve the page with the same server as `cargo xtask serve`.
//!
//! Flow: [`tools`] and [`browser`] see that everything needed is there, [`build`] makes `dist/`
//! with Trunk and finishes it ([`wasm`], [`sizes`]), [`serve`] shows it, [`test`] and [`bench`]
//! judge it.

pub mod bench;
pub mod browser;
pub mod build;
pub mod faults;
pub mod imports;
pub mod offline;
pub mod places;
pub mod pretrain;
pub mod process;
pub mod profile;
pub mod project;
pub mod serve;
pub mod sizes;
pub mod split;
pub mod test;
pub mod tools;
pub mod wasm;
