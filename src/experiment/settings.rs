//! What experiments accept, and why they refuse.

use thiserror::Error;

use crate::{
    data::DataError,
    network::{LATENT_MAX, LATENT_MIN},
    runs::{ExperimentConfig, LabelsConfig, StudyConfig},
    training::TrainingError,
};

/// Changes a training picture: 784 bytes in, 784 bytes out, the same for the same seed. Must not
/// depend on anything else.
pub type Augmentation = fn(&[u8], u64) -> Vec<u8>;

/// Images that Fashion-MNIST has of a class, the validation images included.
const MOST_LABELS: f64 = 6_000.0;

/// Why an experiment could not be made or could not go on.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ExperimentError {
    /// A setting, the data or the device.
    #[error(transparent)]
    Training(#[from] TrainingError),
    /// More labelled images of a class asked for than there are.
    #[error("clf-labels must be from 1 to {available}")]
    Labels {
        /// Images of the smallest class.
        available: u32,
    },
    /// A mode needs a pretrained encoder and there is none.
    #[error("there is no pretrained encoder")]
    NoEncoder,
}

impl From<DataError> for ExperimentError {
    fn from(error: DataError) -> Self {
        match error {
            DataError::LabelBudget { available, .. } => Self::Labels { available },
            _ => Self::Training(TrainingError::NoData),
        }
    }
}

/// Ranges of the experiment's inputs.
pub(super) fn check_experiment(config: &ExperimentConfig) -> Result<(), TrainingError> {
    TrainingError::check("clf-modes", config.modes.len() as f64, 1.0, 3.0)?;
    TrainingError::check("clf-epochs", f64::from(config.epochs), 1.0, 200.0)?;
    TrainingError::check("clf-least", f64::from(config.least_batches), 1.0, 10_000.0)?;
    TrainingError::check("clf-batch", f64::from(config.batch), 1.0, 1024.0)?;
    TrainingError::check("clf-lr", config.learning_rate, 1e-5, 0.1)?;
    TrainingError::check("clf-encoder-lr", config.encoder_learning_rate, 1e-6, 0.1)?;
    TrainingError::check("clf-decay", config.weight_decay, 0.0, 1.0)?;
    TrainingError::check("clf-smoothing", config.smoothing, 0.0, 0.5)?;
    TrainingError::check("clf-seeds", f64::from(config.seeds), 1.0, 10.0)?;
    config.labels_per_class.map_or(Ok(()), |labels| {
        TrainingError::check("clf-labels", f64::from(labels), 1.0, f64::from(u32::MAX))
    })
}

/// Ranges of the label study's inputs.
pub(super) fn check_labels(config: &LabelsConfig) -> Result<(), TrainingError> {
    check_experiment(&config.experiment)?;
    let check = |labels: f64| TrainingError::check("labels-counts", labels, 1.0, MOST_LABELS);
    check(config.counts.len() as f64)?;
    config.counts.iter().flatten().try_for_each(|&labels| check(f64::from(labels)))
}

/// Ranges of the study's inputs; the rest is checked by each autoencoder's session.
pub(super) fn check_study(config: &StudyConfig) -> Result<(), TrainingError> {
    TrainingError::check("study-sizes", config.sizes.len() as f64, 1.0, f64::from(LATENT_MAX))?;
    config.sizes.iter().try_for_each(|&size| {
        TrainingError::check("study-sizes", f64::from(size), f64::from(LATENT_MIN), f64::from(LATENT_MAX))
    })
}
