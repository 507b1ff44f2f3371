//! How unlike anything known a picture is, judged by what the shipped classifier's last layer sees.
//!
//! A small network on the features, trained to tell garments and drawings of garments from
//! scribbles and noise (outlier exposure: Hendrycks, Mazeika and Dietterich, 2019).

use burn::{
    module::Module,
    nn::Linear,
    tensor::{
        Tensor,
        activation::{relu, sigmoid},
    },
};

use super::initializer::{Gain, Initializer};

/// Hidden units.
const UNITS: usize = 32;

/// Judges features.
#[derive(Module, Debug)]
pub struct Novelty {
    linear1: Linear,
    linear2: Linear,
}

impl Novelty {
    /// Initial weights, named `novelty.…`, for pictures of `features` features.
    pub fn new(features: usize, initializer: &Initializer) -> Self {
        Self {
            linear1: initializer.linear("novelty.linear1", features, UNITS, Gain::Relu),
            linear2: initializer.linear("novelty.linear2", UNITS, 1, Gain::Linear),
        }
    }

    /// Features `[n, features]` to scores `[n, 1]`: above 0 a picture is unlike anything known.
    pub fn score(&self, features: Tensor<2>) -> Tensor<2> {
        self.linear2.forward(relu(self.linear1.forward(features)))
    }

    /// Features `[n, features]` to `[n, 1]`, from 0 (well known) to 2; above 1 a picture is flagged.
    pub fn forward(&self, features: Tensor<2>) -> Tensor<2> {
        sigmoid(self.score(features)) * 2.0
    }

    /// The same with all scores lower by `threshold`.
    #[must_use]
    pub fn with_threshold(mut self, threshold: f32) -> Self {
        self.linear2.bias = self.linear2.bias.map(|bias| bias.map(|bias| bias - threshold));
        self
    }
}
