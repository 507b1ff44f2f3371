//! The pad's cursor for those who draw by keyboard: where it is and whether the pen is down. No DOM,
//! so that native tests drive it.

use crate::drawing::Point;

/// Share of the pad's side that a key moves by, and with Shift.
const STEPS: [f32; 2] = [1.0 / 32.0, 1.0 / 128.0];

/// The cursor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cursor {
    /// Where it is, in pad coordinates.
    pub x: f32,
    /// Downwards.
    pub y: f32,
    /// The pen is down.
    pub down: bool,
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke {
    /// The cursor moves; the pen, where it is down, draws.
    Move,
    /// The pen comes down.
    Press,
    /// The pen goes up.
    Lift,
}

impl Cursor {
    /// In the middle of a pad, the pen up.
    pub fn middle(side: f32) -> Self {
        Self { x: side / 2.0, y: side / 2.0, down: false }
    }

    /// The cursor's place.
    pub fn point(&self) -> Point {
        Point::new(self.x, self.y)
    }

    /// Its place in whole per cent of the pad, across and down.
    pub fn percent(&self, side: f32) -> (u32, u32) {
        let percent = |value: f32| (value / side * 100.0).round() as u32;
        (percent(self.x), percent(self.y))
    }

    /// Takes a key by its name in the DOM; `None` for keys that mean nothing here.
    pub fn key(&mut self, name: &str, small: bool, side: f32) -> Option<Stroke> {
        let (across, down) = match name {
            " " | "Enter" => {
                self.down = !self.down;
                return Some(if self.down { Stroke::Press } else { Stroke::Lift });
            }
            "Escape" if self.down => {
                self.down = false;
                return Some(Stroke::Lift);
            }
            "ArrowLeft" => (-1.0, 0.0),
            "ArrowRight" => (1.0, 0.0),
            "ArrowUp" => (0.0, -1.0),
            "ArrowDown" => (0.0, 1.0),
            // As they lie on the block of digits.
            "Home" => (-1.0, -1.0),
            "PageUp" => (1.0, -1.0),
            "End" => (-1.0, 1.0),
            "PageDown" => (1.0, 1.0),
            _ => return None,
        };
        let step = STEPS[usize::from(small)] * side;
        self.x = (self.x + across * step).clamp(0.0, side);
        self.y = (self.y + down * step).clamp(0.0, side);
        Some(Stroke::Move)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::draw::pad::{Pad, Pressed};
    use crate::ui::draw::tools::Settings;

    #[test]
    fn keys_draw_a_freehand_stroke() {
        let mut pad = Pad::default();
        let side = pad.drawing().side;
        let mut cursor = Cursor::middle(side);
        let keys = ["ArrowUp", " ", "ArrowRight", "PageDown", "ArrowDown", "End", "Enter", "ArrowLeft"];
        for key in keys {
            match cursor.key(key, false, side).expect("a key of the pad") {
                Stroke::Press => assert_eq!(pad.press(Settings::default(), cursor.point()), Pressed::Done),
                Stroke::Move if cursor.down => assert!(pad.draw(cursor.point())),
                Stroke::Move => {}
                Stroke::Lift => pad.lift(),
            }
        }
        assert_eq!(pad.drawing().strokes.len(), 1);
        assert_eq!(pad.drawing().strokes[0].points.len(), 5);
        assert!(!pad.is_stroking() && !cursor.down);
    }

    #[test]
    fn the_cursor_stays_on_the_pad_and_small_steps_are_small() {
        let mut cursor = Cursor::middle(256.0);
        (0..200).for_each(|_| {
            cursor.key("Home", false, 256.0);
        });
        assert_eq!((cursor.x, cursor.y, cursor.percent(256.0)), (0.0, 0.0, (0, 0)));
        cursor.key("ArrowRight", true, 256.0);
        assert_eq!(cursor.x, 2.0);
        assert_eq!(cursor.key("a", false, 256.0), None);
        assert_eq!(cursor.key("Escape", false, 256.0), None, "the pen is up already");
    }
}
