//! A classifier: the autoencoder's encoder and a small head on its latent vector.

use burn::{
    config::Config,
    module::Module,
    nn::Linear,
    tensor::{
        Tensor,
        activation::{relu, softmax},
    },
};

use super::{Encoder, EncoderConfig, Initializer, initializer::Gain};
use crate::{
    data::CLASS_COUNT,
    network::{ENCODER_CHANNELS, HEAD_UNITS},
};

/// Settings of a [`Classifier`].
#[derive(Config, Debug, PartialEq)]
pub struct ClassifierConfig {
    /// Latent size of the encoder, 1 to 128.
    #[config(default = 16)]
    pub latent: usize,
    /// Output channels of the encoder's convolutions.
    #[config(default = "ENCODER_CHANNELS")]
    pub channels: [usize; 2],
    /// Hidden units of the head.
    #[config(default = "HEAD_UNITS")]
    pub units: usize,
}

/// Classifier.
#[derive(Module, Debug)]
pub struct Classifier {
    /// Pictures to latent vectors, as in the autoencoder.
    pub encoder: Encoder,
    /// Latent vectors to class scores.
    pub head: Head,
}

/// The part that only a classifier has: two linear layers.
#[derive(Module, Debug)]
pub struct Head {
    linear1: Linear,
    linear2: Linear,
}

impl ClassifierConfig {
    /// A classifier with an initial encoder and head.
    pub fn init(&self, initializer: &Initializer) -> Classifier {
        let encoder = EncoderConfig { latent: self.latent, channels: self.channels };
        self.with_encoder(encoder.init(initializer), initializer)
    }

    /// A classifier on `encoder`, or on its features where it ends there, with an initial head. The
    /// head depends on seed and sizes alone, so that classifiers with different encoders can begin with
    /// the same one.
    pub fn with_encoder(&self, encoder: Encoder, initializer: &Initializer) -> Classifier {
        let head = Head {
            linear1: initializer.linear("head.linear1", encoder.latent(), self.units, Gain::Relu),
            linear2: initializer.linear("head.linear2", self.units, CLASS_COUNT, Gain::Linear),
        };
        Classifier { encoder, head }
    }
}

impl Classifier {
    /// `[n, 1, 28, 28]` to scores `[n, 10]`.
    pub fn forward(&self, pictures: Tensor<4>) -> Tensor<2> {
        self.head.forward(self.encoder.forward(pictures))
    }

    /// `[n, 1, 28, 28]` to probabilities `[n, 10]`, each row summing to 1.
    pub fn probabilities(&self, pictures: Tensor<4>) -> Tensor<2> {
        softmax(self.forward(pictures), 1)
    }

    /// Latent size of the encoder, or the number of features that the head reads.
    pub fn latent(&self) -> usize {
        self.encoder.latent()
    }
}

impl Head {
    /// `[n, latent]` to scores `[n, 10]`.
    pub fn forward(&self, latent: Tensor<2>) -> Tensor<2> {
        self.linear2.forward(relu(self.linear1.forward(latent)))
    }
}

#[cfg(test)]
mod tests {
    use burn::tensor::Device;

    use super::*;
    use crate::network::{classifier_layers, convolution_layers, encoder_layers, parameter_count};

    #[test]
    fn shapes_and_parameters_agree_with_the_description() {
        let initializer = Initializer::new(1, &Device::flex());
        let model = ClassifierConfig::new().with_latent(8).init(&initializer);
        let pictures = Tensor::zeros([3, 1, 28, 28], &Device::flex());
        assert_eq!(model.forward(pictures.clone()).dims(), [3, CLASS_COUNT]);
        assert_eq!(model.num_params(), parameter_count(&classifier_layers(encoder_layers(8))));
        let encoder = EncoderConfig::new().init(&initializer).convolutions();
        let on_features = ClassifierConfig::new().with_encoder(encoder, &initializer);
        assert_eq!(on_features.forward(pictures.clone()).dims(), [3, CLASS_COUNT]);
        assert_eq!(on_features.num_params(), parameter_count(&classifier_layers(convolution_layers())));
        let sums = model.probabilities(pictures).sum_dim(1).into_data().try_to_vec::<f32>().expect("f32");
        assert!(sums.iter().all(|sum| (sum - 1.0).abs() < 1e-5));
    }
}
