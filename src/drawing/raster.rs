//! Strokes in a framing → the grey working frame, by tiny-skia with antialiasing.

use tiny_skia::{
    BlendMode, Color, FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Stroke as Pen, Transform,
};

use super::frame::{FRAME_SIDE, Framing, OVERSAMPLING};
use super::strokes::DEFAULT_PRESSURE;
use super::{BrushSize, Drawing, Gray, Stroke, Tool};

/// Draws all strokes, first drawn first; lines are as wide as their brush says in the frame.
pub fn rasterise(drawing: &Drawing, framing: &Framing) -> Gray {
    let mut gray = Gray::blank(FRAME_SIDE, FRAME_SIDE);
    let Some(mut canvas) = Pixmap::new(FRAME_SIDE, FRAME_SIDE) else { return gray };
    canvas.fill(Color::BLACK);
    for stroke in &drawing.strokes {
        draw(&mut canvas, stroke, framing);
    }
    for (target, pixel) in gray.pixels_mut().iter_mut().zip(canvas.pixels()) {
        *target = pixel.red();
    }
    gray
}

/// The widest line of a drawing in frame pixels; 0 where there are only fills.
pub(super) fn widest_line(drawing: &Drawing) -> f32 {
    let widths = drawing.strokes.iter().map(|stroke| match stroke.tool {
        Tool::Brush { size, .. } => frame_width(size),
        Tool::Eraser { .. } | Tool::Fill { .. } => 0.0,
    });
    widths.fold(0.0, f32::max)
}

fn frame_width(size: BrushSize) -> f32 {
    size.width() * OVERSAMPLING as f32
}

fn draw(canvas: &mut Pixmap, stroke: &Stroke, framing: &Framing) {
    let points: Vec<(f32, f32, f32)> = stroke
        .drawable()
        .map(|point| {
            let (x, y) = framing.apply(point);
            (x, y, point.pressure)
        })
        .collect();
    match stroke.tool {
        Tool::Brush { size, tone } => line(canvas, &points, frame_width(size), &ink(tone)),
        Tool::Eraser { size } => line(canvas, &points, 2.0 * frame_width(size), &ink(0)),
        Tool::Fill { tone } => fill(canvas, &points, &ink(tone)),
    }
}

fn ink(tone: u8) -> Paint<'static> {
    let mut paint = Paint { anti_alias: true, blend_mode: BlendMode::SourceOver, ..Paint::default() };
    paint.set_color_rgba8(tone, tone, tone, u8::MAX);
    paint
}

/// One path where the pressure is constant, else a piece for each pair of points.
fn line(canvas: &mut Pixmap, points: &[(f32, f32, f32)], width: f32, paint: &Paint) {
    let Some(&(_, _, pressure)) = points.first() else { return };
    let even = points.iter().all(|point| (point.2 - pressure).abs() < 0.02);
    if even || points.len() < 2 {
        piece(canvas, points, width * factor(pressure), paint);
        return;
    }
    for pair in points.windows(2) {
        piece(canvas, pair, width * factor((pair[0].2 + pair[1].2) / 2.0), paint);
    }
}

/// Half to one and a half times the brush's width; what a device reports out of range is default.
fn factor(pressure: f32) -> f32 {
    0.5 + if (0.0..=1.0).contains(&pressure) { pressure } else { DEFAULT_PRESSURE }
}

fn piece(canvas: &mut Pixmap, points: &[(f32, f32, f32)], width: f32, paint: &Paint) {
    let pen = Pen { width, line_cap: LineCap::Round, line_join: LineJoin::Round, ..Pen::default() };
    let Some(path) = path(points, false) else {
        dot(canvas, points, width / 2.0, paint);
        return;
    };
    canvas.stroke_path(&path, paint, &pen, Transform::identity(), None);
}

/// A line without length.
fn dot(canvas: &mut Pixmap, points: &[(f32, f32, f32)], radius: f32, paint: &Paint) {
    let Some(&(x, y, _)) = points.first() else { return };
    if let Some(circle) = PathBuilder::from_circle(x, y, radius) {
        canvas.fill_path(&circle, paint, FillRule::Winding, Transform::identity(), None);
    }
}

fn fill(canvas: &mut Pixmap, points: &[(f32, f32, f32)], paint: &Paint) {
    if let Some(path) = path(points, true) {
        canvas.fill_path(&path, paint, FillRule::Winding, Transform::identity(), None);
    }
}

/// `None` where the points have no extent.
fn path(points: &[(f32, f32, f32)], close: bool) -> Option<Path> {
    let (first, rest) = points.split_first()?;
    if rest.iter().all(|point| (point.0 - first.0).hypot(point.1 - first.1) < 1e-3) {
        return None;
    }
    let mut builder = PathBuilder::with_capacity(points.len() + 1, points.len());
    builder.move_to(first.0, first.1);
    for point in rest {
        builder.line_to(point.0, point.1);
    }
    if close {
        builder.close();
    }
    builder.finish()
}
