//! A sheet of 28×28 pictures on one canvas, enlarged by whole pixels only.

use std::sync::Arc;

use leptos::html::{Canvas, Div};
use leptos::prelude::*;
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use super::size::width_of;
use crate::data::{IMAGE_PIXELS, IMAGE_SIDE};
use crate::protocol::Pictures;
use crate::ui::css;
use crate::ui::safely::{Effect, safely};

/// Transparent pixels between two pictures.
const GAP: usize = 2;

/// A sheet of pictures that fills the width it has: as many columns as fit (or as given), each
/// picture as large as whole pixels allow.
#[component]
pub fn Sheet(
    /// What to show.
    #[prop(into)]
    pictures: Signal<Option<Arc<Pictures>>>,
    /// `data-testid` of the canvas.
    #[prop(into)]
    testid: String,
    /// What the pictures are, for screen readers.
    #[prop(into)]
    label: Signal<String>,
    /// Pictures in a row at most; 0 for as many as fit at the largest scale.
    #[prop(default = 0)]
    columns: usize,
    /// CSS pixels a picture pixel, at most.
    #[prop(default = 3)]
    largest: usize,
    /// Called with the index of the picture that was clicked.
    #[prop(optional, into)]
    on_pick: Option<Callback<usize>>,
) -> impl IntoView {
    let frame = NodeRef::<Div>::new();
    let canvas = NodeRef::<Canvas>::new();
    let width = width_of(frame);
    let plan = Memo::new(move |_| plan(width.get() as usize, columns, largest));
    Effect::new(move |_| {
        let (Some(canvas), (columns, scale)) = (canvas.get(), plan.get()) else { return };
        if scale > 0 {
            show(&canvas, pictures.get().as_deref().unwrap_or(&Pictures::default()), columns, scale);
        }
    });
    let pick = move |event: web_sys::MouseEvent| {
        let (columns, scale) = plan.get_untracked();
        let cell = (IMAGE_SIDE + GAP) * scale.max(1);
        let at = |offset: i32| usize::try_from(offset).unwrap_or(0) / cell;
        let index = at(event.offset_y()) * columns + at(event.offset_x());
        if let Some(on_pick) = on_pick {
            on_pick.run(index);
        }
    };
    view! {
        <div class="sheet" node_ref=frame class:pickable=on_pick.is_some()>
            <canvas node_ref=canvas data-testid=testid role="img" aria-label=label on:click=safely(pick)></canvas>
        </div>
    }
}

/// Columns and scale for a width: the largest scale at which all columns fit, else fewer columns.
fn plan(width: usize, columns: usize, largest: usize) -> (usize, usize) {
    if width < IMAGE_SIDE {
        return (columns, 0);
    }
    if columns == 0 {
        let fit = (width + GAP * largest) / ((IMAGE_SIDE + GAP) * largest);
        return (fit.max(1), largest);
    }
    let of = |columns: usize| columns * (IMAGE_SIDE + GAP) - GAP;
    match width / of(columns.max(1)) {
        0 => (((width + GAP) / (IMAGE_SIDE + GAP)).max(1), 1),
        scale => (columns.max(1), scale.min(largest)),
    }
}

fn show(canvas: &HtmlCanvasElement, pictures: &Pictures, columns: usize, scale: usize) {
    let columns = columns.min(pictures.len().max(1));
    let rows = pictures.len().div_ceil(columns).max(1);
    let size = |count: usize| count * (IMAGE_SIDE + GAP) - GAP;
    let style = format!("width:{}px;height:{}px", size(columns) * scale, size(rows) * scale);
    css::set(canvas, &style);
    paint(canvas, pictures, columns, GAP);
}

/// Paints pictures onto a canvas, one canvas pixel a picture pixel; enlarge it by CSS
/// (`image-rendering: pixelated` is set for every canvas of the page) in whole multiples.
pub fn paint(canvas: &HtmlCanvasElement, pictures: &Pictures, columns: usize, gap: usize) {
    let rows = pictures.len().div_ceil(columns.max(1));
    let size = |count: usize| (count * (IMAGE_SIDE + gap)).saturating_sub(gap).max(1);
    let (width, height) = (size(columns), size(rows));
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let mut rgba = vec![0u8; width * height * 4];
    for (index, picture) in pictures.pixels.chunks_exact(IMAGE_PIXELS).enumerate() {
        let (left, top) = ((index % columns) * (IMAGE_SIDE + gap), (index / columns) * (IMAGE_SIDE + gap));
        for (row, line) in picture.chunks_exact(IMAGE_SIDE).enumerate() {
            let start = ((top + row) * width + left) * 4;
            for (pixel, value) in rgba[start..start + IMAGE_SIDE * 4].chunks_exact_mut(4).zip(line) {
                pixel.copy_from_slice(&[*value, *value, *value, 255]);
            }
        }
    }
    let image = ImageData::new_with_u8_clamped_array_and_sh(Clamped(&rgba), width as u32, height as u32);
    let context =
        canvas.get_context("2d").ok().flatten().and_then(|c| c.dyn_into::<CanvasRenderingContext2d>().ok());
    if let (Some(context), Ok(image)) = (context, image) {
        // Painting an image of the canvas's own size cannot fail.
        let _ = context.put_image_data(&image, 0.0, 0.0);
    }
}
