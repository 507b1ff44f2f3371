//! How each error of training, experiment and weights becomes a [`Fault`]; those of the data do in
//! `protocol`.

use crate::{
    experiment::ExperimentError,
    protocol::{Fault, ModelSlot, WeightsFault},
    training::{TrainingError, checkpoint::CheckpointError},
};

impl From<TrainingError> for Fault {
    fn from(error: TrainingError) -> Self {
        match error {
            TrainingError::Setting { field, min, max } => {
                Fault::Setting { field: field.to_owned(), min, max }
            }
            TrainingError::NoData => Fault::NoData,
            TrainingError::Kept => Fault::Unresumable(error.to_string()),
            TrainingError::Diverged { step, value } => Fault::Diverged { step, value: value.to_owned() },
            TrainingError::Device(reason) => Fault::DeviceLost(reason),
        }
    }
}

impl From<CheckpointError> for Fault {
    fn from(error: CheckpointError) -> Self {
        Fault::Weights(match error {
            CheckpointError::Form(form) => WeightsFault::Form(form),
            CheckpointError::CutShort => WeightsFault::CutShort,
            CheckpointError::File(detail) => WeightsFault::Damaged(detail),
            CheckpointError::Version(version) => WeightsFault::Version(version),
            CheckpointError::Kind { wanted, found } => {
                WeightsFault::Kind { wanted: wanted.to_owned(), found }
            }
            CheckpointError::Missing(name) => WeightsFault::Missing(name),
            CheckpointError::Unknown(name) => WeightsFault::Unknown(name),
            CheckpointError::Shape { name, expected, found } => WeightsFault::Shape { name, expected, found },
            CheckpointError::Type { name, found } => WeightsFault::Type { name, found },
            CheckpointError::NotFinite { name, position } => {
                WeightsFault::NotFinite { name, position: position as u32 }
            }
        })
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
