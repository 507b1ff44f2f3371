//! The autoencoder: an encoder and a decoder that meet in the latent vector.

use burn::{config::Config, module::Module, tensor::Tensor};

use super::{Decoder, DecoderConfig, Encoder, EncoderConfig, Initializer};
use crate::network::{DECODER_CHANNELS, ENCODER_CHANNELS};

/// Settings of an [`Autoencoder`].
#[derive(Config, Debug, PartialEq)]
pub struct AutoencoderConfig {
    /// Latent size, 1 to 128.
    #[config(default = 16)]
    pub latent: usize,
    /// Output channels of the encoder's convolutions.
    #[config(default = "ENCODER_CHANNELS")]
    pub encoder_channels: [usize; 2],
    /// Channels that enter the decoder's transposed convolutions.
    #[config(default = "DECODER_CHANNELS")]
    pub decoder_channels: [usize; 2],
}

/// Autoencoder.
#[derive(Module, Debug)]
pub struct Autoencoder {
    /// Pictures to latent vectors.
    pub encoder: Encoder,
    /// Latent vectors to pictures.
    pub decoder: Decoder,
}

impl AutoencoderConfig {
    /// An autoencoder with initial weights.
    pub fn init(&self, initializer: &Initializer) -> Autoencoder {
        let encoder = EncoderConfig { latent: self.latent, channels: self.encoder_channels };
        let decoder = DecoderConfig { latent: self.latent, channels: self.decoder_channels };
        Autoencoder { encoder: encoder.init(initializer), decoder: decoder.init(initializer) }
    }
}

impl Autoencoder {
    /// `[n, 1, 28, 28]` to `[n, 1, 28, 28]`, pixels 0 to 1 on both sides.
    pub fn forward(&self, pictures: Tensor<4>) -> Tensor<4> {
        self.decoder.forward(self.encoder.forward(pictures))
    }

    /// Latent size.
    pub fn latent(&self) -> usize {
        self.encoder.latent()
    }
}

#[cfg(test)]
mod tests {
    use burn::tensor::Device;

    use super::*;
    use crate::network::{autoencoder_layers, parameter_count};

    #[test]
    fn shapes_and_parameters_agree_with_the_description() {
        for latent in [1u32, 16, 128] {
            let model = AutoencoderConfig::new()
                .with_latent(latent as usize)
                .init(&Initializer::new(1, &Device::flex()));
            let pictures = Tensor::zeros([3, 1, 28, 28], &Device::flex());
            assert_eq!(model.encoder.forward(pictures.clone()).dims(), [3, latent as usize]);
            assert_eq!(model.forward(pictures).dims(), [3, 1, 28, 28]);
            assert_eq!(model.num_params(), parameter_count(&autoencoder_layers(latent)));
        }
    }

    #[test]
    fn the_seed_fixes_every_weight() {
        let outputs = [1u64, 1, 2].map(|seed| {
            let model = AutoencoderConfig::new().init(&Initializer::new(seed, &Device::flex()));
            let pictures = Tensor::full([1, 1, 28, 28], 0.5, &Device::flex());
            model.forward(pictures).into_data().try_to_vec::<f32>().expect("f32")
        });
        assert_eq!(outputs[0], outputs[1]);
        assert_ne!(outputs[0], outputs[2]);
    }
}
