//! A model with its optimiser: gradients in, better weights out, losses kept unread on the device.

use std::any::Any;

use burn::{
    module::Module,
    optim::{GradientsAccumulator, GradientsParams},
    tensor::{Device, Tensor},
};
use serde::{Deserialize, Serialize};

use super::{Adam, TrainingError, batch::read, crew::Answer, flat, units::shared};

/// A model that learns.
pub struct Learner<M: Module> {
    /// Always there between two calls; a step takes it by value.
    model: Option<M>,
    adam: Adam,
    gradients: GradientsAccumulator<M>,
    losses: LossSum,
}

impl<M: Module> Learner<M> {
    /// `model` must be on an autodiff device.
    pub fn new(model: M, adam: Adam) -> Self {
        Self { model: Some(model), adam, gradients: GradientsAccumulator::new(), losses: LossSum::default() }
    }

    /// The model as it is now.
    pub fn model(&self) -> &M {
        self.model.as_ref().expect("the model is only away inside update()")
    }

    pub(super) fn adam(&self) -> &Adam {
        &self.adam
    }

    /// The model, which [`Learner::put`] must give back.
    pub(super) fn take_model(&mut self) -> M {
        self.model.take().expect("the model is only away inside update() and resume()")
    }

    /// Goes on with `model`, with Adam's moments by parameter, and with losses that were not yet told.
    pub(super) fn put(&mut self, model: M, moments: Vec<Option<Box<dyn Any + Send>>>, loss: KeptLoss) {
        self.model = Some(model);
        self.adam.moments = moments;
        self.losses = LossSum::resumed(loss);
    }

    /// The losses that are not yet told.
    pub(super) async fn keep_loss(&self) -> Result<KeptLoss, TrainingError> {
        self.losses.keep().await
    }

    /// Adds the gradients of `loss` (the mean over one unit of a batch) with the unit's `share` of
    /// the batch, 0 to 1.
    pub fn accumulate(&mut self, loss: Tensor<1>, share: f64) {
        let loss = shared(loss, share);
        self.losses.add(loss.clone().inner(), share);
        let model = self.model.as_ref().expect("the model is only away inside update()");
        let gradients = GradientsParams::from_grads(loss.backward(), model);
        self.gradients.accumulate(model, gradients);
    }

    /// Adds the gradients and losses of units that were calculated one by one, each with its share of
    /// the batch, in the order of the units: the same sums as by [`Learner::accumulate`], bit for bit.
    ///
    /// # Errors
    /// [`TrainingError::Device`] where they are not as many as the model's weights.
    pub fn take_in(&mut self, units: impl IntoIterator<Item = (f64, Answer)>) -> Result<(), TrainingError> {
        let mut sum: Vec<f32> = Vec::new();
        for (share, Answer { loss, values, .. }) in units {
            self.losses.add_number(loss, share);
            if sum.is_empty() {
                sum = values;
            } else {
                sum.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
            }
        }
        let model = self.model.as_ref().expect("the model is only away inside update()");
        let gradients = flat::into_gradients(model, &sum)?;
        self.gradients.accumulate(model, gradients);
        Ok(())
    }

    /// One step of the optimiser with the accumulated gradients.
    pub fn update(&mut self, rate: f64) {
        self.update_by(&|_| rate);
    }

    /// The same with a rate by the name of each part of the model.
    pub fn update_by(&mut self, rate: &dyn Fn(&str) -> f64) {
        let model = self.take_model();
        let gradients = self.gradients.grads();
        self.model = Some(self.adam.step(rate, model, gradients));
    }

    /// Batches since the last [`Learner::read_loss`].
    pub fn unread(&self) -> f64 {
        self.losses.weight + self.losses.settled_weight
    }

    /// Waits until the device has done all that it was given.
    ///
    /// # Errors
    /// [`TrainingError::Device`] where the device fails.
    pub async fn settle(&mut self) -> Result<(), TrainingError> {
        self.losses.settle().await
    }

    /// Mean loss of the batches since the last call; `None` where there were none.
    ///
    /// # Errors
    /// [`TrainingError::Device`] where the device fails.
    pub async fn read_loss(&mut self) -> Result<Option<f64>, TrainingError> {
        self.losses.read().await
    }
}

/// A weighted sum of losses that stays on the device until it is asked for.
#[derive(Default)]
pub(crate) struct LossSum {
    /// On the device.
    sum: Option<Tensor<1>>,
    /// Of losses that came as numbers.
    numbers: Option<f32>,
    weight: f64,
    /// Of an interrupted run: the next loss is added to it.
    kept: Option<f32>,
    /// Already read.
    settled: f64,
    settled_weight: f64,
}

/// A [`LossSum`] as plain numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct KeptLoss {
    sum: Option<f32>,
    weight: f64,
    settled: f64,
    settled_weight: f64,
}

impl LossSum {
    /// Goes on from what was kept; the bits do not depend on where the next losses come from.
    pub(crate) fn resumed(kept: KeptLoss) -> Self {
        let KeptLoss { sum, weight, settled, settled_weight } = kept;
        Self { sum: None, numbers: None, kept: sum, weight, settled, settled_weight }
    }

    /// As plain numbers. Losses come from this device or as numbers throughout a run, never mixed.
    async fn keep(&self) -> Result<KeptLoss, TrainingError> {
        let on_device = match &self.sum {
            Some(sum) => read(sum.clone()).await?.first().copied(),
            None => None,
        };
        let sum = on_device.or(self.numbers).or(self.kept);
        let (weight, settled, settled_weight) = (self.weight, self.settled, self.settled_weight);
        Ok(KeptLoss { sum, weight, settled, settled_weight })
    }

    /// Adds `loss`, already multiplied by its `weight`.
    pub(crate) fn add(&mut self, loss: Tensor<1>, weight: f64) {
        let before = self.kept.take().map(|sum| Tensor::from_floats([sum], &loss.device()));
        self.sum = Some(match self.sum.take().or(before) {
            Some(sum) => sum + loss,
            None => loss,
        });
        self.weight += weight;
    }

    /// Adds a loss that is already read, already multiplied by its `weight`; rounded as on a device.
    pub(crate) fn add_number(&mut self, loss: f32, weight: f64) {
        self.numbers = Some(self.numbers.or(self.kept.take()).map_or(loss, |sum| sum + loss));
        self.weight += weight;
    }

    /// Reads what is on the device.
    pub(crate) async fn settle(&mut self) -> Result<(), TrainingError> {
        if let Some(sum) = self.sum.take() {
            self.settled += read(sum).await?.into_iter().map(f64::from).sum::<f64>();
        }
        self.settled += self.numbers.take().map_or(0.0, f64::from);
        self.settled += self.kept.take().map_or(0.0, f64::from);
        self.settled_weight += std::mem::take(&mut self.weight);
        Ok(())
    }

    /// The weighted mean since the last call; `None` where nothing was added.
    pub(crate) async fn read(&mut self) -> Result<Option<f64>, TrainingError> {
        self.settle().await?;
        let weight = std::mem::take(&mut self.settled_weight);
        let sum = std::mem::take(&mut self.settled);
        Ok((weight > 0.0).then(|| sum / weight))
    }
}

/// `device` with gradients and without.
pub(crate) fn with_and_without_gradients(device: &Device) -> (Device, Device) {
    let plain = device.clone().inner();
    (plain.clone().autodiff(), plain)
}
