//! What is told of the classifiers' experiment and the latent-size study.

use serde::{Deserialize, Serialize};

use super::{Fault, RunId};
use crate::runs::{Mode, ModePoint, ModeResult, StudyResult};

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
}
