//! One classifier in a comparison: how its encoder begins and what of it learns.

use burn::{
    module::{Module, ParamGroup},
    optim::{AdamWConfig, lr_scheduler::module_lr_scheduler::ModuleLrScheduler},
    tensor::{Device, Tensor, TensorData},
};

use crate::{
    data::CLASS_COUNT,
    models::{Classifier, ClassifierConfig, Encoder, EncoderConfig, Head, Initializer},
    runs::{ExperimentConfig, Initial, Mode, Reuse},
    training::{Learner, Stopwatch, TrainingError},
};

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
        let optimizer = AdamWConfig::new().with_epsilon(1e-8).with_weight_decay(decay).init();
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

    /// One step of the optimiser.
    pub(super) fn update(&mut self, rates: Rates) {
        match &mut self.learning {
            Learning::Whole(learner) if self.mode == Mode::Finetuned => {
                let encoder = ParamGroup::from_predicate("encoder");
                let rates = ModuleLrScheduler::new(rates.base).with_group(encoder, rates.encoder).step();
                learner.update(rates);
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

/// Mean over the rows of the cross-entropy between `scores` `[n, 10]` and `targets` `[n, 10]`.
pub(super) fn cross_entropy(scores: Tensor<2>, targets: Tensor<2>) -> Tensor<1> {
    burn::tensor::loss::cross_entropy_with_logits(scores, targets)
}

/// `labels` as rows `[n, 10]` to learn from: of each row's 1, `smoothing` is spread evenly.
pub(super) fn targets(labels: &[u8], smoothing: f64, device: &Device) -> Tensor<2> {
    let rows = one_hot(labels, device);
    if smoothing == 0.0 {
        return rows;
    }
    rows * (1.0 - smoothing) + smoothing / CLASS_COUNT as f64
}

/// `labels` as rows `[n, 10]` of zeros with a one. Made on the host: Burn's own `one_hot` reads the
/// labels back, for which a page cannot wait.
pub(super) fn one_hot(labels: &[u8], device: &Device) -> Tensor<2> {
    let mut rows = vec![0.0f32; labels.len() * CLASS_COUNT];
    for (row, &label) in rows.chunks_exact_mut(CLASS_COUNT).zip(labels) {
        row[usize::from(label)] = 1.0;
    }
    Tensor::from_data(TensorData::new(rows, [labels.len(), CLASS_COUNT]), device)
}
