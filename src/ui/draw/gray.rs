//! Grey pictures of any size on canvases.

use leptos::prelude::*;
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{HtmlCanvasElement, ImageData};

use crate::drawing::gray::Gray;
use crate::ui::latent::context_of;

/// A canvas off the page with a grey picture, pixel for pixel.
pub fn canvas_of(gray: &Gray) -> Option<HtmlCanvasElement> {
    let canvas = document().create_element("canvas").ok()?.dyn_into::<HtmlCanvasElement>().ok()?;
    paint(&canvas, gray);
    Some(canvas)
}

/// Paints a grey picture; the canvas takes its size.
pub fn paint(canvas: &HtmlCanvasElement, gray: &Gray) {
    let rgba: Vec<u8> = gray.pixels().iter().flat_map(|&value| [value, value, value, 255]).collect();
    paint_rgba(canvas, gray.width(), gray.height(), &rgba);
}

/// Paints RGBA pixels; the canvas takes their size.
pub fn paint_rgba(canvas: &HtmlCanvasElement, width: u32, height: u32, rgba: &[u8]) {
    canvas.set_width(width);
    canvas.set_height(height);
    let image = ImageData::new_with_u8_clamped_array_and_sh(Clamped(rgba), width, height);
    if let (Some(context), Ok(image)) = (context_of(canvas), image) {
        // Painting an image of the canvas's own size cannot fail.
        let _ = context.put_image_data(&image, 0.0, 0.0);
    }
}
