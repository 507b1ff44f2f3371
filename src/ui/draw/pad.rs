//! The pad: strokes under way, undo and redo. No DOM, so that native tests drive it.

use serde::{Deserialize, Serialize};

use crate::drawing::{BrushSize, Drawing, Point, Stroke, Tool};

/// Most steps that undo can go back.
const REMEMBERED: usize = 100;
/// Most points of a drawing: enough for any hand; more are not taken.
const MOST_POINTS: usize = 20_000;
/// Points nearer than this share of the pad's side to the one before tell nothing new.
const NEAR: f32 = 0.003;

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

/// A drawing that is being made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pad {
    drawing: Drawing,
    undo: Vec<Drawing>,
    redo: Vec<Drawing>,
    stroking: bool,
}

impl Pad {
    /// A pad with a drawing on it; nothing can be undone.
    pub fn new(drawing: Drawing) -> Self {
        Self { drawing, ..Self::default() }
    }

    /// What is on the pad.
    pub fn drawing(&self) -> &Drawing {
        &self.drawing
    }

    /// Whether there is nothing on the pad.
    pub fn is_blank(&self) -> bool {
        self.drawing.strokes.is_empty()
    }

    /// The pen comes down with brush or eraser, or fills; `false` where nothing encloses the place.
    pub fn press(&mut self, settings: Settings, at: Point) -> bool {
        let stroke = match settings.kind {
            Kind::Fill => match self.drawing.fill_at(at, settings.tone) {
                Some(stroke) => stroke,
                None => return false,
            },
            _ => Stroke { points: vec![at], tool: settings.tool() },
        };
        self.remember();
        self.stroking = settings.kind != Kind::Fill;
        self.drawing.strokes.push(stroke);
        true
    }

    /// The pen moves; whether that added anything.
    pub fn draw(&mut self, at: Point) -> bool {
        let count: usize = self.drawing.strokes.iter().map(|stroke| stroke.points.len()).sum();
        let near = NEAR * self.drawing.side;
        match self.drawing.strokes.last_mut().filter(|_| self.stroking && count < MOST_POINTS) {
            Some(stroke) => {
                let far = |last: &Point| (last.x - at.x).hypot(last.y - at.y) >= near;
                let added = at.is_drawable() && stroke.points.last().is_none_or(far);
                if added {
                    stroke.points.push(at);
                }
                added
            }
            None => false,
        }
    }

    /// The pen goes up.
    pub fn lift(&mut self) {
        self.stroking = false;
    }

    /// Whether the pen is down.
    pub fn is_stroking(&self) -> bool {
        self.stroking
    }

    /// Puts another drawing on the pad, as one step that can be undone.
    pub fn replace(&mut self, drawing: Drawing) {
        if drawing != self.drawing {
            self.remember();
            self.drawing = drawing;
        }
    }

    /// Takes everything away.
    pub fn clear(&mut self) {
        self.replace(Drawing { side: self.drawing.side, strokes: Vec::new() });
    }

    /// Turns left and right round.
    pub fn mirror(&mut self) {
        let mut mirrored = self.drawing.clone();
        mirrored.mirror();
        self.replace(mirrored);
    }

    /// One step back; `false` where there is none.
    pub fn undo(&mut self) -> bool {
        self.stroking = false;
        let Some(before) = self.undo.pop() else { return false };
        self.redo.push(std::mem::replace(&mut self.drawing, before));
        true
    }

    /// One step forth again; `false` where there is none.
    pub fn redo(&mut self) -> bool {
        let Some(after) = self.redo.pop() else { return false };
        self.undo.push(std::mem::replace(&mut self.drawing, after));
        true
    }

    /// Whether there is a step back.
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Whether there is a step forth.
    pub fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }

    fn remember(&mut self) {
        self.stroking = false;
        self.redo.clear();
        self.undo.push(self.drawing.clone());
        if self.undo.len() > REMEMBERED {
            self.undo.remove(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f32, y: f32) -> Point {
        Point::new(x, y)
    }

    fn square() -> Pad {
        let mut pad = Pad::default();
        pad.press(Settings::default(), at(50.0, 50.0));
        for (x, y) in [(200.0, 50.0), (200.0, 200.0), (50.0, 200.0), (50.0, 52.0)] {
            assert!(pad.draw(at(x, y)));
        }
        pad.lift();
        pad
    }

    #[test]
    fn a_stroke_is_one_step_back() {
        let mut pad = square();
        assert_eq!((pad.drawing().strokes.len(), pad.drawing().strokes[0].points.len()), (1, 5));
        assert!(!pad.draw(at(10.0, 10.0)), "the pen is up");
        assert!(pad.undo() && pad.is_blank() && !pad.undo());
        assert!(pad.redo() && !pad.redo());
        assert_eq!(pad, square());
    }

    #[test]
    fn points_that_tell_nothing_are_left_out() {
        let mut pad = Pad::default();
        pad.press(Settings::default(), at(10.0, 10.0));
        assert!(!pad.draw(at(10.1, 10.1)) && !pad.draw(at(f32::NAN, 3.0)));
        (0..30_000).for_each(|step| {
            pad.draw(at((step % 200) as f32, (step % 7) as f32));
        });
        assert!(pad.drawing().strokes[0].points.len() <= MOST_POINTS);
    }

    #[test]
    fn fill_needs_an_outline_round_the_place() {
        let fill = Settings { kind: Kind::Fill, ..Settings::default() };
        let mut pad = square();
        assert!(!pad.press(fill, at(10.0, 10.0)));
        assert!(pad.press(fill, at(100.0, 100.0)) && !pad.is_stroking());
        assert!(matches!(pad.drawing().strokes[1].tool, Tool::Fill { tone: 255 }));
    }

    #[test]
    fn an_opened_outline_sits_in_the_middle() {
        let points = vec![at(0.0, 0.0), at(10.0, 20.0)];
        let drawing = Drawing { side: 100.0, strokes: vec![Stroke::line(points)] };
        let found = fitted(drawing).strokes[0].points.clone();
        assert_eq!((found[0].x, found[0].y), (32.0, 14.0));
        assert_eq!((found[1].x, found[1].y), (68.0, 86.0));
        assert_eq!(fitted(Drawing::default()), Drawing::default());
    }

    #[test]
    fn clear_and_mirror_can_be_undone() {
        let mut pad = square();
        pad.mirror();
        assert_eq!(pad.drawing().strokes[0].points[0].x, pad.drawing().side - 50.0);
        pad.clear();
        pad.clear();
        assert!(pad.is_blank() && pad.undo() && pad.undo());
        assert_eq!(pad.drawing(), square().drawing());
    }
}
