//! Pictures to latent vectors: two convolutions, each halved by max-pooling, and a linear layer.

use burn::{
    config::Config,
    module::Module,
    nn::{Linear, conv::Conv2d},
    tensor::{Tensor, activation::relu, module::max_pool2d, ops::MaxPoolOptions},
};

use super::initializer::{Gain, Initializer};
use crate::protocol::network::{ENCODER_CHANNELS, ENCODER_KERNEL, INNER_SIDE};

/// Settings of an [`Encoder`].
#[derive(Config, Debug, PartialEq)]
pub struct EncoderConfig {
    /// Latent size, 1 to 128.
    #[config(default = 16)]
    pub latent: usize,
    /// Output channels of the two convolutions.
    #[config(default = "ENCODER_CHANNELS")]
    pub channels: [usize; 2],
}

/// Encoder; the classifiers use the same one.
#[derive(Module, Debug)]
pub struct Encoder {
    conv1: Conv2d,
    conv2: Conv2d,
    linear: Linear,
}

impl EncoderConfig {
    /// An encoder with initial weights named `encoder.…`.
    pub fn init(&self, initializer: &Initializer) -> Encoder {
        let [first, second] = self.channels;
        let features = second * INNER_SIDE * INNER_SIDE;
        Encoder {
            conv1: initializer.convolution("encoder.conv1", 1, first, ENCODER_KERNEL, Gain::Relu),
            conv2: initializer.convolution("encoder.conv2", first, second, ENCODER_KERNEL, Gain::Relu),
            linear: initializer.linear("encoder.linear", features, self.latent, Gain::Linear),
        }
    }
}

impl Encoder {
    /// `[n, 1, 28, 28]` to `[n, latent]`.
    pub fn forward(&self, pictures: Tensor<4>) -> Tensor<2> {
        let half = relu(halved(self.conv1.forward(pictures)));
        let quarter = relu(halved(self.conv2.forward(half)));
        self.linear.forward(quarter.flatten(1, 3))
    }

    /// Latent size.
    pub fn latent(&self) -> usize {
        let [_, latent] = self.linear.weight.dims();
        latent
    }
}

/// The maximum of every 2×2 window. Pooling before the ReLU gives the same result as after it, for
/// a quarter of the work.
fn halved(features: Tensor<4>) -> Tensor<4> {
    max_pool2d(features, MaxPoolOptions::new([2, 2]))
}
