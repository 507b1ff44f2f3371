//! Whether what is read back from a canvas is what was painted.
//!
//! Protection against fingerprinting (Firefox's `privacy.resistFingerprinting`, Tor Browser, LibreWolf,
//! Brave's strict shields) gives noise instead: a photograph's pixels would get a verdict, and a saved
//! picture would be noise. A known pattern tells. The learner may allow canvases at any time, so it is
//! asked each time.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// Blocks of the pattern on a side, and pixels of a block on a side.
const BLOCKS: (u32, u32) = (8, 4);
/// Mean difference of a channel (of 255) that is still the pattern: some protections only tremble a
/// little, which does no harm to a photograph.
const TREMBLE: f64 = 3.0;

/// Whether pixels that are read back can be trusted.
pub fn reads_true() -> bool {
    difference().is_some_and(|difference| difference <= TREMBLE)
}

/// Whether pictures that are saved can be trusted.
pub fn saves_true() -> bool {
    // Noise differs each time.
    let saved = || pattern().and_then(|(canvas, _)| canvas.to_data_url().ok());
    reads_true() && saved().is_some_and(|first| saved() == Some(first))
}

/// The grey of a block, light and dark in turn, none like its neighbours.
fn shade(x: u32, y: u32) -> u8 {
    ((x * 97 + y * 61 + (x ^ y) * 29) % 256) as u8
}

fn pattern() -> Option<(HtmlCanvasElement, CanvasRenderingContext2d)> {
    let (blocks, size) = BLOCKS;
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(blocks * size);
    canvas.set_height(blocks * size);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    for (x, y) in (0..blocks * blocks).map(|index| (index % blocks, index / blocks)) {
        let shade = shade(x, y);
        context.set_fill_style_str(&format!("rgb({shade},{},{shade})", 255 - shade));
        let side = f64::from(size);
        context.fill_rect(f64::from(x) * side, f64::from(y) * side, side, side);
    }
    Some((canvas, context))
}

/// Mean difference of a channel between what was painted and what is read.
fn difference() -> Option<f64> {
    let (blocks, size) = BLOCKS;
    let side = blocks * size;
    let (_, context) = pattern()?;
    let read = context.get_image_data(0.0, 0.0, side.into(), side.into()).ok()?.data().0;
    let expected = (0..side * side).flat_map(|index| {
        let shade = shade(index % side / size, index / side / size);
        [shade, 255 - shade, shade, 255]
    });
    let sum: u64 = expected.zip(&read).map(|(a, &b)| u64::from(a.abs_diff(b))).sum();
    (read.len() == (side * side * 4) as usize).then(|| sum as f64 / read.len() as f64)
}
