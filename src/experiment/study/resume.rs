//! A latent-size study kept between two batches: how many sizes are done, and what the present one has
//! learnt. Principal component analysis is done again where it was not finished.

use serde::{Deserialize, Serialize};

use super::{LatentStudy, Stage, session_for};
use crate::{
    experiment::{ExperimentError, KeptComparison},
    network::LATENT_MAX,
    training::{AutoencoderSession, KeptAutoencoder, TrainingError},
};

/// A study between two batches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptStudy {
    sizes_done: u32,
    pca_errors: Option<Vec<f32>>,
    /// The present size's autoencoder, and its classifiers once it is trained; nothing at the end.
    present: Option<(KeptAutoencoder, Option<KeptComparison>)>,
}

impl LatentStudy {
    /// Whether it stands between two batches, so that it can be kept.
    pub fn at_rest(&self) -> bool {
        match &self.stage {
            Stage::Autoencoder(session) => session.at_rest(),
            Stage::Classifiers(comparison) => comparison.at_rest(),
            Stage::Pca(_) | Stage::PcaTest { .. } | Stage::Finished => true,
        }
    }

    /// The study as it is between two batches; the results are with whoever took them.
    ///
    /// # Errors
    /// [`TrainingError::Kept`] within a batch, [`TrainingError::Device`] where the device fails.
    pub async fn keep(&self) -> Result<KeptStudy, TrainingError> {
        let session = match &self.stage {
            Stage::Autoencoder(session) => Some(session),
            _ => self.trained.as_ref(),
        };
        let comparison = match &self.stage {
            Stage::Classifiers(comparison) => Some(comparison.keep().await?),
            _ => None,
        };
        let present = match session {
            Some(session) => Some((session.keep().await?, comparison)),
            None => None,
        };
        Ok(KeptStudy { sizes_done: self.sizes_done(), pca_errors: self.pca_errors.clone(), present })
    }

    /// Goes on from what was kept of a study of the same settings and data.
    ///
    /// # Errors
    /// [`TrainingError::Kept`] where it does not fit; the study is of no further use then.
    pub fn go_on(&mut self, kept: KeptStudy) -> Result<(), ExperimentError> {
        let done = kept.sizes_done as usize;
        let errors = kept.pca_errors.as_ref().is_none_or(|errors| errors.len() <= LATENT_MAX as usize);
        if done > self.config.sizes.len()
            || !errors
            || (done == self.config.sizes.len()) != kept.present.is_none()
        {
            return Err(TrainingError::Kept.into());
        }
        (self.done, self.pca_errors) = (done, kept.pca_errors);
        self.results.clear();
        self.stage = match kept.present {
            None => Stage::Finished,
            Some((session, comparison)) => self.taken_up(session, comparison)?,
        };
        Ok(())
    }

    /// The present size's stage.
    fn taken_up(
        &mut self,
        kept: KeptAutoencoder,
        comparison: Option<KeptComparison>,
    ) -> Result<Stage, ExperimentError> {
        let mut session = session_for(&self.config, self.done, &self.dataset, &self.device)?;
        session.set_settling(self.settling);
        session.set_crew(self.crew.clone());
        session.go_on(kept)?;
        let session = Box::new(session);
        if !session.is_finished() {
            return match comparison {
                None => Ok(Stage::Autoencoder(session)),
                Some(_) => Err(TrainingError::Kept.into()),
            };
        }
        self.after_training(session, comparison)
    }

    fn after_training(
        &mut self,
        session: Box<AutoencoderSession>,
        comparison: Option<KeptComparison>,
    ) -> Result<Stage, ExperimentError> {
        let stage = match (self.pca_errors.is_some(), comparison) {
            (true, comparison) => {
                let mut stage = self.start_comparison(&session)?;
                if let (Stage::Classifiers(begun), Some(kept)) = (&mut stage, comparison) {
                    begun.go_on(kept)?;
                }
                stage
            }
            (false, None) => self.start_pca(),
            (false, Some(_)) => return Err(TrainingError::Kept.into()),
        };
        self.trained = Some(session);
        Ok(stage)
    }
}
