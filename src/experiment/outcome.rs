//! What a comparison hands out.

use crate::{
    runs::{Mode, ModePoint, ModeResult},
    training::TrainingError,
};

/// What was measured.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// A point of a curve.
    Point(ModePoint),
    /// A mode finished a repetition, the test included.
    Result(Box<ModeResult>),
    /// A mode failed; the others go on.
    Failed(Mode, TrainingError),
}
