//! The fair comparison: one seed, one split, one order of batches, one initial head; every batch goes
//! to every classifier before the next.

use std::sync::Arc;

use burn::tensor::Device;

use super::{
    Augmentation, ExperimentAdvance, ExperimentError, Outcome,
    contender::Rates,
    measuring::{self, Place},
    milestones::Milestones,
    round::Round,
    settings::check_experiment,
};
use crate::{
    data::{Dataset, Split},
    models::{Classifier, Encoder},
    runs::{ExperimentConfig, Mode, Phase, Schedule},
    training::{OneCycle, Plan, TrainingError, crew::Crew},
};

/// Training images a unit of work: all contenders together must stay below a pause's patience.
const TRAINING_UNIT: usize = 32;
/// Images a unit of work where nothing is learnt.
const EVALUATION_UNIT: usize = 64;
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
    milestones: Milestones,
    /// Whether every batch is waited for.
    settling: bool,
    /// Who calculates beside this comparison, if anybody.
    crew: Option<Crew>,
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
            train: round.images_per_epoch() as u32,
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
            milestones: Milestones::Curve,
            settling: false,
            crew: None,
        })
    }

    /// The same without validations: nothing but the final test is measured.
    pub(super) fn untold(mut self) -> Self {
        self.milestones = Milestones::None;
        self.stage = self.start_epoch();
        self
    }

    /// Waits for the device after every batch, as in
    /// [`AutoencoderSession::set_settling`](crate::training::AutoencoderSession::set_settling).
    pub fn set_settling(&mut self, settling: bool) {
        self.settling = settling;
    }

    /// Lets `crew` calculate beside this comparison, whose device can be read without waiting.
    pub fn set_crew(&mut self, crew: Option<Crew>) {
        crew.iter().for_each(Crew::begin);
        self.crew = crew;
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
        if done == 0 && !self.round.is_shared_out() {
            self.round.prepare(batch, self.epoch, self.augmentation);
        }
        let size = self.round.batch_size(batch);
        let rates = self.rates();
        let end = match self.crew.clone() {
            Some(crew) => {
                let ended = self.round.train_together(&crew, TRAINING_UNIT, rates, &self.device).await?;
                if ended { size } else { done }
            }
            None => {
                let end = (done + TRAINING_UNIT).min(size);
                self.round.train(done, end, rates, &self.device, self.settling).await?;
                end
            }
        };
        let batch_ended = end == size;
        self.step += u32::from(batch_ended);
        let last = batch + 1 == self.plan.steps_per_epoch as usize;
        let due = self.milestones.due(self.step, self.plan.steps_per_epoch, &self.config);
        self.stage = match (batch_ended, last) {
            (false, _) => Stage::Train { batch, done: end },
            (true, _) if due => Stage::Validate { done: 0 },
            (true, false) => Stage::Train { batch: batch + 1, done: 0 },
            (true, true) => self.end_epoch(),
        };
        Ok(ExperimentAdvance { batch_ended, ..ExperimentAdvance::new(Phase::Training, end - done) })
    }

    /// The next epoch, or the test after the last.
    fn end_epoch(&mut self) -> Stage {
        self.epoch += 1;
        if self.epoch < self.config.epochs { self.start_epoch() } else { Stage::Test { done: 0 } }
    }

    fn start_epoch(&mut self) -> Stage {
        self.round.start_epoch(self.epoch);
        Stage::Train { batch: 0, done: 0 }
    }

    fn rates(&self) -> Rates {
        let steps = self.plan.steps_per_epoch * self.config.epochs;
        let rate = |peak| match self.config.schedule {
            Schedule::Constant => peak,
            Schedule::OneCycle => OneCycle::new(peak, steps).rate(self.step),
        };
        Rates { base: rate(self.config.learning_rate), encoder: rate(self.config.encoder_learning_rate) }
    }

    async fn validate(&mut self, done: usize) -> Result<ExperimentAdvance, ExperimentError> {
        let images = self.round.validation.clone();
        let end = self.score(Split::Train, &images, done).await?;
        let advance = ExperimentAdvance::new(Phase::Validation, end - done);
        if end < self.round.validation.len() {
            self.stage = Stage::Validate { done: end };
            return Ok(advance);
        }
        self.record_points().await?;
        let batch = self.step % self.plan.steps_per_epoch;
        let epoch_ended = self.step > 0 && batch == 0;
        self.stage = match (self.step, batch) {
            (0, _) => self.start_epoch(),
            (_, 0) => self.end_epoch(),
            _ => Stage::Train { batch: batch as usize, done: 0 },
        };
        Ok(ExperimentAdvance { epoch_ended, ..advance })
    }

    /// Lets the contenders see the next of `images`; how many they have seen then.
    async fn score(&mut self, split: Split, images: &[u32], done: usize) -> Result<usize, TrainingError> {
        if let Some(crew) = self.crew.clone() {
            let seen = (split, images);
            let all = self.round.score_together(&crew, seen, EVALUATION_UNIT, &self.device).await?;
            return Ok(if all { images.len() } else { done });
        }
        let end = (done + EVALUATION_UNIT).min(images.len());
        let dataset = self.dataset.clone();
        self.round.score(dataset.of(split), &images[done..end], &self.device).await?;
        Ok(end)
    }

    /// A point of each curve; contenders whose loss is not finite leave.
    async fn record_points(&mut self) -> Result<(), TrainingError> {
        let place = Place {
            repetition: self.repetition,
            step: self.step,
            steps_per_epoch: self.plan.steps_per_epoch,
        };
        let all = &self.dataset.train.labels;
        let labels: Vec<u8> = self.round.validation.iter().map(|&index| all[index as usize]).collect();
        for racer in self.round.running() {
            let outcome = match measuring::point(racer, place, &labels).await {
                Ok(point) => Outcome::Point(point),
                Err(TrainingError::Device(reason)) => return Err(TrainingError::Device(reason)),
                Err(error) => racer.fail(error),
            };
            self.outcomes.push(outcome);
        }
        Ok(())
    }

    async fn test(&mut self, done: usize) -> Result<ExperimentAdvance, ExperimentError> {
        let dataset = self.dataset.clone();
        let images: Vec<u32> = (0..dataset.test.len() as u32).collect();
        let end = self.score(Split::Test, &images, done).await?;
        let advance = ExperimentAdvance::new(Phase::Test, end - done);
        if end < dataset.test.len() {
            self.stage = Stage::Test { done: end };
            return Ok(advance);
        }
        for racer in self.round.running() {
            let result = measuring::result(racer, self.repetition, &dataset.test.labels);
            let outcome =
                result.map_or_else(|error| racer.fail(error), |result| Outcome::Result(Box::new(result)));
            self.outcomes.push(outcome);
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
        (self.epoch, self.step) = (0, 0);
        self.stage = match self.milestones {
            Milestones::Curve => Stage::Validate { done: 0 },
            Milestones::None => self.start_epoch(),
        };
        Ok(())
    }
}

mod resume;
#[cfg(test)]
mod tests;

pub use resume::KeptComparison;
