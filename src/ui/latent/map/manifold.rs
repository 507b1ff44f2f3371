//! The plane filled with decoded garments, row by row.

use std::time::Duration;

use leptos::html::Canvas;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlCanvasElement;

use super::Plane;
use super::layer::context_of;
use crate::data::IMAGE_SIDE;
use crate::latent::plane_grid;
use crate::protocol::Pictures;
use crate::ui::latent::decoder::{MANIFOLD, in_turn};
use crate::ui::latent::plane::View;
use crate::ui::newest::Newest;
use crate::ui::safely::Effect;
use crate::ui::widgets::paint;

/// Side of a garment in CSS pixels, at least.
const CELL: f32 = 42.0;
/// The view must stand this long before the plane is decoded.
const REST: Duration = Duration::from_millis(120);

/// Fills the canvas whenever the manifold is on and view, axes or weights have changed.
pub fn fill(plane: Plane, canvas: NodeRef<Canvas>) {
    let newest = Newest::new();
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let basis = plane.room.basis();
    Effect::new(move |_| {
        let wanted = newest.begin();
        let (Some(canvas), Some(view), true) = (canvas.get(), plane.view.get(), plane.manifold.get()) else {
            return;
        };
        plane.room.described.track();
        plane.axes.track();
        basis.track();
        if let Some(timer) = timer.get_value() {
            timer.clear();
        }
        let begin = move || {
            if wanted() {
                decode(plane, view, &canvas, wanted);
            }
        };
        timer.set_value(set_timeout_with_handle(begin, REST).ok());
    });
}

fn decode(plane: Plane, view: View, canvas: &HtmlCanvasElement, wanted: impl Fn() -> bool + 'static) {
    let Some(described) = plane.room.described.get_untracked() else { return };
    let (across, up) = plane.axes.get_untracked();
    let cell = CELL * plane.density.get_untracked();
    let columns = (view.size.0 / cell).floor().max(1.0) as usize;
    let rows = if across == up { 1 } else { (view.size.1 / cell).floor().max(1.0) as usize };
    let (low, high) = (view.to_place((0.0, view.size.1)), view.to_place((view.size.0, 0.0)));
    let basis = plane.room.basis().get_untracked();
    let space = &described.space;
    let (horizontal, vertical) = ((across, low.0, high.0), (up, low.1, high.1));
    let points = plane_grid(space, basis, &space.mean, horizontal, vertical, (columns, rows));
    let chunks: Vec<Vec<f32>> = points.chunks(columns * described.size()).map(<[f32]>::to_vec).collect();
    let mut row = 0;
    let canvas = canvas.clone();
    let take = move |pictures: Pictures| {
        paint_row(&canvas, &pictures, row, columns, rows);
        row += 1;
    };
    in_turn(plane.room.ui.link, MANIFOLD, chunks.into_iter(), wanted, take);
}

/// Paints one row of garments, enlarged to the cells' size.
fn paint_row(canvas: &HtmlCanvasElement, pictures: &Pictures, row: usize, columns: usize, rows: usize) {
    let Some(strip) =
        document().create_element("canvas").ok().and_then(|e| e.dyn_into::<HtmlCanvasElement>().ok())
    else {
        return;
    };
    paint(&strip, pictures, columns, 0);
    let Some(context) = context_of(canvas) else { return };
    let (width, height) = (f64::from(canvas.width()), f64::from(canvas.height()));
    // A single row (a line) keeps its garments square, in the middle.
    let tall = if rows == 1 { (width / columns as f64).min(height) } else { height / rows as f64 };
    let top = if rows == 1 { (height - tall) / 2.0 } else { tall * row as f64 };
    context.set_image_smoothing_enabled(false);
    let (from_width, from_height) = ((columns * IMAGE_SIDE) as f64, IMAGE_SIDE as f64);
    // Copying between two canvases of this page cannot fail.
    let _ = context.draw_image_with_html_canvas_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
        &strip,
        0.0,
        0.0,
        from_width,
        from_height,
        0.0,
        top,
        width,
        tall,
    );
}
