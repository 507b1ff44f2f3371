//! What is kept of a learner's work, beyond a visit: its parts and their versions. No browser in it: the page
//! keeps the parts in its database, the command line reads them out of a file.

/// A kind of thing that is kept, each under keys of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// What is known of the workspace itself: the version of its form.
    About,
    /// Models as safetensors files, by the name of their slot.
    Model,
    /// Runs with their settings, curves and results, as JSON, by their number.
    Run,
    /// The learner's drawings, as JSON.
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
