//! What keys do on the map.

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::Plane;

/// A key moves by this share of the map.
const KEY_STEP: f32 = 1.0 / 40.0;

/// Keys: arrows walk, Shift with arrows pans, + and − zoom, 0 shows all, Enter visits.
pub fn pressed(plane: Plane, event: &KeyboardEvent) {
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
