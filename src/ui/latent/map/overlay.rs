//! What lies over the map: where the sliders stand, the mean, the drawing, the garment under the
//! pointer.

use std::f64::consts::TAU;

use leptos::html::Canvas;
use leptos::prelude::*;
use web_sys::CanvasRenderingContext2d;

use super::Plane;
use super::colours::Inks;
use super::layer::{context_of, fit_canvas};
use crate::ui::effect::Effect;
use crate::ui::latent::plane::{View, along};

/// Draws anew whenever something over the map moves.
pub fn draw(plane: Plane, canvas: NodeRef<Canvas>) {
    Effect::new(move |_| {
        let (Some(canvas), Some(view), Some(inks)) = (canvas.get(), plane.view.get(), plane.inks.get())
        else {
            return;
        };
        fit_canvas(&canvas, &view);
        let Some(context) = context_of(&canvas) else { return };
        context.clear_rect(0.0, 0.0, f64::from(view.size.0), f64::from(view.size.1));
        let pen = Pen { context, view, unit: f64::from(plane.density.get()), inks };
        pen.axes();
        if let Some(dot) = plane.hover.get().and_then(|index| plane.dots.get().get(index).copied()) {
            pen.ring((dot.x, dot.y), 6.0, inks.ink);
        }
        if let Some(place) = drawing(plane) {
            pen.square(place);
        }
        if let Some(place) = plane.place() {
            pen.cross(place);
        }
    });
}

/// The drawing's place on the plane.
fn drawing(plane: Plane) -> Option<(f32, f32)> {
    let (described, point) = (plane.room.described.get()?, plane.room.drawn_point.get()?);
    let (basis, (across, up)) = (plane.room.basis().get(), plane.axes.get());
    if point.len() != described.size() {
        return None;
    }
    let at = |axis| along(&described.space, basis, axis, &point);
    Some((at(across), if across == up { 0.0 } else { at(up) }))
}

struct Pen {
    context: CanvasRenderingContext2d,
    view: View,
    /// Canvas pixels a CSS pixel.
    unit: f64,
    inks: Inks,
}

impl Pen {
    fn at(&self, place: (f32, f32)) -> (f64, f64) {
        let (x, y) = self.view.to_pixel(place);
        (f64::from(x), f64::from(y))
    }

    fn ink(&self, [red, green, blue]: [u8; 3], width: f64) {
        self.context.set_stroke_style_str(&format!("rgb({red},{green},{blue})"));
        self.context.set_line_width(width * self.unit);
    }

    fn line(&self, from: (f64, f64), to: (f64, f64)) {
        self.context.begin_path();
        self.context.move_to(from.0, from.1);
        self.context.line_to(to.0, to.1);
        self.context.stroke();
    }

    /// Hairlines through the origin.
    fn axes(&self) {
        self.ink(self.inks.line, 1.0);
        let (x, y) = self.at((0.0, 0.0));
        self.line((0.0, y), (f64::from(self.view.size.0), y));
        self.line((x, 0.0), (x, f64::from(self.view.size.1)));
    }

    fn ring(&self, place: (f32, f32), radius: f64, ink: [u8; 3]) {
        let (x, y) = self.at(place);
        self.ink(ink, 2.0);
        self.context.begin_path();
        // A positive radius is always accepted.
        let _ = self.context.arc(x, y, radius * self.unit, 0.0, TAU);
        self.context.stroke();
    }

    /// The sliders' point: a ring with a cross, light on dark on light, to be seen on anything.
    fn cross(&self, place: (f32, f32)) {
        let (x, y) = self.at(place);
        let (inner, outer) = (5.0 * self.unit, 14.0 * self.unit);
        for (ink, width) in [(self.inks.ground, 5.0), (self.inks.ink, 2.0)] {
            self.ring(place, 9.0, ink);
            self.ink(ink, width);
            for (across, down) in [(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)] {
                self.line((x + across * inner, y + down * inner), (x + across * outer, y + down * outer));
            }
        }
    }

    /// The drawing: a square.
    fn square(&self, place: (f32, f32)) {
        let (x, y) = self.at(place);
        let half = 7.0 * self.unit;
        for (ink, width) in [(self.inks.ground, 5.0), (self.inks.accent, 2.5)] {
            self.ink(ink, width);
            self.context.stroke_rect(x - half, y - half, 2.0 * half, 2.0 * half);
        }
    }
}
