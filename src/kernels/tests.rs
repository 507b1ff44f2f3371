//! The own layers against Burn's operations, which define what is right, and their gradients against
//! finite differences.

use burn::{
    nn::{
        PaddingConfig2d,
        conv::{Conv2d, Conv2dConfig, ConvTranspose2d, ConvTranspose2dConfig},
    },
    tensor::{
        Device, Gradients, Tensor, TensorData, activation::relu, module::max_pool2d, ops::MaxPoolOptions,
    },
};
use proptest::prelude::*;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::layers;

/// Largest difference from Burn's result, relative to the largest number of it.
const TOLERANCE: f32 = 1e-5;
/// Step of finite differences, and how far they may be off, relative to the largest gradient.
const STEP: f32 = 1e-3;
const DIFFERENCE: f64 = 1e-2;

/// A layer on pictures.
trait Layer {
    fn own(&self, pictures: Tensor<4>) -> Tensor<4>;
    fn burns(&self, pictures: Tensor<4>) -> Tensor<4>;
    fn weights(&self) -> Tensor<4>;
    fn bias(&self) -> Tensor<1>;
    fn with(&self, weights: Tensor<4>, bias: Tensor<1>) -> Box<dyn Layer>;
}

struct ConvPool(Conv2d);

impl Layer for ConvPool {
    fn own(&self, pictures: Tensor<4>) -> Tensor<4> {
        layers::conv_pool_relu(&self.0, &pictures).expect("flex and a fitting layer")
    }

    fn burns(&self, pictures: Tensor<4>) -> Tensor<4> {
        relu(max_pool2d(self.0.forward(pictures), MaxPoolOptions::new([2, 2])))
    }

    fn weights(&self) -> Tensor<4> {
        self.0.weight.val()
    }

    fn bias(&self) -> Tensor<1> {
        self.0.bias.as_ref().expect("made with one").val()
    }

    fn with(&self, weights: Tensor<4>, bias: Tensor<1>) -> Box<dyn Layer> {
        let mut layer = self.0.clone();
        layer.weight = layer.weight.map(|_| weights);
        layer.bias = layer.bias.map(|old| old.map(|_| bias));
        Box::new(ConvPool(layer))
    }
}

struct Doubled(ConvTranspose2d, bool);

impl Layer for Doubled {
    fn own(&self, pictures: Tensor<4>) -> Tensor<4> {
        layers::doubled(&self.0, &pictures, self.1).expect("flex and a fitting layer")
    }

    fn burns(&self, pictures: Tensor<4>) -> Tensor<4> {
        let output = self.0.forward(pictures);
        if self.1 { relu(output) } else { output }
    }

    fn weights(&self) -> Tensor<4> {
        self.0.weight.val()
    }

    fn bias(&self) -> Tensor<1> {
        self.0.bias.as_ref().expect("made with one").val()
    }

    fn with(&self, weights: Tensor<4>, bias: Tensor<1>) -> Box<dyn Layer> {
        let mut layer = self.0.clone();
        layer.weight = layer.weight.map(|_| weights);
        layer.bias = layer.bias.map(|old| old.map(|_| bias));
        Box::new(Doubled(layer, self.1))
    }
}

fn conv_pool([inputs, outputs]: [usize; 2], seed: u64) -> ConvPool {
    let config = Conv2dConfig::new([inputs, outputs], [3, 3]);
    let mut layer = config.with_padding(PaddingConfig2d::Explicit(1, 1, 1, 1)).init(&device());
    layer.weight = layer.weight.map(|weight| noise(weight.dims(), seed + 1).require_grad());
    layer.bias = layer.bias.map(|bias| bias.map(|bias| noise(bias.dims(), seed + 2).require_grad()));
    ConvPool(layer)
}

fn doubled(channels: [usize; 2], kernel: usize, rectified: bool, seed: u64) -> Doubled {
    let config = ConvTranspose2dConfig::new(channels, [kernel, kernel]).with_stride([2, 2]);
    let more = 4 - kernel;
    let mut layer = config.with_padding([1, 1]).with_padding_out([more, more]).init(&device());
    layer.weight = layer.weight.map(|weight| noise(weight.dims(), seed + 1).require_grad());
    layer.bias = layer.bias.map(|bias| bias.map(|bias| noise(bias.dims(), seed + 2).require_grad()));
    Doubled(layer, rectified)
}

fn device() -> Device {
    Device::flex().autodiff()
}

/// Numbers from -1 to 1, as a constant.
fn noise<const D: usize>(shape: [usize; D], seed: u64) -> Tensor<D> {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    let values: Vec<f32> = (0..shape.iter().product()).map(|_| generator.random_range(-1.0..1.0)).collect();
    Tensor::from_data(TensorData::new(values, shape), &device())
}

fn values<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    tensor.into_data().try_into_vec().expect("f32")
}

/// Output and gradients for pictures, weights and bias, of a loss that weighs every output differently.
fn everything(layer: &dyn Layer, pictures: &Tensor<4>, output: Tensor<4>) -> [Vec<f32>; 4] {
    let loss = (output.clone() * noise(output.dims(), 99)).sum();
    let gradients = loss.backward();
    [
        values(output),
        gradient(pictures, &gradients),
        gradient(&layer.weights(), &gradients),
        gradient(&layer.bias(), &gradients),
    ]
}

fn gradient<const D: usize>(tensor: &Tensor<D>, gradients: &Gradients) -> Vec<f32> {
    values(tensor.grad(gradients).expect("tracked"))
}

fn both(layer: &dyn Layer, pictures: Tensor<4>) -> [[Vec<f32>; 4]; 2] {
    let pictures = pictures.detach().require_grad();
    let own = everything(layer, &pictures, layer.own(pictures.clone()));
    let burns = everything(layer, &pictures, layer.burns(pictures.clone()));
    [own, burns]
}

fn same(found: &[f32], expected: &[f32]) -> Result<(), TestCaseError> {
    prop_assert_eq!(found.len(), expected.len());
    let most = expected.iter().filter(|value| value.is_finite()).fold(1e-3, |most: f32, v| most.max(v.abs()));
    for (found, expected) in found.iter().zip(expected) {
        let close = (found - expected).abs() <= TOLERANCE * most;
        prop_assert!(close || found.is_nan() && expected.is_nan(), "{found} instead of {expected}");
    }
    Ok(())
}

fn agree(layer: &dyn Layer, pictures: Tensor<4>) -> Result<(), TestCaseError> {
    let [own, burns] = both(layer, pictures);
    own.iter().zip(&burns).try_for_each(|(own, burns)| same(own, burns))
}

/// With something that is no number among the pictures: the same outputs and the same gradients for
/// the pictures. For the weights, Burn also multiplies it with gradients that are zero.
fn agree_without_numbers(layer: &dyn Layer, pictures: Tensor<4>) -> Result<(), TestCaseError> {
    let [own, burns] = both(layer, pictures);
    prop_assert!(burns[0].iter().any(|value| value.is_nan()));
    same(&own[0], &burns[0])?;
    same(&own[1], &burns[1])?;
    for (own, burns) in own[2].iter().zip(&burns[2]) {
        prop_assert!(burns.is_nan() || !own.is_nan());
    }
    prop_assert_eq!(own[2].iter().any(|value| value.is_nan()), burns[2].iter().any(|value| value.is_nan()));
    same(&own[3], &burns[3])
}

/// Pictures with NaN at one place.
fn spoilt(pictures: Tensor<4>, place: usize) -> Tensor<4> {
    let shape = pictures.dims();
    let mut values = values(pictures);
    let place = place % values.len();
    values[place] = f32::NAN;
    Tensor::from_data(TensorData::new(values, shape), &device())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn convolution_with_pooling_agrees_with_burn(
        images in 1usize..12, inputs in 1usize..19, outputs in 1usize..10,
        height in 2usize..12, width in 2usize..12, seed in 0u64..1000,
    ) {
        let layer = conv_pool([inputs, outputs], seed);
        let pictures = noise([images, inputs, height, width], seed);
        agree(&layer, pictures.clone())?;
        // The last row and column of odd sides meet no window, but a neighbour's convolution.
        agree_without_numbers(&layer, spoilt(pictures, seed as usize))?;
    }

    #[test]
    fn transposed_convolution_agrees_with_burn(
        images in 1usize..12, inputs in 1usize..19, outputs in 1usize..10, height in 1usize..9,
        width in 1usize..9, kernel in 3usize..5, rectified: bool, seed in 0u64..1000,
    ) {
        let layer = doubled([inputs, outputs], kernel, rectified, seed);
        let pictures = noise([images, inputs, height, width], seed);
        agree(&layer, pictures.clone())?;
        agree_without_numbers(&layer, spoilt(pictures, seed as usize))?;
    }
}

#[test]
fn equal_values_send_the_gradient_to_the_first() {
    let mut layer = conv_pool([1, 1], 1);
    layer.0.weight = layer.0.weight.map(|weight| weight.detach().zeros_like().require_grad());
    layer.0.bias = layer.0.bias.map(|bias| bias.map(|bias| bias.detach().ones_like().require_grad()));
    agree(&layer, noise([1, 1, 6, 6], 3)).expect("all windows hold equal values");
}

#[test]
fn the_networks_own_sizes_agree_with_burn() {
    for (channels, side) in [([1, 16], 28), ([16, 32], 14)] {
        agree(&conv_pool(channels, 5), noise([9, channels[0], side, side], 6)).expect("an encoder layer");
    }
    for (channels, side, kernel) in [([64, 32], 7, 4), ([32, 1], 14, 4), ([32, 16], 7, 3), ([16, 1], 14, 3)] {
        let layer = doubled(channels, kernel, channels[1] > 1, 5);
        agree(&layer, noise([9, channels[0], side, side], 6)).expect("a decoder layer");
    }
}

#[test]
fn gradients_are_those_of_finite_differences() {
    let pictures = noise([2, 5, 6, 4], 7);
    differentiate(&conv_pool([5, 6], 8), &pictures);
    differentiate(&doubled([5, 6], 4, true, 9), &pictures);
    differentiate(&doubled([5, 2], 3, false, 10), &pictures);
}

/// Moves every seventh pixel, every fifth weight and every bias a little to either side.
fn differentiate(layer: &dyn Layer, pictures: &Tensor<4>) {
    let pictures = pictures.clone().detach().require_grad();
    let [output, found @ ..] = everything(layer, &pictures, layer.own(pictures.clone()));
    let factors = values(noise(layer.own(pictures.clone()).dims(), 99));
    assert_eq!(output.len(), factors.len());
    let [weights, bias] = [layer.weights().dims(), [layer.bias().dims()[0], 1, 1, 1]];
    let shapes = [pictures.dims(), weights, bias];
    let inputs = [values(pictures), values(layer.weights()), values(layer.bias())];
    let loss = |inputs: &[Vec<f32>; 3]| {
        let [pictures, weights, bias] = [0, 1, 2]
            .map(|at| Tensor::<4>::from_data(TensorData::new(inputs[at].clone(), shapes[at]), &device()));
        let outputs = values(layer.with(weights, bias.flatten(0, 3)).own(pictures));
        outputs.iter().zip(&factors).map(|(output, factor)| f64::from(output * factor)).sum::<f64>()
    };
    for (input, step) in [(0, 7), (1, 5), (2, 1)] {
        let most = found[input].iter().fold(0.0, |most: f64, value| most.max(f64::from(value.abs())));
        for place in (0..found[input].len()).step_by(step) {
            let moved = |by: f32| {
                let mut inputs = inputs.clone();
                inputs[input][place] += by;
                loss(&inputs)
            };
            let expected = (moved(STEP) - moved(-STEP)) / f64::from(2.0 * STEP);
            let difference = (f64::from(found[input][place]) - expected).abs();
            let is = found[input][place];
            assert!(difference < DIFFERENCE * most, "{input}, {place}: {is} instead of {expected}");
        }
    }
}

#[test]
fn what_learns_nothing_needs_no_graph() {
    let layer = conv_pool([1, 4], 1);
    let frozen = ConvPool(burn::module::Module::no_grad(layer.0.clone()));
    let output = frozen.own(noise([2, 1, 8, 8], 2));
    assert!(!output.is_require_grad());
    let plain = Tensor::<4>::from_data(noise([2, 1, 8, 8], 2).into_data(), &Device::flex());
    let valid = ConvPool(burn::module::Module::valid(&layer.0));
    assert_eq!(values(valid.own(plain)), values(output));
}
