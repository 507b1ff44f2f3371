//! A comparison kept between two batches and taken up again: what each classifier has learnt and measured,
//! and where in the order they all are. Images, orders and heads follow from the seed.

use serde::{Deserialize, Serialize};

use super::{Comparison, Stage};
use crate::{
    experiment::{
        ExperimentError,
        round::{Racer, Round},
    },
    training::{KeptLearner, Stopwatch, TrainingError},
};

/// A comparison between two batches. What is only measured is measured again from its beginning.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptComparison {
    repetition: u32,
    epoch: u32,
    /// Batches done in this repetition.
    step: u32,
    place: Place,
    racers: Vec<KeptRacer>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Place {
    Train,
    Validate,
    Test,
    Finished,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct KeptRacer {
    learner: KeptLearner,
    seconds: f64,
    steps: u32,
    first_epoch_accuracy: Option<f64>,
    best_accuracy: f64,
    failed: bool,
}

impl Comparison {
    /// Whether it stands between two batches, so that it can be kept.
    pub fn at_rest(&self) -> bool {
        match self.stage {
            Stage::Train { done, .. } => done == 0 && !self.round.is_shared_out(),
            Stage::Validate { .. } | Stage::Test { .. } | Stage::Finished => true,
        }
    }

    /// The comparison as it is between two batches; what was measured is with whoever took it.
    ///
    /// # Errors
    /// [`TrainingError::Kept`] within a batch, [`TrainingError::Device`] where the device fails.
    pub async fn keep(&self) -> Result<KeptComparison, TrainingError> {
        if !self.at_rest() {
            return Err(TrainingError::Kept);
        }
        let place = match self.stage {
            Stage::Train { .. } => Place::Train,
            Stage::Validate { .. } => Place::Validate,
            Stage::Test { .. } => Place::Test,
            Stage::Finished => Place::Finished,
        };
        let mut racers = Vec::new();
        for racer in &self.round.racers {
            racers.push(racer.keep().await?);
        }
        Ok(KeptComparison { repetition: self.repetition, epoch: self.epoch, step: self.step, place, racers })
    }

    /// Goes on from what was kept of a comparison of the same settings, data and pretrained encoder.
    ///
    /// # Errors
    /// [`TrainingError::Kept`] where it does not fit; the comparison is of no further use then.
    pub fn go_on(&mut self, kept: KeptComparison) -> Result<(), ExperimentError> {
        self.check(&kept)?;
        let KeptComparison { repetition, epoch, step, place, racers } = kept;
        if repetition > 0 {
            let seed = self.config.seed + u64::from(repetition);
            let (dataset, pretrained) = (self.dataset.clone(), self.pretrained.as_ref());
            self.round = Round::new(&self.config, seed, dataset, pretrained, &self.device)?;
        }
        for (racer, kept) in self.round.racers.iter_mut().zip(racers) {
            racer.go_on(kept)?;
        }
        (self.repetition, self.epoch, self.step) = (repetition, epoch, step);
        self.round.start_epoch(epoch);
        self.outcomes.clear();
        self.stage = match place {
            Place::Train => {
                Stage::Train { batch: (step - epoch * self.plan.steps_per_epoch) as usize, done: 0 }
            }
            Place::Validate => Stage::Validate { done: 0 },
            Place::Test => Stage::Test { done: 0 },
            Place::Finished => Stage::Finished,
        };
        Ok(())
    }

    /// Whether the places are of this comparison.
    fn check(&self, kept: &KeptComparison) -> Result<(), TrainingError> {
        let (each, epochs) = (u64::from(self.plan.steps_per_epoch), u64::from(self.config.epochs));
        let (epoch, step) = (u64::from(kept.epoch), u64::from(kept.step));
        let inside = match kept.place {
            Place::Train => epoch < epochs && (epoch * each..(epoch + 1) * each).contains(&step),
            Place::Validate => epoch < epochs && (epoch * each..=(epoch + 1) * each).contains(&step),
            Place::Test | Place::Finished => epoch <= epochs && step <= epochs * each,
        };
        let fits = inside
            && kept.repetition < self.config.seeds
            && kept.racers.len() == self.round.racers.len()
            && kept.racers.iter().all(|racer| (0.0..1e9).contains(&racer.seconds));
        fits.then_some(()).ok_or(TrainingError::Kept)
    }
}

impl Racer {
    async fn keep(&self) -> Result<KeptRacer, TrainingError> {
        Ok(KeptRacer {
            learner: self.contender.keep().await?,
            seconds: self.contender.stopwatch.seconds(),
            steps: self.contender.steps,
            first_epoch_accuracy: self.first_epoch_accuracy,
            best_accuracy: self.best_accuracy,
            failed: self.failed,
        })
    }

    fn go_on(&mut self, kept: KeptRacer) -> Result<(), TrainingError> {
        self.contender.resume(&kept.learner)?;
        self.contender.stopwatch = Stopwatch::from_seconds(kept.seconds);
        self.contender.steps = kept.steps;
        self.first_epoch_accuracy = kept.first_epoch_accuracy;
        self.best_accuracy = kept.best_accuracy;
        self.failed = kept.failed;
        Ok(())
    }
}
