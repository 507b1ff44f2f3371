//! The whole way from strokes to the 28×28 picture, every stage kept for the page to show.

use crate::data::IMAGE_SIDE;

use super::frame::{FRAME_SIDE, Framing};
use super::gray::Bounds;
use super::{Drawing, DrawingError, Gray, Picture, raster, tone};

/// What the network sees, step by step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Steps {
    /// The pad as it was drawn, [`FRAME_SIDE`] square.
    pub strokes: Gray,
    /// The part of the pad that holds ink, in its own shape.
    pub crop: Gray,
    /// Centred, its longer side as long as the frame, lines at their nominal width;
    /// [`FRAME_SIDE`] square.
    pub centred: Gray,
    /// Averaged to 28×28.
    pub sampled: Gray,
    /// With the greys stretched: the network's input, 28×28.
    pub toned: Gray,
}

impl Steps {
    /// The network's input.
    pub fn seen(&self) -> Picture {
        picture(&self.toned)
    }
}

/// Takes a drawing through all stages.
///
/// # Errors
/// [`DrawingError::Blank`] without ink.
pub fn steps(drawing: &Drawing) -> Result<Steps, DrawingError> {
    let strokes = raster::rasterise(drawing, &Framing::pad(drawing));
    let whole = Bounds { x: 0, y: 0, width: FRAME_SIDE, height: FRAME_SIDE };
    let crop = strokes.crop(strokes.bounds(1).unwrap_or(whole));
    let (centred, sampled, toned) = last_stages(drawing)?;
    Ok(Steps { strokes, crop, centred, sampled, toned })
}

/// The network's input alone, without the pictures for display.
///
/// # Errors
/// [`DrawingError::Blank`] without ink.
pub fn seen(drawing: &Drawing) -> Result<Picture, DrawingError> {
    last_stages(drawing).map(|(_, _, toned)| picture(&toned))
}

fn last_stages(drawing: &Drawing) -> Result<(Gray, Gray, Gray), DrawingError> {
    let centred = raster::rasterise(drawing, &Framing::fit(drawing)?);
    let sampled = centred.scale(IMAGE_SIDE as u32, IMAGE_SIDE as u32);
    if sampled.bounds(1).is_none() {
        return Err(DrawingError::Blank);
    }
    let toned = tone::stretch(&sampled);
    Ok((centred, sampled, toned))
}

/// The bytes of a 28×28 picture.
pub(super) fn picture(gray: &Gray) -> Picture {
    Picture::try_from(gray.pixels()).expect("a picture scaled to 28 by 28 has 784 pixels")
}
