//! What the classifiers' comparison, the label study and the latent-size study measure.

use serde::{Deserialize, Serialize};

use super::Mode;
use crate::data::Pictures;

/// Validation images at each point of a curve, where there are as many: with them an accuracy of 80 %
/// has a standard error of 0.8 points.
pub const POINT_IMAGES: usize = 2_500;

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
    #[serde(with = "super::number")]
    pub seconds: f64,
    /// Validation accuracy, 0 to 1.
    #[serde(with = "super::number")]
    pub validation_accuracy: f64,
    /// Validation cross-entropy.
    #[serde(with = "super::number")]
    pub validation_loss: f64,
    /// Mean training cross-entropy since the last point; NaN at step 0.
    #[serde(with = "super::number")]
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
    /// Training batches done.
    pub steps: u32,
    /// Mean seconds a training step.
    #[serde(with = "super::number")]
    pub seconds_per_step: f64,
    /// Validation accuracy after the first epoch.
    #[serde(with = "super::number")]
    pub first_epoch_accuracy: f64,
    /// Best validation accuracy.
    #[serde(with = "super::number")]
    pub best_validation_accuracy: f64,
    /// Test accuracy at the end.
    #[serde(with = "super::number")]
    pub test_accuracy: f64,
    /// Test cross-entropy.
    #[serde(with = "super::number")]
    pub test_loss: f64,
    /// Macro-averaged F1 on the test set.
    #[serde(with = "super::number")]
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
    #[serde(with = "super::number")]
    pub test_loss: f64,
    /// PCA's test MSE at this size.
    #[serde(with = "super::number")]
    pub pca_test_loss: f64,
    /// Test accuracy, 0 to 1, of each mode of classifier whose network has this latent size; a mode that
    /// failed is left out.
    pub accuracies: Vec<(Mode, f64)>,
    /// The autoencoder's training seconds.
    #[serde(with = "super::number")]
    pub seconds: f64,
    /// Eight test garments, the same at every size.
    pub originals: Pictures,
    /// Their reconstructions.
    pub reconstructions: Pictures,
}

impl StudyResult {
    /// Test accuracy of a mode.
    pub fn accuracy(&self, mode: Mode) -> Option<f64> {
        self.accuracies.iter().find(|(known, _)| *known == mode).map(|(_, accuracy)| *accuracy)
    }
}

/// Final figure of one mode with one number of labels in one repetition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LabelPoint {
    /// Which mode.
    pub mode: Mode,
    /// Which repetition, from 0.
    pub repetition: u32,
    /// Labels a class as asked for; `None` is all.
    pub labels: Option<u32>,
    /// Labelled images in use, a class on average.
    #[serde(with = "super::number")]
    pub per_class: f64,
    /// Test accuracy, 0 to 1.
    #[serde(with = "super::number")]
    pub test_accuracy: f64,
    /// Training seconds of this mode.
    #[serde(with = "super::number")]
    pub seconds: f64,
}
