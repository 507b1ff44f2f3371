//! One repetition of a comparison: its images and its contenders.

use std::sync::Arc;

use burn::{
    module::Module,
    tensor::{Device, Tensor},
};

use super::{Augmentation, Contender, ExperimentError, Outcome, contender::Rates, scores::Scores};
use crate::{
    data::{Dataset, IMAGE_PIXELS, Labelled, drawn, shuffled, split_validation, stratified},
    models::Encoder,
    runs::{ExperimentConfig, Mode, POINT_IMAGES, Reuse},
    training::{TrainingError, crew::Shift, mix, moved, picture_tensor, pixels_tensor, targets},
};

/// Least number of batches that one pass is cut into, so that few labels give more than one step a
/// pass.
const LEAST_BATCHES: usize = 8;
/// Least number of batches an epoch: few labelled images are passed through again, up to about this many.
const LEAST_STEPS: usize = 32;
/// Training images, their labels unused, on which the pretrained latents are standardised.
const STANDARDISED_ON: usize = 256;
/// Stream of the choice of these images.
const STANDARD_STREAM: u32 = u32::MAX - 1;

/// A contender with what was measured of it.
pub(super) struct Racer {
    pub(super) contender: Contender,
    pub(super) scores: Scores,
    pub(super) first_epoch_accuracy: Option<f64>,
    pub(super) best_accuracy: f64,
    /// Set where its loss was not finite: it no longer takes part.
    pub(super) failed: bool,
}

/// How labelled images are cut into batches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Batching {
    /// Images a batch.
    pub(super) batch: usize,
    /// How often an epoch goes through the labelled images.
    pub(super) passes: usize,
    /// Batches an epoch.
    pub(super) steps_per_epoch: u32,
}

impl Batching {
    /// Of `labelled` images, at least one.
    pub(super) fn new(config: &ExperimentConfig, labelled: usize) -> Self {
        let batch = (config.batch as usize).min(labelled.div_ceil(LEAST_BATCHES));
        let least = LEAST_STEPS.max(config.least_batches.div_ceil(config.epochs) as usize);
        let passes = least.div_ceil(labelled.div_ceil(batch));
        Self { batch, passes, steps_per_epoch: (passes * labelled).div_ceil(batch) as u32 }
    }
}

/// A batch as every contender gets it.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) pixels: Vec<u8>,
    pub(super) labels: Vec<u8>,
}

/// A repetition: everything in it follows from its seed.
pub(super) struct Round {
    pub(super) seed: u64,
    /// Labelled images in use, ascending.
    pub(super) labelled: Vec<u32>,
    /// Validation images in use.
    pub(super) validation: Vec<u32>,
    batching: Batching,
    pub(super) racers: Vec<Racer>,
    /// Share of a target that is spread over all classes.
    pub(super) smoothing: f64,
    /// Whether training images are moved.
    nudging: bool,
    pub(super) dataset: Arc<Dataset>,
    order: Vec<u32>,
    pub(super) current: Batch,
    /// Units that are being calculated together with helpers.
    pub(super) shift: Option<Shift>,
    /// Seconds spent on the present batch, where helpers work as well.
    pub(super) batch_seconds: f64,
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
        let validation = drawn(&partition.validation, seed, u32::MAX, POINT_IMAGES);
        let pretrained = pretrained.map(|encoder| {
            let sample = drawn(&partition.train, seed, STANDARD_STREAM, STANDARDISED_ON);
            let pictures = || picture_tensor(&dataset.train, &sample, device);
            match config.reuse {
                Reuse::Latent => encoder.valid().standardised(pictures()),
                Reuse::Features => encoder.valid().convolutions(),
            }
        });
        let racer = |&mode: &Mode| Racer::new(mode, pretrained.as_ref(), config, seed, device);
        let racers = config.modes.iter().map(racer).collect::<Option<Vec<_>>>();
        let racers = racers.ok_or(ExperimentError::NoEncoder)?;
        let batching = Batching::new(config, labelled.len());
        let (smoothing, nudging) = (config.smoothing, config.nudging);
        let (order, current) = (Vec::new(), Batch::default());
        Ok(Self {
            seed,
            labelled,
            validation,
            batching,
            racers,
            smoothing,
            nudging,
            dataset,
            order,
            current,
            shift: None,
            batch_seconds: 0.0,
        })
    }

    /// Batches an epoch.
    pub(super) fn steps_per_epoch(&self) -> u32 {
        self.batching.steps_per_epoch
    }

    /// Images that an epoch goes through, several times each where they are few.
    pub(super) fn images_per_epoch(&self) -> usize {
        self.batching.passes * self.labelled.len()
    }

    /// Draws the order of epoch `epoch`.
    pub(super) fn start_epoch(&mut self, epoch: u32) {
        let passes = 0..self.batching.passes as u32;
        let order = passes.map(|pass| shuffled(&self.labelled, self.seed, self.pass_of(epoch, pass)));
        self.order = order.flatten().collect();
    }

    /// Number of pass `pass` of epoch `epoch` in the whole repetition.
    fn pass_of(&self, epoch: u32, pass: u32) -> u32 {
        epoch * self.batching.passes as u32 + pass
    }

    /// Images of batch `index` of the epoch.
    pub(super) fn batch_size(&self, index: usize) -> usize {
        self.batching.batch.min(self.order.len() - index * self.batching.batch)
    }

    /// Gathers batch `index` of epoch `epoch`, changed by `augmentation`, else moved by
    /// up to a pixel each way where that is asked for.
    pub(super) fn prepare(&mut self, index: usize, epoch: u32, augmentation: Option<Augmentation>) {
        let size = self.batch_size(index);
        let from = index * self.batching.batch;
        let chosen = &self.order[from..][..size];
        let set = &self.dataset.train;
        let picture = |(place, &image): (usize, &u32)| {
            let pass = self.pass_of(epoch, ((from + place) / self.labelled.len()) as u32);
            let (pixels, seed) = (set.image(image as usize), self.picture_seed(pass, image));
            match augmentation {
                Some(change) => change(pixels, seed),
                None if self.nudging => nudged(pixels, seed).to_vec(),
                None => pixels.to_vec(),
            }
        };
        let pixels = chosen.iter().enumerate().flat_map(picture).collect();
        let labels = chosen.iter().map(|&image| set.labels[image as usize]).collect();
        self.current = Batch { pixels, labels };
    }

    /// Differs for every image of every pass.
    fn picture_seed(&self, pass: u32, image: u32) -> u64 {
        mix(self.seed, u64::from(pass) << 32 | u64::from(image))
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
        let targets = targets(&self.current.labels[from..to], self.smoothing, device);
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
    fn new(
        mode: Mode,
        pretrained: Option<&Encoder>,
        config: &ExperimentConfig,
        seed: u64,
        device: &Device,
    ) -> Option<Self> {
        let contender = Contender::new(mode, pretrained, config, seed, device)?;
        let scores = Scores::default();
        Some(Self { contender, scores, first_epoch_accuracy: None, best_accuracy: 0.0, failed: false })
    }

    /// It leaves; the others go on.
    pub(super) fn fail(&mut self, error: TrainingError) -> Outcome {
        self.failed = true;
        Outcome::Failed(self.contender.mode(), error)
    }

    /// Mean training seconds a step.
    pub(super) fn seconds_per_step(&self) -> f64 {
        self.contender.stopwatch.seconds() / f64::from(self.contender.steps.max(1))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{data::synthetic::garments, runs::Recipe};

    #[test]
    fn few_epochs_of_few_labels_have_batches_enough() {
        let steps = |epochs, labelled| {
            let config = ExperimentConfig { epochs, ..ExperimentConfig::default() };
            Batching::new(&config, labelled).steps_per_epoch
        };
        assert!((150..=170).contains(&steps(2, 100)), "{}", steps(2, 100));
        assert_eq!((steps(10, 100), steps(20, 100)), (31, 31));
        assert_eq!(steps(2, 55_000), 860);
    }

    #[test]
    fn few_labels_are_passed_through_again_and_moved_otherwise() {
        let dataset = Arc::new(Dataset { train: garments(7, 120), test: garments(8, 10) });
        let modes = vec![Mode::Scratch];
        let best = ExperimentConfig::of(Recipe::Best);
        let config = ExperimentConfig { modes, labels_per_class: Some(1), ..best };
        let mut round = Round::new(&config, 1, dataset, None, &Device::flex()).expect("in range");
        assert_eq!((round.batching.batch, round.batching.passes, round.steps_per_epoch()), (2, 7, 35));
        round.start_epoch(0);
        let (mut labels, mut pictures) = ([0; 10], BTreeSet::new());
        for batch in 0..35 {
            round.prepare(batch, 0, None);
            round.current.labels.iter().for_each(|&label| labels[usize::from(label)] += 1);
            pictures.extend(round.current.pixels.chunks(IMAGE_PIXELS).map(<[u8]>::to_vec));
        }
        assert_eq!(labels, [7; 10]);
        assert!(pictures.len() > 30, "{} different pictures", pictures.len());
    }
}
