//! What can go wrong in training.

use burn::tensor::ExecutionError;
use thiserror::Error;

/// Why a session could not be made or could not go on.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum TrainingError {
    /// A setting is out of range; `field` is its name in the test contract.
    #[error("{field} must be from {min} to {max}")]
    Setting {
        /// Name in the test contract (`ae-latent`).
        field: &'static str,
        /// Smallest value allowed.
        min: f64,
        /// Largest value allowed.
        max: f64,
    },
    /// There are no images to train on.
    #[error("there are no training images")]
    NoData,
    /// The loss became NaN or infinite.
    #[error("the loss became {value} at step {step}; try a smaller learning rate")]
    Diverged {
        /// Batches done.
        step: u32,
        /// "NaN" or "infinite".
        value: &'static str,
    },
    /// What was kept of an interrupted run does not belong to it, or is damaged.
    #[error("what was kept of the run does not fit it")]
    Kept,
    /// The device failed.
    #[error("the device failed: {0}")]
    Device(String),
}

impl TrainingError {
    /// `Ok` where `value` is from `min` to `max`.
    ///
    /// # Errors
    /// [`TrainingError::Setting`] with `field` elsewhere, NaN included.
    pub fn check(field: &'static str, value: f64, min: f64, max: f64) -> Result<(), Self> {
        if (min..=max).contains(&value) { Ok(()) } else { Err(Self::Setting { field, min, max }) }
    }

    /// `Ok(loss)` where it is finite.
    ///
    /// # Errors
    /// [`TrainingError::Diverged`] at `step` elsewhere.
    pub fn finite(loss: f64, step: u32) -> Result<f64, Self> {
        match loss {
            loss if loss.is_finite() => Ok(loss),
            loss if loss.is_nan() => Err(Self::Diverged { step, value: "NaN" }),
            _ => Err(Self::Diverged { step, value: "infinite" }),
        }
    }
}

impl From<ExecutionError> for TrainingError {
    fn from(error: ExecutionError) -> Self {
        Self::Device(error.to_string())
    }
}
