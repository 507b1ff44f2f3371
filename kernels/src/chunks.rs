//! The images of a batch, a few at a time: one chunk after another, or all cores at once.
//!
//! A chunk is always the same number of images, so that sums over a batch are sums over its chunks in
//! their order, however many cores there are.

use std::ops::Range;

/// Images of a chunk.
pub(crate) const IMAGES: usize = 8;

/// Goes through a batch of `images` images. `work` gets the numbers of a chunk's images and its part of
/// `output`, which holds `size` numbers an image (or none at all); its results come back in order.
pub(crate) fn map<T: Send>(
    images: usize,
    output: &mut [f32],
    size: usize,
    work: impl Fn(Range<usize>, &mut [f32]) -> T + Send + Sync,
) -> Vec<T> {
    assert!(output.is_empty() || output.len() == images * size);
    let size = if output.is_empty() { 0 } else { size };
    let mut parts = Vec::with_capacity(images.div_ceil(IMAGES));
    let mut rest = output;
    for begin in (0..images).step_by(IMAGES) {
        let chunk = begin..(begin + IMAGES).min(images);
        let (part, after) = rest.split_at_mut(chunk.len() * size);
        rest = after;
        parts.push((chunk, part));
    }
    run(parts, |(chunk, part)| work(chunk, part))
}

#[cfg(feature = "rayon")]
fn run<P: Send, T: Send>(parts: Vec<P>, work: impl Fn(P) -> T + Send + Sync) -> Vec<T> {
    use rayon::prelude::*;
    parts.into_par_iter().map(work).collect()
}

#[cfg(not(feature = "rayon"))]
fn run<P, T>(parts: Vec<P>, work: impl Fn(P) -> T) -> Vec<T> {
    parts.into_iter().map(work).collect()
}

/// The sum of all chunks' `length` numbers, added in order.
pub(crate) fn sum(chunks: impl IntoIterator<Item = Vec<f32>>, length: usize) -> Vec<f32> {
    let mut chunks = chunks.into_iter();
    let mut total = chunks.next().unwrap_or_else(|| vec![0.0; length]);
    for chunk in chunks {
        for (total, value) in total.iter_mut().zip(chunk) {
            *total += value;
        }
    }
    total
}
