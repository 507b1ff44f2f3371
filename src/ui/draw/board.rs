//! The pad's canvas under mouse, finger and pen.

use leptos::html::Canvas;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlCanvasElement, KeyboardEvent, PointerEvent};

use super::keyboard::{Keyboard, PenCross};
use super::studio::Studio;
use super::{brush, photo};
use crate::drawing::Point;
use crate::drawing::gray::Gray;
use crate::ui::latent::context_of;
use crate::ui::prefs::Step;
use crate::ui::text::{draw, say};

/// Canvas pixels on a side.
const SIZE: u32 = 672;

/// The pad.
#[component]
pub fn Board() -> impl IntoView {
    let studio = Studio::get();
    let ui = studio.room.ui;
    let canvas = NodeRef::<Canvas>::new();
    let nothing_to_fill = RwSignal::new(false);
    let over = RwSignal::new(false);
    let keyboard = Keyboard::new(studio, nothing_to_fill);
    repaint(studio, canvas);
    undo_keys(studio);
    photo::follow_paste(studio);
    let down = move |event: PointerEvent| {
        if event.button() == 0 {
            event.prevent_default();
            capture(&event);
            let settings = studio.settings.get_untracked();
            let pressed = studio.change(|pad| pad.press(settings, point(&event, pad.drawing().side)));
            nothing_to_fill.set(pressed == Some(false));
        }
    };
    let moved = move |event: PointerEvent| {
        if studio.pad.with_untracked(|pad| pad.is_stroking()) {
            extend(studio, &event);
        }
    };
    let up = move |_: PointerEvent| {
        studio.pad.update_untracked(|pad| pad.lift());
        studio.keep();
    };
    let dropped = move |event: web_sys::DragEvent| {
        event.prevent_default();
        over.set(false);
        if let Some(files) = event.data_transfer().and_then(|data| data.files()) {
            photo::take_first(studio, &files);
        }
    };
    view! {
        <div class="board" class:over=over
            on:dragover=move |event: web_sys::DragEvent| { event.prevent_default(); over.set(true) }
            on:dragleave=move |_| over.set(false)
            on:drop=dropped>
            <canvas node_ref=canvas width=SIZE height=SIZE data-testid="draw-canvas"
                tabindex="0" role="application" aria-label=ui.t(draw::pad) aria-describedby="draw-keys"
                on:keydown=move |event| keyboard.key(&event) on:blur=move |_| keyboard.leave()
                on:pointerdown=down on:pointermove=moved on:pointerup=up on:pointercancel=up></canvas>
            <PenCross keyboard />
        </div>
        <small id="draw-keys" class="visually-hidden">{ui.t(say::pad_keys)}</small>
        <small>
            {move || if nothing_to_fill.get() { draw::nothing_to_fill(ui.locale.get()) } else { draw::pad_help(ui.locale.get()) }}
        </small>
    }
}

/// All places that the pointer has been at since the last event: fast strokes stay smooth.
fn extend(studio: Studio, event: &PointerEvent) {
    let places: Vec<PointerEvent> =
        event.get_coalesced_events().iter().filter_map(|place| place.dyn_into().ok()).collect();
    let places = if places.is_empty() { vec![event.clone()] } else { places };
    let mut added = false;
    studio.pad.update_untracked(|pad| {
        let side = pad.drawing().side;
        for place in &places {
            added |= pad.draw(point(place, side));
        }
    });
    if added {
        studio.pad.notify();
    }
}

/// A place on the pad. Only a pen's pressure means anything.
fn point(event: &PointerEvent, side: f32) -> Point {
    let element = event
        .current_target()
        .or(event.target())
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let (width, height) = element.map_or((1.0, 1.0), |e| {
        let place = e.get_bounding_client_rect();
        (place.width().max(1.0) as f32, place.height().max(1.0) as f32)
    });
    let mut point =
        Point::new(event.offset_x() as f32 / width * side, event.offset_y() as f32 / height * side);
    if event.pointer_type() == "pen" && event.pressure() > 0.0 {
        point.pressure = event.pressure();
    }
    point
}

fn capture(event: &PointerEvent) {
    if let Some(element) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) {
        // A pointer that is gone already needs no capture.
        let _ = element.set_pointer_capture(event.pointer_id());
    }
}

/// Paints what is new of a stroke under way, else everything.
fn repaint(studio: Studio, canvas: NodeRef<Canvas>) {
    let painted = StoredValue::new((0usize, 0usize));
    Effect::new(move |_| {
        let Some(canvas) = canvas.get() else { return };
        let Some(context) = context_of(&canvas) else { return };
        if let Some(photo) = studio.photo.get() {
            painted.set_value((0, 0));
            return show_photo(&canvas, &photo.gray);
        }
        studio.pad.with(|pad| {
            let drawing = pad.drawing();
            let size = f64::from(SIZE);
            let now = (drawing.strokes.len(), drawing.strokes.last().map_or(0, |stroke| stroke.points.len()));
            let (strokes, points) = painted.get_value();
            match drawing.strokes.last() {
                Some(stroke) if pad.is_stroking() && now.0 == strokes && points > 0 => {
                    brush::paint_from(&context, stroke, points - 1, size / f64::from(drawing.side), size);
                }
                _ => brush::paint(&context, drawing, size),
            }
            painted.set_value(now);
        });
    });
}

/// A photograph on the pad, as large as fits.
fn show_photo(canvas: &HtmlCanvasElement, gray: &Gray) {
    let Some(context) = context_of(canvas) else { return };
    let size = f64::from(SIZE);
    context.set_fill_style_str("#808080");
    context.fill_rect(0.0, 0.0, size, size);
    let Some(picture) = super::gray::canvas_of(gray) else { return };
    let (width, height) = (f64::from(gray.width()), f64::from(gray.height()));
    let scale = size / width.max(height);
    let (width, height) = (width * scale, height * scale);
    let (left, top) = ((size - width) / 2.0, (size - height) / 2.0);
    // Copying between two canvases of this page cannot fail.
    let _ = context.draw_image_with_html_canvas_element_and_dw_and_dh(&picture, left, top, width, height);
}

/// Ctrl or ⌘ with Z undoes, with Shift+Z or Y redoes, while the step is on show.
fn undo_keys(studio: Studio) {
    window_event_listener(leptos::ev::keydown, move |event: KeyboardEvent| {
        let here = studio.room.ui.step.get_untracked() == Step::Draw;
        if !here || !(event.ctrl_key() || event.meta_key()) {
            return;
        }
        let done = match event.key().to_lowercase().as_str() {
            "z" if event.shift_key() => studio.change(|pad| pad.redo()),
            "z" => studio.change(|pad| pad.undo()),
            "y" => studio.change(|pad| pad.redo()),
            _ => return,
        };
        if done.is_some() {
            event.prevent_default();
            studio.keep();
        }
    });
}
