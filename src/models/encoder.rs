//! Pictures to latent vectors: two convolutions, each halved by max-pooling, and a linear layer.

use burn::{
    config::Config,
    module::Module,
    nn::{Linear, conv::Conv2d},
    tensor::Tensor,
};

use super::initializer::{Gain, Initializer};
use crate::{
    kernels::conv_pool_relu,
    network::{ENCODER_CHANNELS, ENCODER_KERNEL, INNER_SIDE},
};

/// Keeps a latent that never changes from being divided by nothing.
const LEAST_VARIANCE: f32 = 1e-6;

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
    /// Not there where only the convolutions are in use.
    linear: Option<Linear>,
}

impl EncoderConfig {
    /// An encoder with initial weights named `encoder.…`.
    pub fn init(&self, initializer: &Initializer) -> Encoder {
        let [first, second] = self.channels;
        let features = second * INNER_SIDE * INNER_SIDE;
        Encoder {
            conv1: initializer.convolution("encoder.conv1", 1, first, ENCODER_KERNEL, Gain::Relu),
            conv2: initializer.convolution("encoder.conv2", first, second, ENCODER_KERNEL, Gain::Relu),
            linear: Some(initializer.linear("encoder.linear", features, self.latent, Gain::Linear)),
        }
    }
}

impl Encoder {
    /// `[n, 1, 28, 28]` to `[n, latent]`, or to the features where it ends there.
    pub fn forward(&self, pictures: Tensor<4>) -> Tensor<2> {
        let features = self.features(pictures);
        match &self.linear {
            Some(linear) => linear.forward(features),
            None => features,
        }
    }

    /// `[n, 1, 28, 28]` to what the convolutions make of it, `[n, 1568]`, before the linear layer.
    fn features(&self, pictures: Tensor<4>) -> Tensor<2> {
        let half = conv_pool_relu(&self.conv1, pictures);
        let quarter = conv_pool_relu(&self.conv2, half);
        quarter.flatten(1, 3)
    }

    /// The convolutions alone: an encoder that ends with its features.
    pub fn convolutions(self) -> Self {
        Self { linear: None, ..self }
    }

    /// The encoder with its latents rescaled, each by itself, to mean 0 and variance 1 on `pictures`
    /// `[n, 1, 28, 28]`; its linear layer takes the change up. Features stay as they are.
    ///
    /// An autoencoder leaves its latents at any scale, and the layers that follow an encoder in a
    /// classifier are initialised for inputs around 1 (LeCun et al., 1998, «Efficient BackProp», 4.3).
    pub fn standardised(self, pictures: Tensor<4>) -> Self {
        let latents = self.forward(pictures);
        let scale = (latents.clone().var_bias(0) + LEAST_VARIANCE).sqrt().recip();
        let mean = latents.mean_dim(0);
        let linear = self.linear.map(|Linear { weight, bias }| {
            let weight = weight.map(|weight| weight * scale.clone());
            let shifted = |bias: Tensor<1>| (bias - mean.squeeze_dim::<1>(0)) * scale.squeeze_dim::<1>(0);
            Linear { weight, bias: bias.map(|bias| bias.map(shifted)) }
        });
        Self { linear, ..self }
    }

    /// Numbers that it gives for a picture: the latent size, or the number of features.
    pub fn latent(&self) -> usize {
        match &self.linear {
            Some(linear) => linear.weight.dims()[1],
            None => self.conv2.weight.dims()[0] * INNER_SIDE * INNER_SIDE,
        }
    }
}

#[cfg(test)]
mod tests {
    use burn::tensor::Device;

    use super::*;

    #[test]
    fn standardising_changes_the_scale_of_latents_and_nothing_else() {
        let device = Device::flex();
        let encoder = EncoderConfig::new().with_latent(3).init(&Initializer::new(5, &device));
        let pictures: Vec<f32> = (0..8 * 784).map(|index| (index * 37 % 101) as f32 / 101.0).collect();
        let pictures = Tensor::<1>::from_floats(pictures.as_slice(), &device).reshape([8, 1, 28, 28]);
        let values = |tensor: Tensor<2>| tensor.into_data().try_to_vec::<f32>().expect("f32");
        let before = encoder.forward(pictures.clone());
        let (variance, mean) = before.clone().var_mean_bias(0);
        let expected = values((before - mean) / variance.sqrt());
        let after = values(encoder.standardised(pictures.clone()).forward(pictures));
        assert!(expected.iter().zip(after).all(|(expected, after)| (expected - after).abs() < 1e-2));
    }
}
