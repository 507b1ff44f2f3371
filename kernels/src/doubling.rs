//! Transposed convolution of stride 2 that doubles a picture's sides, with or without ReLU: the
//! decoder's layers. Kernels are 3×3 (margin 1, one more row and column) or 4×4 (margin 1).
//!
//! A result at an even row meets other weights than one at an odd row, and so do columns. So the
//! output falls into four *phases*, each an ordinary convolution of the small picture with the few
//! taps that meet it: nothing is multiplied with zeros that stand between pixels. Seen backwards, the
//! four phases are planes beside one another, and the gradient for the input is one more convolution.

use std::ops::Range;

use crate::{
    Gradients, chunks,
    faint::without_faint,
    outer::{self, Walk},
    planes::{Extent, Pixels, Planes, fill_row},
    quad::{LANES, Quad},
    taps::Taps,
};

/// Channels that are calculated together.
const BLOCK: usize = 4;
/// Quads that one channel alone is calculated at a time.
const ALONE: usize = 8;
/// Phases in a direction.
const PHASES: usize = 2;

/// Sizes of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Images, none or more.
    pub images: usize,
    /// Channels that come in.
    pub inputs: usize,
    /// Channels that go out.
    pub outputs: usize,
    /// Rows that come in; twice as many go out.
    pub height: usize,
    /// Columns that come in; twice as many go out.
    pub width: usize,
    /// Side of the kernel, 3 or 4.
    pub kernel: usize,
}

impl Shape {
    fn extent(&self) -> Extent {
        Extent { height: self.height, width: self.width }
    }

    fn doubled(&self) -> Extent {
        Extent { height: 2 * self.height, width: 2 * self.width }
    }

    /// Numbers of an image that comes in.
    fn input(&self) -> usize {
        self.inputs * self.extent().area()
    }

    /// Numbers of an image that goes out.
    fn output(&self) -> usize {
        self.outputs * self.doubled().area()
    }

    /// Weights of a pair of channels.
    fn area(&self) -> usize {
        self.kernel * self.kernel
    }

    /// Where the weight for `input`, `output` and a place in the kernel lies.
    fn weight(&self, input: usize, output: usize, [row, column]: [usize; 2]) -> usize {
        ((input * self.outputs + output) * self.kernel + row) * self.kernel + column
    }

    /// The places in the kernel that meet a phase, each with how far down and right of the upper left
    /// neighbour it looks: row `2 i + phase` of the output gets row `i + (phase + 1 − r) / 2` of the
    /// input times kernel row `r`, where that is whole.
    fn meeting(&self, [down, right]: [usize; 2]) -> Vec<([usize; 2], [usize; 2])> {
        let along = |phase: usize| {
            let distances = (0..self.kernel).map(move |place| (place, phase + 3 - place));
            distances.filter(|(_, distance)| distance % 2 == 0).map(|(place, distance)| (place, distance / 2))
        };
        let rows = along(down);
        rows.flat_map(|(r, y)| along(right).map(move |(c, x)| ([r, c], [y, x]))).collect()
    }
}

/// `[images, inputs, height, width]` to `[images, outputs, 2 height, 2 width]`, with ReLU where
/// `rectified`. `weights` are `[inputs, outputs, kernel, kernel]`.
///
/// # Panics
/// Where a slice has not the size that `shape` says, or the kernel none of the known sides.
pub fn forward(input: &[f32], weights: &[f32], bias: &[f32], shape: &Shape, rectified: bool) -> Vec<f32> {
    assert_eq!(input.len(), shape.images * shape.input());
    check(weights, shape);
    assert_eq!(bias.len(), shape.outputs);
    if shape.outputs < BLOCK {
        Forward::<1, ALONE>::new(weights, bias, shape, rectified).run(input)
    } else {
        Forward::<BLOCK, 2>::new(weights, bias, shape, rectified).run(input)
    }
}

fn check(weights: &[f32], shape: &Shape) {
    assert!([3, 4].contains(&shape.kernel));
    assert_eq!(weights.len(), shape.inputs * shape.outputs * shape.area());
}

/// The forward pass, `C` channels and `V` quads at a time.
struct Forward<'a, const C: usize, const V: usize> {
    shape: &'a Shape,
    rectified: bool,
    /// Taps by phase, row by row.
    phases: [[Taps<C>; PHASES]; PHASES],
}

impl<'a, const C: usize, const V: usize> Forward<'a, C, V> {
    fn new(weights: &[f32], bias: &[f32], shape: &'a Shape, rectified: bool) -> Self {
        let phases = [0, 1].map(|down| [0, 1].map(|right| phase(weights, bias, shape, [down, right])));
        Self { shape, rectified, phases }
    }

    fn run(&self, input: &[f32]) -> Vec<f32> {
        let shape = self.shape;
        let mut output = vec![0.0; shape.images * shape.output()];
        chunks::map(shape.images, &mut output, shape.output(), |images, output| {
            self.chunk(&input[images.start * shape.input()..images.end * shape.input()], output);
        });
        output
    }

    fn chunk(&self, input: &[f32], output: &mut [f32]) {
        let (shape, extent) = (self.shape, self.shape.extent());
        let row = extent.positions().next_multiple_of(LANES * V);
        let mut planes = Planes::new(shape.inputs, extent);
        // Interleaving reads a quad at the end of the last row.
        let mut halves = [0; PHASES].map(|_| vec![0.0; C * row + LANES]);
        let images = input.chunks_exact(shape.input()).zip(output.chunks_exact_mut(shape.output()));
        for (input, output) in images {
            planes.fill(input);
            for (block, output) in output.chunks_mut(C * shape.doubled().area()).enumerate() {
                for (down, phases) in self.phases.iter().enumerate() {
                    for (half, taps) in halves.iter_mut().zip(phases) {
                        taps.slide::<V>(block, &planes.values, extent.positions(), &mut half[..C * row]);
                    }
                    self.interleave(&halves, row, down, output);
                }
            }
        }
    }

    /// Puts the two phases of every other row, from `down` on, where they belong.
    fn interleave(&self, halves: &[Vec<f32>; PHASES], row: usize, down: usize, output: &mut [f32]) {
        let (pitch, doubled) = (self.shape.extent().pitch(), self.shape.doubled());
        for (channel, plane) in output.chunks_exact_mut(doubled.area()).enumerate() {
            let lines = plane.chunks_exact_mut(doubled.width).skip(down).step_by(PHASES);
            for (index, line) in lines.enumerate() {
                let begin = channel * row + index * pitch;
                let (evens, odds) = (&halves[0][begin..], &halves[1][begin..]);
                let quad =
                    |at: usize| Quad::alternate(Quad::load(&evens[at / 2..]), Quad::load(&odds[at / 2..]));
                if self.rectified {
                    fill_row(line, |at| quad(at).rectified());
                } else {
                    fill_row(line, quad);
                }
            }
        }
    }
}

/// The taps of one phase.
fn phase<const C: usize>(weights: &[f32], bias: &[f32], shape: &Shape, which: [usize; 2]) -> Taps<C> {
    let (extent, meeting) = (shape.extent(), shape.meeting(which));
    let offsets = (0..shape.inputs).flat_map(|input| {
        let plane = input * extent.padded();
        meeting.iter().map(move |(_, [down, right])| plane + down * extent.pitch() + right)
    });
    let weight = |output, tap| {
        let (place, _) = meeting[tap % meeting.len()];
        weights[shape.weight(tap / meeting.len(), output, place)]
    };
    Taps::new(shape.outputs, Some(bias), offsets.collect(), weight)
}

/// Gradients from `gradient`, the one for [`forward`]'s output; `rectified` is that output where there
/// was a ReLU.
///
/// # Panics
/// Where a slice has not the size that `shape` says, or the kernel none of the known sides.
pub fn backward(
    input: &[f32],
    weights: &[f32],
    rectified: Option<&[f32]>,
    gradient: &[f32],
    shape: &Shape,
    wants_input: bool,
) -> Gradients {
    assert_eq!(input.len(), shape.images * shape.input());
    assert_eq!(gradient.len(), shape.images * shape.output());
    assert!(rectified.is_none_or(|output| output.len() == gradient.len()));
    check(weights, shape);
    let backward = Backward { input, rectified, gradient, shape, taps: taps_back(weights, shape) };
    let mut for_input = vec![0.0; if wants_input { input.len() } else { 0 }];
    let sums = chunks::map(shape.images, &mut for_input, shape.input(), |images, for_input| {
        backward.chunk(images, for_input)
    });
    let (weights, bias): (Vec<_>, Vec<_>) = sums.into_iter().unzip();
    Gradients {
        input: wants_input.then_some(for_input),
        weights: backward.unpacked(&chunks::sum(weights, backward.sums())),
        bias: chunks::sum(bias, shape.outputs),
    }
}

/// What all chunks share.
struct Backward<'a> {
    input: &'a [f32],
    rectified: Option<&'a [f32]>,
    gradient: &'a [f32],
    shape: &'a Shape,
    /// From the phases of the output's gradient to the input's.
    taps: Taps<BLOCK>,
}

/// What an image is spread out into, used again for the next.
struct Scratch {
    /// The output's gradient past the ReLU.
    sent: Vec<f32>,
    /// The same, whole and by phase.
    whole: Planes,
    phases: Planes,
    input: Pixels,
    result: Vec<f32>,
}

impl Backward<'_> {
    /// Sums of the gradients for weights and bias over some images; writes those for their input.
    fn chunk(&self, images: Range<usize>, for_input: &mut [f32]) -> (Vec<f32>, Vec<f32>) {
        let shape = self.shape;
        let row = shape.extent().positions().next_multiple_of(2 * LANES);
        let mut scratch = Scratch {
            sent: vec![0.0; shape.output()],
            whole: Planes::new(shape.outputs, shape.doubled()),
            phases: Planes::new(PHASES * PHASES * shape.outputs, shape.extent()),
            input: Pixels::new(self.depth(), shape.extent()),
            result: vec![0.0; BLOCK * row + LANES],
        };
        let (mut sums, mut bias) = (vec![0.0; self.sums()], vec![0.0; shape.outputs]);
        let mut for_input = for_input.chunks_exact_mut(shape.input());
        for image in images {
            self.spread_out(image, &mut scratch);
            add_planes(&scratch.sent, &mut bias);
            self.add_for_weights(&scratch, &mut sums);
            if let Some(for_input) = for_input.next() {
                self.for_input(&mut scratch, for_input);
            }
        }
        (sums, bias)
    }

    fn spread_out(&self, image: usize, scratch: &mut Scratch) {
        let shape = self.shape;
        let size = shape.output();
        let gradient = &self.gradient[image * size..][..size];
        match self.rectified {
            Some(output) => let_through(&output[image * size..][..size], gradient, &mut scratch.sent),
            None => fill_row(&mut scratch.sent, |at| without_faint(Quad::load(&gradient[at..]))),
        }
        scratch.whole.fill(&scratch.sent);
        scratch.input.fill(&self.input[image * shape.input()..][..shape.input()]);
        let width = shape.doubled().width;
        for (channel, plane) in scratch.sent.chunks_exact(shape.doubled().area()).enumerate() {
            for (row, line) in plane.chunks_exact(width).enumerate() {
                let plane = (row % PHASES * PHASES) * shape.outputs + channel;
                split_row(line, scratch.phases.row_mut(plane, row / PHASES), 0);
                split_row(line, scratch.phases.row_mut(plane + shape.outputs, row / PHASES), 1);
            }
        }
    }

    /// Columns of the sums: input channels, up to a whole number of blocks.
    fn depth(&self) -> usize {
        self.shape.inputs.next_multiple_of(outer::COLUMNS)
    }

    /// Sums of the gradients for the weights: by output channel, kernel row, kernel column (always
    /// four, the last to forget where the kernel has three) and input channel.
    fn sums(&self) -> usize {
        self.shape.outputs * self.shape.kernel * outer::ROWS * self.depth()
    }

    #[inline(never)] // So that profiles tell it apart.
    fn add_for_weights(&self, scratch: &Scratch, sums: &mut [f32]) {
        let (shape, extent, doubled) = (self.shape, self.shape.extent(), self.shape.doubled());
        let (depth, pitch) = (self.depth(), doubled.pitch());
        for (index, sums) in sums.chunks_exact_mut(outer::ROWS * depth).enumerate() {
            let (output, row) = (index / shape.kernel, index % shape.kernel);
            let begin = output * doubled.padded() + row * pitch;
            let sent = Walk { values: &scratch.whole.values, begin, down: 2 * pitch, right: 2 };
            for block in (0..depth).step_by(outer::COLUMNS) {
                let begin = scratch.input.at(0, 0) + block;
                let values = &scratch.input.values;
                let input = Walk { values, begin, down: extent.pitch() * depth, right: depth };
                outer::add_products(sent, input, [shape.height, shape.width], &mut sums[block..], depth);
            }
        }
    }

    #[inline(never)] // So that profiles tell it apart.
    fn for_input(&self, scratch: &mut Scratch, target: &mut [f32]) {
        let extent = self.shape.extent();
        let row = (scratch.result.len() - LANES) / BLOCK;
        for (block, target) in target.chunks_mut(BLOCK * extent.area()).enumerate() {
            let sums = &mut scratch.result[..BLOCK * row];
            self.taps.slide::<2>(block, &scratch.phases.values, extent.positions(), sums);
            for (channel, plane) in target.chunks_exact_mut(extent.area()).enumerate() {
                for (index, line) in plane.chunks_exact_mut(extent.width).enumerate() {
                    let sums = &scratch.result[channel * row + index * extent.pitch()..];
                    fill_row(line, |at| Quad::load(&sums[at..]));
                }
            }
        }
    }

    fn unpacked(&self, sums: &[f32]) -> Vec<f32> {
        let (shape, depth) = (self.shape, self.depth());
        let mut weights = vec![0.0; shape.inputs * shape.outputs * shape.area()];
        for (index, weights) in weights.chunks_exact_mut(shape.kernel).enumerate() {
            let (pair, row) = (index / shape.kernel, index % shape.kernel);
            let (input, output) = (pair / shape.outputs, pair % shape.outputs);
            for (column, weight) in weights.iter_mut().enumerate() {
                *weight = sums[((output * shape.kernel + row) * outer::ROWS + column) * depth + input];
            }
        }
        weights
    }
}

/// The taps from the phases of the output's gradient, plane by plane, to the input's gradient: where
/// the forward pass looks up, this one looks down.
fn taps_back(weights: &[f32], shape: &Shape) -> Taps<BLOCK> {
    let extent = shape.extent();
    let (mut offsets, mut places) = (Vec::new(), Vec::new());
    for which in 0..PHASES * PHASES {
        let meeting = shape.meeting([which / PHASES, which % PHASES]);
        for output in 0..shape.outputs {
            let plane = (which * shape.outputs + output) * extent.padded();
            for (place, [down, right]) in &meeting {
                offsets.push(plane + (2 - down) * extent.pitch() + 2 - right);
                places.push(shape.weight(0, output, *place));
            }
        }
    }
    let apart = shape.outputs * shape.area();
    Taps::new(shape.inputs, None, offsets, |input, tap| weights[input * apart + places[tap]])
}

/// `gradient` where the ReLU's output is above 0 (or no number), else 0; a faint one is 0 as well.
fn let_through(output: &[f32], gradient: &[f32], sent: &mut [f32]) {
    let zero = Quad::splat(0.0);
    let passed = |at: usize| Quad::load(&output[at..]).if_above(zero, Quad::load(&gradient[at..]), zero);
    fill_row(sent, |at| without_faint(passed(at)));
}

/// Every other number of a row, from the first or the second on.
fn split_row(line: &[f32], target: &mut [f32], first: usize) {
    if target.len() < LANES {
        for (target, value) in target.iter_mut().zip(line.iter().skip(first).step_by(PHASES)) {
            *target = *value;
        }
        return;
    }
    fill_row(target, |at| {
        let (evens, odds) = Quad::split(Quad::load(&line[2 * at..]), Quad::load(&line[2 * at + LANES..]));
        if first == 0 { evens } else { odds }
    });
}

/// Adds each plane's sum to its channel's; a plane is a whole number of quads.
fn add_planes(planes: &[f32], sums: &mut [f32]) {
    for (plane, total) in planes.chunks_exact(planes.len() / sums.len()).zip(sums) {
        let quads = plane.chunks_exact(LANES);
        let sum = quads.fold(Quad::splat(0.0), |sum, values| sum.plus(Quad::load(values)));
        let mut lanes = [0.0; LANES];
        sum.store(&mut lanes);
        *total += lanes.iter().sum::<f32>();
    }
}
