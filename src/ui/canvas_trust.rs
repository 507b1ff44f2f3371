//! Whether what is read back from a canvas is what was painted.
//!
//! Protection against fingerprinting (Firefox's `privacy.resistFingerprinting`, Tor Browser, LibreWolf,
//! Brave's strict shields) gives noise instead: a photograph's pixels would get a verdict, and a saved
//! picture would be noise. A known pattern tells. The learner may allow canvases at any time, so it is
//! asked each time.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement};

/// Blocks of the pattern on a side, and pixels of a block on a side.
const BLOCKS: (u32, u32) = (8, 4);
/// Mean difference of a channel (of 255) that is still the pattern: some protections only tremble a
/// little, which does no harm to a photograph.
const TREMBLE: f64 = 3.0;

/// Whether pixels that are read back can be trusted.
pub fn reads_true() -> bool {
    pattern().is_some_and(|(_, context)| shows_pattern(&context))
}

/// Whether pictures that are saved can be trusted: the pattern is saved, opened again and compared.
pub async fn saves_true() -> bool {
    reads_true() && saved_and_opened().await.is_some_and(|context| shows_pattern(&context))
}

/// The pattern as it comes back out of a saved picture.
async fn saved_and_opened() -> Option<CanvasRenderingContext2d> {
    let (canvas, _) = pattern()?;
    let image = HtmlImageElement::new().ok()?;
    image.set_src(&canvas.to_data_url().ok()?);
    JsFuture::from(image.decode()).await.ok()?;
    let (_, context) = blank()?;
    context.draw_image_with_html_image_element(&image, 0.0, 0.0).ok()?;
    Some(context)
}

/// The grey of a block, light and dark in turn, none like its neighbours.
fn shade(x: u32, y: u32) -> u8 {
    ((x * 97 + y * 61 + (x ^ y) * 29) % 256) as u8
}

/// A canvas of the pattern's size.
fn blank() -> Option<(HtmlCanvasElement, CanvasRenderingContext2d)> {
    let (blocks, size) = BLOCKS;
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(blocks * size);
    canvas.set_height(blocks * size);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    Some((canvas, context))
}

fn pattern() -> Option<(HtmlCanvasElement, CanvasRenderingContext2d)> {
    let (blocks, size) = BLOCKS;
    let (canvas, context) = blank()?;
    for (x, y) in (0..blocks * blocks).map(|index| (index % blocks, index / blocks)) {
        let shade = shade(x, y);
        context.set_fill_style_str(&format!("rgb({shade},{},{shade})", 255 - shade));
        let side = f64::from(size);
        context.fill_rect(f64::from(x) * side, f64::from(y) * side, side, side);
    }
    Some((canvas, context))
}

/// Whether a canvas shows the pattern, as far as its pixels can be read.
fn shows_pattern(context: &CanvasRenderingContext2d) -> bool {
    difference(context).is_some_and(|difference| difference <= TREMBLE)
}

/// Mean difference of a channel between the pattern and what is read.
fn difference(context: &CanvasRenderingContext2d) -> Option<f64> {
    let (blocks, size) = BLOCKS;
    let side = blocks * size;
    let read = context.get_image_data(0.0, 0.0, side.into(), side.into()).ok()?.data().0;
    let expected = (0..side * side).flat_map(|index| {
        let shade = shade(index % side / size, index / side / size);
        [shade, 255 - shade, shade, 255]
    });
    let sum: u64 = expected.zip(&read).map(|(a, &b)| u64::from(a.abs_diff(b))).sum();
    (read.len() == (side * side * 4) as usize).then(|| sum as f64 / read.len() as f64)
}
