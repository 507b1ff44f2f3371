//! An autoencoder's training, one unit of work at a time: batches, a validation after each epoch,
//! the test once at the end.

use std::{ops::Range, sync::Arc};

use burn::{
    module::Module,
    tensor::{Device, Tensor},
};

use super::{
    Adam, Advance, History, Learner, OneCycle, Plan, Stopwatch, TrainingError, UNIT_IMAGES,
    batch::{picture_tensor, unit_of_batch},
    crew::{Crew, Shift},
    learner::{LossSum, with_and_without_gradients},
    samples::{one_of_each_class, partition, reconstruct},
};
use crate::{
    data::{Dataset, Partition, Pictures, Split, shuffled},
    models::{self, Autoencoder, Initializer},
    network::{LATENT_MAX, LATENT_MIN},
    runs::{AutoencoderConfig, Metric, MetricPoint, Phase},
};

mod resume;
mod together;

pub use resume::{KeptAutoencoder, ResumeError};

/// Batches between two points of the training curve: a readback each costs little.
const STEPS_A_POINT: f64 = 10.0;

/// What comes next.
#[derive(Clone, Debug)]
enum Stage {
    /// Training: the epoch's order and how many of it are done.
    Train { order: Vec<u32>, done: usize },
    /// Validation: how many images are done.
    Validate { done: usize },
    /// Test: how many images are done.
    Test { done: usize },
    /// Nothing.
    Finished,
}

/// A training run. Same configuration and data, same result, bit for bit, on the CPU engine.
pub struct AutoencoderSession {
    config: AutoencoderConfig,
    dataset: Arc<Dataset>,
    partition: Partition,
    plan: Plan,
    /// With gradients, for training.
    training_device: Device,
    /// Without, for everything else.
    device: Device,
    learner: Learner<Autoencoder>,
    schedule: OneCycle,
    stage: Stage,
    epoch: u32,
    step: u32,
    evaluation: LossSum,
    history: History,
    stopwatch: Stopwatch,
    /// Most images a unit of work.
    unit: usize,
    /// Whether every batch is waited for.
    settling: bool,
    /// Who calculates beside this session, if anybody.
    crew: Option<Crew>,
    /// Units that are being calculated together.
    shift: Option<Shift>,
    /// Seconds spent on the present batch.
    batch_seconds: f64,
}

impl AutoencoderSession {
    /// A session on `device` that has done nothing yet.
    ///
    /// # Errors
    /// [`TrainingError::Setting`] where a setting is out of range, [`TrainingError::NoData`] without
    /// training images.
    pub fn new(
        config: &AutoencoderConfig,
        dataset: Arc<Dataset>,
        device: &Device,
    ) -> Result<Self, TrainingError> {
        check(config)?;
        let partition = partition(&dataset, config.limit, config.seed)?;
        let (training_device, device) = with_and_without_gradients(device);
        let model = models::AutoencoderConfig::new()
            .with_latent(config.latent as usize)
            .init(&Initializer::new(config.seed, &training_device));
        let plan = Plan::new(&partition, dataset.test.len(), config.epochs, config.batch);
        let order = shuffled(&partition.train, config.seed, 0);
        Ok(Self {
            config: config.clone(),
            schedule: OneCycle::new(config.learning_rate, plan.total_steps),
            learner: Learner::new(model, Adam::plain(1e-8)),
            dataset,
            partition,
            plan,
            training_device,
            device,
            stage: Stage::Train { order, done: 0 },
            epoch: 0,
            step: 0,
            evaluation: LossSum::default(),
            history: History::default(),
            stopwatch: Stopwatch::default(),
            unit: unit_of_batch(config.batch as usize),
            settling: false,
            crew: None,
            shift: None,
            batch_seconds: 0.0,
        })
    }

    /// Units of at most `images` images (at least one) instead of [`UNIT_IMAGES`] or half a batch: larger ones
    /// where nobody waits between two units, or where the device works better on them. The unit is part of
    /// what fixes the result bit for bit, since gradients are summed up unit by unit.
    pub fn set_unit(&mut self, images: usize) {
        self.unit = images.max(1);
    }

    /// Waits for the device after every batch, as the engines' self-test does, for a device whose
    /// queue is not to be trusted with several. No helper works beside such a device, so no unit need be
    /// small for one.
    pub fn set_settling(&mut self, settling: bool) {
        self.settling = settling;
        if settling {
            self.unit = self.unit.max(UNIT_IMAGES);
        }
    }

    /// How much there is to do.
    pub fn plan(&self) -> Plan {
        self.plan
    }

    /// The images in use.
    pub fn partition(&self) -> &Partition {
        &self.partition
    }

    /// Batches done.
    pub fn step(&self) -> u32 {
        self.step
    }

    /// Epochs completed, validation included.
    pub fn epoch(&self) -> u32 {
        self.epoch
    }

    /// Whether all is done, the test included.
    pub fn is_finished(&self) -> bool {
        matches!(self.stage, Stage::Finished)
    }

    /// Seconds spent so far, time between two calls left out.
    pub fn seconds(&self) -> f64 {
        self.stopwatch.seconds()
    }

    /// Every metric so far.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// The metrics since the last call.
    pub fn take_points(&mut self) -> Vec<MetricPoint> {
        self.history.take_new()
    }

    /// The model as it is now, without gradients.
    pub fn model(&self) -> Autoencoder {
        self.learner.model().valid()
    }

    /// One unit of work: at most [`UNIT_IMAGES`] images of training, validation or test. Does nothing
    /// once finished.
    ///
    /// # Errors
    /// [`TrainingError::Diverged`] where the loss is not finite, [`TrainingError::Device`] where the
    /// device fails; the session is of no further use then.
    pub async fn advance(&mut self) -> Result<Advance, TrainingError> {
        self.stopwatch.start();
        let advance = match std::mem::replace(&mut self.stage, Stage::Finished) {
            Stage::Train { order, done } => self.train(order, done).await,
            Stage::Validate { done } => self.validate(done).await,
            Stage::Test { done } => self.test(done).await,
            Stage::Finished => Ok(Advance { finished: true, ..Advance::of(Phase::Test, 0) }),
        };
        self.stopwatch.stop();
        advance
    }

    /// Puts the training loss of the batches since the last point into the history; for a pause, so
    /// that what is shown is up to date.
    ///
    /// # Errors
    /// As [`AutoencoderSession::advance`].
    pub async fn flush(&mut self) -> Result<(), TrainingError> {
        if let Some(loss) = self.learner.read_loss().await? {
            let loss = TrainingError::finite(loss, self.step)?;
            self.record(Metric::TrainLoss, loss);
        }
        Ok(())
    }

    /// One validation garment of each class, the same throughout, and how it is reconstructed now.
    ///
    /// # Errors
    /// [`TrainingError::Device`] where the device fails.
    pub async fn reconstructions(&self) -> Result<(Pictures, Pictures), TrainingError> {
        let chosen = one_of_each_class(&self.dataset.train, &self.partition.validation);
        reconstruct(&self.model(), &self.dataset.train, &chosen, &self.device).await
    }

    async fn train(&mut self, order: Vec<u32>, done: usize) -> Result<Advance, TrainingError> {
        let size = self.config.batch as usize;
        let batch = done / size * size..(done / size * size + size).min(order.len());
        let (end, images) = match self.crew.clone() {
            Some(crew) => self.train_together(&crew, &order[batch.clone()], done).await?,
            None => self.train_alone(&order, done, &batch),
        };
        let batch_ended = end == batch.end;
        if batch_ended {
            self.learner.update(self.schedule.rate(self.step));
            self.step += 1;
            if self.settling {
                self.learner.settle().await?;
            }
        }
        let epoch_trained = end == order.len();
        if batch_ended && (epoch_trained || self.learner.unread() > STEPS_A_POINT - 0.5) {
            self.flush().await?;
        }
        self.stage = match epoch_trained {
            true => Stage::Validate { done: 0 },
            false => Stage::Train { order, done: end },
        };
        Ok(Advance { batch_ended, ..Advance::of(Phase::Training, images) })
    }

    /// The next unit of a batch; how far the epoch is then, and images.
    fn train_alone(&mut self, order: &[u32], done: usize, batch: &Range<usize>) -> (usize, u32) {
        let end = (done + self.unit).min(batch.end);
        let pictures = picture_tensor(&self.dataset.train, &order[done..end], &self.training_device);
        let share = (end - done) as f64 / batch.len() as f64;
        let loss = reconstruction_loss(self.learner.model(), pictures);
        self.learner.accumulate(loss, share);
        (end, (end - done) as u32)
    }

    async fn validate(&mut self, done: usize) -> Result<Advance, TrainingError> {
        let (end, images) = self.evaluate(Split::Train, done).await?;
        let epoch_ended = end == self.partition.validation.len();
        if epoch_ended {
            self.finish_evaluation(Metric::ValidationLoss).await?;
            self.epoch += 1;
        }
        self.stage = match (epoch_ended, self.epoch < self.config.epochs) {
            (false, _) => Stage::Validate { done: end },
            (true, true) => self.next_epoch(),
            (true, false) => Stage::Test { done: 0 },
        };
        Ok(Advance { epoch_ended, ..Advance::of(Phase::Validation, images) })
    }

    async fn test(&mut self, done: usize) -> Result<Advance, TrainingError> {
        let (end, images) = self.evaluate(Split::Test, done).await?;
        let finished = end == self.dataset.test.len();
        if finished {
            self.finish_evaluation(Metric::TestLoss).await?;
        } else {
            self.stage = Stage::Test { done: end };
        }
        Ok(Advance { finished, ..Advance::of(Phase::Test, images) })
    }

    fn next_epoch(&self) -> Stage {
        Stage::Train { order: shuffled(&self.partition.train, self.config.seed, self.epoch), done: 0 }
    }

    /// The next unit of the validation images (of the training set), or of the test set; how far it is
    /// then, and images.
    async fn evaluate(&mut self, split: Split, done: usize) -> Result<(usize, u32), TrainingError> {
        if let Some(crew) = self.crew.clone() {
            return self.evaluate_together(&crew, split, done).await;
        }
        let end = (done + self.unit).min(self.evaluated(split));
        if end > done {
            let indices = self.evaluated_images(split, done..end);
            let pictures = picture_tensor(self.dataset.of(split), &indices, &self.device);
            let (loss, weight) = (reconstruction_loss(&self.model(), pictures), (end - done) as f64);
            self.evaluation.add(loss * weight, weight);
        }
        if self.settling {
            self.evaluation.settle().await?;
        }
        Ok((end, (end - done) as u32))
    }

    /// How many images of `split` errors are measured on.
    fn evaluated(&self, split: Split) -> usize {
        match split {
            Split::Train => self.partition.validation.len(),
            Split::Test => self.dataset.test.len(),
        }
    }

    /// Those of them in `range`.
    fn evaluated_images(&self, split: Split, range: Range<usize>) -> Vec<u32> {
        match split {
            Split::Train => self.partition.validation[range].to_vec(),
            Split::Test => (range.start as u32..range.end as u32).collect(),
        }
    }

    async fn finish_evaluation(&mut self, metric: Metric) -> Result<(), TrainingError> {
        if let Some(loss) = self.evaluation.read().await? {
            let loss = TrainingError::finite(loss, self.step)?;
            self.record(metric, loss);
        }
        Ok(())
    }

    fn record(&mut self, metric: Metric, value: f64) {
        let epoch = self.step as f32 / self.plan.steps_per_epoch as f32;
        let seconds = self.stopwatch.seconds();
        self.history.record(MetricPoint { metric, step: self.step, epoch, seconds, value });
    }
}

/// Ranges of the page's inputs.
fn check(config: &AutoencoderConfig) -> Result<(), TrainingError> {
    let latent = (f64::from(LATENT_MIN), f64::from(LATENT_MAX));
    TrainingError::check("ae-latent", f64::from(config.latent), latent.0, latent.1)?;
    TrainingError::check("ae-epochs", f64::from(config.epochs), 1.0, 100.0)?;
    TrainingError::check("ae-batch", f64::from(config.batch), 1.0, 1024.0)?;
    TrainingError::check("ae-lr", config.learning_rate, 1e-5, 0.1)
}

/// Mean squared error a pixel, over all of `pictures` (`[n, 1, 28, 28]`).
pub(crate) fn reconstruction_loss(model: &Autoencoder, pictures: Tensor<4>) -> Tensor<1> {
    let error = model.forward(pictures.clone()) - pictures;
    error.clone().mul(error).mean()
}

#[cfg(test)]
mod tests;
