//! How much a frozen encoder knows of the classes: a head trained on its latent vectors. The encoder
//! never changes, so every picture is encoded once.

use std::sync::Arc;

use burn::{
    module::Module,
    optim::AdamConfig,
    tensor::{Device, Tensor, TensorData},
};

use super::{
    contender::{cross_entropy, one_hot},
    scores::Scores,
};
use crate::{
    data::{Dataset, Labelled, shuffled},
    models::{ClassifierConfig, Encoder, Head, Initializer},
    training::{Learner, OneCycle, TrainingError, picture_tensor},
};

/// Passes over the latent vectors.
const EPOCHS: u32 = 10;
/// Most latent vectors a batch; an epoch has at least eight batches.
const LARGEST_BATCH: usize = 128;
/// Peak learning rate.
const LEARNING_RATE: f64 = 5e-3;
/// Pictures encoded in a unit of work.
const ENCODING_UNIT: usize = 128;
/// Batches learnt in a unit of work.
const LEARNING_UNIT: usize = 16;

/// A head in training on a frozen encoder.
pub struct HeadProbe {
    encoder: Encoder,
    dataset: Arc<Dataset>,
    /// Training images in use.
    images: Vec<u32>,
    seed: u64,
    device: Device,
    latent: usize,
    /// Latent vectors of `images`, one after the other.
    vectors: Vec<f32>,
    learner: Learner<Head>,
    step: usize,
    scores: Scores,
}

impl HeadProbe {
    /// A probe of `encoder` with the training images `images` of `dataset`.
    pub fn new(
        encoder: Encoder,
        dataset: Arc<Dataset>,
        images: Vec<u32>,
        seed: u64,
        device: &Device,
    ) -> Self {
        let device = device.clone().inner();
        let latent = encoder.latent();
        let initializer = Initializer::new(seed, &device.clone().autodiff());
        let head =
            ClassifierConfig::new().with_latent(latent).with_encoder(encoder.clone(), &initializer).head;
        let learner = Learner::new(head, AdamConfig::new().with_epsilon(1e-8).init());
        let (vectors, step, scores) = (Vec::new(), 0, Scores::default());
        Self {
            encoder: encoder.valid(),
            dataset,
            images,
            seed,
            device,
            latent,
            vectors,
            learner,
            step,
            scores,
        }
    }

    /// One unit of work; the test accuracy, 0 to 1, at the end.
    ///
    /// # Errors
    /// [`TrainingError::Device`] where the device fails.
    pub async fn advance(&mut self) -> Result<Option<f64>, TrainingError> {
        let encoded = self.vectors.len() / self.latent;
        if encoded < self.images.len() {
            let end = (encoded + ENCODING_UNIT).min(self.images.len());
            let vectors = self.encode(&self.dataset.train, &self.images[encoded..end]).await?;
            self.vectors.extend(vectors);
        } else if self.step < self.total_steps() {
            let end = (self.step + LEARNING_UNIT).min(self.total_steps());
            for step in self.step..end {
                self.learn(step);
                self.learner.settle().await?;
            }
            self.step = end;
        } else {
            return self.test().await;
        }
        Ok(None)
    }

    fn total_steps(&self) -> usize {
        self.images.len().div_ceil(self.batch()) * EPOCHS as usize
    }

    fn batch(&self) -> usize {
        LARGEST_BATCH.min(self.images.len().div_ceil(8)).max(1)
    }

    fn learn(&mut self, step: usize) {
        let batches = self.images.len().div_ceil(self.batch());
        let positions: Vec<u32> = (0..self.images.len() as u32).collect();
        let order = shuffled(&positions, self.seed, (step / batches) as u32);
        let start = step % batches * self.batch();
        let batch = &order[start..(start + self.batch()).min(order.len())];
        let row = |&at: &u32| &self.vectors[at as usize * self.latent..][..self.latent];
        let vectors: Vec<f32> = batch.iter().flat_map(row).copied().collect();
        let label = |&at: &u32| self.dataset.train.labels[self.images[at as usize] as usize];
        let labels: Vec<u8> = batch.iter().map(label).collect();
        let vectors = TensorData::new(vectors, [batch.len(), self.latent]);
        let vectors = Tensor::<2>::from_data(vectors, &self.device).autodiff();
        let targets = one_hot(&labels, &self.device).autodiff();
        let loss = cross_entropy(self.learner.model().forward(vectors), targets);
        self.learner.accumulate(loss, 1.0);
        self.learner.update(OneCycle::new(LEARNING_RATE, self.total_steps() as u32).rate(step as u32));
    }

    async fn test(&mut self) -> Result<Option<f64>, TrainingError> {
        let test = &self.dataset.test;
        let done = self.scores.predictions.len();
        let end = (done + ENCODING_UNIT).min(test.len());
        let indices: Vec<u32> = (done as u32..end as u32).collect();
        if indices.is_empty() {
            return Err(TrainingError::NoData);
        }
        let latent = self.encoder.forward(picture_tensor(test, &indices, &self.device));
        let values = values(self.learner.model().valid().forward(latent)).await?;
        self.scores.add(&values, &test.labels[done..end]);
        let finished = end == test.len();
        Ok(finished.then(|| self.scores.accuracy(test.labels.iter().copied())))
    }

    async fn encode(&self, set: &Labelled, indices: &[u32]) -> Result<Vec<f32>, TrainingError> {
        values(self.encoder.forward(picture_tensor(set, indices, &self.device))).await
    }
}

async fn values(tensor: Tensor<2>) -> Result<Vec<f32>, TrainingError> {
    let data = tensor.into_data_async().await?;
    data.try_into_vec().map_err(|error| TrainingError::Device(format!("{error:?}")))
}
