//! One repetition of a comparison: its images and its contenders.

use std::sync::Arc;

use burn::tensor::{Device, Tensor};

use super::{
    Augmentation, Contender, ExperimentError,
    contender::{Rates, targets},
    scores::Scores,
};
use crate::{
    data::{Dataset, IMAGE_PIXELS, Labelled, shuffled, split_validation, stratified},
    models::Encoder,
    protocol::{ExperimentConfig, Mode},
    training::{TrainingError, mix, moved, picture_tensor, pixels_tensor},
};

/// Least number of batches that an epoch is cut into, so that few labels give more than one step an
/// epoch.
const LEAST_BATCHES: usize = 8;
/// Fewest validation images, where only few labelled images are trained on.
const LEAST_VALIDATION: usize = 1_000;

/// A contender with what was measured of it.
pub(super) struct Racer {
    pub(super) contender: Contender,
    pub(super) scores: Scores,
    pub(super) first_epoch_accuracy: Option<f64>,
    pub(super) best_accuracy: f64,
    /// Set where its loss was not finite: it no longer takes part.
    pub(super) failed: bool,
}

/// A batch as every contender gets it.
#[derive(Default)]
struct Batch {
    pixels: Vec<u8>,
    labels: Vec<u8>,
}

/// A repetition: everything in it follows from its seed.
pub(super) struct Round {
    pub(super) seed: u64,
    /// Labelled images in use, ascending.
    pub(super) labelled: Vec<u32>,
    /// Validation images in use.
    pub(super) validation: Vec<u32>,
    /// Images a batch.
    pub(super) batch: usize,
    pub(super) racers: Vec<Racer>,
    dataset: Arc<Dataset>,
    order: Vec<u32>,
    current: Batch,
}

impl Round {
    pub(super) fn new(
        config: &ExperimentConfig,
        seed: u64,
        dataset: Arc<Dataset>,
        pretrained: Option<&Encoder>,
        device: &Device,
    ) -> Result<Self, ExperimentError> {
        let partition = split_validation(dataset.train.len(), seed);
        if partition.train.is_empty() {
            return Err(TrainingError::NoData.into());
        }
        let labelled = stratified(&dataset.train.labels, &partition.train, config.labels_per_class, seed)?;
        let mut validation = shuffled(&partition.validation, seed, u32::MAX);
        validation.truncate(labelled.len().max(LEAST_VALIDATION));
        let racers = config.modes.iter().map(|&mode| Racer::new(mode, pretrained, seed, device));
        let racers = racers.collect::<Option<Vec<_>>>().ok_or(ExperimentError::NoEncoder)?;
        let batch = (config.batch as usize).min(labelled.len().div_ceil(LEAST_BATCHES));
        let current = Batch::default();
        Ok(Self { seed, labelled, validation, batch, racers, dataset, order: Vec::new(), current })
    }

    /// Batches an epoch.
    pub(super) fn steps_per_epoch(&self) -> u32 {
        self.labelled.len().div_ceil(self.batch) as u32
    }

    /// Draws the order of epoch `epoch`.
    pub(super) fn start_epoch(&mut self, epoch: u32) {
        self.order = shuffled(&self.labelled, self.seed, epoch);
    }

    /// Images of batch `index` of the epoch.
    pub(super) fn batch_size(&self, index: usize) -> usize {
        self.batch.min(self.order.len() - index * self.batch)
    }

    /// Gathers batch `index` of epoch `epoch`, changed by `augmentation`, else moved by
    /// up to a pixel each way.
    pub(super) fn prepare(&mut self, index: usize, epoch: u32, augmentation: Option<Augmentation>) {
        let size = self.batch_size(index);
        let chosen = &self.order[index * self.batch..][..size];
        let set = &self.dataset.train;
        let picture = |&image: &u32| {
            let (pixels, seed) = (set.image(image as usize), self.picture_seed(epoch, image));
            augmentation.map_or_else(|| nudged(pixels, seed).to_vec(), |change| change(pixels, seed))
        };
        let pixels = chosen.iter().flat_map(picture).collect();
        let labels = chosen.iter().map(|&image| set.labels[image as usize]).collect();
        self.current = Batch { pixels, labels };
    }

    /// Differs for every image of every epoch.
    fn picture_seed(&self, epoch: u32, image: u32) -> u64 {
        mix(self.seed, u64::from(epoch) << 32 | u64::from(image))
    }

    /// Gives images `from..to` of the prepared batch to every contender; at the batch's end each
    /// takes its step, and the device is waited for where it is `settling`.
    pub(super) async fn train(
        &mut self,
        from: usize,
        to: usize,
        rates: Rates,
        device: &Device,
        settling: bool,
    ) -> Result<(), TrainingError> {
        let size = self.current.labels.len();
        let side = IMAGE_PIXELS;
        let pictures = pixels_tensor(&self.current.pixels[from * side..to * side], device);
        let targets = targets(&self.current.labels[from..to], device);
        let share = (to - from) as f64 / size as f64;
        for racer in self.running() {
            racer.contender.stopwatch.start();
            racer.contender.accumulate(pictures.clone(), targets.clone(), share);
            if to == size {
                racer.contender.update(rates);
                if settling {
                    racer.contender.settle().await?;
                }
            }
            racer.contender.stopwatch.stop();
        }
        Ok(())
    }

    /// Lets every contender say what it sees in the images `indices` of `set`.
    pub(super) async fn score(
        &mut self,
        set: &Labelled,
        indices: &[u32],
        device: &Device,
    ) -> Result<(), TrainingError> {
        if indices.is_empty() {
            return Ok(());
        }
        let pictures: Tensor<4> = picture_tensor(set, indices, device);
        let labels: Vec<u8> = indices.iter().map(|&index| set.labels[index as usize]).collect();
        for racer in self.running() {
            let scores = racer.contender.model().forward(pictures.clone());
            let values = scores.into_data_async().await?.try_into_vec::<f32>();
            let values = values.map_err(|error| TrainingError::Device(format!("{error:?}")))?;
            racer.scores.add(&values, &labels);
        }
        Ok(())
    }

    /// The contenders that have not failed.
    pub(super) fn running(&mut self) -> impl Iterator<Item = &mut Racer> {
        self.racers.iter_mut().filter(|racer| !racer.failed)
    }
}

/// A picture moved by at most one pixel each way, all nine places equally often.
fn nudged(pixels: &[u8], seed: u64) -> [u8; IMAGE_PIXELS] {
    let place = (mix(seed, 0) % 9) as i32;
    moved(pixels, (place % 3 - 1, place / 3 - 1), false)
}

impl Racer {
    fn new(mode: Mode, pretrained: Option<&Encoder>, seed: u64, device: &Device) -> Option<Self> {
        let contender = Contender::new(mode, pretrained, seed, device)?;
        let scores = Scores::default();
        Some(Self { contender, scores, first_epoch_accuracy: None, best_accuracy: 0.0, failed: false })
    }

    /// Mean training seconds a step.
    pub(super) fn seconds_per_step(&self) -> f64 {
        self.contender.stopwatch.seconds() / f64::from(self.contender.steps.max(1))
    }
}
