//! The own arithmetic with the browser's SIMD: the same bits as natively, and Burn's results.

use burn::tensor::{Device, Tensor, TensorData, activation::relu, module::max_pool2d, ops::MaxPoolOptions};
use telar::{
    kernels,
    models::{Gain, Initializer},
};
use wasm_bindgen_test::wasm_bindgen_test;

#[path = "../../kernels/tests/bits.rs"]
mod bits;

/// Largest difference from Burn's result, relative to the largest number of it.
const TOLERANCE: f32 = 1e-5;

#[wasm_bindgen_test]
fn results_have_the_same_bits_as_natively() {
    assert_eq!(bits::found(), bits::RECORDED);
}

fn pictures(channels: usize, side: usize) -> Tensor<4> {
    let values: Vec<f32> = (0..5 * channels * side * side).map(|index| (index * 37 % 101) as f32).collect();
    let data = TensorData::new(values, [5, channels, side, side]);
    Tensor::from_data(data, &Device::flex().autodiff()) / 101.0
}

/// Output and the gradient for `pictures`.
async fn both(pictures: Tensor<4>, layer: impl Fn(Tensor<4>) -> Tensor<4>) -> [Vec<f32>; 2] {
    let pictures = pictures.require_grad();
    let output = layer(pictures.clone());
    let gradients = output.clone().powi_scalar(2).sum().backward();
    let gradient = pictures.grad(&gradients).expect("tracked");
    [values(output.inner()).await, values(gradient).await]
}

async fn values(tensor: Tensor<4>) -> Vec<f32> {
    tensor.into_data_async().await.expect("on the CPU").try_into_vec().expect("f32")
}

fn assert_close(own: [Vec<f32>; 2], burns: [Vec<f32>; 2]) {
    for (own, burns) in own.iter().zip(&burns) {
        let most = burns.iter().fold(0.0, |most: f32, value| most.max(value.abs()));
        assert!(most > 0.0 && own.len() == burns.len());
        for (own, burns) in own.iter().zip(burns) {
            assert!((own - burns).abs() <= TOLERANCE * most, "{own} instead of {burns}");
        }
    }
}

#[wasm_bindgen_test]
async fn layers_agree_with_burns() {
    let initializer = Initializer::new(3, &Device::flex().autodiff());
    for (inputs, outputs, side) in [(1, 16, 28), (16, 32, 14), (3, 5, 9)] {
        let layer = initializer.convolution("layer", inputs, outputs, 3, Gain::Relu);
        let burns = |pictures| relu(max_pool2d(layer.forward(pictures), MaxPoolOptions::new([2, 2])));
        let own = both(pictures(inputs, side), |pictures| kernels::conv_pool_relu(&layer, pictures)).await;
        assert_close(own, both(pictures(inputs, side), burns).await);
    }
    for (inputs, outputs, side) in [(64, 32, 7), (32, 1, 14), (3, 5, 3)] {
        let layer = initializer.doubling("layer", inputs, outputs, 4, Gain::Relu);
        let own = both(pictures(inputs, side), |pictures| kernels::doubled_relu(&layer, pictures)).await;
        assert_close(own, both(pictures(inputs, side), |pictures| relu(layer.forward(pictures))).await);
        let own = both(pictures(inputs, side), |pictures| kernels::doubled(&layer, pictures)).await;
        assert_close(own, both(pictures(inputs, side), |pictures| layer.forward(pictures)).await);
    }
}
