//! The reference work R: a small fixed autoencoder whose training speed compares machines, engines
//! and libraries. It is measured by `cargo xtask bench` and `telar bench` and trains nothing useful.

use burn::{
    module::Module,
    nn::{
        Linear, LinearConfig, PaddingConfig2d,
        conv::{Conv2d, Conv2dConfig, ConvTranspose2d, ConvTranspose2dConfig},
    },
    optim::{AdamConfig, GradientsParams, ModuleOptimizer},
    tensor::{Device, Distribution, Tensor, activation},
};
use web_time::Instant;

use crate::kernels::{conv_pool_relu, doubled, doubled_relu};

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

/// Trains R for about `seconds` on random images and returns images a second.
///
/// `device` is one without autodiff. Losses are read only before and after the timed steps, as in
/// real training.
///
/// # Errors
/// A message where the device cannot be read.
pub async fn images_per_second(device: &Device, seconds: f64) -> Result<f64, String> {
    let device = device.clone().autodiff();
    let mut work = Work::new(&device);
    work.steps(WARM_UP_STEPS).await?;
    let one = work.steps(1).await?;
    let steps = (seconds / one.max(1e-6)).clamp(2.0, MOST_STEPS) as usize;
    let taken = work.steps(steps).await?;
    Ok((steps * BATCH) as f64 / taken)
}

struct Work {
    network: Reference,
    optimizer: ModuleOptimizer,
    images: Tensor<4>,
}

impl Work {
    fn new(device: &Device) -> Self {
        let images = Tensor::random([BATCH, 1, 28, 28], Distribution::Uniform(0.0, 1.0), device);
        Self { network: Reference::new(device), optimizer: AdamConfig::new().init(), images }
    }

    /// Seconds that so many steps take, all of their work included.
    async fn steps(&mut self, count: usize) -> Result<f64, String> {
        let begin = Instant::now();
        let mut loss = None;
        for _ in 0..count {
            loss = Some(self.step());
        }
        if let Some(loss) = loss {
            loss.into_data_async().await.map_err(|error| format!("{error:?}"))?;
        }
        Ok(begin.elapsed().as_secs_f64())
    }

    fn step(&mut self) -> Tensor<1> {
        let output = self.network.forward(self.images.clone());
        let loss = (output - self.images.clone()).powi_scalar(2).mean();
        let gradients = GradientsParams::from_grads(loss.backward(), &self.network);
        self.network = self.optimizer.step(1e-3, self.network.clone(), gradients);
        loss
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reference_work_learns() {
        let device = Device::flex().autodiff();
        let mut work = Work::new(&device);
        let first = work.step().into_scalar::<f32>();
        (0..20).for_each(|_| drop(work.step()));
        assert!(work.step().into_scalar::<f32>() < first);
        let parameters = work.network.num_params();
        // 16·9+16, 32·16·9+32, 1568·16+16, 16·1568+1568, 32·16·9+16, 16·9+1
        assert_eq!(parameters, 160 + 4640 + 25104 + 26656 + 4624 + 145);
    }
}
