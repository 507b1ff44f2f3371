//! Bytes to tensors and back.

use std::ops::Range;

use burn::tensor::{Device, Tensor, TensorData};

use super::{TrainingError, crew::Unit};
use crate::data::{IMAGE_PIXELS, IMAGE_SIDE, Labelled};

/// Most pictures in one unit of work: small enough that a pause takes effect at once on the CPU
/// engine. Larger batches are summed up from several units.
pub const UNIT_IMAGES: usize = 32;

/// Fewest pictures that are worth a unit: below, weights and gradients on their way outweigh the work.
const LEAST_UNIT: usize = 16;

/// Pictures a unit of batches of `batch`: [`UNIT_IMAGES`], or half a batch where that gives two workers
/// enough to do.
pub(super) fn unit_of_batch(batch: usize) -> usize {
    let half = batch.div_ceil(2);
    if half < LEAST_UNIT { UNIT_IMAGES } else { half.min(UNIT_IMAGES) }
}

/// `0..count` in units of at most `size`.
pub(crate) fn units(count: usize, size: usize) -> impl Iterator<Item = Range<usize>> {
    (0..count).step_by(size).map(move |from| from..(from + size).min(count))
}

/// The pictures `indices` of `set` as `[n, 1, 28, 28]`, pixels 0 to 1. Panics where an index is
/// beyond the set.
pub fn picture_tensor(set: &Labelled, indices: &[u32], device: &Device) -> Tensor<4> {
    let mut values = Vec::with_capacity(indices.len() * IMAGE_PIXELS);
    for &index in indices {
        values.extend(set.image(index as usize).iter().map(|&pixel| f32::from(pixel) / 255.0));
    }
    from_values(values, device)
}

/// The pictures `indices` of `set` with their labels, as `share` of a batch. Panics where an index is
/// beyond the set.
pub(crate) fn unit_of(set: &Labelled, indices: &[u32], share: f64) -> Unit {
    let pixels = indices.iter().flat_map(|&index| set.image(index as usize)).copied().collect();
    Unit { pixels, labels: indices.iter().map(|&index| set.labels[index as usize]).collect(), share }
}

/// Whole pictures of bytes, one after the other, as `[n, 1, 28, 28]`, pixels 0 to 1.
pub fn pixels_tensor(pixels: &[u8], device: &Device) -> Tensor<4> {
    from_values(pixels.iter().map(|&pixel| f32::from(pixel) / 255.0).collect(), device)
}

fn from_values(values: Vec<f32>, device: &Device) -> Tensor<4> {
    let count = values.len() / IMAGE_PIXELS;
    Tensor::from_data(TensorData::new(values, [count, 1, IMAGE_SIDE, IMAGE_SIDE]), device)
}

/// Pictures `[n, 1, 28, 28]`, pixels 0 to 1, read back as bytes.
///
/// # Errors
/// [`TrainingError::Device`] where the device fails.
pub async fn pixels_from(pictures: Tensor<4>) -> Result<Vec<u8>, TrainingError> {
    let values = read(pictures).await?;
    Ok(values.into_iter().map(|value| (value * 255.0).round() as u8).collect())
}

/// All values of a tensor, row by row.
pub(crate) async fn read<const D: usize>(tensor: Tensor<D>) -> Result<Vec<f32>, TrainingError> {
    let data = tensor.into_data_async().await?;
    data.try_into_vec().map_err(|error| TrainingError::Device(format!("{error:?}")))
}
