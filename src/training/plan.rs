//! How much work a session has ahead, and what one call of it did.

use crate::{data::Partition, runs::Phase};

/// The amount of work ahead, known before it starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Batches in all epochs.
    pub total_steps: u32,
    /// Batches an epoch; the last may be smaller.
    pub steps_per_epoch: u32,
    /// Training images an epoch.
    pub train: u32,
    /// Validation images.
    pub validation: u32,
    /// Test images.
    pub test: u32,
}

impl Plan {
    /// The plan for `epochs` passes in batches of `batch` over `partition`.
    pub(crate) fn new(partition: &Partition, test: usize, epochs: u32, batch: u32) -> Self {
        let train = partition.train.len() as u32;
        let steps_per_epoch = train.div_ceil(batch);
        Self {
            total_steps: steps_per_epoch * epochs,
            steps_per_epoch,
            train,
            validation: partition.validation.len() as u32,
            test: test as u32,
        }
    }
}

/// What one call of [`AutoencoderSession::advance`](super::AutoencoderSession::advance) did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Advance {
    /// What it was part of.
    pub phase: Phase,
    /// Images worked on.
    pub images: u32,
    /// Whether a training batch was completed (a large batch takes several units).
    pub batch_ended: bool,
    /// Whether an epoch, its validation included, was completed.
    pub epoch_ended: bool,
    /// Whether all is done, the test included.
    pub finished: bool,
}

impl Advance {
    /// So many `images` of a `phase`, which ended nothing.
    pub(crate) fn of(phase: Phase, images: u32) -> Self {
        Self { phase, images, batch_ended: false, epoch_ended: false, finished: false }
    }
}
