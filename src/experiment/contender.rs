//! One classifier in a comparison: how its encoder begins and what of it learns.

use burn::{
    module::Module,
    tensor::{Device, Tensor},
};

use crate::{
    models::{Classifier, ClassifierConfig, Encoder, EncoderConfig, Head, Initializer},
    runs::{ExperimentConfig, Initial, Mode, Reuse},
    training::{
        Adam, KeptLearner, Learner, Stopwatch, TrainingError,
        crew::{Answer, Calculation, Order, Unit},
        cross_entropy, learn_classifier, learn_head, score, weights,
    },
};

/// What a picture costs where the head learns alone: one pass through the convolutions of about three.
const HEAD_COST: f32 = 0.35;

/// What of a classifier learns.
enum Learning {
    /// Everything.
    Whole(Box<Learner<Classifier>>),
    /// The head; the encoder stays as it is, without gradients.
    Head(Box<Encoder>, Box<Learner<Head>>),
}

/// A classifier in training.
pub struct Contender {
    mode: Mode,
    learning: Learning,
    /// Training time of this model alone.
    pub(super) stopwatch: Stopwatch,
    pub(super) steps: u32,
}

/// Learning rates of one step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rates {
    /// Of head and scratch encoder.
    pub(super) base: f64,
    /// Of the fine-tuned encoder.
    pub(super) encoder: f64,
}

impl Contender {
    /// A classifier of `mode` on `pretrained` (not used by [`Mode::Scratch`], which has the same
    /// sizes). The head's initial weights depend on `seed` and sizes alone.
    pub(super) fn new(
        mode: Mode,
        pretrained: Option<&Encoder>,
        config: &ExperimentConfig,
        seed: u64,
        device: &Device,
    ) -> Option<Self> {
        let learning = device.clone().inner().autodiff();
        let initializer = Initializer::new(seed, &learning);
        let initializer = match config.initial {
            Initial::Plain => initializer.plain(),
            Initial::Scaled => initializer,
        };
        let decay = config.weight_decay as f32;
        // Without decay AdamW is Adam.
        let optimizer = Adam::decaying(1e-8, decay);
        let on = |encoder| ClassifierConfig::new().with_encoder(encoder, &initializer);
        let learning = match mode {
            Mode::Scratch => {
                let model = on(initial_encoder(pretrained, config.reuse, &initializer));
                Learning::Whole(Box::new(Learner::new(model, optimizer)))
            }
            Mode::Finetuned => {
                Learning::Whole(Box::new(Learner::new(on(pretrained?.clone().train()), optimizer)))
            }
            Mode::Frozen => {
                let encoder = pretrained?.valid();
                let head = on(encoder.clone()).head;
                Learning::Head(Box::new(encoder), Box::new(Learner::new(head, optimizer)))
            }
        };
        Some(Self { mode, learning, stopwatch: Stopwatch::default(), steps: 0 })
    }

    /// Which mode.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// The classifier as it is now, without gradients.
    pub fn model(&self) -> Classifier {
        match &self.learning {
            Learning::Whole(learner) => learner.model().valid(),
            Learning::Head(encoder, learner) => {
                Classifier { encoder: encoder.as_ref().clone(), head: learner.model().valid() }
            }
        }
    }

    /// Numbers that learn.
    pub fn trainable(&self) -> usize {
        match &self.learning {
            Learning::Whole(learner) => learner.model().num_params(),
            Learning::Head(_, learner) => learner.model().num_params(),
        }
    }

    /// Adds the gradients of one unit of a batch: `pictures` `[n, 1, 28, 28]` without gradients,
    /// `targets` `[n, 10]`, each row summing to 1, `share` of the batch.
    pub(super) fn accumulate(&mut self, pictures: Tensor<4>, targets: Tensor<2>, share: f64) {
        match &mut self.learning {
            Learning::Whole(learner) => {
                let scores = learner.model().forward(pictures.autodiff());
                learner.accumulate(cross_entropy(scores, targets.autodiff()), share);
            }
            Learning::Head(encoder, learner) => {
                let latent = encoder.forward(pictures).autodiff();
                let scores = learner.model().forward(latent);
                learner.accumulate(cross_entropy(scores, targets.autodiff()), share);
            }
        }
    }

    /// The gradients of one unit of a batch, as a helper would calculate them; `plain` is the device
    /// without gradients.
    pub(super) fn learn(&self, unit: &Unit, smoothing: f64, plain: &Device) -> Result<Answer, TrainingError> {
        match &self.learning {
            Learning::Whole(learner) => {
                learn_classifier(learner.model(), unit, smoothing, &plain.clone().autodiff())
            }
            Learning::Head(encoder, learner) => learn_head(encoder, learner.model(), unit, smoothing, plain),
        }
    }

    /// The scores of one unit, as a helper would calculate them.
    pub(super) fn score(&self, unit: &Unit, plain: &Device) -> Result<Answer, TrainingError> {
        score(&self.model(), unit, plain)
    }

    /// What a helper needs for [`Contender::learn`].
    pub(super) fn learning_order(&self, smoothing: f64) -> Result<Order, TrainingError> {
        let calculation = match &self.learning {
            Learning::Whole(_) => Calculation::LearnClassifier,
            Learning::Head(..) => Calculation::LearnHead,
        };
        Ok(Order { smoothing, calculation, ..self.scoring_order()? })
    }

    /// What a helper needs for [`Contender::score`].
    pub(super) fn scoring_order(&self) -> Result<Order, TrainingError> {
        let model = self.model();
        let (calculation, latent) = (Calculation::Score, model.latent() as u32);
        Ok(Order { calculation, latent, smoothing: 0.0, weights: weights(&model)?.into() })
    }

    /// How long a picture takes, compared with a classifier that learns as a whole.
    pub(super) fn cost(&self) -> f32 {
        match &self.learning {
            Learning::Whole(_) => 1.0,
            Learning::Head(..) => HEAD_COST,
        }
    }

    /// Adds the gradients of a batch, unit by unit, each with its share.
    pub(super) fn take_in(
        &mut self,
        units: impl IntoIterator<Item = (f64, Answer)>,
    ) -> Result<(), TrainingError> {
        match &mut self.learning {
            Learning::Whole(learner) => learner.take_in(units),
            Learning::Head(_, learner) => learner.take_in(units),
        }
    }

    /// One step of the optimiser.
    pub(super) fn update(&mut self, rates: Rates) {
        match &mut self.learning {
            Learning::Whole(learner) if self.mode == Mode::Finetuned => {
                learner.update_by(&|part| if part == "encoder" { rates.encoder } else { rates.base });
            }
            Learning::Whole(learner) => learner.update(rates.base),
            Learning::Head(_, learner) => learner.update(rates.base),
        }
        self.steps += 1;
    }

    /// Waits until the device has done all that it was given.
    ///
    /// # Errors
    /// [`TrainingError::Device`] where the device fails.
    pub(super) async fn settle(&mut self) -> Result<(), TrainingError> {
        match &mut self.learning {
            Learning::Whole(learner) => learner.settle().await,
            Learning::Head(_, learner) => learner.settle().await,
        }
    }

    /// What learns, as it is between two batches.
    ///
    /// # Errors
    /// [`TrainingError::Device`] where the device fails.
    pub(super) async fn keep(&self) -> Result<KeptLearner, TrainingError> {
        match &self.learning {
            Learning::Whole(learner) => learner.keep().await,
            Learning::Head(_, learner) => learner.keep().await,
        }
    }

    /// Goes on from what [`Contender::keep`] gave.
    ///
    /// # Errors
    /// [`TrainingError::Kept`] where that is of another shape.
    pub(super) fn resume(&mut self, kept: &KeptLearner) -> Result<(), TrainingError> {
        match &mut self.learning {
            Learning::Whole(learner) => learner.resume(kept),
            Learning::Head(_, learner) => learner.resume(kept),
        }
    }

    /// Mean training loss since the last call; `None` where no batch was done.
    ///
    /// # Errors
    /// [`TrainingError::Diverged`] where it is not finite, [`TrainingError::Device`].
    pub(super) async fn read_loss(&mut self) -> Result<Option<f64>, TrainingError> {
        let loss = match &mut self.learning {
            Learning::Whole(learner) => learner.read_loss().await?,
            Learning::Head(_, learner) => learner.read_loss().await?,
        };
        loss.map(|loss| TrainingError::finite(loss, self.steps)).transpose()
    }
}

/// A new encoder of the pretrained one's sizes.
fn initial_encoder(pretrained: Option<&Encoder>, reuse: Reuse, initializer: &Initializer) -> Encoder {
    let config = EncoderConfig::new();
    match reuse {
        Reuse::Features => config.init(initializer).convolutions(),
        Reuse::Latent => {
            let latent = pretrained.map_or(config.latent, Encoder::latent);
            config.with_latent(latent).init(initializer)
        }
    }
}
