//! Initial weights, drawn on the host: every tensor has its own stream of one seeded generator, so
//! that neither the device nor the order of the layers changes them.

use burn::{
    module::{Param, ParamId},
    nn::{
        Linear, PaddingConfig2d,
        conv::{Conv2d, ConvTranspose2d},
    },
    tensor::{Device, Tensor, TensorData},
};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// How strongly a layer's weights are spread, by what follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gain {
    /// A ReLU follows: bound √(6 / fan-in) (He et al., 2015).
    Relu,
    /// Nothing that bends follows: bound √(3 / fan-in) (LeCun et al., 1998).
    Linear,
}

impl Gain {
    fn bound(self, fan_in: usize) -> f32 {
        let variance = match self {
            Gain::Relu => 6.0,
            Gain::Linear => 3.0,
        };
        (variance / fan_in as f32).sqrt()
    }
}

/// Draws the initial weights of layers by seed and name.
#[derive(Clone, Debug)]
pub struct Initializer {
    seed: u64,
    device: Device,
    /// Whether all layers begin alike and small.
    plain: bool,
}

impl Initializer {
    /// Weights of `seed` on `device`; an autodiff device makes them learn.
    /// They are scaled by what follows the layer ([`Gain`]), and biases start at zero.
    pub fn new(seed: u64, device: &Device) -> Self {
        Self { seed, device: device.clone(), plain: false }
    }

    /// The same seed with weights and biases up to 1 / √fan-in whatever follows, as PyTorch draws them
    /// by default (`kaiming_uniform_` with a = √5).
    pub fn plain(self) -> Self {
        Self { plain: true, ..self }
    }

    /// Convolution `[n, inputs, h, w]` to `[n, outputs, h, w]` with an odd `kernel`.
    pub fn convolution(
        &self,
        name: &str,
        inputs: usize,
        outputs: usize,
        kernel: usize,
        gain: Gain,
    ) -> Conv2d {
        let fan_in = inputs * kernel * kernel;
        let margin = kernel / 2;
        Conv2d {
            weight: self.weight(name, [outputs, inputs, kernel, kernel], fan_in, gain),
            bias: Some(self.bias(name, outputs, fan_in)),
            stride: [1, 1],
            kernel_size: [kernel, kernel],
            dilation: [1, 1],
            groups: 1,
            padding: PaddingConfig2d::Explicit(margin, margin, margin, margin),
        }
    }

    /// Transposed convolution `[n, inputs, h, w]` to `[n, outputs, 2 h, 2 w]` with an even `kernel`.
    /// Each output pixel is reached by `kernel² / 4` positions of every input channel.
    pub fn doubling(
        &self,
        name: &str,
        inputs: usize,
        outputs: usize,
        kernel: usize,
        gain: Gain,
    ) -> ConvTranspose2d {
        let fan_in = inputs * kernel * kernel / 4;
        let margin = kernel / 2 - 1;
        ConvTranspose2d {
            weight: self.weight(name, [inputs, outputs, kernel, kernel], fan_in, gain),
            bias: Some(self.bias(name, outputs, fan_in)),
            stride: [2, 2],
            kernel_size: [kernel, kernel],
            dilation: [1, 1],
            groups: 1,
            padding: [margin, margin],
            padding_out: [0, 0],
            channels: [inputs, outputs],
        }
    }

    /// Linear layer `[n, inputs]` to `[n, outputs]`.
    pub fn linear(&self, name: &str, inputs: usize, outputs: usize, gain: Gain) -> Linear {
        Linear {
            weight: self.weight(name, [inputs, outputs], inputs, gain),
            bias: Some(self.bias(name, outputs, inputs)),
        }
    }

    /// A vector of `length` equal values.
    pub fn constant(&self, name: &str, length: usize, value: f32) -> Param<Tensor<1>> {
        self.parameter(name, TensorData::new(vec![value; length], [length]))
    }

    fn weight<const D: usize>(
        &self,
        name: &str,
        shape: [usize; D],
        fan_in: usize,
        gain: Gain,
    ) -> Param<Tensor<D>> {
        let bound = if self.plain { plain_bound(fan_in) } else { gain.bound(fan_in) };
        self.uniform(&format!("{name}.weight"), shape, bound)
    }

    fn bias(&self, name: &str, length: usize, fan_in: usize) -> Param<Tensor<1>> {
        let name = format!("{name}.bias");
        if self.plain {
            return self.uniform(&name, [length], plain_bound(fan_in));
        }
        self.constant(&name, length, 0.0)
    }

    fn uniform<const D: usize>(&self, name: &str, shape: [usize; D], bound: f32) -> Param<Tensor<D>> {
        let mut generator = ChaCha8Rng::seed_from_u64(self.seed);
        generator.set_stream(name_hash(name));
        let count = shape.iter().product();
        let values: Vec<f32> = (0..count).map(|_| generator.random_range(-bound..bound)).collect();
        self.parameter(name, TensorData::new(values, shape))
    }

    /// Identifies the parameter by its name, so that an optimiser's state fits any later copy.
    fn parameter<const D: usize>(&self, name: &str, data: TensorData) -> Param<Tensor<D>> {
        let tensor = Tensor::from_data(data, &self.device);
        Param::initialized(ParamId::from(name_hash(name)), tensor).set_require_grad(true)
    }
}

fn plain_bound(fan_in: usize) -> f32 {
    (fan_in as f32).sqrt().recip()
}

/// FNV-1a, 64 bits: stable over platforms and versions, as `std`'s hasher is not.
fn name_hash(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
