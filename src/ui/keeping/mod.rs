//! Keeps the learner's work over visits: notes what changed, hands it to the browser's database, brings it back at
//! the next opening, and makes one file of it. Fetched once the engine is there, so that nothing waits for it.
//!
//! Data flow: state, weights, gallery, forms → [`Work`] → [`keep`] → [`Work`] → state, engine, gallery, forms.

mod browser;
mod file;
pub mod handle;
mod keeper;
mod panel;
mod restoring;
mod watching;

pub use file::open;
pub use panel::Panel;
pub use watching::begin;
