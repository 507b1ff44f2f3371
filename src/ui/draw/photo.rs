//! A photograph instead of strokes: chosen, taken, dropped or pasted.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, HtmlCanvasElement, HtmlImageElement, Url};

use super::studio::Studio;
use crate::drawing::DrawingError;
use crate::drawing::photo::{PhotoSteps, from_rgba};
use crate::protocol::Fault;
use crate::ui::latent::context_of;
use crate::ui::prefs::Step;
use crate::ui::text::draw;

/// A photograph's longer side is brought down to this before its pixels are read.
const LARGEST: f64 = 512.0;

/// Takes the first picture of dropped or chosen files.
pub fn take_first(studio: Studio, files: &web_sys::FileList) {
    if let Some(file) = files.get(0) {
        take(studio, file.unchecked_into());
    }
}

/// Takes a pasted picture while the step is on show.
pub fn follow_paste(studio: Studio) {
    let paste = move |event: web_sys::ClipboardEvent| {
        if studio.room.ui.step.get_untracked() != Step::Draw {
            return;
        }
        if let Some(files) = event.clipboard_data().and_then(|data| data.files()) {
            take_first(studio, &files);
        }
    };
    window_event_listener(leptos::ev::paste, paste);
}

fn take(studio: Studio, blob: Blob) {
    spawn_local(async move {
        match read(&blob).await {
            Ok(steps) => studio.photo.set(Some(Arc::new(steps))),
            Err(phrase) => studio
                .room
                .ui
                .link
                .report(Fault::Other(phrase(studio.room.ui.locale.get_untracked()).to_owned())),
        }
    });
}

type Phrase = fn(crate::ui::text::Locale) -> &'static str;

/// Decodes a picture in the browser and takes it through all stages.
async fn read(blob: &Blob) -> Result<PhotoSteps, Phrase> {
    let (width, height, rgba) = pixels(blob).await.ok_or(draw::photo_bad as Phrase)?;
    from_rgba(width, height, &rgba).map_err(|error| match error {
        DrawingError::Blank => draw::photo_blank as Phrase,
        DrawingError::Size { .. } | DrawingError::Extent { .. } => draw::photo_bad as Phrase,
    })
}

async fn pixels(blob: &Blob) -> Option<(u32, u32, Vec<u8>)> {
    let address = Url::create_object_url_with_blob(blob).ok()?;
    let image = HtmlImageElement::new().ok()?;
    image.set_src(&address);
    let decoded = JsFuture::from(image.decode()).await;
    // Forgetting an address that this page made cannot fail.
    let _ = Url::revoke_object_url(&address);
    decoded.ok()?;
    let (width, height) = (f64::from(image.natural_width()), f64::from(image.natural_height()));
    let scale = (LARGEST / width.max(height)).min(1.0);
    let (width, height) = ((width * scale).round().max(1.0), (height * scale).round().max(1.0));
    let canvas = document().create_element("canvas").ok()?.dyn_into::<HtmlCanvasElement>().ok()?;
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context = context_of(&canvas)?;
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height).ok()?;
    let data = context.get_image_data(0.0, 0.0, width, height).ok()?;
    Some((width as u32, height as u32, data.data().0))
}
