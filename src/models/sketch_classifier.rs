//! The shipped classifier, which knows photographs and drawings alike: pictures to class scores.
//!
//! Every 2×2 block of pixels becomes four channels at 14×14 (Shi et al., 2016, the other way round),
//! which saves the costly layers at full size; then five 3×3 convolutions, three of them with a
//! shortcut round them (He et al., 2016), the mean and the maximum over the places, and a linear
//! layer. Training normalises each convolution's output over the batch (Ioffe and Szegedy, 2015);
//! [`SketchClassifier::fold`] puts that into the convolutions once training is over. A folded
//! classifier looks at every picture as it is and mirrored, and judges by the mean of both.

use burn::{
    config::Config,
    module::Module,
    nn::{BatchNorm, BatchNormConfig, Linear, conv::Conv2d},
    tensor::{Tensor, activation::relu},
};

use super::{
    Novelty,
    initializer::{Gain, Initializer},
};
use crate::data::CLASS_COUNT;

/// Settings of a [`SketchClassifier`].
#[derive(Config, Debug, PartialEq)]
pub struct SketchClassifierConfig {
    /// Channels at 14×14 and at 7×7.
    #[config(default = "[48, 80]")]
    pub channels: [usize; 2],
}

/// Classifier of photographs and drawings.
#[derive(Module, Debug)]
pub struct SketchClassifier {
    conv1: Conv2d,
    conv2: Conv2d,
    conv3: Conv2d,
    conv4: Conv2d,
    conv5: Conv2d,
    /// One a convolution while it learns, none once folded.
    norms: Vec<BatchNorm>,
    linear: Linear,
    /// How unlike anything known a picture is, by its features.
    pub novelty: Novelty,
}

impl SketchClassifierConfig {
    /// A classifier that learns, with initial weights named `sketch.…` and normalisation.
    pub fn init(&self, initializer: &Initializer) -> SketchClassifier {
        let [half, quarter] = self.channels;
        let classifier = self.init_folded(initializer);
        let device = classifier.linear.weight.device();
        let norm = |channels| BatchNormConfig::new(channels).init(&device);
        SketchClassifier { norms: [half, half, quarter, quarter, quarter].map(norm).to_vec(), ..classifier }
    }

    /// The same without normalisation: the shape of what ships.
    pub fn init_folded(&self, initializer: &Initializer) -> SketchClassifier {
        let [half, quarter] = self.channels;
        let layer = |name: &str, inputs, outputs, stride| {
            let mut layer =
                initializer.convolution(&format!("sketch.{name}"), inputs, outputs, 3, Gain::Relu);
            layer.stride = [stride, stride];
            layer
        };
        SketchClassifier {
            conv1: layer("conv1", 4, half, 1),
            conv2: layer("conv2", half, half, 1),
            conv3: layer("conv3", half, quarter, 2),
            conv4: layer("conv4", quarter, quarter, 1),
            conv5: layer("conv5", quarter, quarter, 1),
            norms: Vec::new(),
            linear: initializer.linear("sketch.linear", 2 * quarter, CLASS_COUNT, Gain::Linear),
            novelty: Novelty::new(2 * quarter, initializer),
        }
    }
}

impl SketchClassifier {
    /// `[n, 1, 28, 28]`, pixels 0 to 1, to ten scores `[n, 10]` before the softmax.
    pub fn forward(&self, pictures: Tensor<4>) -> Tensor<2> {
        self.scores(self.features(pictures))
    }

    /// `[n, 1, 28, 28]` to `[n, features]`: what the last layer sees. Once folded, the mean over both
    /// facings.
    pub fn features(&self, pictures: Tensor<4>) -> Tensor<2> {
        if self.norms.is_empty() {
            let mirrored = pictures.clone().flip([3]);
            (self.one_facing(pictures) + self.one_facing(mirrored)) / 2.0
        } else {
            self.one_facing(pictures)
        }
    }

    fn one_facing(&self, pictures: Tensor<4>) -> Tensor<2> {
        let half = self.layer(0, &self.conv1, blocks(pictures));
        let half = half.clone() + self.layer(1, &self.conv2, half);
        let quarter = self.layer(2, &self.conv3, half);
        let quarter = quarter.clone() + self.layer(3, &self.conv4, quarter);
        let quarter = quarter.clone() + self.layer(4, &self.conv5, quarter);
        let places = quarter.flatten::<3>(2, 3);
        let (mean, maximum) = (places.clone().mean_dim(2), places.max_dim(2));
        Tensor::cat(vec![mean, maximum], 1).flatten(1, 2)
    }

    /// `[n, features]` to ten scores `[n, 10]`.
    pub fn scores(&self, features: Tensor<2>) -> Tensor<2> {
        self.linear.forward(features)
    }

    /// Number of features.
    pub fn feature_count(&self) -> usize {
        let [features, _] = self.linear.weight.dims();
        features
    }

    /// The same function of one facing, up to rounding, without normalisation layers: each one's running mean and
    /// variance go into the weights before it. `self` must be without gradients.
    pub fn fold(self) -> Self {
        let mut folded = Self { norms: Vec::new(), ..self.clone() };
        let layers =
            [&mut folded.conv1, &mut folded.conv2, &mut folded.conv3, &mut folded.conv4, &mut folded.conv5];
        for (layer, norm) in layers.into_iter().zip(&self.norms) {
            fold(layer, norm);
        }
        folded
    }

    fn layer(&self, index: usize, convolution: &Conv2d, input: Tensor<4>) -> Tensor<4> {
        let output = convolution.forward(input);
        relu(match self.norms.get(index) {
            Some(norm) => norm.forward(output),
            None => output,
        })
    }
}

fn fold(layer: &mut Conv2d, norm: &BatchNorm) {
    let deviation = (norm.running_var.value() + norm.epsilon).sqrt();
    let factor = norm.gamma.val() / deviation;
    let mean = norm.running_mean.value();
    let scale = factor.clone().reshape([-1, 1, 1, 1]);
    layer.weight = layer.weight.clone().map(|weight| weight * scale.clone());
    layer.bias = layer
        .bias
        .take()
        .map(|bias| bias.map(|bias| (bias - mean.clone()) * factor.clone() + norm.beta.val()));
}

/// `[n, 1, 28, 28]` to `[n, 4, 14, 14]`: channel `2 row + column` of each 2×2 block, as PyTorch's
/// `pixel_unshuffle(2)`.
fn blocks(pictures: Tensor<4>) -> Tensor<4> {
    let [count, _, height, width] = pictures.dims();
    let (rows, columns) = (height / 2, width / 2);
    let split: Tensor<5> = pictures.reshape([count, rows, 2, columns, 2]);
    split.permute([0, 2, 4, 1, 3]).reshape([count, 4, rows, columns])
}

#[cfg(test)]
mod tests {
    use burn::tensor::{Device, TensorData};
    use rand::{Rng, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    use super::*;

    #[test]
    fn has_the_shapes_and_size_that_ship() {
        let model = SketchClassifierConfig::new().init(&Initializer::new(1, &Device::flex()));
        let pictures = Tensor::zeros([3, 1, 28, 28], &Device::flex());
        assert_eq!(model.features(pictures.clone()).dims(), [3, 160]);
        assert_eq!(model.forward(pictures).dims(), [3, 10]);
        assert!(model.num_params() < 200_000, "{}", model.num_params());
    }

    #[test]
    fn folding_changes_no_score_but_takes_the_mean_of_both_facings() {
        let device = Device::flex();
        let model = SketchClassifierConfig::new().init(&Initializer::new(1, &device.clone().autodiff()));
        let noise = |seed: u64| {
            let mut generator = ChaCha8Rng::seed_from_u64(seed);
            let values = (0..8 * 784).map(|_| generator.random::<f32>()).collect();
            TensorData::new(values, [8, 1, 28, 28])
        };
        // Training moves the running mean and variance away from where they begin.
        for seed in 0..5 {
            model.forward(Tensor::from_data(noise(seed), &device.clone().autodiff()));
        }
        let model = model.valid();
        let pictures = Tensor::from_data(noise(9), &device);
        let both = model.forward(pictures.clone()) + model.forward(pictures.clone().flip([3]));
        let difference = (both / 2.0 - model.fold().forward(pictures)).abs().max();
        assert!(difference.into_scalar::<f32>() < 1e-4);
    }
}
