//! The classifiers' experiment and the latent-size study: their settings and their figures.

use serde::{Deserialize, Serialize};

use crate::data::Pictures;

/// How a classifier gets its encoder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Encoder initialised anew; everything learns.
    Scratch,
    /// Pretrained encoder, kept as it is; only the head learns.
    Frozen,
    /// Pretrained encoder; everything learns, the encoder at its own rate.
    Finetuned,
}

impl Mode {
    /// All modes in the order of the page.
    pub const ALL: [Mode; 3] = [Mode::Scratch, Mode::Frozen, Mode::Finetuned];

    /// The name of the test contract.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Scratch => "scratch",
            Mode::Frozen => "frozen",
            Mode::Finetuned => "finetuned",
        }
    }
}

/// Settings of one three-way comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExperimentConfig {
    /// Which modes take part, in order, without repeats.
    pub modes: Vec<Mode>,
    /// Labelled training images a class; `None` is all.
    pub labels_per_class: Option<u32>,
    /// Epochs, 1 to 200: passes over the labelled images, several each where these are few.
    pub epochs: u32,
    /// Images a batch, 1 to 1024.
    pub batch: u32,
    /// Peak learning rate of head and scratch encoder.
    pub learning_rate: f64,
    /// Peak learning rate of the fine-tuned encoder.
    pub encoder_learning_rate: f64,
    /// First seed; repetition `k` uses `seed + k`.
    pub seed: u64,
    /// Repetitions, 1 to 10.
    pub seeds: u32,
    /// Make training images look like drawings.
    pub sketch_augmentation: bool,
}

impl Default for ExperimentConfig {
    fn default() -> Self {
        Self {
            modes: Mode::ALL.to_vec(),
            labels_per_class: None,
            epochs: 10,
            batch: 64,
            learning_rate: 5e-3,
            encoder_learning_rate: 5e-3,
            seed: 42,
            seeds: 1,
            sketch_augmentation: false,
        }
    }
}

/// Settings of the latent-size study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StudyConfig {
    /// Latent sizes, each 1 to 128.
    pub sizes: Vec<u32>,
    /// Passes over the training images for each size.
    pub epochs: u32,
    /// Images a batch.
    pub batch: u32,
    /// Peak learning rate.
    pub learning_rate: f64,
    /// Seed.
    pub seed: u64,
    /// Training images to use; `None` is all.
    pub limit: Option<u32>,
}

impl Default for StudyConfig {
    fn default() -> Self {
        Self {
            sizes: vec![2, 4, 8, 16, 32, 64],
            epochs: 3,
            batch: 32,
            learning_rate: 3e-3,
            seed: 42,
            limit: None,
        }
    }
}

/// One measured point of one mode in one repetition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModePoint {
    /// Which mode.
    pub mode: Mode,
    /// Which repetition, from 0.
    pub repetition: u32,
    /// Batches done by this mode.
    pub step: u32,
    /// Epochs done.
    pub epoch: f32,
    /// This mode's own training seconds.
    pub seconds: f64,
    /// Validation accuracy, 0 to 1.
    pub validation_accuracy: f64,
    /// Validation cross-entropy.
    pub validation_loss: f64,
    /// Mean training cross-entropy since the last point; NaN at step 0.
    pub train_loss: f64,
}

/// Final figures of one mode in one repetition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModeResult {
    /// Which mode.
    pub mode: Mode,
    /// Which repetition.
    pub repetition: u32,
    /// All parameters.
    pub parameters: u32,
    /// Parameters that learn.
    pub trainable: u32,
    /// Mean seconds a training step.
    pub seconds_per_step: f64,
    /// Validation accuracy after the first epoch.
    pub first_epoch_accuracy: f64,
    /// Best validation accuracy.
    pub best_validation_accuracy: f64,
    /// Test accuracy at the end.
    pub test_accuracy: f64,
    /// Test cross-entropy.
    pub test_loss: f64,
    /// Macro-averaged F1 on the test set.
    pub macro_f1: f64,
    /// Precision by class.
    pub precision: Vec<f64>,
    /// Recall by class.
    pub recall: Vec<f64>,
    /// 10×10 counts, row the true class, column the predicted one.
    pub confusion: Vec<u32>,
    /// Predicted class of each test image.
    #[serde(with = "serde_bytes")]
    pub predictions: Vec<u8>,
}

/// Final figures of one latent size.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StudyResult {
    /// The latent size.
    pub latent: u32,
    /// The autoencoder's test MSE.
    pub test_loss: f64,
    /// PCA's test MSE at this size.
    pub pca_test_loss: f64,
    /// Test accuracy of a head on the frozen encoder.
    pub frozen_accuracy: f64,
    /// Training seconds.
    pub seconds: f64,
    /// Eight test garments, the same at every size.
    pub originals: Pictures,
    /// Their reconstructions.
    pub reconstructions: Pictures,
}
