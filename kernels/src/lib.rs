//! The passes of training that a general library does slowly on these small pictures: plain slices
//! in and out, no tensor library, four numbers at a time.
//!
//! | module | what is there |
//! | --- | --- |
//! | [`conv_pool`] | 3×3 convolution, 2×2 maximum and ReLU in one, with its gradients |
//! | [`doubling`] | transposed convolution of stride 2, with or without ReLU, with its gradients |
//! | `taps` | the inner loop of everything that slides weights over planes |
//! | `faint` | gradients that count as 0 |
//! | `outer`, `sparse` | the inner loops of gradients for weights |
//! | `planes` | pictures laid out with a margin of zeros |
//! | `quad` | four numbers: wasm's SIMD, or an array that every compiler understands |
//! | `chunks` | the images of a batch, a few at a time, on one core or on all |
//!
//! Nothing here depends on the number of cores or on the processor: products are rounded before they
//! are added, sums are taken in one order, so that wasm and native code give the same bits.
//!
//! All pictures are `[images, channels, height, width]`, row by row, and all weights in PyTorch's layout.

mod chunks;
pub mod conv_pool;
pub mod doubling;
mod faint;
mod outer;
mod planes;
mod quad;
mod sparse;
mod taps;

/// What flows back from a batch.
#[derive(Clone, Debug)]
pub struct Gradients {
    /// For the input, where it is wanted.
    pub input: Option<Vec<f32>>,
    /// For the weights.
    pub weights: Vec<f32>,
    /// For the bias.
    pub bias: Vec<f32>,
}
