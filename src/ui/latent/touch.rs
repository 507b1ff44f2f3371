//! The pointers that are down on the map: one walks or pans, two fingers pinch, a pen goes before a palm.
//! No DOM, so that native tests drive it.

use crate::ui::pointers::Kind;

/// A place in canvas pixels.
type Place = (f32, f32);

/// What became of a pointer that came down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joined {
    /// The only one.
    First,
    /// The second of two fingers, which pinch from now on.
    Second,
    /// A pen: what the touches before it did was the palm's doing.
    InsteadOfPalm,
    /// One too many.
    Refused,
}

/// The pointers heard.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Touches {
    down: Vec<(i32, Kind, Place)>,
    pinched: bool,
}

impl Touches {
    /// A pointer comes down. One that comes down twice was lost in between.
    pub fn press(&mut self, id: i32, kind: Kind, place: Place) -> Joined {
        self.down.retain(|(known, ..)| *known != id);
        let touch = |(_, kind, _): &(i32, Kind, Place)| *kind == Kind::Touch;
        let joined = match self.down.as_slice() {
            [] => Joined::First,
            some if kind == Kind::Pen && some.iter().all(touch) => Joined::InsteadOfPalm,
            [first] if kind == Kind::Touch && touch(first) && !self.pinched => Joined::Second,
            _ => return Joined::Refused,
        };
        match joined {
            Joined::Second => self.pinched = true,
            _ => (self.down, self.pinched) = (Vec::new(), false),
        }
        self.down.push((id, kind, place));
        joined
    }

    /// A pointer moves; one that is not heard is passed over.
    pub fn moved(&mut self, id: i32, place: Place) {
        if let Some(known) = self.down.iter_mut().find(|(known, ..)| *known == id) {
            known.2 = place;
        }
    }

    /// A pointer goes up; whether it was the last that was heard.
    pub fn release(&mut self, id: i32) -> bool {
        let heard = self.place(id).is_some();
        self.down.retain(|(known, ..)| *known != id);
        heard && self.down.is_empty()
    }

    /// Last place of a pointer that is heard.
    pub fn place(&self, id: i32) -> Option<Place> {
        self.down.iter().find(|(known, ..)| *known == id).map(|(_, _, place)| *place)
    }

    /// Place of the other one of two.
    pub fn other(&self, id: i32) -> Option<Place> {
        self.down.iter().find(|(known, ..)| *known != id).map(|(_, _, place)| *place)
    }

    /// A second finger came: no click and no walk until all are up.
    pub fn pinched(&self) -> bool {
        self.pinched
    }

    /// Whether none is down.
    pub fn is_free(&self) -> bool {
        self.down.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_fingers_pinch_and_a_third_is_passed_over() {
        let mut touches = Touches::default();
        assert_eq!(touches.press(1, Kind::Touch, (0.0, 0.0)), Joined::First);
        assert_eq!(touches.press(2, Kind::Touch, (9.0, 0.0)), Joined::Second);
        assert_eq!(touches.press(3, Kind::Touch, (5.0, 5.0)), Joined::Refused);
        touches.moved(2, (12.0, 0.0));
        touches.moved(3, (1.0, 1.0));
        assert_eq!((touches.other(1), touches.place(3)), (Some((12.0, 0.0)), None));
        assert!(!touches.release(3) && !touches.release(1) && touches.pinched());
        assert_eq!(
            touches.press(4, Kind::Touch, (0.0, 0.0)),
            Joined::Refused,
            "one finger of the pinch is left"
        );
        assert!(touches.release(2) && touches.is_free());
        assert_eq!(touches.press(5, Kind::Mouse, (0.0, 0.0)), Joined::First);
        assert!(!touches.pinched());
    }

    #[test]
    fn a_pen_takes_the_palms_place_and_keeps_it() {
        let mut touches = Touches::default();
        touches.press(1, Kind::Touch, (0.0, 0.0));
        assert_eq!(touches.press(7, Kind::Pen, (3.0, 3.0)), Joined::InsteadOfPalm);
        assert!(!touches.release(1), "lifting the palm ends nothing");
        assert_eq!(touches.press(2, Kind::Touch, (0.0, 0.0)), Joined::Refused);
        assert_eq!(touches.place(7), Some((3.0, 3.0)));
        assert_eq!(touches.press(7, Kind::Pen, (4.0, 4.0)), Joined::First, "its going up was lost");
        assert!(touches.release(7));
    }
}
