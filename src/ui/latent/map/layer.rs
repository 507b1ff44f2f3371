//! One of the map's canvases: its size and its drawing context.

use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::ui::latent::plane::View;

/// The drawing context of a canvas.
pub fn context_of(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok().flatten()?.dyn_into().ok()
}

/// Gives a canvas the size of the view; whether it has changed.
pub fn fit_canvas(canvas: &HtmlCanvasElement, view: &View) -> bool {
    let (width, height) = (view.size.0 as u32, view.size.1 as u32);
    let changed = canvas.width() != width || canvas.height() != height;
    if changed {
        canvas.set_width(width);
        canvas.set_height(height);
    }
    changed
}
