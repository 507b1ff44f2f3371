//! Latent vectors back to pictures: a linear layer and two transposed convolutions that each double
//! the picture.

use burn::{
    config::Config,
    module::{Module, Param},
    nn::{Linear, conv::ConvTranspose2d},
    tensor::{
        Tensor,
        activation::{relu, sigmoid},
    },
};

use super::initializer::{Gain, Initializer};
use crate::{
    kernels::{doubled, doubled_relu},
    network::{DECODER_CHANNELS, DECODER_KERNEL, INNER_SIDE},
};

/// Mean training pixel of Fashion-MNIST (the data's own figure, 0.2860).
const MEAN_PIXEL: f32 = 0.286;

/// Settings of a [`Decoder`].
#[derive(Config, Debug, PartialEq)]
pub struct DecoderConfig {
    /// Latent size, 1 to 128.
    #[config(default = 16)]
    pub latent: usize,
    /// Channels that enter the two transposed convolutions.
    #[config(default = "DECODER_CHANNELS")]
    pub channels: [usize; 2],
}

/// Decoder.
#[derive(Module, Debug)]
pub struct Decoder {
    linear: Linear,
    deconv1: ConvTranspose2d,
    deconv2: ConvTranspose2d,
}

impl DecoderConfig {
    /// A decoder with initial weights named `decoder.…`. The last bias makes an untrained decoder
    /// paint the data's mean grey, which spares the first steps.
    pub fn init(&self, initializer: &Initializer) -> Decoder {
        let [first, second] = self.channels;
        let units = first * INNER_SIDE * INNER_SIDE;
        let mut deconv2 = initializer.doubling("decoder.deconv2", second, 1, DECODER_KERNEL, Gain::Linear);
        deconv2.bias = Some(mean_grey(initializer));
        Decoder {
            linear: initializer.linear("decoder.linear", self.latent, units, Gain::Relu),
            deconv1: initializer.doubling("decoder.deconv1", first, second, DECODER_KERNEL, Gain::Relu),
            deconv2,
        }
    }
}

fn mean_grey(initializer: &Initializer) -> Param<Tensor<1>> {
    initializer.constant("decoder.deconv2.bias", 1, (MEAN_PIXEL / (1.0 - MEAN_PIXEL)).ln())
}

impl Decoder {
    /// `[n, latent]` to `[n, 1, 28, 28]`, pixels 0 to 1.
    pub fn forward(&self, latent: Tensor<2>) -> Tensor<4> {
        let [pictures, _] = latent.dims();
        let [channels, ..] = self.deconv1.weight.dims();
        let units = relu(self.linear.forward(latent));
        let quarter = units.reshape([pictures, channels, INNER_SIDE, INNER_SIDE]);
        let half = doubled_relu(&self.deconv1, quarter);
        sigmoid(doubled(&self.deconv2, half))
    }
}
