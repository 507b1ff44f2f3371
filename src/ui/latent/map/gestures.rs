//! What hands and keys do on the map.

use std::collections::BTreeMap;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{KeyboardEvent, PointerEvent, WheelEvent};

use super::Plane;
use crate::ui::latent::plane::View;

/// CSS pixels that a pointer may tremble in a click.
const TREMBLE: f32 = 4.0;
/// CSS pixels around a dot that count as on it.
const REACH: f32 = 8.0;
/// A key moves by this share of the map.
const KEY_STEP: f32 = 1.0 / 40.0;

/// The pointers on the map.
#[derive(Clone, Copy)]
pub struct Gestures {
    plane: Plane,
    state: StoredValue<State>,
}

#[derive(Default)]
struct State {
    /// Last place of each pointer, in canvas pixels.
    pointers: BTreeMap<i32, (f32, f32)>,
    /// Where the first one went down.
    begun: (f32, f32),
    /// It has moved more than a tremble.
    dragged: bool,
    /// A second finger came: no click and no walk any more.
    pinched: bool,
    /// This drag moves the map.
    panning: bool,
}

impl Gestures {
    /// No pointer yet.
    pub fn new(plane: Plane) -> Self {
        Self { plane, state: StoredValue::new(State::default()) }
    }

    /// A pointer comes down.
    pub fn down(self, event: &PointerEvent) {
        capture(event);
        let pixel = self.pixel(event.offset_x(), event.offset_y());
        let panning = self.plane.panning.get_untracked() || event.shift_key() || event.button() > 0;
        self.state.update_value(|state| {
            if state.pointers.is_empty() {
                (state.begun, state.dragged, state.pinched, state.panning) = (pixel, false, false, panning);
            }
            state.pointers.insert(event.pointer_id(), pixel);
            state.pinched |= state.pointers.len() > 1;
        });
        self.plane.hover.set(None);
    }

    /// A pointer moves: hovering, walking, panning or pinching.
    pub fn moved(self, event: &PointerEvent) {
        let pixel = self.pixel(event.offset_x(), event.offset_y());
        let before = self.state.with_value(|state| state.pointers.get(&event.pointer_id()).copied());
        let Some(before) = before else { return self.hover(pixel) };
        if self.state.with_value(|state| state.pinched) {
            self.pinch(event.pointer_id(), pixel);
        } else {
            self.drag(before, pixel);
        }
        self.state.update_value(|state| {
            state.pointers.insert(event.pointer_id(), pixel);
        });
    }

    /// A pointer goes up: the end of a drag, or a click.
    pub fn up(self, event: &PointerEvent) {
        let state = self.state.with_value(|state| (state.dragged, state.pinched, state.panning));
        let click = state == (false, false, false);
        self.cancel(event);
        if click {
            self.click(self.pixel(event.offset_x(), event.offset_y()));
        }
    }

    /// A pointer is taken away.
    pub fn cancel(self, event: &PointerEvent) {
        self.state.update_value(|state| {
            state.pointers.remove(&event.pointer_id());
        });
        self.plane.room.explorer.update(|explorer| explorer.end_drag());
    }

    /// The wheel zooms about the pointer.
    pub fn wheel(self, event: &WheelEvent) {
        event.prevent_default();
        let pixel = self.pixel(event.offset_x(), event.offset_y());
        let factor = (-event.delta_y() as f32 * 0.002).clamp(-0.5, 0.5).exp();
        self.plane.change_view(|view| view.zoom(pixel, factor));
    }

    fn pixel(self, x: i32, y: i32) -> (f32, f32) {
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
        let other = self.state.with_value(|state| {
            let other = state.pointers.iter().find(|(id, _)| **id != moved);
            other.map(|(_, &other)| (other, state.pointers.get(&moved).copied().unwrap_or(pixel)))
        });
        let Some((other, before)) = other else { return };
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

fn capture(event: &PointerEvent) {
    if let Some(element) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) {
        // A pointer that is gone already needs no capture.
        let _ = element.set_pointer_capture(event.pointer_id());
    }
}

/// Keys: arrows walk, Shift with arrows pans, + and − zoom, 0 shows all, Enter visits.
pub fn key(plane: Plane, event: &KeyboardEvent) {
    let name = event.key();
    let arrow = match name.as_str() {
        "ArrowLeft" => Some((-1.0, 0.0)),
        "ArrowRight" => Some((1.0, 0.0)),
        "ArrowUp" => Some((0.0, -1.0)),
        "ArrowDown" => Some((0.0, 1.0)),
        _ => None,
    };
    match (arrow, name.as_str()) {
        (Some(arrow), _) => arrow_key(plane, arrow, event.shift_key()),
        (None, "+" | "=") => plane.zoom(1.25),
        (None, "-" | "−") => plane.zoom(0.8),
        (None, "0") => plane.fit(),
        (None, "Enter") => visit_nearest(plane),
        _ => return,
    }
    event.prevent_default();
}

fn arrow_key(plane: Plane, (across, down): (f32, f32), pan: bool) {
    let (Some(view), Some(place)) = (plane.view.get_untracked(), untrack(|| plane.place())) else { return };
    let step = view.size.0.min(view.size.1) * KEY_STEP;
    if pan {
        return plane.change_view(|view| view.pan(-across * step * 3.0, -down * step * 3.0));
    }
    let pixel = view.to_pixel(place);
    plane.walk_to(view.to_place((pixel.0 + across * step, pixel.1 + down * step)));
}

fn visit_nearest(plane: Plane) {
    let (Some(view), Some(place)) = (plane.view.get_untracked(), untrack(|| plane.place())) else { return };
    let hit = view.hit(
        &plane.dots.get_untracked(),
        plane.shown.get_untracked(),
        view.to_pixel(place),
        f32::INFINITY,
    );
    if let Some(index) = hit {
        plane.visit(index);
    }
}
