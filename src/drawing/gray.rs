//! A grey picture of any size: what every stage between strokes and the 28×28 input hands on.

use super::DrawingError;

/// Most pixels on a side of a picture that is taken in.
pub const MAX_SIDE: u32 = 16_384;

/// Grey pixels row by row; 0 is background, 255 full ink.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gray {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

/// A rectangle of whole pixels: first column and row, width and height.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// First column.
    pub x: u32,
    /// First row.
    pub y: u32,
    /// Columns, at least 1.
    pub width: u32,
    /// Rows, at least 1.
    pub height: u32,
}

impl Gray {
    /// Takes pixels row by row.
    ///
    /// # Errors
    /// [`DrawingError::Extent`] for an empty or huge picture, [`DrawingError::Size`] where the
    /// number of bytes is another.
    pub fn new(width: u32, height: u32, pixels: Vec<u8>) -> Result<Self, DrawingError> {
        check_extent(width, height)?;
        check_bytes(width, height, 1, pixels.len())?;
        Ok(Self { width, height, pixels })
    }

    /// All background, both sides at least 1.
    pub(super) fn blank(width: u32, height: u32) -> Self {
        let (width, height) = (width.max(1), height.max(1));
        Self { width, height, pixels: vec![0; width as usize * height as usize] }
    }

    /// Pixels across.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Pixels down.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The pixels, row by row.
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// The pixels, to be changed.
    pub(super) fn pixels_mut(&mut self) -> &mut [u8] {
        &mut self.pixels
    }

    /// The smallest rectangle with every pixel of at least `threshold`; `None` where there is none.
    pub fn bounds(&self, threshold: u8) -> Option<Bounds> {
        let (mut left, mut top, mut right, mut bottom) = (u32::MAX, u32::MAX, 0, 0);
        for (y, row) in (0u32..).zip(self.pixels.chunks_exact(self.width as usize)) {
            let Some(first) = row.iter().position(|&pixel| pixel >= threshold) else { continue };
            let last = row.iter().rposition(|&pixel| pixel >= threshold).unwrap_or(first);
            left = left.min(first as u32);
            right = right.max(last as u32);
            top = top.min(y);
            bottom = y;
        }
        let found = left != u32::MAX;
        found.then(|| Bounds { x: left, y: top, width: right - left + 1, height: bottom - top + 1 })
    }

    /// The part of the picture within `bounds`, cut at its edges.
    pub fn crop(&self, bounds: Bounds) -> Self {
        let (x, y) = (bounds.x.min(self.width - 1), bounds.y.min(self.height - 1));
        let width = bounds.width.clamp(1, self.width - x);
        let height = bounds.height.clamp(1, self.height - y);
        let rows = self.pixels.chunks_exact(self.width as usize);
        let kept = rows.skip(y as usize).take(height as usize);
        let pixels = kept.flat_map(|row| &row[x as usize..(x + width) as usize]).copied().collect();
        Self { width, height, pixels }
    }

    /// Scales to `width` by `height`: each new pixel is the mean of the area that it covers.
    pub fn scale(&self, width: u32, height: u32) -> Self {
        let across = scale_rows(&self.float(), self.width as usize, width as usize);
        let turned = transpose(&across, width as usize);
        let down = scale_rows(&turned, self.height as usize, height as usize);
        let pixels = transpose(&down, height as usize).iter().map(|v| v.round() as u8).collect();
        Self { width, height, pixels }
    }

    /// Left and right turned round.
    pub fn mirrored(&self) -> Self {
        let rows = self.pixels.chunks_exact(self.width as usize);
        let pixels = rows.flat_map(|row| row.iter().rev()).copied().collect();
        Self { width: self.width, height: self.height, pixels }
    }

    /// In the middle of a square of `side` pixels, which must hold it.
    pub fn centre(&self, side: u32) -> Self {
        let mut square = Self::blank(side, side);
        let (x, y) = ((side - self.width.min(side)) / 2, (side - self.height.min(side)) / 2);
        let width = self.width.min(side) as usize;
        let rows = self.pixels.chunks_exact(self.width as usize).take(side as usize);
        for (row, target) in rows.zip(square.pixels.chunks_exact_mut(side as usize).skip(y as usize)) {
            target[x as usize..x as usize + width].copy_from_slice(&row[..width]);
        }
        square
    }

    fn float(&self) -> Vec<f32> {
        self.pixels.iter().map(|&pixel| f32::from(pixel)).collect()
    }
}

/// Refuses a picture without pixels or with more than [`MAX_SIDE`] on a side.
pub(super) fn check_extent(width: u32, height: u32) -> Result<(), DrawingError> {
    let fits = |side| (1..=MAX_SIDE).contains(&side);
    if fits(width) && fits(height) { Ok(()) } else { Err(DrawingError::Extent { width, height }) }
}

/// Refuses another number of bytes than `width * height * channels`.
pub(super) fn check_bytes(width: u32, height: u32, channels: u64, found: usize) -> Result<(), DrawingError> {
    let expected = u64::from(width) * u64::from(height) * channels;
    let found = found as u64;
    let fits = expected == found;
    if fits { Ok(()) } else { Err(DrawingError::Size { width, height, expected, found }) }
}

/// Each row of `from` values becomes one of `to` values by area averaging (linear in between where
/// a new pixel covers less than an old one).
fn scale_rows(values: &[f32], from: usize, to: usize) -> Vec<f32> {
    let step = from as f32 / to as f32;
    let spans: Vec<(f32, f32)> = (0..to).map(|i| (i as f32 * step, (i + 1) as f32 * step)).collect();
    let rows = values.chunks_exact(from);
    rows.flat_map(|row| spans.iter().map(|&(start, end)| mean(row, start, end))).collect()
}

/// Mean of a row seen as a step function between two positions.
fn mean(row: &[f32], start: f32, end: f32) -> f32 {
    let last = row.len() - 1;
    let (first, stop) = (start as usize, (end.ceil() as usize).min(row.len()));
    let weighted: f32 = (first..stop)
        .map(|i| {
            row[i.min(last)] * ((i + 1) as f32).min(end).max(start) - row[i.min(last)] * (i as f32).max(start)
        })
        .sum();
    weighted / (end - start)
}

fn transpose(values: &[f32], width: usize) -> Vec<f32> {
    let height = values.len() / width;
    (0..width).flat_map(|x| (0..height).map(move |y| values[y * width + x])).collect()
}
