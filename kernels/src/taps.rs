//! The inner loop of everything that slides weights over planes: convolutions, the phases of a
//! transposed convolution, and the gradients for their inputs.
//!
//! A *tap* is a weight and the place that it looks at, relative to where the result goes. A block of
//! `C` channels is calculated together, `V` quads at a time, since a weight once fetched serves `V`
//! quads and a quad once fetched serves `C` channels.

use crate::quad::{LANES, Quad};

/// Weights by block, tap and channel, with the place that each tap looks at.
pub(crate) struct Taps<const C: usize> {
    offsets: Vec<usize>,
    weights: Vec<f32>,
    /// Block by block, `C` each.
    bias: Vec<f32>,
    farthest: usize,
}

impl<const C: usize> Taps<C> {
    /// Taps at `offsets` for `channels` channels; `weight(channel, tap)` gives the weights.
    pub(crate) fn new(
        channels: usize,
        bias: Option<&[f32]>,
        offsets: Vec<usize>,
        weight: impl Fn(usize, usize) -> f32,
    ) -> Self {
        let padded = channels.next_multiple_of(C);
        let mut weights = Vec::with_capacity(padded * offsets.len());
        for block in (0..padded).step_by(C) {
            for tap in 0..offsets.len() {
                let of = |channel| if channel < channels { weight(channel, tap) } else { 0.0 };
                weights.extend((block..block + C).map(of));
            }
        }
        let mut bias = bias.map(<[f32]>::to_vec).unwrap_or_default();
        bias.resize(padded, 0.0);
        let farthest = offsets.iter().copied().max().unwrap_or(0);
        Self { offsets, weights, bias, farthest }
    }

    /// For each channel of `block` and each of the first `positions` positions: the bias and the sum
    /// of all taps. A channel's row begins `target.len() / C` after the one before, and is filled up
    /// to a whole number of quads.
    pub(crate) fn slide<const V: usize>(
        &self,
        block: usize,
        source: &[f32],
        positions: usize,
        target: &mut [f32],
    ) {
        let (filled, row) = (positions.next_multiple_of(LANES * V), target.len() / C);
        assert!(filled + self.farthest <= source.len() && filled <= row);
        let count = self.offsets.len();
        let weights = &self.weights[block * count * C..(block + 1) * count * C];
        let bias: &[f32] = &self.bias[block * C..(block + 1) * C];
        for begin in (0..filled).step_by(LANES * V) {
            // SAFETY: no tap looks farther than `filled + farthest`, asserted above.
            let sums = unsafe { sums::<C, V>(&source[begin..], &self.offsets, weights, bias) };
            for (channel, quads) in sums.iter().enumerate() {
                let target = &mut target[channel * row + begin..][..LANES * V];
                for (quad, target) in quads.iter().zip(target.chunks_exact_mut(LANES)) {
                    quad.store(target);
                }
            }
        }
    }
}

/// Bias and sum of all taps for `C` channels and `V` quads.
///
/// # Safety
/// `source` must reach `4 · V` beyond every offset.
#[inline(always)]
unsafe fn sums<const C: usize, const V: usize>(
    source: &[f32],
    offsets: &[usize],
    weights: &[f32],
    bias: &[f32],
) -> [[Quad; V]; C] {
    // Plain loops: what takes closures over arrays is not always compiled in place.
    let mut sums = [[Quad::splat(0.0); V]; C];
    for (sums, bias) in sums.iter_mut().zip(bias) {
        *sums = [Quad::splat(*bias); V];
    }
    let mut quads = [Quad::splat(0.0); V];
    for (offset, weights) in offsets.iter().zip(weights.chunks_exact(C)) {
        // SAFETY: promised by the caller.
        let from = unsafe { source.as_ptr().add(*offset) };
        for (index, quad) in quads.iter_mut().enumerate() {
            // SAFETY: as above.
            *quad = unsafe { Quad::read(from.add(LANES * index)) };
        }
        for (sums, weight) in sums.iter_mut().zip(weights) {
            let weight = Quad::splat(*weight);
            for (sum, quad) in sums.iter_mut().zip(&quads) {
                *sum = sum.plus_product(weight, *quad);
            }
        }
    }
    sums
}
