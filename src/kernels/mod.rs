//! Layers that Burn's flex backend calculates slowly, done by the arithmetic of `telar-kernels` where a
//! tensor lies on that backend, and by Burn's own operations everywhere else. Between Burn and the
//! networks of [`crate::models`]; the results agree up to rounding.
//!
//! To take it out again once Burn does better: let the two functions here keep their last lines alone.

use burn::{
    nn::conv::{Conv2d, ConvTranspose2d},
    tensor::{Tensor, activation::relu, module::max_pool2d, ops::MaxPoolOptions},
};

#[cfg(feature = "engine-cpu")]
mod autodiff;
#[cfg(feature = "engine-cpu")]
mod layers;
#[cfg(all(test, feature = "engine-cpu"))]
mod tests;

/// `layer`, then the maximum of every 2×2 window, then ReLU: `[n, c, h, w]` to
/// `[n, d, h / 2, w / 2]` for a layer that keeps the picture's size.
///
/// Pooling before the ReLU gives the same as after it, for a quarter of the work.
pub fn conv_pool_relu(layer: &Conv2d, pictures: Tensor<4>) -> Tensor<4> {
    #[cfg(feature = "engine-cpu")]
    if let Some(done) = layers::conv_pool_relu(layer, &pictures) {
        return done;
    }
    relu(max_pool2d(layer.forward(pictures), MaxPoolOptions::new([2, 2])))
}

/// `layer`, a transposed convolution of stride 2 that doubles the picture's sides: `[n, c, h, w]` to
/// `[n, d, 2 h, 2 w]`.
pub fn doubled(layer: &ConvTranspose2d, pictures: Tensor<4>) -> Tensor<4> {
    #[cfg(feature = "engine-cpu")]
    if let Some(done) = layers::doubled(layer, &pictures, false) {
        return done;
    }
    layer.forward(pictures)
}

/// [`doubled`], then ReLU.
pub fn doubled_relu(layer: &ConvTranspose2d, pictures: Tensor<4>) -> Tensor<4> {
    #[cfg(feature = "engine-cpu")]
    if let Some(done) = layers::doubled(layer, &pictures, true) {
        return done;
    }
    relu(layer.forward(pictures))
}
