//! What racers scored, turned into points of curves and final figures.

use burn::module::Module;

use super::{Confusion, round::Racer};
use crate::{
    runs::{ModePoint, ModeResult},
    training::TrainingError,
};

/// Where in a repetition something was measured.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) repetition: u32,
    pub(super) step: u32,
    pub(super) steps_per_epoch: u32,
}

/// Takes what a racer scored in a validation.
///
/// # Errors
/// [`TrainingError::Diverged`] where a loss is not finite, [`TrainingError::Device`].
pub(super) async fn point(
    racer: &mut Racer,
    place: Place,
    labels: &[u8],
) -> Result<ModePoint, TrainingError> {
    let scores = std::mem::take(&mut racer.scores);
    let train_loss = racer.contender.read_loss().await?;
    let validation_loss = TrainingError::finite(scores.loss(), racer.contender.steps)?;
    let validation_accuracy = scores.accuracy(labels.iter().copied());
    if place.step == place.steps_per_epoch {
        racer.first_epoch_accuracy.get_or_insert(validation_accuracy);
    }
    racer.best_accuracy = racer.best_accuracy.max(validation_accuracy);
    Ok(ModePoint {
        mode: racer.contender.mode(),
        repetition: place.repetition,
        step: place.step,
        epoch: place.step as f32 / place.steps_per_epoch as f32,
        seconds: racer.contender.stopwatch.seconds(),
        validation_accuracy,
        validation_loss,
        train_loss: train_loss.unwrap_or(f64::NAN),
    })
}

/// Takes what a racer scored in the test.
///
/// # Errors
/// [`TrainingError::Diverged`] where the loss is not finite.
pub(super) fn result(racer: &mut Racer, repetition: u32, labels: &[u8]) -> Result<ModeResult, TrainingError> {
    let scores = std::mem::take(&mut racer.scores);
    let test_loss = TrainingError::finite(scores.loss(), racer.contender.steps)?;
    let confusion = Confusion::new(labels, &scores.predictions);
    Ok(ModeResult {
        mode: racer.contender.mode(),
        repetition,
        parameters: racer.contender.model().num_params() as u32,
        trainable: racer.contender.trainable() as u32,
        steps: racer.contender.steps,
        seconds_per_step: racer.seconds_per_step(),
        first_epoch_accuracy: racer.first_epoch_accuracy.unwrap_or_default(),
        best_validation_accuracy: racer.best_accuracy,
        test_accuracy: confusion.accuracy(),
        test_loss,
        macro_f1: confusion.macro_f1(),
        precision: confusion.precision(),
        recall: confusion.recall(),
        confusion: confusion.counts().to_vec(),
        predictions: scores.predictions,
    })
}
