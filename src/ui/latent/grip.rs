//! Fingers on the sliders: the one that began moves its slider, a pen goes before a palm, and a further
//! finger moves none. The browser's own sliders follow touches, so what is refused is kept from them.

use leptos::prelude::*;
use web_sys::{PointerEvent, TouchEvent};

use crate::ui::hands;
use crate::ui::pointers::{Claim, Kind, Owner};
use crate::ui::safely::safely;

/// The hand on the sliders of the step; copies are the same hand.
#[derive(Clone, Copy)]
pub struct Grip {
    owner: StoredValue<Owner>,
    /// The pointer heard last was passed over: so is the touch that the browser tells next.
    passed_over: StoredValue<bool>,
    ended: Callback<()>,
}

impl Grip {
    /// No hand yet; `ended` is called when a drag is over.
    pub fn new(ended: Callback<()>) -> Self {
        let grip =
            Self { owner: StoredValue::new(Owner::default()), passed_over: StoredValue::new(false), ended };
        // A slider's pointer may go up anywhere.
        window_event_listener(leptos::ev::pointerup, safely(move |event| grip.up(&event)));
        window_event_listener(leptos::ev::pointercancel, safely(move |event| grip.up(&event)));
        grip
    }

    /// A pointer comes down on a slider.
    pub fn down(self, event: &PointerEvent) -> Claim {
        let (id, kind) = (event.pointer_id(), hands::kind(event));
        let claim = self.owner.try_update_value(|owner| owner.press(id, kind)).unwrap_or(Claim::Refused);
        self.passed_over.set_value(claim == Claim::Refused);
        claim
    }

    /// A pointer moves on a slider, told before its touch. Fingers come down before they move: one without the
    /// hand was passed over.
    pub fn moved(self, event: &PointerEvent) {
        let id = event.pointer_id();
        let (owns, free) = self.owner.with_value(|owner| (owner.owns(id), owner.is_free()));
        let meant = owns || free && hands::kind(event) != Kind::Touch;
        if self.passed_over.get_value() == meant {
            self.passed_over.set_value(!meant);
        }
    }

    /// A pointer goes up or is taken away.
    pub fn up(self, event: &PointerEvent) {
        let owned = self.owner.try_update_value(|owner| owner.release(event.pointer_id())) == Some(true);
        self.passed_over.set_value(!owned);
        if owned {
            self.ended.run(());
        }
    }

    /// The browser says that the value is set.
    pub fn set(self) {
        self.owner.set_value(Owner::default());
        self.ended.run(());
    }

    /// A touch begins, moves or ends on a slider, told after its pointer.
    pub fn touch(self, event: TouchEvent) {
        if self.passed_over.get_value() {
            hands::hold(event);
        }
    }
}
