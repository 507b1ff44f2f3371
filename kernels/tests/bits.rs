//! The same bits everywhere: sums of all results' bits, recorded once. Run natively by `cargo test`, on
//! one core and on all, and in a browser by `tests/browser`.

use telar_kernels::{conv_pool, doubling};

/// What [`found`] gives, on every processor and in every browser.
pub const RECORDED: [u64; 3] =
    [7_109_036_714_488_680_235, 13_061_305_186_319_472_978, 4_883_929_674_244_430_633];

/// Sums of the bits of outputs and gradients: a layer of the encoder, and both layers of the decoder
/// with other sizes and either kernel.
pub fn found() -> [u64; 3] {
    let shape = conv_pool::Shape { images: 19, inputs: 16, outputs: 32, height: 14, width: 14 };
    let [input, weights, bias] = [19 * 16 * 196, 32 * 16 * 9, 32].map(numbers);
    let (output, winners) = conv_pool::forward(&input, &weights, &bias, &shape);
    let back = conv_pool::backward(&input, &weights, &winners, &numbers(output.len()), &shape, true);
    let encoder = sum([&output, &back.weights, &back.bias, &back.input.unwrap_or_default()]);
    [encoder, decoder(9, 8, 4, true), decoder(8, 1, 3, false)]
}

fn decoder(inputs: usize, outputs: usize, kernel: usize, rectified: bool) -> u64 {
    let shape = doubling::Shape { images: 17, inputs, outputs, height: 7, width: 6, kernel };
    let sizes = [17 * inputs * 42, inputs * outputs * kernel * kernel, outputs];
    let [input, weights, bias] = sizes.map(numbers);
    let output = doubling::forward(&input, &weights, &bias, &shape, rectified);
    let kept = rectified.then_some(&output[..]);
    let back = doubling::backward(&input, &weights, kept, &numbers(output.len()), &shape, true);
    sum([&output, &back.weights, &back.bias, &back.input.unwrap_or_default()])
}

/// Reproducible numbers between -1 and 1.
fn numbers(count: usize) -> Vec<f32> {
    let mut state = count as u32;
    let next = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / (1 << 23) as f32 - 1.0
    };
    (0..count).map(next).collect()
}

/// FNV-1a over all bits.
fn sum(slices: [&Vec<f32>; 4]) -> u64 {
    let words = slices.into_iter().flatten().map(|value| u64::from(value.to_bits()));
    words.fold(0xcbf2_9ce4_8422_2325, |hash, word| (hash ^ word).wrapping_mul(0x0000_0100_0000_01b3))
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn results_are_the_recorded_ones() {
    assert_eq!(found(), RECORDED);
}
