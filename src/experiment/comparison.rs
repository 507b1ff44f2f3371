//! The fair comparison: one seed, one split, one order of batches, one initial head; every batch goes
//! to every classifier before the next.

use std::sync::Arc;

use burn::tensor::Device;

use super::{
    Augmentation, Confusion, ExperimentAdvance, ExperimentError,
    contender::Rates,
    round::{Racer, Round},
    settings::check_experiment,
};
use crate::{
    data::Dataset,
    models::{Classifier, Encoder},
    runs::{ExperimentConfig, Mode, ModePoint, ModeResult, Phase},
    training::{OneCycle, Plan, TrainingError},
};

/// Training images a unit of work: all contenders together must stay below a pause's patience.
const TRAINING_UNIT: usize = 32;
/// Images a unit of work where nothing is learnt.
const EVALUATION_UNIT: usize = 64;
/// Parts of the first epoch after which there is a validation as well: what a pretrained encoder
/// brings along shows in the first batches.
const EARLY: [u32; 3] = [8, 4, 2];
/// Fewest batches an epoch for that.
const EARLY_BATCHES: u32 = 64;
/// Validations in all where there are many epochs.
const MOST_VALIDATIONS: u32 = 25;

/// What was measured.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// A point of a curve.
    Point(ModePoint),
    /// A mode finished a repetition, the test included.
    Result(Box<ModeResult>),
    /// A mode failed; the others go on.
    Failed(Mode, TrainingError),
}

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Images of batch `batch` of the epoch that are done.
    Train {
        batch: usize,
        done: usize,
    },
    Validate {
        done: usize,
    },
    Test {
        done: usize,
    },
    Finished,
}

/// A comparison in progress.
pub struct Comparison {
    config: ExperimentConfig,
    dataset: Arc<Dataset>,
    pretrained: Option<Encoder>,
    augmentation: Option<Augmentation>,
    device: Device,
    plan: Plan,
    repetition: u32,
    round: Round,
    stage: Stage,
    epoch: u32,
    step: u32,
    outcomes: Vec<Outcome>,
    /// Whether every batch is waited for.
    settling: bool,
}

impl Comparison {
    /// A comparison on `device` that has done nothing yet. `pretrained` is copied, its latents
    /// standardised, into the modes that begin with it; `augmentation` is what
    /// [`ExperimentConfig::sketch_augmentation`] stands for.
    ///
    /// # Errors
    /// [`ExperimentError`] where a setting is out of range, a class has too few images, a mode needs
    /// a pretrained encoder and there is none, or there is no data.
    pub fn new(
        config: &ExperimentConfig,
        dataset: Arc<Dataset>,
        pretrained: Option<Encoder>,
        augmentation: Option<Augmentation>,
        device: &Device,
    ) -> Result<Self, ExperimentError> {
        check_experiment(config)?;
        let device = device.clone().inner();
        let round = Round::new(config, config.seed, dataset.clone(), pretrained.as_ref(), &device)?;
        let steps_per_epoch = round.steps_per_epoch();
        let plan = Plan {
            total_steps: steps_per_epoch * config.epochs * config.seeds,
            steps_per_epoch,
            train: round.labelled.len() as u32,
            validation: round.validation.len() as u32,
            test: dataset.test.len() as u32,
        };
        let augmentation = augmentation.filter(|_| config.sketch_augmentation);
        let (config, stage) = (config.clone(), Stage::Validate { done: 0 });
        let (repetition, epoch, step, outcomes) = (0, 0, 0, Vec::new());
        Ok(Self {
            config,
            dataset,
            pretrained,
            augmentation,
            device,
            plan,
            repetition,
            round,
            stage,
            epoch,
            step,
            outcomes,
            settling: false,
        })
    }

    /// Waits for the device after every batch, as in
    /// [`AutoencoderSession::set_settling`](crate::training::AutoencoderSession::set_settling).
    pub fn set_settling(&mut self, settling: bool) {
        self.settling = settling;
    }

    /// How much there is to do; steps are batches of all repetitions.
    pub fn plan(&self) -> Plan {
        self.plan
    }

    /// Batches done in all repetitions.
    pub fn step(&self) -> u32 {
        self.repetition * self.plan.steps_per_epoch * self.config.epochs + self.step
    }

    /// Epochs completed in this repetition.
    pub fn epoch(&self) -> u32 {
        self.epoch
    }

    /// What was measured since the last call, in order.
    pub fn take_outcomes(&mut self) -> Vec<Outcome> {
        std::mem::take(&mut self.outcomes)
    }

    /// The classifiers of the present repetition as they are now, those that failed left out.
    pub fn models(&self) -> Vec<(Mode, Classifier)> {
        let running = self.round.racers.iter().filter(|racer| !racer.failed);
        running.map(|racer| (racer.contender.mode(), racer.contender.model())).collect()
    }

    /// One unit of work. Does nothing once finished.
    ///
    /// # Errors
    /// [`ExperimentError`] where the device fails. A classifier whose loss is not finite is no error:
    /// it is reported by [`Outcome::Failed`] and leaves.
    pub async fn advance(&mut self) -> Result<ExperimentAdvance, ExperimentError> {
        if self.round.running().next().is_none() {
            self.stage = Stage::Finished;
        }
        match self.stage {
            Stage::Train { batch, done } => Ok(self.train(batch, done).await?),
            Stage::Validate { done } => self.validate(done).await,
            Stage::Test { done } => self.test(done).await,
            Stage::Finished => {
                Ok(ExperimentAdvance { finished: true, ..ExperimentAdvance::new(Phase::Test, 0) })
            }
        }
    }

    async fn train(&mut self, batch: usize, done: usize) -> Result<ExperimentAdvance, TrainingError> {
        if done == 0 {
            self.round.prepare(batch, self.epoch, self.augmentation);
        }
        let size = self.round.batch_size(batch);
        let end = (done + TRAINING_UNIT).min(size);
        let rates = self.rates();
        self.round.train(done, end, rates, &self.device, self.settling).await?;
        let batch_ended = end == size;
        self.step += u32::from(batch_ended);
        let last = batch + 1 == self.plan.steps_per_epoch as usize;
        self.stage = match (batch_ended, last) {
            (false, _) => Stage::Train { batch, done: end },
            (true, false) if self.is_early() => Stage::Validate { done: 0 },
            (true, false) => Stage::Train { batch: batch + 1, done: 0 },
            (true, true) => self.after_training(),
        };
        Ok(ExperimentAdvance { batch_ended, ..ExperimentAdvance::new(Phase::Training, end - done) })
    }

    /// Whether the batches done are one of the first epoch's [`EARLY`] parts.
    fn is_early(&self) -> bool {
        let batches = self.plan.steps_per_epoch;
        batches >= EARLY_BATCHES && EARLY.iter().any(|part| self.step == batches / part)
    }

    /// Validation after the first and the last epoch, and after every one between unless they are many.
    fn after_training(&mut self) -> Stage {
        let done = self.epoch + 1;
        let due = done == 1 || done == self.config.epochs;
        if due || done.is_multiple_of(self.config.epochs.div_ceil(MOST_VALIDATIONS)) {
            return Stage::Validate { done: 0 };
        }
        self.epoch = done;
        self.start_epoch()
    }

    fn start_epoch(&mut self) -> Stage {
        self.round.start_epoch(self.epoch);
        Stage::Train { batch: 0, done: 0 }
    }

    fn rates(&self) -> Rates {
        let steps = self.plan.steps_per_epoch * self.config.epochs;
        let rate = |peak| OneCycle::new(peak, steps).rate(self.step);
        Rates { base: rate(self.config.learning_rate), encoder: rate(self.config.encoder_learning_rate) }
    }

    async fn validate(&mut self, done: usize) -> Result<ExperimentAdvance, ExperimentError> {
        let end = (done + EVALUATION_UNIT).min(self.round.validation.len());
        let indices = self.round.validation[done..end].to_vec();
        let dataset = self.dataset.clone();
        self.round.score(&dataset.train, &indices, &self.device).await?;
        let advance = ExperimentAdvance::new(Phase::Validation, indices.len());
        if end < self.round.validation.len() {
            self.stage = Stage::Validate { done: end };
            return Ok(advance);
        }
        self.record_points().await?;
        let batch = self.step % self.plan.steps_per_epoch;
        let epoch_ended = self.step > 0 && batch == 0;
        self.epoch += u32::from(epoch_ended);
        self.stage = if batch > 0 {
            Stage::Train { batch: batch as usize, done: 0 }
        } else if self.epoch < self.config.epochs {
            self.start_epoch()
        } else {
            Stage::Test { done: 0 }
        };
        Ok(ExperimentAdvance { epoch_ended, ..advance })
    }

    /// A point of each curve; contenders whose loss is not finite leave.
    async fn record_points(&mut self) -> Result<(), TrainingError> {
        let epoch = self.step as f32 / self.plan.steps_per_epoch as f32;
        let (step, repetition) = (self.step, self.repetition);
        let first_epoch_ended = step == self.plan.steps_per_epoch;
        let labels: Vec<u8> =
            self.round.validation.iter().map(|&index| self.dataset.train.labels[index as usize]).collect();
        for racer in self.round.running() {
            let mode = racer.contender.mode();
            let outcome = match measured(racer, &labels, first_epoch_ended).await {
                Ok(measured) => Outcome::Point(ModePoint {
                    mode,
                    repetition,
                    step,
                    epoch,
                    seconds: racer.contender.stopwatch.seconds(),
                    validation_accuracy: measured.accuracy,
                    validation_loss: measured.loss,
                    train_loss: measured.train_loss,
                }),
                Err(TrainingError::Device(reason)) => return Err(TrainingError::Device(reason)),
                Err(error) => {
                    racer.failed = true;
                    Outcome::Failed(mode, error)
                }
            };
            self.outcomes.push(outcome);
        }
        Ok(())
    }

    async fn test(&mut self, done: usize) -> Result<ExperimentAdvance, ExperimentError> {
        let dataset = self.dataset.clone();
        let end = (done + EVALUATION_UNIT).min(dataset.test.len());
        let indices: Vec<u32> = (done as u32..end as u32).collect();
        self.round.score(&dataset.test, &indices, &self.device).await?;
        let advance = ExperimentAdvance::new(Phase::Test, indices.len());
        if end < dataset.test.len() {
            self.stage = Stage::Test { done: end };
            return Ok(advance);
        }
        for racer in self.round.running() {
            let result = result(racer, self.repetition, &dataset.test.labels);
            self.outcomes.push(Outcome::Result(Box::new(result)));
        }
        self.next_repetition()?;
        Ok(ExperimentAdvance { finished: self.stage == Stage::Finished, ..advance })
    }

    /// Everything anew from the next seed: nothing but the pretrained encoder passes on.
    fn next_repetition(&mut self) -> Result<(), ExperimentError> {
        if self.repetition + 1 == self.config.seeds {
            self.stage = Stage::Finished;
            return Ok(());
        }
        self.repetition += 1;
        let seed = self.config.seed + u64::from(self.repetition);
        let (dataset, pretrained) = (self.dataset.clone(), self.pretrained.as_ref());
        self.round = Round::new(&self.config, seed, dataset, pretrained, &self.device)?;
        (self.epoch, self.step, self.stage) = (0, 0, Stage::Validate { done: 0 });
        Ok(())
    }
}

struct Measured {
    accuracy: f64,
    loss: f64,
    train_loss: f64,
}

/// Takes what a racer scored in a validation, which may be that of the first epoch's end.
async fn measured(
    racer: &mut Racer,
    labels: &[u8],
    first_epoch_ended: bool,
) -> Result<Measured, TrainingError> {
    let scores = std::mem::take(&mut racer.scores);
    let train_loss = racer.contender.read_loss().await?;
    let loss = TrainingError::finite(scores.loss(), racer.contender.steps)?;
    let accuracy = scores.accuracy(labels.iter().copied());
    if first_epoch_ended {
        racer.first_epoch_accuracy.get_or_insert(accuracy);
    }
    racer.best_accuracy = racer.best_accuracy.max(accuracy);
    Ok(Measured { accuracy, loss, train_loss: train_loss.unwrap_or(f64::NAN) })
}

/// Takes what a racer scored in the test.
fn result(racer: &mut Racer, repetition: u32, labels: &[u8]) -> ModeResult {
    let scores = std::mem::take(&mut racer.scores);
    let confusion = Confusion::new(labels, &scores.predictions);
    let model = racer.contender.model();
    ModeResult {
        mode: racer.contender.mode(),
        repetition,
        parameters: burn::module::Module::num_params(&model) as u32,
        trainable: racer.contender.trainable() as u32,
        seconds_per_step: racer.seconds_per_step(),
        first_epoch_accuracy: racer.first_epoch_accuracy.unwrap_or_default(),
        best_validation_accuracy: racer.best_accuracy,
        test_accuracy: confusion.accuracy(),
        test_loss: scores.loss(),
        macro_f1: confusion.macro_f1(),
        precision: confusion.precision(),
        recall: confusion.recall(),
        confusion: confusion.counts().to_vec(),
        predictions: scores.predictions,
    }
}

#[cfg(test)]
mod tests;
