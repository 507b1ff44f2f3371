//! The working frame, and how the pad's coordinates map to it.

use crate::data::IMAGE_SIDE;

use super::{Drawing, Point};

/// Pixels of the working frame for each pixel of the 28×28 picture.
pub const OVERSAMPLING: u32 = 4;
/// Side of the working frame, and of every step's picture.
pub const FRAME_SIDE: u32 = IMAGE_SIDE as u32 * OVERSAMPLING;
/// Farthest from the frame's middle that a point is drawn, in frame pixels: beyond, the rasteriser's
/// fixed-point numbers overflow, and nothing of it could be seen anyway.
const REACH: f32 = 10_000.0;

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

    /// A pad point in frame pixels.
    pub fn apply(&self, point: &Point) -> (f32, f32) {
        let place = |value: f32, centre: f32| {
            ((value - centre) * self.scale).clamp(-REACH, REACH) + FRAME_SIDE as f32 / 2.0
        };
        (place(point.x, self.centre.0), place(point.y, self.centre.1))
    }

    /// An extent of frame pixels in pad coordinates.
    pub(super) fn to_pad(self, extent: Extent) -> Extent {
        let middle = FRAME_SIDE as f32 / 2.0;
        let x = |value: f32| (value - middle) / self.scale + self.centre.0;
        let y = |value: f32| (value - middle) / self.scale + self.centre.1;
        Extent { left: x(extent.left), top: y(extent.top), right: x(extent.right), bottom: y(extent.bottom) }
    }
}
