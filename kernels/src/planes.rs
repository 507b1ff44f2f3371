//! Pictures laid out for the inner loops: a margin of zeros round every plane, so that no loop has to
//! look for the border.
//!
//! Rows lie `width + 1` apart: the zero after a row is also the one before the next. The value at
//! `(row, column)` lies at `(row + 1) · pitch + column + 1`; so the upper left corner of the 3×3
//! neighbourhood of position `row · pitch + column` lies at that very position.

use crate::quad::{LANES, Quad};

/// Numbers after the last plane that an inner loop may read (and forget) beyond it.
const SLACK: usize = 64;

/// Sizes of a plane with its margin.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extent {
    pub(crate) height: usize,
    pub(crate) width: usize,
}

impl Extent {
    /// From a row to the next.
    pub(crate) fn pitch(self) -> usize {
        self.width + 1
    }

    /// Numbers of a plane without its margin.
    pub(crate) fn area(self) -> usize {
        self.height * self.width
    }

    /// Positions that an inner loop goes through: those of every row and one to forget after each.
    pub(crate) fn positions(self) -> usize {
        self.height * self.pitch()
    }

    /// Numbers of a plane with its margin.
    pub(crate) fn padded(self) -> usize {
        (self.height + 2) * self.pitch() + 1
    }
}

/// Planes of one picture after another, each with its margin.
pub(crate) struct Planes {
    extent: Extent,
    pub(crate) values: Vec<f32>,
}

impl Planes {
    pub(crate) fn new(channels: usize, extent: Extent) -> Self {
        Self { extent, values: vec![0.0; channels * extent.padded() + SLACK] }
    }

    /// Puts a picture `[channels, height, width]` inside the margins.
    pub(crate) fn fill(&mut self, picture: &[f32]) {
        let extent = self.extent;
        for (channel, plane) in picture.chunks_exact(extent.area()).enumerate() {
            for (row, values) in plane.chunks_exact(extent.width).enumerate() {
                copy_row(self.row_mut(channel, row), values);
            }
        }
    }

    /// A row without its margin.
    pub(crate) fn row_mut(&mut self, channel: usize, row: usize) -> &mut [f32] {
        let begin = channel * self.extent.padded() + (row + 1) * self.extent.pitch() + 1;
        &mut self.values[begin..begin + self.extent.width]
    }
}

/// A picture with all channels of a pixel side by side, and a margin as in [`Planes`].
pub(crate) struct Pixels {
    extent: Extent,
    /// From a pixel to the next.
    pub(crate) depth: usize,
    pub(crate) values: Vec<f32>,
}

impl Pixels {
    /// `depth` numbers a pixel.
    pub(crate) fn new(depth: usize, extent: Extent) -> Self {
        Self { extent, depth, values: vec![0.0; extent.padded() * depth + SLACK] }
    }

    /// Where the pixel at `(row, column)` begins.
    pub(crate) fn at(&self, row: usize, column: usize) -> usize {
        ((row + 1) * self.extent.pitch() + column + 1) * self.depth
    }

    /// Puts a picture `[channels, height, width]` with at most `depth` channels inside the margin.
    pub(crate) fn fill(&mut self, picture: &[f32]) {
        let Extent { height, width } = self.extent;
        for row in 0..height {
            let begin = self.at(row, 0);
            let line = &picture[row * width..];
            let pixels = &mut self.values[begin..begin + width * self.depth];
            to_pixels(line, self.extent.area(), pixels, self.depth, picture.len() / self.extent.area());
        }
    }

    /// Takes the picture `[channels, height, width]` out again.
    pub(crate) fn take(&self, picture: &mut [f32]) {
        let Extent { height, width } = self.extent;
        let channels = picture.len() / self.extent.area();
        for row in 0..height {
            let begin = self.at(row, 0);
            let pixels = &self.values[begin..begin + width * self.depth];
            to_planes(pixels, self.depth, &mut picture[row * width..], self.extent.area(), channels);
        }
    }
}

/// A row of planes that lie `apart` into pixels.
fn to_pixels(planes: &[f32], apart: usize, pixels: &mut [f32], depth: usize, channels: usize) {
    let width = pixels.len() / depth;
    let blocks = if width < LANES { 0 } else { channels / LANES };
    for block in 0..blocks {
        for column in steps(width) {
            let mut rows = [Quad::splat(0.0); LANES];
            for (lane, quad) in rows.iter_mut().enumerate() {
                *quad = Quad::load(&planes[(LANES * block + lane) * apart + column..]);
            }
            for (offset, quad) in Quad::transposed(rows).iter().enumerate() {
                quad.store(&mut pixels[(column + offset) * depth + LANES * block..]);
            }
        }
    }
    for channel in LANES * blocks..channels {
        for column in 0..width {
            pixels[column * depth + channel] = planes[channel * apart + column];
        }
    }
}

/// A row of pixels into planes that lie `apart`.
fn to_planes(pixels: &[f32], depth: usize, planes: &mut [f32], apart: usize, channels: usize) {
    let width = pixels.len() / depth;
    let blocks = if width < LANES { 0 } else { channels / LANES };
    for block in 0..blocks {
        for column in steps(width) {
            let mut quads = [Quad::splat(0.0); LANES];
            for (offset, quad) in quads.iter_mut().enumerate() {
                *quad = Quad::load(&pixels[(column + offset) * depth + LANES * block..]);
            }
            for (lane, quad) in Quad::transposed(quads).iter().enumerate() {
                quad.store(&mut planes[(LANES * block + lane) * apart + column..]);
            }
        }
    }
    for channel in LANES * blocks..channels {
        for column in 0..width {
            planes[channel * apart + column] = pixels[column * depth + channel];
        }
    }
}

/// Where the quads of a row of at least four begin; the last may overlap the one before.
#[inline(always)]
pub(crate) fn steps(width: usize) -> impl Iterator<Item = usize> {
    (0..width.div_ceil(LANES)).map(move |step| (step * LANES).min(width - LANES))
}

/// Fills a row from quads by their beginning; a short row takes the front of the first.
#[inline(always)]
pub(crate) fn fill_row(row: &mut [f32], quad_at: impl Fn(usize) -> Quad) {
    if row.len() < LANES {
        let mut first = [0.0; LANES];
        quad_at(0).store(&mut first);
        row.copy_from_slice(&first[..row.len()]);
        return;
    }
    for begin in steps(row.len()) {
        quad_at(begin).store(&mut row[begin..]);
    }
}

/// Copies a row. Rows are too short for `memory.copy`, which browsers call as a function.
#[inline(always)]
pub(crate) fn copy_row(target: &mut [f32], source: &[f32]) {
    if source.len() < LANES {
        target.copy_from_slice(source);
    } else {
        fill_row(target, |begin| Quad::load(&source[begin..]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_give_back_what_was_put_in() {
        for (channels, depth, height, width) in [(1, 1, 3, 5), (6, 8, 2, 7), (8, 8, 1, 3), (4, 4, 5, 4)] {
            let extent = Extent { height, width };
            let picture: Vec<f32> = (0..channels * extent.area()).map(|value| value as f32 + 1.0).collect();
            let mut pixels = Pixels::new(depth, extent);
            pixels.fill(&picture);
            let mut back = vec![0.0; picture.len()];
            pixels.take(&mut back);
            assert_eq!(back, picture);
            assert_eq!(pixels.values[pixels.at(height - 1, 0)], picture[(height - 1) * width]);
            let inside = pixels.values.iter().filter(|value| **value != 0.0).count();
            assert_eq!(inside, picture.len());
        }
    }

    #[test]
    fn planes_have_a_margin_of_zeros() {
        let extent = Extent { height: 2, width: 3 };
        let mut planes = Planes::new(2, extent);
        planes.fill(&(1..=12).map(|value| value as f32).collect::<Vec<_>>());
        let second = &planes.values[extent.padded()..2 * extent.padded()];
        let expected = [[0; 4], [0, 7, 8, 9], [0, 10, 11, 12], [0; 4]].concat();
        assert_eq!(second[..16], expected.iter().map(|value| *value as f32).collect::<Vec<_>>());
        assert_eq!(second[16], 0.0);
    }
}
