//! The tools of the pad, and outlines to begin from. No DOM, so that native tests drive it.

use serde::{Deserialize, Serialize};

use crate::drawing::{BrushSize, Drawing, Point, Stroke, Tool};

/// Share of the pad that an opened outline takes.
const FITTED: f32 = 0.72;

/// The drawing moved and scaled to the middle of its pad.
pub fn fitted(mut drawing: Drawing) -> Drawing {
    let points = || drawing.strokes.iter().flat_map(Stroke::drawable);
    let fold = |value: fn(&Point) -> f32| {
        points().map(value).fold((f32::MAX, f32::MIN), |(low, high), value| (low.min(value), high.max(value)))
    };
    let ((left, right), (top, bottom)) = (fold(|point| point.x), fold(|point| point.y));
    let longer = (right - left).max(bottom - top);
    if longer > 0.0 {
        let (scale, half) = (FITTED * drawing.side / longer, drawing.side / 2.0);
        for point in drawing.strokes.iter_mut().flat_map(|stroke| &mut stroke.points) {
            point.x = half + (point.x - (left + right) / 2.0) * scale;
            point.y = half + (point.y - (top + bottom) / 2.0) * scale;
        }
    }
    drawing
}

/// The tool in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Draws lines.
    #[default]
    Brush,
    /// Takes ink away.
    Eraser,
    /// Fills what an outline encloses.
    Fill,
}

/// The tool with its settings.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// Which tool.
    pub kind: Kind,
    /// Width of brush and eraser.
    pub size: BrushSize,
    /// Grey of brush and fill, 1 to 255.
    pub tone: u8,
}

impl Default for Settings {
    fn default() -> Self {
        Self { kind: Kind::default(), size: BrushSize::default(), tone: u8::MAX }
    }
}

impl Settings {
    /// The tool of a stroke.
    pub fn tool(self) -> Tool {
        match self.kind {
            Kind::Brush => Tool::Brush { size: self.size, tone: self.tone },
            Kind::Eraser => Tool::Eraser { size: self.size },
            Kind::Fill => Tool::Fill { tone: self.tone },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opened_outline_sits_in_the_middle() {
        let points = vec![Point::new(0.0, 0.0), Point::new(10.0, 20.0)];
        let drawing = Drawing { side: 100.0, strokes: vec![Stroke::line(points)] };
        let found = fitted(drawing).strokes[0].points.clone();
        assert_eq!((found[0].x, found[0].y), (32.0, 14.0));
        assert_eq!((found[1].x, found[1].y), (68.0, 86.0));
        assert_eq!(fitted(Drawing::default()), Drawing::default());
    }
}
