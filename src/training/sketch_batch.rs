//! Batches for the shipped classifier: photographs either facing, made-up drawings, and photographs
//! made to look like drawings. Every picture is fixed by the seed, the batch's number and its place.

use std::thread;

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::moved::{mix, moved};
use crate::{
    data::{IMAGE_PIXELS, Labelled},
    drawing::{augment, garments},
};

/// How often each class is drawn. Shirts less: their outline alone is that of a T-shirt, a pullover
/// or a coat, and only details tell them apart.
const CLASS_WEIGHTS: [f32; 10] = [1.0, 1.0, 1.2, 0.8, 1.2, 1.2, 0.5, 1.2, 1.2, 1.0];
/// How often a photograph of a class is made into a sketch, of those chosen: outlines of shirts and
/// coats say little of what they are.
const SKETCH_SHARE: [f64; 10] = [1.0, 1.0, 1.0, 1.0, 0.5, 1.0, 0.25, 1.0, 1.0, 1.0];
/// Threads that draw.
const THREADS: usize = 2;

/// How many pictures of each kind a batch has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mixture {
    /// Photographs.
    pub photographs: usize,
    /// Made-up drawings.
    pub drawings: usize,
    /// Photographs made to look like drawings.
    pub sketches: usize,
    /// Farthest that drawings are moved, in pixels each way. Photographs stay where they are: those
    /// to be judged are centred alike.
    pub shift: i32,
}

/// Pictures and labels of one batch: the photographs `indices` of `set`, then drawings, then
/// sketches of photographs of `pool`.
pub fn assemble(set: &Labelled, indices: &[u32], pool: &[u32], mixture: Mixture, seed: u64) -> Labelled {
    let mut batch = Labelled::default();
    for (place, &index) in (0u64..).zip(indices) {
        let picture = set.image(index as usize);
        let pixels = jittered(picture, 0, seed ^ (place << 40));
        append(&mut batch, &pixels, set.labels[index as usize]);
    }
    let made = in_threads(mixture.drawings + mixture.sketches, |place| {
        let seed = mix(seed, place as u64);
        if place < mixture.drawings { drawing(mixture.shift, seed) } else { sketch(set, pool, seed) }
    });
    for (pixels, label) in made {
        append(&mut batch, &pixels, label);
    }
    batch
}

/// `count` made-up drawings for validation; training uses other seeds.
pub fn held_out_drawings(count: usize) -> Labelled {
    let mut set = Labelled::default();
    let made = in_threads(count, |place| {
        let class = (place % 10) as u8;
        (garments::picture(class, u64::MAX / 2 + place as u64), class)
    });
    for (pixels, label) in made {
        append(&mut set, &pixels, label);
    }
    set
}

pub(super) fn append(batch: &mut Labelled, pixels: &[u8; IMAGE_PIXELS], label: u8) {
    batch.pixels.extend_from_slice(pixels);
    batch.labels.push(label);
}

/// Calls `make` for every place from 0, on several threads, and keeps the order.
pub(super) fn in_threads<T: Send>(count: usize, make: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let share = count.div_ceil(THREADS).max(1);
    thread::scope(|scope| {
        let starts = (0..count).step_by(share);
        let make = &make;
        let workers: Vec<_> = starts
            .map(|start| {
                let end = (start + share).min(count);
                scope.spawn(move || (start..end).map(make).collect::<Vec<T>>())
            })
            .collect();
        let join = |worker: thread::ScopedJoinHandle<'_, Vec<T>>| {
            worker.join().expect("drawing and sketching do not panic")
        };
        workers.into_iter().flat_map(join).collect()
    })
}

/// A drawing of a class by weight, moved a little.
fn drawing(shift: i32, seed: u64) -> ([u8; IMAGE_PIXELS], u8) {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut left = rng.random::<f32>() * CLASS_WEIGHTS.iter().sum::<f32>();
    let class = CLASS_WEIGHTS.iter().position(|weight| {
        left -= weight;
        left < 0.0
    });
    let class = class.unwrap_or(0) as u8;
    // Half the seeds belong to validation.
    let picture = garments::picture(class, rng.random_range(0..u64::MAX / 4));
    (jittered(&picture, shift, rng.random()), class)
}

/// A sketch of a photograph from `pool`.
fn sketch(set: &Labelled, pool: &[u32], seed: u64) -> ([u8; IMAGE_PIXELS], u8) {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    loop {
        let index = pool[rng.random_range(0..pool.len())] as usize;
        let label = set.labels[index];
        if rng.random_bool(SKETCH_SHARE[usize::from(label)]) {
            return (augment::sketch(set.image(index), rng.random()), label);
        }
    }
}

/// Turned round half the time, and moved by up to `shift` pixels each way.
fn jittered(picture: &[u8], shift: i32, seed: u64) -> [u8; IMAGE_PIXELS] {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let by = (rng.random_range(-shift..=shift), rng.random_range(-shift..=shift));
    moved(picture, by, rng.random_bool(0.5))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn photographs() -> Labelled {
        let pixels = (0..20 * IMAGE_PIXELS).map(|i| (i % 251) as u8).collect();
        Labelled { pixels, labels: (0..20).map(|i| i % 10).collect() }
    }

    #[test]
    fn a_seed_fixes_the_batch_and_its_parts_are_in_order() {
        let set = photographs();
        let pool: Vec<u32> = (0..20).collect();
        let mixture = Mixture { photographs: 3, drawings: 5, sketches: 4, shift: 2 };
        let batch = assemble(&set, &[4, 2, 7], &pool, mixture, 9);
        assert_eq!(batch.len(), 12);
        assert_eq!(batch.labels[..3], [4, 2, 7]);
        assert_eq!(batch, assemble(&set, &[4, 2, 7], &pool, mixture, 9));
        assert_ne!(batch.pixels, assemble(&set, &[4, 2, 7], &pool, mixture, 10).pixels);
    }

    #[test]
    fn every_class_is_drawn_and_shirts_least() {
        let mut counts = [0; 10];
        for seed in 0..600 {
            counts[usize::from(drawing(2, mix(seed, 0)).1)] += 1;
        }
        assert!(counts.iter().all(|&count| count >= counts[6] && count > 0), "{counts:?}");
    }
}
