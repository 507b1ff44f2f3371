//! What is calculated of one unit of pictures, by the engine and by its helpers alike. Only for
//! devices that can be read without waiting, as flex.

use burn::{
    module::Module,
    optim::GradientsParams,
    tensor::{Device, Tensor, TensorData},
};

use super::{
    TrainingError,
    autoencoder::reconstruction_loss,
    batch::pixels_tensor,
    crew::{Answer, Unit},
    flat,
};
use crate::{
    data::CLASS_COUNT,
    models::{Autoencoder, Classifier, Encoder, Head},
};

/// The gradients of all weights of `model` (on an autodiff device) for the reconstruction error.
pub(super) fn learn_autoencoder(
    model: &Autoencoder,
    unit: &Unit,
    learning: &Device,
) -> Result<Answer, TrainingError> {
    learn(model, reconstruction_loss(model, pixels_tensor(&unit.pixels, learning)), unit.share)
}

/// The mean reconstruction error of `model` (on a plain device), whatever the unit's share.
pub(super) fn test_autoencoder(
    model: &Autoencoder,
    unit: &Unit,
    plain: &Device,
) -> Result<Answer, TrainingError> {
    let loss = reconstruction_loss(model, pixels_tensor(&unit.pixels, plain));
    Ok(Answer { loss: number(loss)?, ..Answer::default() })
}

/// The latent points of `model` (on a plain device), one after the other.
pub(crate) fn encode(model: &Encoder, unit: &Unit, plain: &Device) -> Result<Answer, TrainingError> {
    let values = numbers(model.forward(pixels_tensor(&unit.pixels, plain)))?;
    Ok(Answer { values, ..Answer::default() })
}

/// The gradients of all weights of `model` (on an autodiff device) for the cross-entropy.
pub(crate) fn learn_classifier(
    model: &Classifier,
    unit: &Unit,
    smoothing: f64,
    learning: &Device,
) -> Result<Answer, TrainingError> {
    let scores = model.forward(pixels_tensor(&unit.pixels, learning));
    learn(model, cross_entropy(scores, targets(&unit.labels, smoothing, learning)), unit.share)
}

/// The gradients of `head`'s weights (on an autodiff device) behind an `encoder` without gradients, for
/// the cross-entropy.
pub(crate) fn learn_head(
    encoder: &Encoder,
    head: &Head,
    unit: &Unit,
    smoothing: f64,
    plain: &Device,
) -> Result<Answer, TrainingError> {
    let latent = encoder.forward(pixels_tensor(&unit.pixels, plain)).autodiff();
    let targets = targets(&unit.labels, smoothing, plain).autodiff();
    learn(head, cross_entropy(head.forward(latent), targets), unit.share)
}

/// The scores of `model` (on a plain device), picture by picture.
pub(crate) fn score(model: &Classifier, unit: &Unit, plain: &Device) -> Result<Answer, TrainingError> {
    let values = numbers(model.forward(pixels_tensor(&unit.pixels, plain)))?;
    Ok(Answer { values, ..Answer::default() })
}

/// Mean over the rows of the cross-entropy between `scores` `[n, 10]` and `targets` `[n, 10]`.
pub(crate) fn cross_entropy(scores: Tensor<2>, targets: Tensor<2>) -> Tensor<1> {
    burn::tensor::loss::cross_entropy_with_logits(scores, targets)
}

/// `labels` as rows `[n, 10]` to learn from: of each row's 1, `smoothing` is spread evenly. Made on the
/// host: Burn's own `one_hot` reads the labels back, for which a page cannot wait.
pub(crate) fn targets(labels: &[u8], smoothing: f64, device: &Device) -> Tensor<2> {
    let mut rows = vec![0.0f32; labels.len() * CLASS_COUNT];
    for (row, &label) in rows.chunks_exact_mut(CLASS_COUNT).zip(labels) {
        row[usize::from(label)] = 1.0;
    }
    let rows = Tensor::from_data(TensorData::new(rows, [labels.len(), CLASS_COUNT]), device);
    if smoothing == 0.0 {
        return rows;
    }
    rows * (1.0 - smoothing) + smoothing / CLASS_COUNT as f64
}

/// The gradients of all weights of `model` for `loss`, the mean over a unit, times the unit's `share`
/// of the batch.
///
/// # Errors
/// [`TrainingError::Device`] where they cannot be read.
pub fn learn<M: Module>(model: &M, loss: Tensor<1>, share: f64) -> Result<Answer, TrainingError> {
    let loss = shared(loss, share);
    let value = number(loss.clone().inner())?;
    let gradients = GradientsParams::from_grads(loss.backward(), model);
    Ok(Answer { loss: value, values: flat::gradients(model, &gradients)?, ..Answer::default() })
}

/// `loss` times `share`, untouched where the unit is the whole batch.
pub(super) fn shared(loss: Tensor<1>, share: f64) -> Tensor<1> {
    if share < 1.0 { loss * share } else { loss }
}

fn number(tensor: Tensor<1>) -> Result<f32, TrainingError> {
    Ok(numbers(tensor)?.into_iter().sum())
}

fn numbers<const D: usize>(tensor: Tensor<D>) -> Result<Vec<f32>, TrainingError> {
    let data = tensor.try_into_data()?;
    data.try_into_vec().map_err(|error| TrainingError::Device(format!("{error:?}")))
}
