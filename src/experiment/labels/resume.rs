//! A label study kept between two batches: how many trainings are done, and the present one.

use serde::{Deserialize, Serialize};

use super::{LabelStudy, batching};
use crate::{
    data::split_validation,
    experiment::{ExperimentError, KeptComparison},
    training::TrainingError,
};

/// A label study between two batches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptLabels {
    trained: u32,
    present: Option<KeptComparison>,
}

impl LabelStudy {
    /// As [`Comparison::at_rest`](crate::experiment::Comparison::at_rest).
    pub fn at_rest(&self) -> bool {
        self.present.as_ref().is_none_or(|comparison| comparison.at_rest())
    }

    /// The study as it is between two batches; what was found is with whoever took it.
    ///
    /// # Errors
    /// As [`Comparison::keep`](crate::experiment::Comparison::keep).
    pub async fn keep(&self) -> Result<KeptLabels, TrainingError> {
        let present = match &self.present {
            Some(comparison) => Some(comparison.keep().await?),
            None => None,
        };
        Ok(KeptLabels { trained: self.trained(), present })
    }

    /// Goes on from what was kept of a study of the same settings, data and pretrained encoder.
    ///
    /// # Errors
    /// [`TrainingError::Kept`] where it does not fit; the study is of no further use then.
    pub fn go_on(&mut self, kept: KeptLabels) -> Result<(), ExperimentError> {
        if kept.trained > self.cells.len() as u32 {
            return Err(TrainingError::Kept.into());
        }
        let train = split_validation(self.dataset.train.len(), self.config.experiment.seed).train.len();
        for _ in 0..kept.trained {
            if let Some(cell) = self.cells.pop_front() {
                let (_, batching) = batching(&self.config, cell.0, train);
                self.done += batching.steps_per_epoch * self.config.experiment.epochs;
            }
        }
        self.outcomes.clear();
        self.present = match (kept.present, self.cells.front()) {
            (Some(present), Some(&cell)) => {
                let mut comparison = self.begin(cell)?;
                comparison.go_on(present)?;
                Some(comparison)
            }
            (Some(_), None) => return Err(TrainingError::Kept.into()),
            (None, _) => None,
        };
        Ok(())
    }
}
