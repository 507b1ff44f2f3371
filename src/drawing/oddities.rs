//! Pictures of no garment: scribbles and other drawings, and noise of several kinds. They teach the
//! shipped classifier what it does not know, and measure whether it has learnt that.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{Picture, garments};
use crate::data::{IMAGE_PIXELS, IMAGE_SIDE};

const SIDE: usize = IMAGE_SIDE;

/// A kind of picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One of [`garments::SCRIBBLES`] kinds of drawings, by number.
    Scribble(usize),
    /// Every pixel drawn alone.
    Noise,
    /// Mostly dark with single bright pixels.
    Specks,
    /// Soft clouds.
    Clouds,
    /// Parallel stripes.
    Stripes,
    /// A chequerboard.
    Chequers,
    /// One grey all over, or a gradient.
    Plain,
    /// A garment's drawing cut into tiles that change places.
    Shuffled,
}

/// Kinds to learn from.
pub const LEARNT: &[Kind] = &[
    Kind::Scribble(0),
    Kind::Scribble(1),
    Kind::Scribble(2),
    Kind::Scribble(4),
    Kind::Scribble(5),
    Kind::Scribble(6),
    Kind::Scribble(8),
    Kind::Scribble(9),
    Kind::Noise,
    Kind::Specks,
    Kind::Clouds,
    Kind::Stripes,
    Kind::Plain,
    Kind::Shuffled,
];

/// Kinds that are only measured on.
pub const KEPT_BACK: &[Kind] =
    &[Kind::Scribble(3), Kind::Scribble(7), Kind::Scribble(10), Kind::Scribble(11), Kind::Chequers];

/// A picture of a kind; the same seed, the same picture.
pub fn picture(kind: Kind, seed: u64) -> Picture {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    match kind {
        Kind::Scribble(number) => garments::scribble(number, seed),
        Kind::Noise => std::array::from_fn(|_| rng.random()),
        Kind::Specks => {
            let share = rng.random_range(0.02..0.3);
            std::array::from_fn(|_| if rng.random_bool(share) { rng.random_range(100..=255) } else { 0 })
        }
        Kind::Clouds => clouds(&mut rng),
        Kind::Stripes => stripes(&mut rng),
        Kind::Chequers => chequers(&mut rng),
        Kind::Plain => plain(&mut rng),
        Kind::Shuffled => shuffled(&mut rng),
    }
}

/// Random values on a coarse grid, interpolated.
fn clouds(rng: &mut ChaCha8Rng) -> Picture {
    let cells = rng.random_range(3..9usize);
    let grid: Vec<f32> = (0..(cells + 1) * (cells + 1)).map(|_| rng.random_range(-80.0..335.0)).collect();
    let at = |x: usize, y: usize| grid[y * (cells + 1) + x];
    std::array::from_fn(|place| {
        let (x, y) = (place % SIDE * cells, place / SIDE * cells);
        let (left, top) = (x / SIDE, y / SIDE);
        let (across, down) = ((x % SIDE) as f32 / SIDE as f32, (y % SIDE) as f32 / SIDE as f32);
        let upper = at(left, top) * (1.0 - across) + at(left + 1, top) * across;
        let lower = at(left, top + 1) * (1.0 - across) + at(left + 1, top + 1) * across;
        (upper * (1.0 - down) + lower * down).clamp(0.0, 255.0) as u8
    })
}

fn stripes(rng: &mut ChaCha8Rng) -> Picture {
    let (across, down) = (rng.random_range(-1.6..1.6f32), rng.random_range(-1.6..1.6f32));
    let phase = rng.random_range(0.0..6.3f32);
    let sharp = rng.random_range(1.0..6.0f32);
    std::array::from_fn(|place| {
        let along = (place % SIDE) as f32 * across + (place / SIDE) as f32 * down + phase;
        ((along.sin() * sharp + 0.5).clamp(0.0, 1.0) * 255.0) as u8
    })
}

fn chequers(rng: &mut ChaCha8Rng) -> Picture {
    let (size, shift) = (rng.random_range(2..8usize), rng.random_range(0..8usize));
    std::array::from_fn(|place| {
        let (x, y) = ((place % SIDE + shift) / size, (place / SIDE + shift) / size);
        if (x + y) % 2 == 0 { 255 } else { 0 }
    })
}

fn plain(rng: &mut ChaCha8Rng) -> Picture {
    let (start, end): (f32, f32) = (rng.random_range(0.0..255.0), rng.random_range(60.0..255.0));
    let (upright, grain) = (rng.random_bool(0.5), rng.random_range(1.0..30.0f32));
    std::array::from_fn(|place| {
        let along = if upright { place / SIDE } else { place % SIDE } as f32 / SIDE as f32;
        (start + (end - start) * along + rng.random_range(-grain..grain)).clamp(0.0, 255.0) as u8
    })
}

fn shuffled(rng: &mut ChaCha8Rng) -> Picture {
    let garment = garments::picture(rng.random_range(0..10), rng.random());
    let tile = [4, 7][rng.random_range(0..2)];
    let tiles = SIDE / tile;
    let sources: Vec<usize> = (0..tiles * tiles).map(|_| rng.random_range(0..tiles * tiles)).collect();
    let mut picture = [0; IMAGE_PIXELS];
    for (place, pixel) in picture.iter_mut().enumerate() {
        let (x, y) = (place % SIDE, place / SIDE);
        let source = sources[y / tile * tiles + x / tile];
        let (sx, sy) = (source % tiles * tile + x % tile, source / tiles * tile + y % tile);
        *pixel = garment[sy * SIDE + sx];
    }
    picture
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_gives_pictures_fixed_by_the_seed() {
        for &kind in LEARNT.iter().chain(KEPT_BACK) {
            assert_eq!(picture(kind, 3), picture(kind, 3), "{kind:?}");
            assert_ne!(picture(kind, 3), picture(kind, 4), "{kind:?}");
            assert!(picture(kind, 5).iter().any(|&pixel| pixel > 0), "{kind:?}");
        }
    }
}
