//! The autoencoder's training: its settings and its figures, which other runs measure as well.

use serde::{Deserialize, Serialize};

/// Settings of one autoencoder training.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AutoencoderConfig {
    /// Latent size, 1 to 128.
    pub latent: u32,
    /// Passes over the training images, 1 to 100.
    pub epochs: u32,
    /// Images a batch, 1 to 1024.
    pub batch: u32,
    /// Peak learning rate of the schedule, 1e-5 to 0.1.
    pub learning_rate: f64,
    /// Seed of split, order and initial weights.
    pub seed: u64,
    /// How many training images to use (after the validation split); `None` is all.
    pub limit: Option<u32>,
}

impl Default for AutoencoderConfig {
    fn default() -> Self {
        Self { latent: 16, epochs: 5, batch: 64, learning_rate: 3e-3, seed: 42, limit: None }
    }
}

/// What a run is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// Training batches.
    Training,
    /// Validation at the end of an epoch.
    Validation,
    /// The final test.
    Test,
}

/// One point of a curve.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MetricPoint {
    /// What was measured.
    pub metric: Metric,
    /// Batches done.
    pub step: u32,
    /// Epochs done, with the fraction.
    pub epoch: f32,
    /// Wall seconds since the start, pauses left out.
    pub seconds: f64,
    /// The value.
    #[serde(with = "super::number")]
    pub value: f64,
}

/// What a point of a curve measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Metric {
    /// Mean loss of the batches since the last such point.
    TrainLoss,
    /// Mean loss on the validation split.
    ValidationLoss,
    /// Mean loss on the test set.
    TestLoss,
}
