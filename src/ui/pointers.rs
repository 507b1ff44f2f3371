//! Who draws: of several pointers on one surface, the one whose hand is meant. No DOM, so that native
//! tests drive it.
//!
//! The pointer that began keeps the surface until it goes up; others are passed over. A pen alone goes
//! before a touch: the hand that holds it often lies on the screen before the pen's tip does.

/// What a pointer is (`PointerEvent.pointerType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A mouse, and whatever else is no pen and no finger.
    Mouse,
    /// A pen.
    Pen,
    /// A finger, or the palm.
    Touch,
}

impl Kind {
    /// The kind named by a pointer event.
    pub fn named(name: &str) -> Self {
        match name {
            "pen" => Kind::Pen,
            "touch" => Kind::Touch,
            _ => Kind::Mouse,
        }
    }
}

/// What becomes of a pointer that comes down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// The surface was free.
    Begins,
    /// It takes the place of a touch; what that one did was the palm's doing.
    TakesOver,
    /// Another one has the surface.
    Refused,
}

/// The pointer that has a surface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Owner(Option<(i32, Kind)>);

impl Owner {
    /// A pointer comes down. One that comes down twice was lost in between: it begins anew.
    pub fn press(&mut self, id: i32, kind: Kind) -> Claim {
        let claim = match self.0 {
            Some((owner, _)) if owner == id => Claim::Begins,
            Some((_, Kind::Touch)) if kind == Kind::Pen => Claim::TakesOver,
            Some(_) => Claim::Refused,
            None => Claim::Begins,
        };
        if claim != Claim::Refused {
            self.0 = Some((id, kind));
        }
        claim
    }

    /// Whether this pointer has the surface.
    pub fn owns(&self, id: i32) -> bool {
        self.0.is_some_and(|(owner, _)| owner == id)
    }

    /// A pointer goes up or is taken away; whether it was the one that had the surface.
    pub fn release(&mut self, id: i32) -> bool {
        let owned = self.owns(id);
        if owned {
            self.0 = None;
        }
        owned
    }

    /// Whether no pointer has the surface.
    pub fn is_free(&self) -> bool {
        self.0.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_pointer_keeps_the_surface_whatever_others_do() {
        let mut owner = Owner::default();
        assert_eq!(owner.press(3, Kind::Touch), Claim::Begins);
        assert_eq!(owner.press(4, Kind::Touch), Claim::Refused);
        assert_eq!(owner.press(1, Kind::Mouse), Claim::Refused);
        assert!(owner.owns(3) && !owner.owns(4));
        assert!(!owner.release(4), "lifting the second finger ends nothing");
        assert!(owner.owns(3) && owner.release(3) && owner.is_free());
    }

    #[test]
    fn a_pen_goes_before_a_palm_in_either_order() {
        let mut owner = Owner::default();
        owner.press(7, Kind::Touch);
        assert_eq!(owner.press(9, Kind::Pen), Claim::TakesOver);
        assert!(!owner.release(7) && owner.owns(9));
        assert_eq!(owner.press(8, Kind::Touch), Claim::Refused);
        assert_eq!(owner.press(10, Kind::Pen), Claim::Refused);
        assert!(owner.release(9));
    }

    #[test]
    fn a_pointer_whose_going_up_was_lost_begins_anew() {
        let mut owner = Owner::default();
        owner.press(1, Kind::named("mouse"));
        assert_eq!(owner.press(1, Kind::Mouse), Claim::Begins);
        assert_eq!(
            (Kind::named("pen"), Kind::named("touch"), Kind::named("")),
            (Kind::Pen, Kind::Touch, Kind::Mouse)
        );
    }
}
