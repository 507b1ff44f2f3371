//! Training of the shipped classifier's judgement of what it does not know: garments and drawings
//! of garments against scribbles and noise, on the features of a classifier that learns no more.

use burn::{
    module::Module,
    tensor::{Device, Tensor, TensorData, activation::log_sigmoid},
};
use rand::{Rng, SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

use super::{
    Adam, Learner, Mixture, OneCycle, TrainingError, assemble,
    batch::{pixels_tensor, read},
    held_out_drawings,
    learner::with_and_without_gradients,
    moved::mix,
    sketch_batch::{append, in_threads},
};
use crate::{
    data::{Dataset, IMAGE_PIXELS, Labelled, split_validation},
    drawing::oddities,
    models::{Initializer, Novelty, SketchClassifier},
};

/// Pictures of each kind to learn from: photographs, drawings, sketches, and twice as many oddities.
const LEARNT: usize = 3_000;
/// Pictures of each kind to set the threshold by.
const CALIBRATION: usize = 2_000;
/// Share of known pictures, of the kind with the most, that may be flagged.
const FLAGGED: f64 = 0.03;
const STEPS: u32 = 1_500;
const BATCH: usize = 256;
const RATE: f64 = 2e-3;

/// Shares of held-out pictures that are flagged, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NoveltyReport {
    /// Of validation photographs.
    pub photographs: f64,
    /// Of made-up drawings.
    pub drawings: f64,
    /// Of scribbles and noise of kinds that were learnt from.
    pub oddities: f64,
    /// Of scribbles and noise of kinds that were kept back.
    pub unseen: f64,
}

/// Teaches `model`'s [`Novelty`], sets its threshold, and measures it on held-out pictures.
///
/// # Errors
/// [`TrainingError::Diverged`] or [`TrainingError::Device`].
pub async fn train_novelty(
    mut model: SketchClassifier,
    dataset: &Dataset,
    seed: u64,
    device: &Device,
) -> Result<(SketchClassifier, NoveltyReport), TrainingError> {
    let known = features(&model, &known(dataset, seed), device).await?;
    let odd = features(&model, &odd(2 * LEARNT, mix(seed, 1), oddities::LEARNT), device).await?;
    model.novelty = learn(model.feature_count(), &known, &odd, seed, device).await?;
    calibrate(model, dataset, seed, device).await
}

/// Photographs, drawings and sketches of training.
fn known(dataset: &Dataset, seed: u64) -> Labelled {
    let partition = split_validation(dataset.train.len(), seed);
    let mut indices = partition.train.clone();
    indices.shuffle(&mut ChaCha8Rng::seed_from_u64(mix(seed, 2)));
    indices.truncate(LEARNT);
    let mixture = Mixture { photographs: indices.len(), drawings: LEARNT, sketches: LEARNT / 2, shift: 2 };
    assemble(&dataset.train, &indices, &partition.train, mixture, mix(seed, 3))
}

/// Pictures of no garment, of the given kinds in turn.
fn odd(count: usize, seed: u64, kinds: &[oddities::Kind]) -> Labelled {
    let mut set = Labelled::default();
    let draw = |place: usize| oddities::picture(kinds[place % kinds.len()], mix(seed, place as u64));
    for pixels in in_threads(count, draw) {
        append(&mut set, &pixels, 0);
    }
    set
}

async fn features(
    model: &SketchClassifier,
    set: &Labelled,
    device: &Device,
) -> Result<Vec<f32>, TrainingError> {
    let mut values = Vec::new();
    for pixels in set.pixels.chunks(BATCH * IMAGE_PIXELS) {
        values.extend(read(model.features(pixels_tensor(pixels, device))).await?);
    }
    Ok(values)
}

/// Logistic regression through the hidden layer, half of each batch of either kind.
async fn learn(
    width: usize,
    known: &[f32],
    odd: &[f32],
    seed: u64,
    device: &Device,
) -> Result<Novelty, TrainingError> {
    let (training, _) = with_and_without_gradients(device);
    let network = Novelty::new(width, &Initializer::new(seed, &training));
    let mut learner = Learner::new(network, Adam::plain(1e-5));
    let schedule = OneCycle::new(RATE, STEPS);
    let mut generator = ChaCha8Rng::seed_from_u64(mix(seed, 4));
    for step in 0..STEPS {
        let known = sample(known, width, &mut generator, &training);
        let odd = sample(odd, width, &mut generator, &training);
        let learnt = learner.model();
        let loss = log_sigmoid(learnt.score(odd)).mean() + log_sigmoid(learnt.score(known).neg()).mean();
        learner.accumulate(loss.neg(), 1.0);
        learner.update(schedule.rate(step));
    }
    if let Some(loss) = learner.read_loss().await? {
        TrainingError::finite(loss, STEPS)?;
    }
    Ok(learner.model().valid())
}

/// Half a batch of rows drawn with replacement.
fn sample(rows: &[f32], width: usize, generator: &mut ChaCha8Rng, device: &Device) -> Tensor<2> {
    let count = rows.len() / width;
    let mut values = Vec::with_capacity(BATCH / 2 * width);
    for _ in 0..BATCH / 2 {
        let row = generator.random_range(0..count);
        values.extend_from_slice(&rows[row * width..(row + 1) * width]);
    }
    Tensor::from_data(TensorData::new(values, [BATCH / 2, width]), device)
}

/// Moves the threshold so that [`FLAGGED`] of validation photographs or of made-up drawings,
/// whichever are flagged more, are above it.
async fn calibrate(
    mut model: SketchClassifier,
    dataset: &Dataset,
    seed: u64,
    device: &Device,
) -> Result<(SketchClassifier, NoveltyReport), TrainingError> {
    let partition = split_validation(dataset.train.len(), seed);
    let mut photographs = Labelled::default();
    for &index in partition.validation.iter().take(CALIBRATION) {
        photographs.pixels.extend_from_slice(dataset.train.image(index as usize));
    }
    let photographs = scores(&model, &photographs, device).await?;
    let drawings = scores(&model, &held_out_drawings(CALIBRATION), device).await?;
    let threshold = quantile(&photographs).max(quantile(&drawings));
    let unseen = odd(CALIBRATION, mix(seed, 5), oddities::KEPT_BACK);
    let odd = odd(CALIBRATION, mix(seed, 6), oddities::LEARNT);
    let share = |scores: &[f32]| {
        scores.iter().filter(|&&score| score > threshold).count() as f64 / scores.len().max(1) as f64
    };
    let report = NoveltyReport {
        photographs: share(&photographs),
        drawings: share(&drawings),
        oddities: share(&scores(&model, &odd, device).await?),
        unseen: share(&scores(&model, &unseen, device).await?),
    };
    model.novelty = model.novelty.with_threshold(threshold);
    Ok((model, report))
}

async fn scores(
    model: &SketchClassifier,
    set: &Labelled,
    device: &Device,
) -> Result<Vec<f32>, TrainingError> {
    let mut values = Vec::new();
    for pixels in set.pixels.chunks(BATCH * IMAGE_PIXELS) {
        let features = model.features(pixels_tensor(pixels, device));
        values.extend(read(model.novelty.score(features)).await?);
    }
    Ok(values)
}

/// The score that [`FLAGGED`] of `scores` exceed.
fn quantile(scores: &[f32]) -> f32 {
    let mut sorted = scores.to_vec();
    sorted.sort_unstable_by(f32::total_cmp);
    let place = (sorted.len() as f64 * (1.0 - FLAGGED)) as usize;
    sorted.get(place.min(sorted.len().saturating_sub(1))).copied().unwrap_or(0.0)
}
