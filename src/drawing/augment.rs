//! Photographs made to look like drawings: silhouettes, outlines, inner edges, with gaps and
//! wobble, either facing, in any pose. A pure function of the pixels and a seed.

use std::f32::consts::TAU;

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{Gray, Picture, tone};
use crate::data::{IMAGE_PIXELS, IMAGE_SIDE};

const SIDE: usize = IMAGE_SIDE;

/// A field of values on the 28×28 grid.
type Field = [f32; IMAGE_PIXELS];

/// Turns a 28×28 picture of a garment into one that looks drawn; the same seed gives the same
/// picture. `pixels` must hold 784 bytes: fewer are taken as background, more are left out.
pub fn sketch(pixels: &[u8], seed: u64) -> Picture {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut field = [0.0; IMAGE_PIXELS];
    for (value, &pixel) in field.iter_mut().zip(pixels) {
        *value = f32::from(pixel) / 255.0;
    }
    let field = warp(&field, &Warp::random(&mut rng));
    let silhouette = silhouette(&field);
    let mut lines = outline(&silhouette, rng.random_range(1..=2));
    if rng.random_bool(0.6) {
        add_inner_edges(&mut lines, &field, &silhouette, &mut rng);
    }
    if rng.random_bool(0.25) {
        let wash = rng.random_range(0.2..0.8);
        lay(&mut lines, &silhouette, wash);
    }
    if rng.random_bool(0.4) {
        rub_out(&mut lines, &mut rng);
    }
    finish(&lines, &mut rng)
}

/// A smooth displacement with a pose: mirror, turn, stretch, shear, slow waves.
struct Warp {
    matrix: [f32; 4],
    wave: [(f32, f32, f32); 4],
}

impl Warp {
    fn random(rng: &mut ChaCha8Rng) -> Self {
        let mut around = |reach: f32| rng.random_range(-reach..reach);
        let (turn, shear) = (around(0.2), around(0.15));
        let (wide, tall) = (around(0.18).exp(), around(0.1).exp());
        let (sin, cos) = turn.sin_cos();
        let wave = [(); 4].map(|()| (around(0.7), around(0.6), around(TAU / 2.0)));
        let mirror = if around(1.0) < 0.0 { -1.0 } else { 1.0 };
        let matrix = [cos * wide * mirror, shear - sin, sin * mirror, cos * tall];
        Self { matrix, wave }
    }

    /// Where the value of a pixel comes from.
    fn source(&self, x: f32, y: f32) -> (f32, f32) {
        let middle = (SIDE - 1) as f32 / 2.0;
        let (dx, dy) = (x - middle, y - middle);
        let [a, b, c, d] = self.matrix;
        let sway = |k: usize, along: f32| {
            let (amplitude, frequency, phase) = self.wave[k];
            amplitude * (along * frequency + phase).sin()
        };
        let (sx, sy) = (a * dx + b * dy, c * dx + d * dy);
        (sx + middle + sway(0, y) + sway(1, x), sy + middle + sway(2, x) + sway(3, y))
    }
}

fn warp(field: &Field, warp: &Warp) -> Field {
    std::array::from_fn(|index| {
        let (x, y) = warp.source((index % SIDE) as f32, (index / SIDE) as f32);
        bilinear(field, x, y)
    })
}

fn bilinear(field: &Field, x: f32, y: f32) -> f32 {
    let (left, top) = (x.floor(), y.floor());
    let (across, down) = (x - left, y - top);
    let at = |dx: isize, dy: isize| value(field, left as isize + dx, top as isize + dy);
    let upper = at(0, 0) * (1.0 - across) + at(1, 0) * across;
    let lower = at(0, 1) * (1.0 - across) + at(1, 1) * across;
    upper * (1.0 - down) + lower * down
}

/// A value by coordinates; background outside.
fn value(field: &Field, x: isize, y: isize) -> f32 {
    let inside = |v: isize| (0..SIDE as isize).contains(&v);
    if inside(x) && inside(y) { field[y as usize * SIDE + x as usize] } else { 0.0 }
}

/// The largest or smallest of a pixel's 3×3 neighbourhood, by `pick`.
fn morph(field: &Field, pick: fn(f32, f32) -> f32) -> Field {
    std::array::from_fn(|index| {
        let (x, y) = ((index % SIDE) as isize, (index / SIDE) as isize);
        let around = [(0, 0), (-1, 0), (1, 0), (0, -1), (0, 1)];
        around.iter().map(|&(dx, dy)| value(field, x + dx, y + dy)).fold(field[index], pick)
    })
}

/// Where the garment is, holes of a pixel or two closed: 0 to 1.
fn silhouette(field: &Field) -> Field {
    let mask = field.map(|v| ((v - 0.06) * 8.0).clamp(0.0, 1.0));
    morph(&morph(&mask, f32::max), f32::min)
}

/// The silhouette's edge, drawn inside it, `width` pixels wide.
fn outline(silhouette: &Field, width: u32) -> Field {
    let inner = (0..width).fold(*silhouette, |field, _| morph(&field, f32::min));
    std::array::from_fn(|index| (silhouette[index] - inner[index]).clamp(0.0, 1.0))
}

/// Sobel edges within the garment, above a random threshold.
fn add_inner_edges(lines: &mut Field, field: &Field, silhouette: &Field, rng: &mut ChaCha8Rng) {
    let inside = (0..3).fold(*silhouette, |field, _| morph(&field, f32::min));
    let (threshold, gain) = (rng.random_range(0.25..0.9), rng.random_range(0.8..2.0));
    for (index, line) in lines.iter_mut().enumerate() {
        let (x, y) = ((index % SIDE) as isize, (index / SIDE) as isize);
        let at = |dx, dy| value(field, x + dx, y + dy);
        let across = at(1, -1) + 2.0 * at(1, 0) + at(1, 1) - at(-1, -1) - 2.0 * at(-1, 0) - at(-1, 1);
        let down = at(-1, 1) + 2.0 * at(0, 1) + at(1, 1) - at(-1, -1) - 2.0 * at(0, -1) - at(1, -1);
        let edge: f32 = (across.hypot(down) - threshold) * gain * inside[index];
        *line = line.max(edge.clamp(0.0, 1.0));
    }
}

/// Lays a grey surface under the lines.
fn lay(lines: &mut Field, silhouette: &Field, wash: f32) {
    for (line, inside) in lines.iter_mut().zip(silhouette) {
        *line = line.max(inside * wash);
    }
}

/// Takes a few round spots away: unfinished lines.
fn rub_out(lines: &mut Field, rng: &mut ChaCha8Rng) {
    for _ in 0..rng.random_range(1..4) {
        let (cx, cy) = (rng.random_range(0.0..28.0f32), rng.random_range(0.0..28.0f32));
        let radius: f32 = rng.random_range(1.0..3.5);
        for (index, line) in lines.iter_mut().enumerate() {
            let (x, y) = ((index % SIDE) as f32, (index / SIDE) as f32);
            if (x - cx).hypot(y - cy) < radius {
                *line = 0.0;
            }
        }
    }
}

/// Softens by a random amount, fills the frame again, stretches the greys.
fn finish(lines: &Field, rng: &mut ChaCha8Rng) -> Picture {
    let soft = rng.random_range(0.0..0.35f32);
    let blurred: Field = std::array::from_fn(|index| {
        let (x, y) = ((index % SIDE) as isize, (index / SIDE) as isize);
        let near = [(-1, 0), (1, 0), (0, -1), (0, 1)];
        let sum: f32 = near.iter().map(|&(dx, dy)| value(lines, x + dx, y + dy)).sum();
        lines[index] * (1.0 - soft) + sum * soft / 4.0
    });
    let mut gray = Gray::blank(SIDE as u32, SIDE as u32);
    for (pixel, value) in gray.pixels_mut().iter_mut().zip(&blurred) {
        *pixel = (value.clamp(0.0, 1.0) * 255.0).round() as u8;
    }
    let toned = tone::stretch(&reframe(&gray));
    Picture::try_from(toned.pixels()).unwrap_or([0; IMAGE_PIXELS])
}

/// Crops to the lines and fills the longer side, as [`super::frame`] does.
fn reframe(gray: &Gray) -> Gray {
    let Some(bounds) = gray.bounds(48) else { return gray.clone() };
    let cropped = gray.crop(bounds);
    let longer = bounds.width.max(bounds.height) as f32;
    let to = |length: u32| ((length as f32 * SIDE as f32 / longer).round() as u32).max(1);
    cropped.scale(to(bounds.width), to(bounds.height)).centre(SIDE as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block() -> Picture {
        std::array::from_fn(
            |i| if (8..20).contains(&(i % 28)) && (2..26).contains(&(i / 28)) { 200 } else { 0 },
        )
    }

    #[test]
    fn a_seed_fixes_the_sketch() {
        assert_eq!(sketch(&block(), 3), sketch(&block(), 3));
        assert_ne!(sketch(&block(), 3), sketch(&block(), 4));
    }

    #[test]
    fn most_sketches_are_hollow() {
        let hollow = (0..200)
            .filter(|&seed| {
                let sketch = sketch(&block(), seed);
                let centre = u32::from(sketch[14 * 28 + 14]);
                let brightest = u32::from(*sketch.iter().max().unwrap());
                centre * 2 < brightest
            })
            .count();
        assert!(hollow > 120, "{hollow} of 200");
    }

    #[test]
    fn any_bytes_give_a_picture() {
        for bytes in [&[][..], &[255; 784], &[7; 1000], &[0; 784]] {
            sketch(bytes, 1);
        }
    }
}
