//! Pointer events as the browser gives them: kind, place, the places between two events, and touches
//! that belong to a surface alone.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomRect, Element, PointerEvent, TouchEvent};

use super::pointers::Kind;

/// What the pointer is.
pub fn kind(event: &PointerEvent) -> Kind {
    Kind::named(&event.pointer_type())
}

/// All places that the pointer has been at since the last event, so that fast strokes stay smooth. The
/// browser tells them in secure contexts only, and some never: the event itself is there always.
pub fn places(event: &PointerEvent) -> Vec<PointerEvent> {
    let ask =
        Reflect::get(event, &"getCoalescedEvents".into()).ok().and_then(|f| f.dyn_into::<Function>().ok());
    let told = ask.and_then(|ask| ask.call0(event).ok()).filter(Array::is_array);
    let places: Vec<PointerEvent> = told.map_or_else(Vec::new, |told| {
        Array::from(&told).iter().filter_map(|place| place.dyn_into().ok()).collect()
    });
    if places.is_empty() { vec![event.clone()] } else { places }
}

/// The event's place in CSS pixels from the left upper corner of a rectangle of the window. Fractions
/// of pixels count: phones have three screen pixels to one of CSS.
pub fn place(event: &PointerEvent, within: &DomRect) -> (f64, f64) {
    let number = |name: &str| Reflect::get(event, &name.into()).ok().and_then(|value| value.as_f64());
    let x = number("clientX").unwrap_or_else(|| event.client_x().into());
    let y = number("clientY").unwrap_or_else(|| event.client_y().into());
    (x - within.left(), y - within.top())
}

/// Keeps the pointer's events coming to an element while the pointer is beside it.
pub fn capture(element: &Element, event: &PointerEvent) {
    // A pointer that is gone already, or that a script made up, needs no capture.
    let _ = element.set_pointer_capture(event.pointer_id());
}

/// Keeps a touch to the surface: no selection, no callout, no handwriting (iPad's Scribble looks at touch
/// events, whatever `touch-action` says), no pulling of the page.
pub fn hold(event: TouchEvent) {
    if event.cancelable() {
        event.prevent_default();
    }
}

/// No menu where a finger or a pen rests; a mouse's right button keeps its own.
pub fn hold_menu(event: web_sys::MouseEvent) {
    let kind = Reflect::get(&event, &"pointerType".into()).unwrap_or(JsValue::UNDEFINED);
    if matches!(kind.as_string().as_deref(), Some("touch" | "pen")) {
        event.prevent_default();
    }
}
