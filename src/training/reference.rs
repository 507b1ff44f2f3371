//! The reference work R: a small fixed autoencoder whose training speed compares machines, engines
//! and libraries. It is measured by `cargo xtask bench` and `telar bench` and trains nothing useful.

use std::ops::Range;

use burn::{
    module::Module,
    nn::{
        Linear, LinearConfig, PaddingConfig2d,
        conv::{Conv2d, Conv2dConfig, ConvTranspose2d, ConvTranspose2dConfig},
    },
    tensor::{Device, Tensor, activation},
};
use web_time::Instant;

use super::{
    Adam, Learner, TrainingError,
    batch::{pixels_tensor, units},
    crew::{self, Answer, Calculation, Crew, Order, Shift, Task, Unit},
    flat, mix,
    units::learn,
};
use crate::{
    data::IMAGE_PIXELS,
    kernels::{conv_pool_relu, doubled, doubled_relu},
};

/// Images a batch of R.
pub const BATCH: usize = 64;
/// Steps before the clock starts: kernels are compiled and memory pools filled in them.
const WARM_UP_STEPS: usize = 3;
/// Most steps that are timed.
const MOST_STEPS: f64 = 1000.0;

/// R's network: conv 1→16, pool, conv 16→32, pool, linear 1568→16→1568, transposed convs 32→16→1
/// of stride 2; all kernels 3×3, ReLU between.
#[derive(Module, Debug)]
struct Reference {
    conv1: Conv2d,
    conv2: Conv2d,
    encode: Linear,
    decode: Linear,
    up1: ConvTranspose2d,
    up2: ConvTranspose2d,
}

impl Reference {
    fn new(device: &Device) -> Self {
        let conv = |channels| {
            Conv2dConfig::new(channels, [3, 3])
                .with_padding(PaddingConfig2d::Explicit(1, 1, 1, 1))
                .init(device)
        };
        let up = |channels| {
            let config = ConvTranspose2dConfig::new(channels, [3, 3]).with_stride([2, 2]);
            config.with_padding([1, 1]).with_padding_out([1, 1]).init(device)
        };
        Self {
            conv1: conv([1, 16]),
            conv2: conv([16, 32]),
            encode: LinearConfig::new(1568, 16).init(device),
            decode: LinearConfig::new(16, 1568).init(device),
            up1: up([32, 16]),
            up2: up([16, 1]),
        }
    }

    /// `[batch, 1, 28, 28]` to the same.
    fn forward(&self, images: Tensor<4>) -> Tensor<4> {
        let batch = images.dims()[0];
        let hidden = conv_pool_relu(&self.conv1, images);
        let hidden = conv_pool_relu(&self.conv2, hidden);
        let latent = self.encode.forward(hidden.reshape([batch, 1568]));
        let hidden = activation::relu(self.decode.forward(latent)).reshape([batch, 32, 7, 7]);
        let hidden = doubled_relu(&self.up1, hidden);
        activation::sigmoid(doubled(&self.up2, hidden))
    }
}

/// How R is calculated.
pub struct Setting<'a> {
    /// One without autodiff.
    pub device: &'a Device,
    /// Images a unit; a batch is summed up from several.
    pub unit: usize,
    /// Who calculates beside this worker; its size is not changed.
    pub crew: Option<&'a Crew>,
}

/// Trains R for about `seconds` on random images and returns images a second. Losses are read only
/// before and after the timed steps, as in real training.
///
/// # Errors
/// A message where the device cannot be read.
pub async fn images_per_second(setting: &Setting<'_>, seconds: f64) -> Result<f64, TrainingError> {
    let mut work = Work::new(setting);
    work.steps(WARM_UP_STEPS).await?;
    let one = work.steps(1).await?;
    let steps = (seconds / one.max(1e-6)).clamp(2.0, MOST_STEPS) as usize;
    let taken = work.steps(steps).await?;
    Ok((steps * BATCH) as f64 / taken)
}

/// Answers parcels of R, in a helper on `device`.
pub fn desk(device: &Device) -> impl FnMut(&mut Vec<u8>) -> bool + use<> {
    let learning = device.clone().autodiff();
    let network = Reference::new(&learning);
    move |bytes| {
        crew::answer(bytes, |order, unit| {
            let network = flat::with_weights(network.clone(), &order.weights)?;
            learn(&network, loss(&network, pixels_tensor(&unit.pixels, &learning)), unit.share)
        })
    }
}

fn loss(network: &Reference, images: Tensor<4>) -> Tensor<1> {
    (network.forward(images.clone()) - images).powi_scalar(2).mean()
}

struct Work<'a> {
    setting: &'a Setting<'a>,
    learning: Device,
    learner: Learner<Reference>,
    pixels: Vec<u8>,
}

impl<'a> Work<'a> {
    fn new(setting: &'a Setting) -> Self {
        let learning = setting.device.clone().autodiff();
        let learner = Learner::new(Reference::new(&learning), Adam::plain(1e-5));
        let pixels = (0..(BATCH * IMAGE_PIXELS) as u64).map(|index| mix(1, index) as u8).collect();
        Self { setting, learning, learner, pixels }
    }

    /// Seconds that so many steps take, all of their work included.
    async fn steps(&mut self, count: usize) -> Result<f64, TrainingError> {
        let begin = Instant::now();
        for _ in 0..count {
            match self.setting.crew {
                Some(crew) => self.calculate_together(crew).await?,
                None => self.calculate_alone(),
            }
            self.learner.update(1e-3);
        }
        self.learner.read_loss().await?;
        Ok(begin.elapsed().as_secs_f64())
    }

    fn calculate_alone(&mut self) {
        for pixels in self.pixels.chunks(self.setting.unit * IMAGE_PIXELS) {
            let loss = loss(self.learner.model(), pixels_tensor(pixels, &self.learning));
            self.learner.accumulate(loss, pixels.len() as f64 / self.pixels.len() as f64);
        }
    }

    async fn calculate_together(&mut self, crew: &Crew) -> Result<(), TrainingError> {
        let mut shift = self.shift(crew)?;
        let (network, learning) = (self.learner.model(), &self.learning);
        let own =
            |_, unit: &Unit| learn(network, loss(network, pixels_tensor(&unit.pixels, learning)), unit.share);
        while !shift.advance(own).await?.finished {}
        let shares = units(BATCH, self.setting.unit).map(|unit| unit.len() as f64 / BATCH as f64);
        let answers: Vec<(f64, Answer)> = shares.zip(shift.answers()).collect();
        self.learner.take_in(answers)
    }

    fn shift(&self, crew: &Crew) -> Result<Shift, TrainingError> {
        let weights = flat::weights(self.learner.model())?.into();
        // R's helpers know this one calculation alone.
        let order = Order { calculation: Calculation::LearnAutoencoder, latent: 16, smoothing: 0.0, weights };
        let tasks = Task::each(0, units(BATCH, self.setting.unit));
        let pixels = self.pixels.clone();
        let pictures = move |range: &Range<usize>| Unit {
            pixels: pixels[range.start * IMAGE_PIXELS..range.end * IMAGE_PIXELS].to_vec(),
            labels: Vec::new(),
            share: range.len() as f64 / BATCH as f64,
        };
        Ok(Shift::new(crew, vec![order], tasks, pictures))
    }
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use super::*;

    #[test]
    fn reference_work_learns() {
        let device = Device::flex();
        let setting = Setting { device: &device, unit: 32, crew: None };
        let mut work = Work::new(&setting);
        let mut losses = Vec::new();
        for _ in 0..20 {
            work.calculate_alone();
            work.learner.update(1e-3);
            losses.extend(block_on(work.learner.read_loss()).expect("flex can be read"));
        }
        assert!(losses[19] < losses[0]);
        let parameters = work.learner.model().num_params();
        // 16·9+16, 32·16·9+32, 1568·16+16, 16·1568+1568, 32·16·9+16, 16·9+1
        assert_eq!(parameters, 160 + 4640 + 25104 + 26656 + 4624 + 145);
    }
}
