//! Crop, centre and scale: which framing makes a drawing look like a garment of the data.
//!
//! Fashion-MNIST's garments fill the longer side of the 28×28 frame and are centred (Xiao, Rasul
//! and Vollgraf, 2017, section 2); so do drawings here. Lines keep the same width in the frame
//! whatever the drawing's size on the pad, so that a moved or scaled drawing looks the same.

use super::frame::{Extent, FRAME_SIDE, Framing};
use super::raster::{rasterise, widest_line};
use super::{Drawing, DrawingError, Tool};

/// A drawing smaller than this share of the pad is not blown up any further: a dot stays a dot.
const SMALLEST: f32 = 0.08;
/// Ink of at least this grey counts when the extent of what an eraser left is taken.
const INK: u8 = 64;

impl Framing {
    /// Fits the ink, line widths included, to the longer side of the frame.
    ///
    /// # Errors
    /// [`DrawingError::Blank`] without ink.
    pub fn fit(drawing: &Drawing) -> Result<Self, DrawingError> {
        let extent = ink_extent(drawing).ok_or(DrawingError::Blank)?;
        let framing = Self::fit_extent(drawing, extent);
        let erased = drawing.strokes.iter().any(|s| matches!(s.tool, Tool::Eraser { .. }));
        if !erased {
            return Ok(framing);
        }
        let left = ink_left(drawing, &framing).ok_or(DrawingError::Blank)?;
        Ok(Self::fit_extent(drawing, framing.to_pad(left)))
    }

    fn fit_extent(drawing: &Drawing, extent: Extent) -> Self {
        let line = widest_line(drawing);
        let longer = extent.longer().max(drawing.usable_side() * SMALLEST);
        Self {
            scale: (FRAME_SIDE as f32 - line) / longer,
            centre: ((extent.left + extent.right) / 2.0, (extent.top + extent.bottom) / 2.0),
        }
    }
}

/// Where ink was put down, erased or not: the centre lines' extent.
fn ink_extent(drawing: &Drawing) -> Option<Extent> {
    let inked = drawing.strokes.iter().filter(|s| !matches!(s.tool, Tool::Eraser { .. }));
    Extent::of(inked.flat_map(|stroke| stroke.drawable()))
}

/// The extent in frame pixels of the centre lines of what is left after erasing; `None` where
/// nothing is.
fn ink_left(drawing: &Drawing, framing: &Framing) -> Option<Extent> {
    let bounds = rasterise(drawing, framing).bounds(INK)?;
    let half = widest_line(drawing) / 2.0;
    let inset = |low: u32, length: u32| {
        let (low, high) = (low as f32 + half, (low + length) as f32 - half);
        let middle = (low + high) / 2.0;
        (low.min(middle), high.max(middle))
    };
    let (left, right) = inset(bounds.x, bounds.width);
    let (top, bottom) = inset(bounds.y, bounds.height);
    Some(Extent { left, top, right, bottom })
}
