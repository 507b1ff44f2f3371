//! Why a classifier decides as it does: integrated gradients (Sundararajan, Taly and Yan, 2017).
//!
//! The picture is faded in from blank in a few steps; the gradients of the class's log-probability
//! at these steps, averaged and multiplied by the pixels, say how much each pixel speaks for the
//! class or against it. Together they sum to the difference from the blank picture's log-probability.

use burn::tensor::{Tensor, activation::log_softmax};

/// Steps from blank to the picture, at the middle of equal intervals.
const STEPS: usize = 16;

/// How much each pixel of `picture` (`[1, 1, 28, 28]` on an autodiff device) speaks for `class`, in
/// the same shape, without gradients. `scores` maps `[n, 1, 28, 28]` to `[n, classes]` on that device.
pub fn integrated_gradients(
    picture: Tensor<4>,
    class: usize,
    scores: impl Fn(Tensor<4>) -> Tensor<2>,
) -> Tensor<4> {
    let device = picture.device();
    let strengths: Vec<f32> = (0..STEPS).map(|step| (step as f32 + 0.5) / STEPS as f32).collect();
    let strengths = Tensor::<1>::from_floats(&strengths[..], &device).reshape([STEPS, 1, 1, 1]);
    let faded = (picture.clone() * strengths).detach().require_grad();
    let logarithms = log_softmax(scores(faded.clone()), 1);
    let gradients = logarithms.slice([0..STEPS, class..class + 1]).sum().backward();
    let plain = picture.inner();
    match faded.grad(&gradients) {
        Some(gradient) => gradient.mean_dim(0) * plain,
        None => plain.zeros_like(),
    }
}

#[cfg(test)]
mod tests {
    use burn::tensor::Device;

    use super::*;
    use crate::models::{Initializer, SketchClassifierConfig};

    /// The axiom of completeness: the influences sum to the difference of the log-probabilities.
    #[test]
    fn influences_sum_to_the_difference_from_blank() {
        let device = Device::flex();
        let model =
            SketchClassifierConfig::new().init_folded(&Initializer::new(3, &device.clone().autodiff()));
        let ramp: Vec<f32> = (0..784).map(|pixel| (pixel % 28) as f32 / 28.0).collect();
        let picture = Tensor::<1>::from_floats(&ramp[..], &device.clone().autodiff()).reshape([1, 1, 28, 28]);
        let influence = integrated_gradients(picture.clone(), 4, |p| model.forward(p));
        let plain = |p: Tensor<4>| log_softmax(model.forward(p), 1).inner().slice([0..1, 4..5]);
        let difference = plain(picture.clone()) - plain(picture.zeros_like());
        let found: f32 = influence.sum().into_scalar();
        let expected: f32 = difference.sum().into_scalar();
        assert!((found - expected).abs() < 0.05 * expected.abs().max(0.1), "{found} {expected}");
    }

    /// A linear score: each pixel's influence is weight times value.
    #[test]
    fn a_pixel_that_raises_the_score_speaks_for_it() {
        let device = Device::flex().autodiff();
        let picture = Tensor::<4>::ones([1, 1, 28, 28], &device);
        let scores = |p: Tensor<4>| {
            let left = p.clone().slice([0..STEPS, 0..1, 0..28, 0..14]).flatten::<2>(1, 3).sum_dim(1);
            let right = p.slice([0..STEPS, 0..1, 0..28, 14..28]).flatten::<2>(1, 3).sum_dim(1);
            Tensor::cat(vec![left, right], 1) * 0.01
        };
        let influence = integrated_gradients(picture, 0, scores).into_data().try_to_vec::<f32>().unwrap();
        assert!(influence[0] > 0.0 && influence[27] < 0.0);
    }
}
