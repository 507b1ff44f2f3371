//! What is told of the classifiers' comparison, the label study and the latent-size study.

use serde::{Deserialize, Serialize};

use super::{Fault, RunId};
use crate::runs::{LabelPoint, Mode, ModePoint, ModeResult, StudyResult};

/// What a worker tells of experiments and studies, beside [`super::RunEvent`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum ExperimentEvent {
    /// New points of the curves.
    Points {
        /// Which run.
        run: RunId,
        /// The points.
        points: Vec<ModePoint>,
    },
    /// A mode finished a repetition, the test included.
    Result {
        /// Which run.
        run: RunId,
        /// Its figures.
        result: Box<ModeResult>,
    },
    /// A mode failed; the others go on.
    ModeFailed {
        /// Which run.
        run: RunId,
        /// Which mode.
        mode: Mode,
        /// Why.
        fault: Fault,
    },
    /// A latent size is done.
    StudyResult {
        /// Which run.
        run: RunId,
        /// Its figures.
        result: Box<StudyResult>,
    },
    /// A training of the label study is done: a point of each mode that did not fail.
    LabelPoints {
        /// Which run.
        run: RunId,
        /// The points.
        points: Vec<LabelPoint>,
    },
    /// The data have fewer labels a class than asked for; the other numbers go on.
    LabelsLacking {
        /// Which run.
        run: RunId,
        /// Labels a class asked for.
        labels: u32,
        /// Labels that the smallest class has.
        available: u32,
    },
}

impl ExperimentEvent {
    /// Which run it is of.
    pub fn run_mut(&mut self) -> &mut RunId {
        match self {
            ExperimentEvent::Points { run, .. }
            | ExperimentEvent::Result { run, .. }
            | ExperimentEvent::ModeFailed { run, .. }
            | ExperimentEvent::StudyResult { run, .. }
            | ExperimentEvent::LabelPoints { run, .. }
            | ExperimentEvent::LabelsLacking { run, .. } => run,
        }
    }
}
