//! How each error of training, experiment and weights becomes a [`Fault`]; those of the data do in
//! `protocol`.

use crate::{
    experiment::ExperimentError,
    protocol::{Fault, ModelSlot},
    training::{TrainingError, checkpoint::CheckpointError},
};

impl From<TrainingError> for Fault {
    fn from(error: TrainingError) -> Self {
        match error {
            TrainingError::Setting { field, min, max } => {
                Fault::Setting { field: field.to_owned(), min, max }
            }
            TrainingError::NoData => Fault::NoData,
            TrainingError::Diverged { step, value } => Fault::Diverged { step, value: value.to_owned() },
            TrainingError::Device(reason) => Fault::DeviceLost(reason),
        }
    }
}

impl From<CheckpointError> for Fault {
    fn from(error: CheckpointError) -> Self {
        Fault::Weights(error.to_string())
    }
}

impl From<ExperimentError> for Fault {
    fn from(error: ExperimentError) -> Self {
        match error {
            ExperimentError::Training(error) => error.into(),
            ExperimentError::Labels { available } => {
                Fault::Setting { field: "clf-labels".to_owned(), min: 1.0, max: f64::from(available) }
            }
            ExperimentError::NoEncoder => Fault::NoModel(ModelSlot::Autoencoder),
        }
    }
}
