//! What hands do on the map.

use leptos::html::Canvas;
use leptos::prelude::*;
use web_sys::{PointerEvent, WheelEvent};

use super::Plane;
use crate::ui::hands;
use crate::ui::latent::plane::View;
use crate::ui::latent::touch::{Joined, Touches};
use crate::ui::pointers::Kind;

/// CSS pixels that a pointer may tremble in a click.
const TREMBLE: f32 = 4.0;
/// CSS pixels around a dot that count as on it.
const REACH: f32 = 8.0;

/// The pointers on the map.
#[derive(Clone, Copy)]
pub struct Gestures {
    plane: Plane,
    canvas: NodeRef<Canvas>,
    state: StoredValue<State>,
}

#[derive(Default)]
struct State {
    touches: Touches,
    /// Where the first one went down.
    begun: (f32, f32),
    /// It has moved more than a tremble.
    dragged: bool,
    /// This drag moves the map.
    panning: bool,
}

impl Gestures {
    /// No pointer yet.
    pub fn new(plane: Plane, canvas: NodeRef<Canvas>) -> Self {
        Self { plane, canvas, state: StoredValue::new(State::default()) }
    }

    /// A pointer comes down.
    pub fn down(self, event: &PointerEvent) {
        let Some(canvas) = self.canvas.get_untracked() else { return };
        let pixel = self.pixel(hands::place(event, &canvas.get_bounding_client_rect()));
        let panning = self.plane.panning.get_untracked() || event.shift_key() || event.button() > 0;
        let joined = self.state.try_update_value(|state| {
            let joined = state.touches.press(event.pointer_id(), hands::kind(event), pixel);
            if matches!(joined, Joined::First | Joined::InsteadOfPalm) {
                (state.begun, state.dragged, state.panning) = (pixel, false, panning);
            }
            joined
        });
        match joined {
            Some(Joined::Refused) | None => return,
            Some(Joined::InsteadOfPalm) => {
                self.plane.room.explorer.update(|explorer| explorer.abandon_drag())
            }
            Some(Joined::Second) => self.plane.room.explorer.update(|explorer| explorer.end_drag()),
            Some(Joined::First) => {}
        }
        hands::capture(&canvas, event);
        self.plane.hover.set(None);
    }

    /// A pointer moves: hovering, walking, panning or pinching.
    pub fn moved(self, event: &PointerEvent) {
        let Some(canvas) = self.canvas.get_untracked() else { return };
        let pixel = self.pixel(hands::place(event, &canvas.get_bounding_client_rect()));
        let id = event.pointer_id();
        let (free, before, pinched) = self
            .state
            .with_value(|state| (state.touches.is_free(), state.touches.place(id), state.touches.pinched()));
        match before {
            // A finger never hovers: one that moves here unheard is a palm that was passed over.
            None if free && hands::kind(event) != Kind::Touch => self.hover(pixel),
            None => {}
            Some(_) if pinched => self.pinch(id, pixel),
            Some(before) => self.drag(before, pixel),
        }
        self.state.update_value(|state| state.touches.moved(id, pixel));
    }

    /// A pointer goes up: the end of a drag, or a click.
    pub fn up(self, event: &PointerEvent) {
        let click = self.state.with_value(|state| {
            let heard = state.touches.place(event.pointer_id());
            heard.filter(|_| !state.dragged && !state.panning && !state.touches.pinched())
        });
        self.cancel(event);
        if let Some(pixel) = click {
            self.click(pixel);
        }
    }

    /// A pointer is taken away; one that was passed over ends nothing.
    pub fn cancel(self, event: &PointerEvent) {
        let last = self.state.try_update_value(|state| state.touches.release(event.pointer_id()));
        if last == Some(true) {
            self.plane.room.explorer.update(|explorer| explorer.end_drag());
        }
    }

    /// A pointer leaves the map; a palm that does takes no other pointer's hover away.
    pub fn left(self, event: &PointerEvent) {
        if hands::kind(event) != Kind::Touch {
            self.plane.hover.set(None);
        }
    }

    /// The wheel zooms about the pointer.
    pub fn wheel(self, event: &WheelEvent) {
        event.prevent_default();
        let pixel = self.pixel((event.offset_x().into(), event.offset_y().into()));
        let factor = (-event.delta_y() as f32 * 0.002).clamp(-0.5, 0.5).exp();
        self.plane.change_view(|view| view.zoom(pixel, factor));
    }

    fn pixel(self, (x, y): (f64, f64)) -> (f32, f32) {
        let density = self.plane.density.get_untracked();
        (x as f32 * density, y as f32 * density)
    }

    fn hit(self, pixel: (f32, f32)) -> Option<usize> {
        let (view, shown) = (self.plane.view.get_untracked()?, self.plane.shown.get_untracked());
        if self.plane.manifold.get_untracked() {
            return None;
        }
        view.hit(&self.plane.dots.get_untracked(), shown, pixel, REACH * self.plane.density.get_untracked())
    }

    fn hover(self, pixel: (f32, f32)) {
        let hit = self.hit(pixel);
        if self.plane.hover.get_untracked() != hit {
            self.plane.hover.set(hit);
        }
    }

    fn drag(self, before: (f32, f32), pixel: (f32, f32)) {
        let density = self.plane.density.get_untracked();
        let (begun, panning) = self.state.with_value(|state| (state.begun, state.panning));
        let far = (pixel.0 - begun.0).hypot(pixel.1 - begun.1) > TREMBLE * density;
        self.state.update_value(|state| state.dragged |= far);
        if !self.state.with_value(|state| state.dragged) {
            return;
        }
        if panning {
            return self.plane.change_view(|view| view.pan(pixel.0 - before.0, pixel.1 - before.1));
        }
        if let Some(view) = self.plane.view.get_untracked() {
            self.plane.room.explorer.update_untracked(|explorer| explorer.begin_drag());
            self.plane.walk_to(view.to_place(pixel));
        }
    }

    /// Two fingers: their distance zooms, their middle pans.
    fn pinch(self, moved: i32, pixel: (f32, f32)) {
        let pair = self.state.with_value(|state| (state.touches.other(moved), state.touches.place(moved)));
        let (Some(other), Some(before)) = pair else { return };
        let distance = |a: (f32, f32)| (a.0 - other.0).hypot(a.1 - other.1).max(1.0);
        let factor = (distance(pixel) / distance(before)).clamp(0.5, 2.0);
        let middle = ((pixel.0 + other.0) / 2.0, (pixel.1 + other.1) / 2.0);
        self.plane.change_view(|view: &mut View| {
            view.pan((pixel.0 - before.0) / 2.0, (pixel.1 - before.1) / 2.0);
            view.zoom(middle, factor);
        });
    }

    fn click(self, pixel: (f32, f32)) {
        match (self.hit(pixel), self.plane.view.get_untracked()) {
            (Some(index), _) => self.plane.visit(index),
            (None, Some(view)) => self.plane.walk_to(view.to_place(pixel)),
            _ => {}
        }
    }
}
