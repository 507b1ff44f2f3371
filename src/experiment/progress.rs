//! Where an experiment stands.

use crate::runs::Phase;

/// What one call of an experiment's `advance` did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExperimentAdvance {
    /// What it was part of.
    pub phase: Phase,
    /// Images worked on.
    pub images: u32,
    /// Whether a batch went through all models.
    pub batch_ended: bool,
    /// Whether an epoch of all models, its validation included, was completed.
    pub epoch_ended: bool,
    /// Whether all is done.
    pub finished: bool,
}

impl ExperimentAdvance {
    pub(super) fn new(phase: Phase, images: usize) -> Self {
        Self { phase, images: images as u32, batch_ended: false, epoch_ended: false, finished: false }
    }
}
