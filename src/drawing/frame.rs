//! Crop, centre and scale: where a drawing lies on the pad, and how that maps to the frame.
//!
//! Fashion-MNIST's garments fill the longer side of the 28×28 frame and are centred (Xiao, Rasul
//! and Vollgraf, 2017, section 2); so do drawings here. Lines keep the same width in the frame
//! whatever the drawing's size on the pad, so that a moved or scaled drawing looks the same.

use crate::data::IMAGE_SIDE;

use super::{Drawing, DrawingError, Point, Tool, raster};

/// Pixels of the working frame for each pixel of the 28×28 picture.
pub const OVERSAMPLING: u32 = 4;
/// Side of the working frame, and of every step's picture.
pub const FRAME_SIDE: u32 = IMAGE_SIDE as u32 * OVERSAMPLING;
/// Farthest from the frame's middle that a point is drawn, in frame pixels: beyond, the rasteriser's
/// fixed-point numbers overflow, and nothing of it could be seen anyway.
const REACH: f32 = 10_000.0;
/// A drawing smaller than this share of the pad is not blown up any further: a dot stays a dot.
const SMALLEST: f32 = 0.08;

/// A rectangle in pad coordinates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    /// Left edge.
    pub left: f32,
    /// Upper edge.
    pub top: f32,
    /// Right edge, not left of `left`.
    pub right: f32,
    /// Lower edge, not above `top`.
    pub bottom: f32,
}

impl Extent {
    /// The smallest extent of some points; `None` without any.
    pub fn of<'a>(points: impl Iterator<Item = &'a Point>) -> Option<Self> {
        points.fold(None, |extent: Option<Self>, p| {
            let e = extent.unwrap_or(Self { left: p.x, top: p.y, right: p.x, bottom: p.y });
            Some(Self {
                left: e.left.min(p.x),
                top: e.top.min(p.y),
                right: e.right.max(p.x),
                bottom: e.bottom.max(p.y),
            })
        })
    }

    /// The longer of width and height.
    pub fn longer(&self) -> f32 {
        (self.right - self.left).max(self.bottom - self.top)
    }
}

/// How pad coordinates become frame pixels: `frame = (pad - centre) * scale + FRAME_SIDE / 2`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Framing {
    /// Frame pixels a pad unit.
    pub scale: f32,
    /// The pad point that comes to lie in the middle.
    pub centre: (f32, f32),
}

impl Framing {
    /// The whole pad as it is, cut to its square.
    pub fn pad(drawing: &Drawing) -> Self {
        let side = drawing.usable_side();
        Self { scale: FRAME_SIDE as f32 / side, centre: (side / 2.0, side / 2.0) }
    }

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
        let left = raster::ink_left(drawing, &framing).ok_or(DrawingError::Blank)?;
        Ok(Self::fit_extent(drawing, framing.to_pad(left)))
    }

    fn fit_extent(drawing: &Drawing, extent: Extent) -> Self {
        let line = raster::widest_line(drawing);
        let longer = extent.longer().max(drawing.usable_side() * SMALLEST);
        Self {
            scale: (FRAME_SIDE as f32 - line) / longer,
            centre: ((extent.left + extent.right) / 2.0, (extent.top + extent.bottom) / 2.0),
        }
    }

    /// A pad point in frame pixels.
    pub fn apply(&self, point: &Point) -> (f32, f32) {
        let place = |value: f32, centre: f32| {
            ((value - centre) * self.scale).clamp(-REACH, REACH) + FRAME_SIDE as f32 / 2.0
        };
        (place(point.x, self.centre.0), place(point.y, self.centre.1))
    }

    /// An extent of frame pixels in pad coordinates.
    fn to_pad(self, extent: Extent) -> Extent {
        let middle = FRAME_SIDE as f32 / 2.0;
        let x = |value: f32| (value - middle) / self.scale + self.centre.0;
        let y = |value: f32| (value - middle) / self.scale + self.centre.1;
        Extent { left: x(extent.left), top: y(extent.top), right: x(extent.right), bottom: y(extent.bottom) }
    }
}

/// Where ink was put down, erased or not: the centre lines' extent.
fn ink_extent(drawing: &Drawing) -> Option<Extent> {
    let inked = drawing.strokes.iter().filter(|s| !matches!(s.tool, Tool::Eraser { .. }));
    Extent::of(inked.flat_map(|stroke| stroke.drawable()))
}
