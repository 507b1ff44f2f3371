//! Which layers the own arithmetic can do, and how they call it.

use burn::{
    nn::{
        PaddingConfig2d,
        conv::{Conv2d, ConvTranspose2d},
    },
    tensor::Tensor,
};
use telar_kernels::{
    Gradients,
    conv_pool::{self, Winners},
    doubling,
};

use super::autodiff::{self, Operation};

/// The layer's result, where it is a layer for `telar-kernels` and the pictures are on flex.
pub(super) fn conv_pool_relu(layer: &Conv2d, pictures: &Tensor<4>) -> Option<Tensor<4>> {
    let [images, inputs, height, width] = pictures.dims();
    let [outputs, ..] = layer.weight.dims();
    let fits = layer.kernel_size == [3, 3]
        && layer.stride == [1, 1]
        && layer.dilation == [1, 1]
        && layer.groups == 1
        && layer.padding == PaddingConfig2d::Explicit(1, 1, 1, 1)
        && height.min(width) >= 2;
    let bias = layer.bias.as_ref().filter(|_| fits)?;
    let shape = conv_pool::Shape { images, inputs, outputs, height, width };
    autodiff::apply(shape, pictures.clone(), layer.weight.val(), bias.val())
}

/// As [`conv_pool_relu`]; `rectified` asks for a ReLU.
pub(super) fn doubled(layer: &ConvTranspose2d, pictures: &Tensor<4>, rectified: bool) -> Option<Tensor<4>> {
    let [images, inputs, height, width] = pictures.dims();
    let [_, outputs] = layer.channels;
    let kernel = layer.kernel_size[0];
    let fits = [([3, 3], [1, 1]), ([4, 4], [0, 0])].contains(&(layer.kernel_size, layer.padding_out))
        && layer.padding == [1, 1]
        && layer.stride == [2, 2]
        && layer.dilation == [1, 1]
        && layer.groups == 1;
    let bias = layer.bias.as_ref().filter(|_| fits)?;
    let shape = doubling::Shape { images, inputs, outputs, height, width, kernel };
    autodiff::apply(Doubling { shape, rectified }, pictures.clone(), layer.weight.val(), bias.val())
}

impl Operation for conv_pool::Shape {
    type Kept = Winners;

    fn output(&self) -> [usize; 4] {
        let [height, width] = self.pooled();
        [self.images, self.outputs, height, width]
    }

    fn forward(&self, input: &[f32], weights: &[f32], bias: &[f32]) -> (Vec<f32>, Winners) {
        conv_pool::forward(input, weights, bias, self)
    }

    fn backward(
        &self,
        [input, weights, _, gradient]: [&[f32]; 4],
        winners: &Winners,
        wants_input: bool,
    ) -> Gradients {
        conv_pool::backward(input, weights, winners, gradient, self, wants_input)
    }
}

/// A transposed convolution, with ReLU or without.
#[derive(Clone, Copy, Debug)]
struct Doubling {
    shape: doubling::Shape,
    rectified: bool,
}

impl Operation for Doubling {
    type Kept = ();

    fn output(&self) -> [usize; 4] {
        let doubling::Shape { images, outputs, height, width, .. } = self.shape;
        [images, outputs, 2 * height, 2 * width]
    }

    fn forward(&self, input: &[f32], weights: &[f32], bias: &[f32]) -> (Vec<f32>, ()) {
        (doubling::forward(input, weights, bias, &self.shape, self.rectified), ())
    }

    fn backward(
        &self,
        [input, weights, output, gradient]: [&[f32]; 4],
        (): &(),
        wants_input: bool,
    ) -> Gradients {
        let output = self.rectified.then_some(output);
        doubling::backward(input, weights, output, gradient, &self.shape, wants_input)
    }
}
