//! The map's colours, from the style sheet.

use leptos::html::Canvas;
use leptos::prelude::*;
use plotters::style::RGBColor;
use web_sys::Element;

use super::Plane;
use crate::data::CLASS_COUNT;
use crate::ui::effect::Effect;
use crate::ui::widgets::colour;

/// Custom properties of the style sheet, in label order.
pub const CLASSES: [&str; CLASS_COUNT] = [
    "--class-0",
    "--class-1",
    "--class-2",
    "--class-3",
    "--class-4",
    "--class-5",
    "--class-6",
    "--class-7",
    "--class-8",
    "--class-9",
];

/// The colours as the theme has them now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inks {
    /// Of the classes, in label order.
    pub classes: [[u8; 3]; CLASS_COUNT],
    /// Of the empty map.
    pub ground: [u8; 3],
    /// Of what must be seen on it.
    pub ink: [u8; 3],
    /// Of hairlines.
    pub line: [u8; 3],
    /// Of the drawing.
    pub accent: [u8; 3],
}

impl Inks {
    fn read(element: &Element) -> Self {
        let read = |name| {
            let RGBColor(red, green, blue) = colour(element, name);
            [red, green, blue]
        };
        Self {
            classes: CLASSES.map(read),
            ground: read("--paper"),
            ink: read("--ink"),
            line: read("--line"),
            accent: read("--accent"),
        }
    }
}

/// Reads the colours anew whenever the theme changes: asking the style sheet is slow.
pub fn follow(plane: Plane, canvas: NodeRef<Canvas>) {
    Effect::new(move |_| {
        plane.room.ui.palette.track();
        if let Some(canvas) = canvas.get() {
            plane.inks.set(Some(Inks::read(&canvas)));
        }
    });
}
