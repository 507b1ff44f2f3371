//! The pad: strokes under way, a photograph, undo and redo. No DOM, so that native tests drive it.
//!
//! What is seen on it is all that there is: lines end at its edge, and a photograph takes the strokes'
//! place instead of hiding them.

use std::sync::Arc;

use crate::drawing::photo::PhotoSteps;
use crate::drawing::{Drawing, Extent, Point, Stroke, clip};
use crate::ui::draw::tools::{Kind, Settings};

/// Most steps that undo can go back.
const REMEMBERED: usize = 100;
/// Most points of a drawing: enough for any hand; more are not taken.
const MOST_POINTS: usize = 20_000;
/// Points nearer than this share of the pad's side to the one before tell nothing new.
const NEAR: f32 = 0.003;
/// A stroke that stays within this share of the pad's side is a blot.
const BLOT: f32 = 0.05;
/// What lies on the pad.
#[derive(Clone, Debug, Default, PartialEq)]
struct Sheet {
    drawing: Drawing,
    /// Instead of strokes: there are none beside it.
    photo: Option<Arc<PhotoSteps>>,
}

/// The pen that is down.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Pen {
    /// Where it is, on the pad or beside it.
    at: Point,
    /// It has left the pad: what it draws next begins a new line.
    away: bool,
    /// Strokes that were there before it came down.
    first: usize,
}

/// What pressing did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// A stroke begins, or a surface was filled.
    Done,
    /// Nothing encloses the place to be filled.
    NothingToFill,
    /// A photograph lies on the pad, which takes no ink.
    OnPhoto,
}

/// A drawing that is being made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pad {
    sheet: Sheet,
    undo: Vec<Sheet>,
    redo: Vec<Sheet>,
    pen: Option<Pen>,
}

impl Pad {
    /// A pad with a drawing on it; nothing can be undone.
    pub fn new(drawing: Drawing) -> Self {
        let sheet = Sheet { drawing: clip::to_pad(drawing), photo: None };
        Self { sheet, ..Self::default() }
    }

    /// The strokes on the pad; none beside a photograph.
    pub fn drawing(&self) -> &Drawing {
        &self.sheet.drawing
    }

    /// The photograph on the pad.
    pub fn photo(&self) -> Option<&Arc<PhotoSteps>> {
        self.sheet.photo.as_ref()
    }

    /// Whether there is nothing on the pad.
    pub fn is_blank(&self) -> bool {
        self.sheet.drawing.strokes.is_empty() && self.sheet.photo.is_none()
    }

    /// The pen comes down with brush or eraser, or fills.
    pub fn press(&mut self, settings: Settings, at: Point) -> Pressed {
        if self.sheet.photo.is_some() {
            return Pressed::OnPhoto;
        }
        let side = self.sheet.drawing.usable_side();
        let at = Point { x: at.x.clamp(0.0, side), y: at.y.clamp(0.0, side), ..at };
        let stroke = match settings.kind {
            Kind::Fill => match self.sheet.drawing.fill_at(at, settings.tone) {
                Some(stroke) => stroke,
                None => return Pressed::NothingToFill,
            },
            _ => Stroke { points: vec![at], tool: settings.tool() },
        };
        self.remember();
        let first = self.sheet.drawing.strokes.len();
        self.pen = (settings.kind != Kind::Fill).then_some(Pen { at, away: false, first });
        self.sheet.drawing.strokes.push(stroke);
        Pressed::Done
    }

    /// The pen moves, on the pad or beside it; whether that added anything.
    pub fn draw(&mut self, at: Point) -> bool {
        let Some(pen) = self.pen.filter(|_| at.is_drawable()) else { return false };
        let drawing = &mut self.sheet.drawing;
        let (side, near) = (drawing.usable_side(), NEAR * drawing.side);
        let count: usize = drawing.strokes.iter().map(|stroke| stroke.points.len()).sum();
        let far = (pen.at.x - at.x).hypot(pen.at.y - at.y) >= near;
        let Some(stroke) = drawing.strokes.last_mut().filter(|_| far && count < MOST_POINTS) else {
            return false;
        };
        let seen = clip::segment(pen.at, at, side);
        match seen {
            Some((from, to)) if pen.away => {
                let tool = stroke.tool;
                drawing.strokes.push(Stroke { points: vec![from, to], tool });
            }
            Some((_, to)) => stroke.points.push(to),
            None => {}
        }
        self.pen = Some(Pen { at, away: !at.is_on(side), ..pen });
        seen.is_some()
    }

    /// The pen goes up.
    pub fn lift(&mut self) {
        self.pen = None;
    }

    /// The pen is taken away by the browser, which often has found it to be a palm: a blot goes with it,
    /// a line stays.
    pub fn lose(&mut self) {
        if self.pen.take().is_some_and(|pen| self.is_blot(pen.first)) {
            self.take_back();
        }
    }

    /// What the pen has drawn since it came down was not meant: it is taken back for good.
    pub fn abandon(&mut self) {
        if self.pen.take().is_some() {
            self.take_back();
        }
    }

    /// Whether the pen is down.
    pub fn is_stroking(&self) -> bool {
        self.pen.is_some()
    }

    /// Puts another drawing on the pad, as one step that can be undone.
    pub fn replace(&mut self, drawing: Drawing) {
        self.lay(Sheet { drawing: clip::to_pad(drawing), photo: None });
    }

    /// Puts a photograph on the pad in place of what is there, as one step that can be undone.
    pub fn place(&mut self, photo: Arc<PhotoSteps>) {
        let drawing = Drawing { side: self.sheet.drawing.side, strokes: Vec::new() };
        self.lay(Sheet { drawing, photo: Some(photo) });
    }

    /// Takes everything away.
    pub fn clear(&mut self) {
        self.replace(Drawing { side: self.sheet.drawing.side, strokes: Vec::new() });
    }

    /// Turns left and right round, of strokes or photograph.
    pub fn mirror(&mut self) {
        let mut mirrored = self.sheet.clone();
        mirrored.drawing.mirror();
        mirrored.photo = mirrored.photo.map(|photo| Arc::new(photo.mirrored()));
        self.lay(mirrored);
    }

    /// One step back; `false` where there is none.
    pub fn undo(&mut self) -> bool {
        self.pen = None;
        let Some(before) = self.undo.pop() else { return false };
        self.redo.push(std::mem::replace(&mut self.sheet, before));
        true
    }

    /// One step forth again; `false` where there is none.
    pub fn redo(&mut self) -> bool {
        let Some(after) = self.redo.pop() else { return false };
        self.undo.push(std::mem::replace(&mut self.sheet, after));
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

    fn lay(&mut self, sheet: Sheet) {
        if sheet != self.sheet {
            self.remember();
            self.sheet = sheet;
        }
    }

    fn remember(&mut self) {
        self.pen = None;
        self.redo.clear();
        self.undo.push(self.sheet.clone());
        if self.undo.len() > REMEMBERED {
            self.undo.remove(0);
        }
    }

    fn take_back(&mut self) {
        if let Some(before) = self.undo.pop() {
            self.sheet = before;
        }
    }

    /// Whether the strokes from `first` on stay in one small place.
    fn is_blot(&self, first: usize) -> bool {
        let strokes = self.sheet.drawing.strokes.iter().skip(first);
        let extent = Extent::of(strokes.flat_map(|stroke| &stroke.points));
        extent.is_none_or(|extent| extent.longer() <= BLOT * self.sheet.drawing.side)
    }
}

#[cfg(test)]
mod tests;
