//! Draws a confusion matrix on a canvas: ten by ten cells, the darker the more garments, with class
//! names at the edges.

use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::data::CLASS_COUNT;
use crate::ui::contrast;
use crate::ui::state::experiment::count;
use crate::ui::text::{Locale, class_name};
use crate::ui::widgets::colour;

/// Side of a cell in CSS pixels.
const CELL: f64 = 28.0;
/// Room for the names at the left.
const LEFT: f64 = 86.0;
/// Room for the names below.
const BELOW: f64 = 84.0;

/// Width and height of the drawing in CSS pixels.
pub const SIZE: (f64, f64) = (LEFT + CELL * CLASS_COUNT as f64 + 4.0, CELL * CLASS_COUNT as f64 + BELOW);

/// The cell (true class, predicted class) at a point in CSS pixels.
pub fn cell_at(x: f64, y: f64) -> Option<(u8, u8)> {
    let index =
        |offset: f64| (offset >= 0.0 && offset < CELL * CLASS_COUNT as f64).then_some((offset / CELL) as u8);
    Some((index(y)?, index(x - LEFT)?))
}

/// Draws; an empty matrix draws nothing but the names.
pub fn draw(canvas: &HtmlCanvasElement, confusion: &[u32], locale: Locale, accent: &str) {
    let scale = leptos::prelude::window().device_pixel_ratio().clamp(1.0, 3.0);
    canvas.set_width((SIZE.0 * scale) as u32);
    canvas.set_height((SIZE.1 * scale) as u32);
    let context =
        canvas.get_context("2d").ok().flatten().and_then(|c| c.dyn_into::<CanvasRenderingContext2d>().ok());
    let Some(context) = context else { return };
    // Drawing on a canvas of the page cannot fail.
    let _ = context.scale(scale, scale);
    cells(&context, canvas, confusion, accent);
    names(&context, canvas, locale);
}

fn cells(context: &CanvasRenderingContext2d, canvas: &HtmlCanvasElement, confusion: &[u32], accent: &str) {
    let read = |name| {
        let colour = colour(canvas, name);
        [colour.0, colour.1, colour.2]
    };
    let (fill, ink, ground) = (read(accent), read("--ink"), read("--panel"));
    let line = read("--line");
    let css = |[red, green, blue]: contrast::Rgb| format!("rgb({red},{green},{blue})");
    context.set_font("10px system-ui, sans-serif");
    context.set_text_align("center");
    context.set_text_baseline("middle");
    for truth in 0..CLASS_COUNT {
        let total: u32 = (0..CLASS_COUNT).map(|predicted| count(confusion, truth, predicted)).sum();
        for predicted in 0..CLASS_COUNT {
            let found = count(confusion, truth, predicted);
            let share = f64::from(found) / f64::from(total.max(1));
            let (x, y) = (LEFT + predicted as f64 * CELL, truth as f64 * CELL);
            let shade = contrast::over(fill, ground, share.sqrt());
            context.set_fill_style_str(&css(shade));
            context.fill_rect(x, y, CELL - 1.0, CELL - 1.0);
            context.set_stroke_style_str(&css(line));
            context.stroke_rect(x, y, CELL - 1.0, CELL - 1.0);
            if found > 0 {
                context.set_fill_style_str(&css(contrast::readable(shade, &[ink, ground])));
                let _ = context.fill_text(&found.to_string(), x + CELL / 2.0, y + CELL / 2.0);
            }
        }
    }
}

fn names(context: &CanvasRenderingContext2d, canvas: &HtmlCanvasElement, locale: Locale) {
    let ink = colour(canvas, "--ink-2");
    context.set_fill_style_str(&format!("rgb({},{},{})", ink.0, ink.1, ink.2));
    context.set_font("12px system-ui, sans-serif");
    context.set_text_align("right");
    for class in 0..CLASS_COUNT {
        let name = class_name(locale, class as u8);
        let middle = (class as f64 + 0.5) * CELL;
        let _ = context.fill_text(name, LEFT - 6.0, middle);
        context.save();
        let _ = context.translate(LEFT + middle, CELL * CLASS_COUNT as f64 + 6.0);
        let _ = context.rotate(-std::f64::consts::FRAC_PI_3);
        let _ = context.fill_text(name, 0.0, 4.0);
        context.restore();
    }
}
