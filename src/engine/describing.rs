//! The latent space described in the background: a sample of the training set and the whole test set
//! are encoded slice by slice, then [`crate::latent::describe()`] makes sliders and map of them.

use std::{ops::Range, sync::Arc};

use super::{Engine, Held};
use crate::{
    data::{Dataset, IMAGE_PIXELS, Labelled, synthetic},
    latent::{EncodedSet, describe},
    models::Autoencoder,
    protocol::{DataSource, Event, Fault, LatentEvent, LatentSpace, ModelSlot},
    training::{
        crew::{Calculation, Crew, Order, Shift, Task},
        encode, picture_tensor, pixels_from, unit_of, units, weights,
    },
};

/// Training images encoded for means, ranges and directions: the percentiles are steady by then.
const SAMPLE: usize = 5_000;
/// Images encoded at once: a slider that moves meanwhile waits no longer than for one slice.
const SLICE: usize = 64;
/// Images of the sample and of the map that are enough for a first description, where there is none
/// yet: sliders and map appear in a moment, and everything is told again once all is encoded.
const FIRST: usize = 1_000;
/// Every so-many-th image of the sample belongs to the first part.
const STRIDE: usize = SAMPLE / FIRST;
/// Images reconstructed, to tell whether the autoencoder has learned anything.
const RECONSTRUCTED: usize = 256;
/// Synthetic garments that stand in while there is no data.
const STAND_INS: usize = 1_000;
/// Their seed.
const STAND_IN_SEED: u64 = 42;
/// Garments drawn at once: drawing all would keep a question waiting for most of a second.
const DRAWN: usize = 25;

/// The test set in the latent space of the autoencoder that was last described.
pub(super) struct EncodedTest {
    /// Holds the test set that was encoded.
    pub data: Arc<Dataset>,
    /// Its points, `n * latent`.
    pub points: Vec<f32>,
    /// Latent size.
    pub latent: usize,
}

impl EncodedTest {
    /// Whether it is of the same size and data: new weights then replace the old description at once.
    fn fits(&self, held: &Held<Autoencoder>, data: &Arc<Dataset>) -> bool {
        self.latent == held.model.latent() && Arc::ptr_eq(&self.data, data)
    }
}

/// A description under way.
pub(super) struct Describing {
    model: Autoencoder,
    data: Arc<Dataset>,
    source: DataSource,
    sample: Vec<u32>,
    sample_points: Vec<f32>,
    map_points: Vec<f32>,
    errors: [f32; 2],
    /// A first description is still due.
    first: bool,
    /// Synthetic garments still to be drawn, where there is no data.
    undrawn: synthetic::Parts,
    /// Images that are being encoded together with helpers.
    shift: Option<Shift>,
}

impl Describing {
    fn new(held: &Held<Autoencoder>, engine: &Engine) -> Self {
        let (data, source, missing) = match engine.data.test.is_empty() && engine.data.train.is_empty() {
            true => (Arc::default(), DataSource::Synthetic, STAND_INS),
            false => (engine.data.clone(), engine.source, 0),
        };
        let count = sampled(&data).len() + missing;
        let wanted = count.min(SAMPLE);
        Self {
            model: held.model.clone(),
            first: engine.encoded.as_ref().is_none_or(|encoded| !encoded.fits(held, &data)),
            sample: spread(count, wanted),
            data,
            source,
            sample_points: Vec::new(),
            map_points: Vec::new(),
            errors: [0.0; 2],
            undrawn: synthetic::Parts::new(STAND_IN_SEED, missing, DRAWN),
            shift: None,
        }
    }

    /// One slice; a space once enough is encoded, `true` with it once all is.
    async fn advance(&mut self, engine: &Engine) -> Result<Option<(LatentSpace, bool)>, Fault> {
        if let Some(some) = self.undrawn.next() {
            Arc::make_mut(&mut self.data).test.append(some);
            return Ok(None);
        }
        let size = self.model.latent();
        let sampled_so_far = self.sample_points.len() / size;
        let mapped_so_far = self.map_points.len() / size;
        let enough = |all: usize| if self.first { all.min(FIRST) } else { all };
        let (sample_goal, map_goal) = (enough(self.sample.len()), enough(self.data.test.len()));
        if sampled_so_far < sample_goal {
            if sampled_so_far == 0 {
                self.errors = self.reconstruct(engine).await?;
            }
            let points = self.encode(Set::Sample, sampled_so_far..sample_goal, engine).await?;
            self.sample_points.extend(points);
        } else if mapped_so_far < map_goal {
            let points = self.encode(Set::Map, mapped_so_far..map_goal, engine).await?;
            self.map_points.extend(points);
        } else {
            let complete = sample_goal == self.sample.len() && map_goal == self.data.test.len();
            self.first = false;
            return Ok(Some((self.describe(), complete)));
        }
        Ok(None)
    }

    /// The points of the first of `range` of a set, or of all of them where helpers work as well; none
    /// before these are through.
    async fn encode(&mut self, set: Set, range: Range<usize>, engine: &Engine) -> Result<Vec<f32>, Fault> {
        let device = &engine.device;
        let Some(crew) = &engine.crew else {
            let slice = self.indices(set, range.start..range.end.min(range.start + SLICE));
            let pictures = picture_tensor(self.images(set), &slice, device);
            return super::latent::values(self.model.encoder.forward(pictures)).await;
        };
        let mut shift = match self.shift.take() {
            Some(shift) => shift,
            None => self.shift(set, range, crew)?,
        };
        if !shift.advance(|_, unit| encode(&self.model.encoder, unit, device)).await?.finished {
            self.shift = Some(shift);
            return Ok(Vec::new());
        }
        Ok(shift.answers().into_iter().flat_map(|answer| answer.values).collect())
    }

    fn shift(&self, set: Set, range: Range<usize>, crew: &Crew) -> Result<Shift, Fault> {
        let indices = self.indices(set, range);
        let (data, count) = (self.data.clone(), indices.len());
        let pictures = move |slice: &Range<usize>| unit_of(set.of(&data), &indices[slice.clone()], 1.0);
        let (encoder, latent) = (&self.model.encoder, self.model.latent() as u32);
        let order = Order {
            calculation: Calculation::Encode,
            latent,
            smoothing: 0.0,
            weights: weights(encoder)?.into(),
        };
        Ok(Shift::new(crew, vec![order], Task::each(0, units(count, SLICE)), pictures))
    }

    fn images(&self, set: Set) -> &Labelled {
        set.of(&self.data)
    }

    fn indices(&self, set: Set, range: Range<usize>) -> Vec<u32> {
        match set {
            Set::Sample => self.sample[range].to_vec(),
            Set::Map => (range.start as u32..range.end as u32).collect(),
        }
    }

    /// MSE of the autoencoder, and of the mean image, on the first of the sample.
    async fn reconstruct(&self, engine: &Engine) -> Result<[f32; 2], Fault> {
        let images = sampled(&self.data);
        let chosen: Vec<u32> =
            self.sample.iter().copied().step_by(self.sample.len().div_ceil(RECONSTRUCTED)).collect();
        let pictures = picture_tensor(images, &chosen, &engine.device);
        let output = pixels_from(self.model.forward(pictures)).await?;
        let originals: Vec<u8> =
            chosen.iter().flat_map(|&index| images.image(index as usize)).copied().collect();
        let mean = mean_picture(&originals);
        let error = |answer: &mut dyn Iterator<Item = f32>| {
            let squares =
                originals.iter().zip(answer).map(|(&pixel, value)| (f32::from(pixel) - value).powi(2));
            squares.sum::<f32>() / originals.len().max(1) as f32 / (255.0 * 255.0)
        };
        let own = error(&mut output.iter().map(|&pixel| f32::from(pixel)));
        Ok([own, error(&mut mean.iter().copied().cycle())])
    }

    fn encoded(&self) -> EncodedTest {
        let (data, points) = (self.data.clone(), self.map_points.clone());
        EncodedTest { data, points, latent: self.model.latent() }
    }

    fn describe(&self) -> LatentSpace {
        let images = sampled(&self.data);
        let encoded = self.sample_points.len() / self.model.latent();
        let labels: Vec<u8> =
            self.sample[..encoded].iter().map(|&index| images.labels[index as usize]).collect();
        let sample = EncodedSet { points: &self.sample_points, labels: &labels };
        let map = EncodedSet {
            points: &self.map_points,
            labels: &self.data.test.labels[..self.map_points.len() / self.model.latent()],
        };
        LatentSpace {
            source: self.source,
            reconstruction_error: self.errors[0],
            mean_error: self.errors[1],
            ..describe(self.model.latent(), sample, map)
        }
    }
}

impl Engine {
    /// Begins to describe the autoencoder in use on the data in use; one under way begins anew.
    pub(super) fn describe(&mut self) -> Result<(), Fault> {
        let held = self.models.autoencoder.as_ref().ok_or(Fault::NoModel(ModelSlot::Autoencoder))?;
        self.background.describing = Some(Describing::new(held, self));
        Ok(())
    }

    /// One slice. Weights that changed meanwhile do not spoil it: it keeps those it began with, and
    /// the page asks again when it hears of the change.
    pub(super) async fn advance_describing(&mut self) -> Result<(), Fault> {
        let Some(mut describing) = self.background.describing.take() else { return Ok(()) };
        match describing.advance(self).await? {
            None => self.background.describing = Some(describing),
            Some((space, complete)) => {
                self.encoded = Some(describing.encoded());
                if !complete {
                    self.background.describing = Some(describing);
                }
                self.outbox.post(Event::Latent(LatentEvent::Space(Box::new(space))));
            }
        }
        Ok(())
    }
}

/// What is encoded.
#[derive(Clone, Copy)]
enum Set {
    /// The images that statistics come from.
    Sample,
    /// The test set.
    Map,
}

impl Set {
    fn of(self, data: &Dataset) -> &Labelled {
        match self {
            Set::Sample => sampled(data),
            Set::Map => &data.test,
        }
    }
}

/// The images that statistics come from: the training set, once it is here.
fn sampled(data: &Dataset) -> &Labelled {
    if data.train.is_empty() { &data.test } else { &data.train }
}

/// `wanted` of `count` indices, spread evenly, also in its first part.
fn spread(count: usize, wanted: usize) -> Vec<u32> {
    let order = (0..STRIDE).flat_map(|start| (start..wanted).step_by(STRIDE));
    order.map(|index| (index * count / wanted) as u32).collect()
}

fn mean_picture(pixels: &[u8]) -> Vec<f32> {
    let count = (pixels.len() / IMAGE_PIXELS).max(1) as f32;
    let mut sums = vec![0.0f32; IMAGE_PIXELS];
    for picture in pixels.chunks_exact(IMAGE_PIXELS) {
        sums.iter_mut().zip(picture).for_each(|(sum, &pixel)| *sum += f32::from(pixel));
    }
    sums.into_iter().map(|sum| sum / count).collect()
}
