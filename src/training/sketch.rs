//! Training of the shipped classifier: photographs and drawings in one batch, a validation on both
//! after each epoch, the test once at the end. Run natively; the page only uses the result.

use std::sync::Arc;

use burn::{
    module::Module,
    tensor::{Device, Int, Tensor, TensorData, activation::log_softmax},
};

use super::{
    Adam, Learner, OneCycle, TrainingError,
    batch::{picture_tensor, pixels_tensor, read},
    learner::with_and_without_gradients,
    moved::mix,
    sketch_batch::{Mixture, assemble, held_out_drawings},
};
use crate::{
    data::{CLASS_COUNT, Dataset, Labelled, Partition, shuffled, split_validation},
    models::{Initializer, SketchClassifier, SketchClassifierConfig},
};

/// Made-up drawings to validate on.
const VALIDATION_DRAWINGS: usize = 1_000;
/// Pictures a batch when nothing is learnt.
const EVALUATION_BATCH: usize = 250;
/// Batches between two reports of the training loss.
const STEPS_A_REPORT: u32 = 25;

/// The recipe.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SketchConfig {
    /// Passes over the photographs.
    pub epochs: u32,
    /// What a batch holds.
    pub mixture: Mixture,
    /// Peak learning rate.
    pub learning_rate: f64,
    /// Decoupled weight decay (Loshchilov and Hutter, 2019).
    pub weight_decay: f32,
    /// Share of the target that is spread over all classes (Szegedy et al., 2016).
    pub smoothing: f64,
    /// Seed of everything.
    pub seed: u64,
    /// Photographs to use; `None` is all but the validation's.
    pub limit: Option<u32>,
}

impl Default for SketchConfig {
    fn default() -> Self {
        Self {
            epochs: 18,
            mixture: Mixture { photographs: 96, drawings: 16, sketches: 8, shift: 1 },
            learning_rate: 4e-3,
            weight_decay: 0.02,
            smoothing: 0.05,
            seed: 42,
            limit: None,
        }
    }
}

impl SketchConfig {
    /// The order of photographs in `epoch`.
    fn order(&self, partition: &Partition, epoch: u32) -> Vec<u32> {
        shuffled(&partition.train, self.seed, epoch)
    }

    /// Seed of batch `step`.
    fn batch_seed(&self, step: u32) -> u64 {
        mix(self.seed, u64::from(step))
    }
}

/// What one batch, or the validation after an epoch, brought.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SketchProgress {
    /// Pictures learnt from.
    pub images: u32,
    /// Mean training loss since the last report.
    pub loss: Option<f64>,
    /// Accuracy on validation photographs and on made-up drawings, after an epoch.
    pub validation: Option<(f64, f64)>,
    /// All epochs are done.
    pub finished: bool,
}

/// A training run of the shipped classifier.
pub struct SketchSession {
    config: SketchConfig,
    dataset: Arc<Dataset>,
    partition: Partition,
    drawings: Labelled,
    training_device: Device,
    device: Device,
    learner: Learner<SketchClassifier>,
    schedule: OneCycle,
    order: Vec<u32>,
    step: u32,
    steps_per_epoch: u32,
}

impl SketchSession {
    /// A session on `device` that has done nothing yet, with initial weights.
    ///
    /// # Errors
    /// [`TrainingError::NoData`] where there are not enough photographs for a batch.
    pub fn new(config: SketchConfig, dataset: Arc<Dataset>, device: &Device) -> Result<Self, TrainingError> {
        let mut partition = split_validation(dataset.train.len(), config.seed);
        if let Some(limit) = config.limit {
            partition.train.truncate(limit as usize);
        }
        let steps_per_epoch = (partition.train.len() / config.mixture.photographs.max(1)) as u32;
        if steps_per_epoch == 0 {
            return Err(TrainingError::NoData);
        }
        let (training_device, device) = with_and_without_gradients(device);
        let model = SketchClassifierConfig::new().init(&Initializer::new(config.seed, &training_device));
        let optimizer = Adam::decaying(1e-5, config.weight_decay);
        Ok(Self {
            learner: Learner::new(model, optimizer),
            schedule: OneCycle::new(config.learning_rate, steps_per_epoch * config.epochs),
            order: config.order(&partition, 0),
            drawings: held_out_drawings(VALIDATION_DRAWINGS),
            config,
            dataset,
            partition,
            training_device,
            device,
            step: 0,
            steps_per_epoch,
        })
    }

    /// Batches in all epochs.
    pub fn total_steps(&self) -> u32 {
        self.steps_per_epoch * self.config.epochs
    }

    /// Batches done.
    pub fn step(&self) -> u32 {
        self.step
    }

    /// The model as it is now, without gradients.
    pub fn model(&self) -> SketchClassifier {
        self.learner.model().valid()
    }

    /// One batch, and the validation where it ends an epoch. Does nothing once finished.
    ///
    /// # Errors
    /// [`TrainingError::Diverged`] where the loss is not finite, [`TrainingError::Device`] where the
    /// device fails.
    pub async fn advance(&mut self) -> Result<SketchProgress, TrainingError> {
        if self.step == self.total_steps() {
            return Ok(SketchProgress { finished: true, ..SketchProgress::default() });
        }
        let batch = self.next_batch();
        self.learn(&batch);
        let mut progress = SketchProgress { images: batch.len() as u32, ..SketchProgress::default() };
        if self.step.is_multiple_of(STEPS_A_REPORT)
            && let Some(loss) = self.learner.read_loss().await?
        {
            progress.loss = Some(TrainingError::finite(loss, self.step)?);
        }
        if self.step.is_multiple_of(self.steps_per_epoch) {
            self.order = self.config.order(&self.partition, self.step / self.steps_per_epoch);
            progress.validation = Some(self.validate(&self.model()).await?);
        }
        progress.finished = self.step == self.total_steps();
        Ok(progress)
    }

    /// Accuracy of `model` on the validation photographs and on made-up drawings.
    ///
    /// # Errors
    /// [`TrainingError::Device`] where the device fails.
    pub async fn validate(&self, model: &SketchClassifier) -> Result<(f64, f64), TrainingError> {
        let (set, device) = (&self.dataset.train, &self.device);
        let photographs = accuracy(model, set, &self.partition.validation, device).await?;
        let drawings = accuracy(model, &self.drawings, &all(&self.drawings), device).await?;
        Ok((photographs, drawings))
    }

    /// Accuracy of `model` on the test photographs.
    ///
    /// # Errors
    /// [`TrainingError::Device`] where the device fails.
    pub async fn test(&self, model: &SketchClassifier) -> Result<f64, TrainingError> {
        accuracy(model, &self.dataset.test, &all(&self.dataset.test), &self.device).await
    }

    fn next_batch(&self) -> Labelled {
        let photographs = self.config.mixture.photographs;
        let start = (self.step % self.steps_per_epoch) as usize * photographs;
        let indices = &self.order[start..start + photographs];
        let seed = self.config.batch_seed(self.step);
        assemble(&self.dataset.train, indices, &self.partition.train, self.config.mixture, seed)
    }

    fn learn(&mut self, batch: &Labelled) {
        let pictures = pixels_tensor(&batch.pixels, &self.training_device);
        let scores = self.learner.model().forward(pictures);
        let loss = smoothed_cross_entropy(scores, &batch.labels, self.config.smoothing);
        self.learner.accumulate(loss, 1.0);
        self.learner.update(self.schedule.rate(self.step));
        self.step += 1;
    }
}

fn all(set: &Labelled) -> Vec<u32> {
    (0..set.len() as u32).collect()
}

/// Cross-entropy of scores `[n, 10]` against labels of which a share is spread over all classes.
fn smoothed_cross_entropy(scores: Tensor<2>, labels: &[u8], smoothing: f64) -> Tensor<1> {
    let device = scores.device();
    let logarithms = log_softmax(scores, 1);
    let indices: Vec<i32> = labels.iter().map(|&label| i32::from(label)).collect();
    let indices = Tensor::<1, Int>::from_data(TensorData::new(indices, [labels.len()]), &device);
    let chosen = logarithms.clone().gather(1, indices.unsqueeze_dim(1)).mean();
    let spread = logarithms.mean();
    (chosen * (1.0 - smoothing) + spread * smoothing).neg()
}

/// Share of the pictures `indices` of `set` whose strongest score is that of their label.
async fn accuracy(
    model: &SketchClassifier,
    set: &Labelled,
    indices: &[u32],
    device: &Device,
) -> Result<f64, TrainingError> {
    let mut right = 0;
    for chunk in indices.chunks(EVALUATION_BATCH) {
        let scores = read(model.forward(picture_tensor(set, chunk, device))).await?;
        let rows = scores.chunks_exact(CLASS_COUNT).zip(chunk);
        right += rows.filter(|(row, index)| strongest(row) == set.labels[**index as usize]).count();
    }
    Ok(right as f64 / indices.len().max(1) as f64)
}

/// The class with the highest score.
pub fn strongest(scores: &[f32]) -> u8 {
    let best = (0u8..).zip(scores).max_by(|a, b| a.1.total_cmp(b.1));
    best.map_or(0, |(class, _)| class)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::synthetic::garments;

    fn small(seed: u64) -> SketchSession {
        let dataset = Arc::new(Dataset { train: garments(1, 200), test: garments(2, 20) });
        let mixture = Mixture { photographs: 16, drawings: 6, sketches: 2, shift: 2 };
        let config = SketchConfig { epochs: 1, mixture, seed, ..SketchConfig::default() };
        SketchSession::new(config, dataset, &Device::flex()).unwrap()
    }

    #[test]
    fn the_same_seed_gives_the_same_weights() {
        let scores = [3, 3, 4].map(|seed| {
            let mut session = small(seed);
            for _ in 0..3 {
                pollster::block_on(session.advance()).unwrap();
            }
            let pictures = Tensor::full([1, 1, 28, 28], 0.5, &Device::flex());
            session.model().forward(pictures).into_data().try_to_vec::<f32>().unwrap()
        });
        assert_eq!(scores[0], scores[1]);
        assert_ne!(scores[0], scores[2]);
    }

    #[test]
    fn it_ends_with_a_validation_and_then_does_nothing() {
        let mut session = small(1);
        let last = (0..session.total_steps())
            .map(|_| pollster::block_on(session.advance()).unwrap())
            .last()
            .unwrap();
        assert!(last.finished && last.validation.is_some());
        assert_eq!(pollster::block_on(session.advance()).unwrap().images, 0);
    }

    #[test]
    fn smoothing_spreads_the_target() {
        let scores = Tensor::<2>::from_floats([[2.0, 0.0, 0.0, 0.0]], &Device::flex());
        let loss = smoothed_cross_entropy(scores, &[0], 0.1);
        let value = loss.into_data().try_to_vec::<f32>().unwrap()[0];
        // ln(e² + 3) = 2.341: 0.9 · 0.341 + 0.1 · (0.341 + 3 · 2.341) / 4
        assert!((value - (0.9 * 0.34076 + 0.1 * (0.34076 + 3.0 * 2.34076) / 4.0)).abs() < 1e-3);
    }
}
