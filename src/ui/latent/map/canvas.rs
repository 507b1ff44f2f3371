//! The map's canvas: scatter or manifold below, marker and ring above.

use leptos::html::{Canvas, Div};
use leptos::prelude::*;
use wasm_bindgen::Clamped;
use web_sys::ImageData;

use super::gestures::Gestures;
use super::layer::{context_of, fit_canvas};
use super::{Plane, colours, keys, manifold, overlay};
use crate::ui::css::{Css, css};
use crate::ui::hands;
use crate::ui::latent::plane::{View, marker_side, scatter};
use crate::ui::safely::{Effect, safely};
use crate::ui::text::lat;
use crate::ui::widgets::width_of;

/// Height of the map as a share of its width, and its largest height in CSS pixels.
const SHAPE: (f64, f64) = (0.78, 620.0);
/// The canvas with everything that a hand or a key does on it.
#[component]
pub fn MapCanvas(plane: Plane) -> impl IntoView {
    let ui = plane.room.ui;
    let frame = NodeRef::<Div>::new();
    let (below, above) = (NodeRef::<Canvas>::new(), NodeRef::<Canvas>::new());
    follow_size(plane, frame);
    colours::follow(plane, below);
    draw_below(plane, below);
    overlay::draw(plane, above);
    manifold::fill(plane, below);
    let gestures = Gestures::new(plane, below);
    // A pointer that goes up beside the map is heard there where it could not be captured.
    window_event_listener(leptos::ev::pointerup, safely(move |event| gestures.cancel(&event)));
    window_event_listener(leptos::ev::pointercancel, safely(move |event| gestures.cancel(&event)));
    let style = move || plane.view.get().map(|view| size_style(&view, plane.density.get()));
    view! {
        <div class="map" node_ref=frame>
            <canvas node_ref=below data-testid="latent-map" tabindex="0" role="application" style=style
                aria-label=ui.t(lat::map) aria-describedby="latent-map-help"
                on:pointerdown=safely(move |event| gestures.down(&event))
                on:pointermove=safely(move |event| gestures.moved(&event))
                on:pointerup=safely(move |event| gestures.up(&event))
                on:pointercancel=safely(move |event| gestures.cancel(&event))
                on:lostpointercapture=safely(move |event| gestures.cancel(&event))
                on:pointerleave=safely(move |event| gestures.left(&event))
                on:touchstart=safely(hands::hold) on:touchmove=safely(hands::hold)
                on:contextmenu=safely(hands::hold_menu)
                on:wheel=safely(move |event| gestures.wheel(&event))
                on:keydown=safely(move |event| keys::pressed(plane, &event))></canvas>
            <canvas class="above" node_ref=above style=style aria-hidden="true"></canvas>
        </div>
    }
}

fn size_style(view: &View, density: f32) -> Css {
    css(format!("width:{}px;height:{}px", view.size.0 / density, view.size.1 / density))
}

fn follow_size(plane: Plane, frame: NodeRef<Div>) {
    let width = width_of(frame);
    Effect::new(move |_| {
        let width = width.get();
        if width < 1.0 {
            return;
        }
        let density = window().device_pixel_ratio().clamp(1.0, 3.0) as f32;
        let height = (width * SHAPE.0).min(SHAPE.1);
        let size = ((width as f32 * density).floor(), (height as f32 * density).floor());
        let dots = plane.dots.get_untracked();
        plane.density.set(density);
        plane.view.update(|view| {
            *view = Some(match view {
                Some(view) => view.resized(size),
                None => View::around(&dots, size),
            });
        });
    });
}

fn draw_below(plane: Plane, canvas: NodeRef<Canvas>) {
    Effect::new(move |_| {
        let (Some(canvas), Some(view), Some(inks)) = (canvas.get(), plane.view.get(), plane.inks.get())
        else {
            return;
        };
        fit_canvas(&canvas, &view);
        if plane.manifold.get() {
            return;
        }
        let (dots, shown) = (plane.dots.get(), plane.shown.get());
        let side = (marker_side(&view, &dots, shown) * plane.density.get()).round() as usize;
        let pixels = scatter(&view, &dots, shown, &inks.classes, inks.ground, side);
        let image = ImageData::new_with_u8_clamped_array_and_sh(
            Clamped(&pixels),
            view.size.0 as u32,
            view.size.1 as u32,
        );
        if let (Some(context), Ok(image)) = (context_of(&canvas), image) {
            // Painting an image of the canvas's own size cannot fail.
            let _ = context.put_image_data(&image, 0.0, 0.0);
        }
    });
}
