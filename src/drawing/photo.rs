//! A photograph instead of strokes: grey, ground to 0, crop, centre, scale, tone.

use crate::data::IMAGE_SIDE;

use super::frame::FRAME_SIDE;
use super::gray::{Bounds, check_bytes, check_extent};
use super::steps::picture;
use super::{DrawingError, Gray, Picture, tone};

/// Share of the strongest contrast below which a pixel counts as ground.
const GROUND_SHARE: f32 = 0.15;
/// Contrast (of 255) below which a picture shows nothing but its ground.
const FAINTEST: u8 = 12;

/// What the network sees of a photograph, step by step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhotoSteps {
    /// In grey, at most [`FRAME_SIDE`] on its longer side.
    pub gray: Gray,
    /// How far each pixel is from the ground; a light ground has become 0.
    pub lifted: Gray,
    /// The part that holds the garment.
    pub crop: Gray,
    /// The network's input, 28×28: centred, its longer side 28 pixels, greys stretched.
    pub toned: Gray,
}

impl PhotoSteps {
    /// The network's input.
    pub fn seen(&self) -> Picture {
        picture(&self.toned)
    }

    /// Left and right turned round at every stage.
    pub fn mirrored(&self) -> Self {
        Self {
            gray: self.gray.mirrored(),
            lifted: self.lifted.mirrored(),
            crop: self.crop.mirrored(),
            toned: self.toned.mirrored(),
        }
    }
}

/// Paper under a picture's transparent parts, as grey: white, and black for what shows nothing on white.
const PAPERS: [f32; 2] = [255.0, 0.0];

/// Takes a picture of `width * height` RGBA pixels, not premultiplied, through all stages.
/// What is transparent counts as white paper, under a white garment as black paper.
///
/// # Errors
/// [`DrawingError::Extent`] and [`DrawingError::Size`] for a picture that is none,
/// [`DrawingError::Blank`] for one that shows nothing but its ground.
pub fn from_rgba(width: u32, height: u32, rgba: &[u8]) -> Result<PhotoSteps, DrawingError> {
    check_extent(width, height)?;
    check_bytes(width, height, 4, rgba.len())?;
    let pixels = rgba.as_chunks::<4>().0;
    let [white, black] = PAPERS;
    on_paper(width, height, pixels, white).or_else(|_| on_paper(width, height, pixels, black))
}

fn on_paper(width: u32, height: u32, pixels: &[[u8; 4]], paper: f32) -> Result<PhotoSteps, DrawingError> {
    let full = Gray::new(width, height, pixels.iter().map(|pixel| luma(pixel, paper)).collect())?;
    let gray = within(&full, FRAME_SIDE);
    let lifted = lift(&gray);
    let crop = lifted.crop(garment(&lifted)?);
    let side = IMAGE_SIDE as u32;
    let toned = tone::stretch(&within(&crop, side).centre(side));
    Ok(PhotoSteps { gray, lifted, crop, toned })
}

/// Grey of one pixel over paper of a grey (ITU-R BT.601 luma).
fn luma(pixel: &[u8; 4], paper: f32) -> u8 {
    let [red, green, blue, alpha] = pixel.map(f32::from);
    let gray = 0.299 * red + 0.587 * green + 0.114 * blue;
    (paper + (gray - paper) * alpha / 255.0).round() as u8
}

/// Scaled so that the longer side is `side` pixels, in the same shape.
fn within(gray: &Gray, side: u32) -> Gray {
    let longer = f64::from(gray.width().max(gray.height()));
    let to = |length: u32| ((f64::from(length) * f64::from(side) / longer).round() as u32).max(1);
    gray.scale(to(gray.width()), to(gray.height()))
}

/// Distance from the ground, which is the median of the picture's edge.
fn lift(gray: &Gray) -> Gray {
    let ground = ground(gray);
    let mut lifted = gray.clone();
    for pixel in lifted.pixels_mut() {
        *pixel = if ground > 127 { ground.saturating_sub(*pixel) } else { pixel.saturating_sub(ground) };
    }
    lifted
}

fn ground(gray: &Gray) -> u8 {
    let width = gray.width() as usize;
    let rows = gray.pixels().chunks_exact(width);
    let last = gray.height() as usize - 1;
    let mut edge: Vec<u8> = rows
        .enumerate()
        .flat_map(|(y, row)| if y == 0 || y == last { row.to_vec() } else { vec![row[0], row[width - 1]] })
        .collect();
    edge.sort_unstable();
    edge[edge.len() / 2]
}

/// Where the garment lies.
fn garment(lifted: &Gray) -> Result<Bounds, DrawingError> {
    let strongest = lifted.pixels().iter().copied().max().unwrap_or(0);
    if strongest < FAINTEST {
        return Err(DrawingError::Blank);
    }
    let threshold = (f32::from(strongest) * GROUND_SHARE).ceil() as u8;
    lifted.bounds(threshold.max(1)).ok_or(DrawingError::Blank)
}
