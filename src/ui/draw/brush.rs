//! Strokes on the pad's canvas: ink is dark on light paper, as one draws; the network sees the
//! negative of it.

use std::f64::consts::TAU;

use web_sys::CanvasRenderingContext2d;

use crate::data::IMAGE_SIDE;
use crate::drawing::{Drawing, Point, Stroke, Tool};

/// A width is given in pixels of the 28×28 picture, which a drawing fills; on the pad it usually
/// takes this share of it.
const USUAL: f64 = 0.7;

/// The paper.
const PAPER: &str = "#ffffff";

/// Paints the whole drawing onto a canvas of `size` pixels.
pub fn paint(context: &CanvasRenderingContext2d, drawing: &Drawing, size: f64) {
    context.set_fill_style_str(PAPER);
    context.fill_rect(0.0, 0.0, size, size);
    let scale = size / f64::from(drawing.side);
    for stroke in &drawing.strokes {
        paint_from(context, stroke, 0, scale, size);
    }
}

/// Paints a stroke from its point `first` on: while drawing, only what is new.
pub fn paint_from(context: &CanvasRenderingContext2d, stroke: &Stroke, first: usize, scale: f64, size: f64) {
    let points: Vec<&Point> = stroke.drawable().collect();
    let unit = size / IMAGE_SIDE as f64 * USUAL;
    match stroke.tool {
        Tool::Brush { size, tone } => {
            line(
                context,
                &points[first.min(points.len())..],
                scale,
                f64::from(size.width()) * unit,
                &ink(tone),
            );
        }
        Tool::Eraser { size } => {
            line(
                context,
                &points[first.min(points.len())..],
                scale,
                2.0 * f64::from(size.width()) * unit,
                PAPER,
            );
        }
        Tool::Fill { tone } => fill(context, &points, scale, &ink(tone)),
    }
}

fn ink(tone: u8) -> String {
    let light = 255 - tone;
    format!("rgb({light},{light},{light})")
}

fn line(context: &CanvasRenderingContext2d, points: &[&Point], scale: f64, width: f64, style: &str) {
    context.set_line_cap("round");
    context.set_line_join("round");
    context.set_stroke_style_str(style);
    context.set_fill_style_str(style);
    if let [point] = points {
        context.begin_path();
        // A positive radius is always accepted.
        let _ = context.arc(f64::from(point.x) * scale, f64::from(point.y) * scale, width / 2.0, 0.0, TAU);
        context.fill();
    }
    for pair in points.windows(2) {
        let pressure = f64::from((pair[0].pressure + pair[1].pressure) / 2.0).clamp(0.0, 1.0);
        context.set_line_width(width * (0.5 + pressure));
        context.begin_path();
        context.move_to(f64::from(pair[0].x) * scale, f64::from(pair[0].y) * scale);
        context.line_to(f64::from(pair[1].x) * scale, f64::from(pair[1].y) * scale);
        context.stroke();
    }
}

fn fill(context: &CanvasRenderingContext2d, points: &[&Point], scale: f64, style: &str) {
    context.set_fill_style_str(style);
    context.begin_path();
    for point in points {
        context.line_to(f64::from(point.x) * scale, f64::from(point.y) * scale);
    }
    context.close_path();
    context.fill();
}
