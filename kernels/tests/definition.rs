//! The passes against their definitions, written as plainly as can be and summed in double precision.

use telar_kernels::{conv_pool, doubling};

/// Largest difference, relative to the largest number of either side.
const TOLERANCE: f64 = 1e-5;

/// Reproducible numbers between -1 and 1 that never meet an equal.
struct Numbers(u32);

impl Numbers {
    fn take(&mut self, count: usize) -> Vec<f32> {
        let next = |_| {
            self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (self.0 >> 8) as f32 / (1 << 23) as f32 - 1.0
        };
        (0..count).map(next).collect()
    }
}

fn assert_close(what: &str, found: &[f32], expected: &[f64]) {
    assert_eq!(found.len(), expected.len(), "{what}");
    let most = expected.iter().fold(1e-3, |most: f64, value| most.max(value.abs()));
    for (index, (found, expected)) in found.iter().zip(expected).enumerate() {
        let difference = (f64::from(*found) - expected).abs();
        assert!(difference <= TOLERANCE * most, "{what} {index}: {found} instead of {expected}");
    }
}

/// Calls `term(image, output, input, place out, place in, weight)` for every product of a convolution
/// (3×3, margin 1).
fn convolution(shape: &conv_pool::Shape, mut term: impl FnMut(usize, usize, usize)) {
    let (height, width) = (shape.height as isize, shape.width as isize);
    for (image, output, input) in triples(shape.images, shape.outputs, shape.inputs) {
        for (row, column, tap) in triples(shape.height, shape.width, 9) {
            let from = [row as isize + tap as isize / 3 - 1, column as isize + tap as isize % 3 - 1];
            if (0..height).contains(&from[0]) && (0..width).contains(&from[1]) {
                let out = ((image * shape.outputs + output) * shape.height + row) * shape.width + column;
                let place = (from[0] * width + from[1]) as usize;
                let into = (image * shape.inputs + input) * shape.height * shape.width + place;
                term(out, into, (output * shape.inputs + input) * 9 + tap);
            }
        }
    }
}

fn transposed(shape: &doubling::Shape, mut term: impl FnMut(usize, usize, usize)) {
    let (k, rows, columns) = (shape.kernel, 2 * shape.height, 2 * shape.width);
    for (image, input, output) in triples(shape.images, shape.inputs, shape.outputs) {
        for (row, column, tap) in triples(shape.height, shape.width, k * k) {
            // Margin 1: what falls outside is lost.
            let to = [(2 * row + tap / k).wrapping_sub(1), (2 * column + tap % k).wrapping_sub(1)];
            if to[0] < rows && to[1] < columns {
                let into = ((image * shape.inputs + input) * shape.height + row) * shape.width + column;
                let out = ((image * shape.outputs + output) * rows + to[0]) * columns + to[1];
                term(out, into, (input * shape.outputs + output) * k * k + tap);
            }
        }
    }
}

fn triples(a: usize, b: usize, c: usize) -> impl Iterator<Item = (usize, usize, usize)> {
    (0..a).flat_map(move |x| (0..b).flat_map(move |y| (0..c).map(move |z| (x, y, z))))
}

#[test]
fn convolution_maximum_and_relu_are_as_defined() {
    let sizes = [(1, 1, 16, 28, 28), (9, 16, 32, 14, 14), (3, 5, 6, 7, 9), (2, 4, 3, 2, 3), (17, 2, 1, 5, 4)];
    for (images, inputs, outputs, height, width) in sizes {
        let shape = conv_pool::Shape { images, inputs, outputs, height, width };
        let mut numbers = Numbers(7);
        let input = numbers.take(images * inputs * height * width);
        let weights = numbers.take(outputs * inputs * 9);
        let bias = numbers.take(outputs);
        let mut full: Vec<f64> = (0..images * outputs * height * width)
            .map(|index| f64::from(bias[index / (height * width) % outputs]))
            .collect();
        convolution(&shape, |out, into, w| full[out] += f64::from(input[into]) * f64::from(weights[w]));
        let (mut pooled, mut sources) = (Vec::new(), Vec::new());
        for (plane, row, column) in triples(images * outputs, height / 2, width / 2) {
            let cell = |cell: usize| (plane * height + 2 * row + cell / 2) * width + 2 * column + cell % 2;
            let winner =
                (0..4).map(cell).fold(cell(0), |best, at| if full[at] > full[best] { at } else { best });
            pooled.push(full[winner].max(0.0));
            sources.push(winner);
        }
        let (values, winners) = conv_pool::forward(&input, &weights, &bias, &shape);
        assert_close("output", &values, &pooled);

        let gradient = numbers.take(values.len());
        let mut back = vec![0.0; full.len()];
        for ((source, value), gradient) in sources.iter().zip(&pooled).zip(&gradient) {
            back[*source] += if *value > 0.0 { f64::from(*gradient) } else { 0.0 };
        }
        let (mut for_input, mut for_weights) = (vec![0.0; input.len()], vec![0.0; weights.len()]);
        convolution(&shape, |out, into, w| {
            for_input[into] += back[out] * f64::from(weights[w]);
            for_weights[w] += back[out] * f64::from(input[into]);
        });
        let mut for_bias = vec![0.0; outputs];
        for (index, value) in back.iter().enumerate() {
            for_bias[index / (height * width) % outputs] += value;
        }
        let found = conv_pool::backward(&input, &weights, &winners, &gradient, &shape, true);
        assert_close("for the input", &found.input.unwrap(), &for_input);
        assert_close("for the weights", &found.weights, &for_weights);
        assert_close("for the bias", &found.bias, &for_bias);
    }
}

#[test]
fn transposed_convolution_is_as_defined() {
    let sizes = [(2, 64, 32, 7, 7), (9, 32, 1, 14, 14), (1, 5, 6, 3, 4), (3, 3, 2, 1, 1), (2, 9, 4, 2, 5)];
    for (images, inputs, outputs, height, width) in sizes {
        for (kernel, rectified) in [(3, false), (3, true), (4, false), (4, true)] {
            let shape = doubling::Shape { images, inputs, outputs, height, width, kernel };
            let mut numbers = Numbers(11);
            let input = numbers.take(images * inputs * height * width);
            let weights = numbers.take(inputs * outputs * kernel * kernel);
            let bias = numbers.take(outputs);
            let area = 4 * height * width;
            let mut full: Vec<f64> =
                (0..images * outputs * area).map(|index| f64::from(bias[index / area % outputs])).collect();
            transposed(&shape, |out, into, w| full[out] += f64::from(input[into]) * f64::from(weights[w]));
            if rectified {
                full.iter_mut().for_each(|value| *value = value.max(0.0));
            }
            let values = doubling::forward(&input, &weights, &bias, &shape, rectified);
            assert_close("output", &values, &full);

            let gradient = numbers.take(values.len());
            let sent =
                |out: usize| if rectified && full[out] <= 0.0 { 0.0 } else { f64::from(gradient[out]) };
            let (mut for_input, mut for_weights) = (vec![0.0; input.len()], vec![0.0; weights.len()]);
            transposed(&shape, |out, into, w| {
                for_input[into] += sent(out) * f64::from(weights[w]);
                for_weights[w] += sent(out) * f64::from(input[into]);
            });
            let mut for_bias = vec![0.0; outputs];
            (0..full.len()).for_each(|out| for_bias[out / area % outputs] += sent(out));
            let output = rectified.then_some(&values[..]);
            let found = doubling::backward(&input, &weights, output, &gradient, &shape, true);
            assert_close("for the input", &found.input.unwrap(), &for_input);
            assert_close("for the weights", &found.weights, &for_weights);
            assert_close("for the bias", &found.bias, &for_bias);
        }
    }
}
