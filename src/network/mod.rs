//! The networks described without Burn: layers, output shapes, parameter counts. The page draws
//! its picture of the network from this; `models` builds the real layers from the same constants,
//! and a test there holds both together.

use crate::data::{CLASS_COUNT, IMAGE_SIDE};

/// Smallest latent size.
pub const LATENT_MIN: u32 = 1;
/// Largest latent size.
pub const LATENT_MAX: u32 = 128;

/// Output channels of the encoder's two convolutions.
pub const ENCODER_CHANNELS: [usize; 2] = [16, 32];
/// Side of the encoder's kernels; padding keeps the picture's size.
pub const ENCODER_KERNEL: usize = 3;
/// Channels that enter the decoder's two transposed convolutions.
pub const DECODER_CHANNELS: [usize; 2] = [64, 32];
/// Side of the decoder's kernels (stride 2, padding 1: each doubles the picture's size).
pub const DECODER_KERNEL: usize = 4;
/// Side of the picture after two poolings, where the linear layers sit.
pub const INNER_SIDE: usize = IMAGE_SIDE / 4;
/// Hidden units of a classifier's head.
pub const HEAD_UNITS: usize = 64;

/// What a layer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LayerKind {
    /// The picture that comes in.
    Input,
    /// Convolution with a square kernel of this side.
    Convolution(usize),
    /// Maximum over windows of this side, and as far apart; the ReLU follows.
    MaxPool(usize),
    /// Every input to every output.
    Linear,
    /// Transposed convolution with a square kernel of this side, stride 2.
    TransposedConvolution(usize),
    /// Squashes every pixel into 0 to 1.
    Sigmoid,
    /// Turns ten scores into ten probabilities.
    Softmax,
}

/// One layer as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Its name in weight files (`encoder.conv1`); empty where nothing is learnt.
    pub name: &'static str,
    /// What it does.
    pub kind: LayerKind,
    /// Shape of its output for one picture: `[channels, height, width]` or `[units]`.
    pub output: Vec<usize>,
    /// Numbers that it learns.
    pub parameters: usize,
}

fn layer(name: &'static str, kind: LayerKind, output: &[usize], parameters: usize) -> Layer {
    Layer { name, kind, output: output.to_vec(), parameters }
}

fn linear(name: &'static str, inputs: usize, outputs: usize) -> Layer {
    layer(name, LayerKind::Linear, &[outputs], (inputs + 1) * outputs)
}

/// The encoder's layers, the input first, for `latent` dimensions.
pub fn encoder_layers(latent: u32) -> Vec<Layer> {
    let [first, second] = ENCODER_CHANNELS;
    let area = ENCODER_KERNEL * ENCODER_KERNEL;
    let convolution = LayerKind::Convolution(ENCODER_KERNEL);
    let (full, half, inner) = (IMAGE_SIDE, IMAGE_SIDE / 2, INNER_SIDE);
    vec![
        layer("", LayerKind::Input, &[1, full, full], 0),
        layer("encoder.conv1", convolution, &[first, full, full], (area + 1) * first),
        layer("", LayerKind::MaxPool(2), &[first, half, half], 0),
        layer("encoder.conv2", convolution, &[second, half, half], (first * area + 1) * second),
        layer("", LayerKind::MaxPool(2), &[second, inner, inner], 0),
        linear("encoder.linear", second * inner * inner, latent as usize),
    ]
}

/// The decoder's layers, from `latent` dimensions back to a picture.
pub fn decoder_layers(latent: u32) -> Vec<Layer> {
    let [first, second] = DECODER_CHANNELS;
    let area = DECODER_KERNEL * DECODER_KERNEL;
    let transposed = LayerKind::TransposedConvolution(DECODER_KERNEL);
    let (full, half, inner) = (IMAGE_SIDE, IMAGE_SIDE / 2, INNER_SIDE);
    let units = first * inner * inner;
    vec![
        Layer { output: vec![first, inner, inner], ..linear("decoder.linear", latent as usize, units) },
        layer("decoder.deconv1", transposed, &[second, half, half], (first * area + 1) * second),
        layer("decoder.deconv2", transposed, &[1, full, full], second * area + 1),
        layer("", LayerKind::Sigmoid, &[1, full, full], 0),
    ]
}

/// All layers of the autoencoder with `latent` dimensions.
pub fn autoencoder_layers(latent: u32) -> Vec<Layer> {
    [encoder_layers(latent), decoder_layers(latent)].concat()
}

/// The encoder's layers up to its features, without the linear layer.
pub fn convolution_layers() -> Vec<Layer> {
    let mut layers = encoder_layers(LATENT_MIN);
    layers.pop();
    layers
}

/// All layers of a classifier whose head reads what `encoder` gives.
pub fn classifier_layers(encoder: Vec<Layer>) -> Vec<Layer> {
    let inputs = encoder.last().map_or(0, |layer| layer.output.iter().product());
    let head = vec![
        linear("head.linear1", inputs, HEAD_UNITS),
        linear("head.linear2", HEAD_UNITS, CLASS_COUNT),
        layer("", LayerKind::Softmax, &[CLASS_COUNT], 0),
    ];
    [encoder, head].concat()
}

/// Parameters of all `layers` together.
pub fn parameter_count(layers: &[Layer]) -> usize {
    layers.iter().map(|layer| layer.parameters).sum()
}
