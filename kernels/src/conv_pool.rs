//! 3×3 convolution with a margin of one, then the maximum of every 2×2 window, then ReLU: what each
//! half of the encoder does, in one pass that never writes the convolution's full output to memory.
//!
//! The gradient flows through the window's winner alone, and only where it is positive. That leaves
//! less than a quarter of the convolution's outputs to send anything back: both backward passes go
//! through these few instead of through all.

use std::ops::Range;

use crate::{
    Gradients, chunks,
    faint::is_faint,
    planes::{Extent, Pixels, Planes, steps},
    quad::{LANES, Quad},
    sparse::{self, Entry},
    taps::Taps,
};

/// Side of the kernel.
const SIDE: usize = 3;
/// Taps of one input channel.
const AREA: usize = SIDE * SIDE;
/// Output channels that are calculated together.
const BLOCK: usize = 4;
/// In place of a winner where the maximum is not positive: nothing flows back.
const NONE: u8 = 4;

/// Sizes of a batch. Pooling leaves out a last row or column of odd sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Images, none or more.
    pub images: usize,
    /// Channels that come in.
    pub inputs: usize,
    /// Channels that go out.
    pub outputs: usize,
    /// Rows that come in, at least 2.
    pub height: usize,
    /// Columns that come in, at least 2.
    pub width: usize,
}

impl Shape {
    fn extent(&self) -> Extent {
        Extent { height: self.height, width: self.width }
    }

    /// Numbers of an image that comes in.
    fn input(&self) -> usize {
        self.inputs * self.extent().area()
    }

    /// Rows and columns that go out.
    pub fn pooled(&self) -> [usize; 2] {
        [self.height / 2, self.width / 2]
    }

    /// Numbers of an image that goes out.
    fn output(&self) -> usize {
        let [height, width] = self.pooled();
        self.outputs * height * width
    }
}

/// Which of a window's four cells won (0 to 3, row by row), or 4 where nothing flows back; for each
/// chunk of images.
#[derive(Clone, Debug)]
pub struct Winners(Vec<Vec<u8>>);

/// `[images, inputs, height, width]` to `[images, outputs, height / 2, width / 2]`, and what [`backward`]
/// needs to know of it. `weights` are `[outputs, inputs, 3, 3]`.
///
/// Of equal values the first wins, and what is no number wins over all, as in Burn and PyTorch.
///
/// # Panics
/// Where a slice has not the size that `shape` says.
pub fn forward(input: &[f32], weights: &[f32], bias: &[f32], shape: &Shape) -> (Vec<f32>, Winners) {
    assert_eq!(input.len(), shape.images * shape.input());
    assert_eq!((weights.len(), bias.len()), (shape.outputs * shape.inputs * AREA, shape.outputs));
    let extent = shape.extent();
    let offsets = (0..shape.inputs * AREA)
        .map(|tap| tap / AREA * extent.padded() + tap % AREA / SIDE * extent.pitch() + tap % SIDE);
    let weight = |output, tap| weights[output * shape.inputs * AREA + tap];
    let taps = Taps::new(shape.outputs, Some(bias), offsets.collect(), weight);
    let mut values = vec![0.0; shape.images * shape.output()];
    let winners = chunks::map(shape.images, &mut values, shape.output(), |images, values| {
        forward_chunk(&input[images.start * shape.input()..images.end * shape.input()], &taps, shape, values)
    });
    (values, Winners(winners))
}

fn forward_chunk(input: &[f32], taps: &Taps<BLOCK>, shape: &Shape, values: &mut [f32]) -> Vec<u8> {
    let extent = shape.extent();
    let row = extent.positions().next_multiple_of(2 * LANES);
    // Pooling reads a quad beyond the last row.
    let mut convolved = vec![0.0; BLOCK * row + 2 * LANES];
    let mut planes = Planes::new(shape.inputs, extent);
    let mut winners = vec![0; values.len()];
    let area = shape.pooled().iter().product::<usize>();
    for (image, input) in input.chunks_exact(shape.input()).enumerate() {
        planes.fill(input);
        for channel in 0..shape.outputs {
            if channel % BLOCK == 0 {
                let target = &mut convolved[..BLOCK * row];
                taps.slide::<2>(channel / BLOCK, &planes.values, extent.positions(), target);
            }
            let begin = (image * shape.outputs + channel) * area;
            let target = begin..begin + area;
            let plane = &convolved[channel % BLOCK * row..];
            pool(plane, extent, &mut values[target.clone()], &mut winners[target]);
        }
    }
    winners
}

/// Maximum, winner and ReLU of every window of a plane whose rows lie `pitch` apart.
#[inline(never)] // So that profiles tell it apart.
fn pool(plane: &[f32], extent: Extent, values: &mut [f32], winners: &mut [u8]) {
    let (width, pitch) = (extent.width / 2, extent.pitch());
    let rows = values.chunks_exact_mut(width).zip(winners.chunks_exact_mut(width));
    for (row, (values, winners)) in rows.enumerate() {
        let lines = [&plane[2 * row * pitch..], &plane[(2 * row + 1) * pitch..]];
        if width < LANES {
            let (most, winner) = pool_quad(lines);
            let mut four = [0.0; LANES];
            most.store(&mut four);
            values.copy_from_slice(&four[..width]);
            winners.copy_from_slice(&winner[..width]);
            continue;
        }
        for begin in steps(width) {
            let (most, winner) = pool_quad([&lines[0][2 * begin..], &lines[1][2 * begin..]]);
            most.store(&mut values[begin..]);
            winners[begin..begin + LANES].copy_from_slice(&winner);
        }
    }
}

/// Four windows next to each other.
#[inline(always)]
fn pool_quad(lines: [&[f32]; 2]) -> (Quad, [u8; LANES]) {
    let upper = Quad::split(Quad::load(lines[0]), Quad::load(&lines[0][LANES..]));
    let lower = Quad::split(Quad::load(lines[1]), Quad::load(&lines[1][LANES..]));
    let code = |winner: u8| Quad::splat(f32::from_bits(u32::from(winner)));
    let (mut most, mut winner) = (upper.0, code(0));
    for (value, cell) in [(upper.1, 1), (lower.0, 2), (lower.1, 3)] {
        winner = value.if_above(most, code(cell), winner);
        most = value.if_above(most, value, most);
    }
    let winner = most.if_above(Quad::splat(0.0), winner, code(NONE));
    (most.rectified(), winner.low_bytes())
}

/// Gradients from `gradient`, the one for [`forward`]'s output.
///
/// Outputs that send nothing back are left out, also where the input is no number: such a number
/// reaches the weights through the winners alone.
///
/// # Panics
/// Where a slice has not the size that `shape` says.
pub fn backward(
    input: &[f32],
    weights: &[f32],
    winners: &Winners,
    gradient: &[f32],
    shape: &Shape,
    wants_input: bool,
) -> Gradients {
    assert_eq!(input.len(), shape.images * shape.input());
    assert_eq!(gradient.len(), shape.images * shape.output());
    let backward = Backward::new(input, weights, gradient, shape);
    let mut for_input = vec![0.0; if wants_input { input.len() } else { 0 }];
    let sums = chunks::map(shape.images, &mut for_input, shape.input(), |images, for_input| {
        let winners = &winners.0[images.start / chunks::IMAGES];
        backward.chunk(images, winners, for_input)
    });
    let (weights, bias): (Vec<_>, Vec<_>) = sums.into_iter().unzip();
    let sums = chunks::sum(weights, shape.outputs * SIDE * backward.segment);
    Gradients {
        input: wants_input.then_some(for_input),
        weights: backward.unpacked(&sums),
        bias: chunks::sum(bias, shape.outputs),
    }
}

/// What all chunks share.
struct Backward<'a> {
    input: &'a [f32],
    gradient: &'a [f32],
    shape: &'a Shape,
    /// Numbers a pixel where gradients for the input gather: the channels, up to a whole number of quads.
    depth: usize,
    /// Weights by output channel and kernel row, there by column and input channel (`depth` apart).
    by_row: Vec<f32>,
    /// Numbers of a kernel row in the sums of the weights' gradients, up to a whole number of quads.
    segment: usize,
}

impl<'a> Backward<'a> {
    fn new(input: &'a [f32], weights: &[f32], gradient: &'a [f32], shape: &'a Shape) -> Self {
        let depth = shape.inputs.next_multiple_of(LANES);
        let mut by_row = vec![0.0; shape.outputs * AREA * depth];
        for (index, taps) in weights.chunks_exact(AREA).enumerate() {
            let (output, channel) = (index / shape.inputs, index % shape.inputs);
            for (tap, weight) in taps.iter().enumerate() {
                by_row[(output * AREA + tap) * depth + channel] = *weight;
            }
        }
        let segment = (SIDE * shape.inputs).next_multiple_of(LANES);
        Self { input, gradient, shape, depth, by_row, segment }
    }

    /// Sums of the gradients for weights and bias over some images; writes those for their input.
    fn chunk(&self, images: Range<usize>, winners: &[u8], for_input: &mut [f32]) -> (Vec<f32>, Vec<f32>) {
        let shape = self.shape;
        let mut sums = vec![0.0; shape.outputs * SIDE * self.segment];
        let mut bias = vec![0.0; shape.outputs];
        let mut pixels = Pixels::new(shape.inputs, shape.extent());
        let mut entries = Vec::new();
        for (image, winners) in images.clone().zip(winners.chunks_exact(shape.output())) {
            pixels.fill(&self.input[image * shape.input()..][..shape.input()]);
            let gradient = &self.gradient[image * shape.output()..][..shape.output()];
            for (output, bias) in bias.iter_mut().enumerate() {
                self.entries(output, winners, gradient, &mut entries);
                *bias += entries.iter().map(|entry| entry.value).sum::<f32>();
                self.add_for_weights(output, &entries, &pixels, &mut sums);
            }
        }
        if !for_input.is_empty() {
            self.for_input(images, winners, for_input);
        }
        (sums, bias)
    }

    /// What an output channel of one image sends back.
    fn entries(&self, output: usize, winners: &[u8], gradient: &[f32], entries: &mut Vec<Entry>) {
        let ([height, width], pitch) = (self.shape.pooled(), self.shape.extent().pitch());
        entries.clear();
        for row in 0..height {
            let begin = (output * height + row) * width;
            let cells = winners[begin..begin + width].iter().zip(&gradient[begin..begin + width]);
            for (column, (&winner, &value)) in cells.enumerate() {
                if winner != NONE && !is_faint(value) {
                    let (down, right) = (usize::from(winner) / 2, usize::from(winner) % 2);
                    entries.push(Entry { place: (2 * row + down) * pitch + 2 * column + right, value });
                }
            }
        }
    }

    #[inline(never)] // So that profiles tell it apart.
    fn add_for_weights(&self, output: usize, entries: &[Entry], pixels: &Pixels, sums: &mut [f32]) {
        for row in 0..SIDE {
            let source = &pixels.values[row * self.shape.extent().pitch() * pixels.depth..];
            let sums = &mut sums[(output * SIDE + row) * self.segment..][..self.segment];
            sparse::add_all(entries, source, pixels.depth, sums);
        }
    }

    #[inline(never)] // So that profiles tell it apart.
    fn for_input(&self, images: Range<usize>, winners: &[u8], target: &mut [f32]) {
        let shape = self.shape;
        let mut pixels = Pixels::new(self.depth, shape.extent());
        let mut cells: [Vec<Entry>; NONE as usize] = Default::default();
        let images = images.zip(winners.chunks_exact(shape.output()));
        for ((image, winners), target) in images.zip(target.chunks_exact_mut(shape.input())) {
            pixels.values.fill(0.0);
            let gradient = &self.gradient[image * shape.output()..][..shape.output()];
            let [height, width] = shape.pooled();
            for window in 0..height * width {
                cells.iter_mut().for_each(Vec::clear);
                for output in 0..shape.outputs {
                    let index = output * height * width + window;
                    let cell =
                        cells.get_mut(usize::from(winners[index])).filter(|_| !is_faint(gradient[index]));
                    if let Some(cell) = cell {
                        cell.push(Entry { place: output, value: gradient[index] });
                    }
                }
                for (cell, entries) in cells.iter().enumerate() {
                    let at = [2 * (window / width) + cell / 2, 2 * (window % width) + cell % 2];
                    self.add_for_input(at, entries, &mut pixels);
                }
            }
            pixels.take(target);
        }
    }

    /// What the outputs of `entries` send back from position `at` to its 3×3 neighbourhood.
    fn add_for_input(&self, at: [usize; 2], entries: &[Entry], pixels: &mut Pixels) {
        let pitch = self.shape.extent().pitch();
        let segment = SIDE * self.depth;
        for row in 0..SIDE {
            let begin = ((at[0] + row) * pitch + at[1]) * self.depth;
            let target = &mut pixels.values[begin..begin + segment];
            sparse::add_all(entries, &self.by_row[row * segment..], AREA * self.depth, target);
        }
    }

    /// Sums by output channel, kernel row, column and input channel in the layout of the weights.
    fn unpacked(&self, sums: &[f32]) -> Vec<f32> {
        let inputs = self.shape.inputs;
        let mut weights = vec![0.0; self.shape.outputs * inputs * AREA];
        for (index, taps) in weights.chunks_exact_mut(AREA).enumerate() {
            let (output, channel) = (index / inputs, index % inputs);
            for (tap, weight) in taps.iter_mut().enumerate() {
                *weight = sums[(output * SIDE + tap / SIDE) * self.segment + tap % SIDE * inputs + channel];
            }
        }
        weights
    }
}
