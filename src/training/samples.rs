//! Which images a run uses, and which it shows.

use burn::tensor::Device;

use super::{
    TrainingError,
    batch::{picture_tensor, pixels_from},
};
use crate::{
    data::{CLASS_COUNT, Dataset, Labelled, Partition, Pictures, drawn, split_validation},
    models::Autoencoder,
};

/// Validation images by seed, and the first `limit` of the training images in the order of the seed.
pub(crate) fn partition(
    dataset: &Dataset,
    limit: Option<u32>,
    seed: u64,
) -> Result<Partition, TrainingError> {
    let mut partition = split_validation(dataset.train.len(), seed);
    if partition.train.is_empty() {
        return Err(TrainingError::NoData);
    }
    if let Some(limit) = limit {
        let most = partition.train.len() as f64;
        TrainingError::check("ae-limit", f64::from(limit), 1.0, most)?;
        partition.train = drawn(&partition.train, seed, u32::MAX, limit as usize);
        partition.train.sort_unstable();
    }
    Ok(partition)
}

/// The first of `indices` of each class that has one.
pub(crate) fn one_of_each_class(set: &Labelled, indices: &[u32]) -> Vec<u32> {
    (0..CLASS_COUNT as u8)
        .filter_map(|class| indices.iter().copied().find(|&index| set.labels[index as usize] == class))
        .collect()
}

/// The pictures `indices` of `set` and their reconstructions.
pub(crate) async fn reconstruct(
    model: &Autoencoder,
    set: &Labelled,
    indices: &[u32],
    device: &Device,
) -> Result<(Pictures, Pictures), TrainingError> {
    let labels: Vec<u8> = indices.iter().map(|&index| set.labels[index as usize]).collect();
    let pixels: Vec<u8> = indices.iter().flat_map(|&index| set.image(index as usize)).copied().collect();
    let reconstructed = pixels_from(model.forward(picture_tensor(set, indices, device))).await?;
    let originals = Pictures { pixels, labels: labels.clone() };
    Ok((originals, Pictures { pixels: reconstructed, labels }))
}
