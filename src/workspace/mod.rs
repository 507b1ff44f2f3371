//! What is kept of a learner's work, beyond a visit: its parts, their versions, and all of it as one file. No
//! browser in it: the page keeps the parts in its database, the command line reads them out of a file.
//!
//! [`Entry`] is the common coin: a part, a key, bytes. [`check`] tells whether they are what they say, so that
//! nothing is ever half read; [`pack`] and [`unpack`] are the file (`docs/workspace.md`).

mod about;
mod error;
mod file;
mod reading;
mod run;
#[cfg(test)]
mod tests;

pub use about::{About, FORMAT, VERSION};
pub use error::WorkspaceError;
pub use file::{pack, unpack};
pub use reading::{LARGEST_FILE, Settings, check, gallery, run_of, slot_of};
pub use run::KeptRun;

/// One thing that is kept: its part, its key, its bytes.
pub type Entry = (Part, String, Vec<u8>);

/// The key of the one thing in [`Part::About`], [`Part::Drawing`] and [`Part::Setting`].
pub const ONLY: &str = "all";

/// A kind of thing that is kept, each under keys of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// What is known of the workspace itself: the version of its form, where its models come from.
    About,
    /// Models as safetensors files, by the name of their slot.
    Model,
    /// Runs with their settings, curves and results, as JSON, oldest first.
    Run,
    /// The learner's gallery of drawings, as JSON.
    Drawing,
    /// Language and forms, as JSON.
    Setting,
    /// The run under way, as its engine wrote it: from where it goes on after an accident.
    Checkpoint,
}

impl Part {
    /// Every part.
    pub const ALL: [Part; 6] =
        [Part::About, Part::Model, Part::Run, Part::Drawing, Part::Setting, Part::Checkpoint];

    /// Its name in the database and in files.
    pub const fn name(self) -> &'static str {
        match self {
            Part::About => "about",
            Part::Model => "models",
            Part::Run => "runs",
            Part::Drawing => "drawings",
            Part::Setting => "settings",
            Part::Checkpoint => "checkpoints",
        }
    }
}
