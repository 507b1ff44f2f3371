//! A photograph instead of strokes: chosen, taken, dropped or pasted.
//!
//! Data flow: file → the browser's decoder → a canvas of at most [`LARGEST`] pixels → its pixels, where
//! they can be trusted → [`crate::drawing::photo`] → the pad.

use std::sync::Arc;

use js_sys::Uint8Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DataTransfer, Element, File, FileList};

use super::studio::Studio;
use super::trouble::Trouble;
use super::{decode, svg};
use crate::drawing::DrawingError;
use crate::drawing::photo::{PhotoSteps, from_rgba};
use crate::drawing::sniff::{FIRST, sniff};
use crate::ui::canvas_trust;
use crate::ui::prefs::Step;
use crate::ui::safely::safely;

/// A photograph's longer side is brought down to this before its pixels are read.
const LARGEST: f64 = 512.0;
/// A picture of fewer pixels on its longer side shows no garment.
const SMALLEST: u32 = 12;

/// Takes the first picture of chosen files.
pub fn take_first(studio: Studio, files: &FileList) {
    let all = || (0..files.length()).filter_map(|index| files.get(index));
    if let Some(file) = all().find(|file| file.type_().starts_with("image/")).or_else(|| all().next()) {
        take(studio, file);
    }
}

/// Takes what was dropped.
pub fn take_dropped(studio: Studio, dropped: &DataTransfer) {
    match dropped.files().filter(|files| files.length() > 0) {
        Some(files) => take_first(studio, &files),
        None => studio.trouble.set(Some(Trouble::Link)),
    }
}

/// Takes a pasted picture while the step is on show.
pub fn follow_paste(studio: Studio) {
    let paste = move |event: web_sys::ClipboardEvent| {
        let typing = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let typing = typing.is_some_and(|target| matches!(target.tag_name().as_str(), "INPUT" | "TEXTAREA"));
        if typing || studio.room.ui.step.get_untracked() != Step::Draw {
            return;
        }
        match event.clipboard_data().and_then(|data| data.files()).filter(|files| files.length() > 0) {
            Some(files) => take_first(studio, &files),
            None => studio.trouble.set(Some(Trouble::NonePasted)),
        }
    };
    window_event_listener(leptos::ev::paste, safely(paste));
}

/// Reads the file and puts it on the pad, unless the learner has gone on meanwhile.
fn take(studio: Studio, file: File) {
    let turn = studio.begin_photo();
    spawn_local(async move {
        let read = read(&file).await;
        // A newer photograph speaks for itself.
        if !studio.is_newest_photo(turn) {
            return;
        }
        match read {
            Ok(steps) if studio.photo_is_wanted(turn) => studio.place(Arc::new(steps)),
            Ok(_) => studio.end_photo(Some(Trouble::Late)),
            Err(trouble) => studio.end_photo(Some(trouble)),
        }
    });
}

/// Decodes a picture in the browser and takes it through all stages.
async fn read(file: &File) -> Result<PhotoSteps, Trouble> {
    let sized = if svg::is_svg(file) { svg::sized(file).await } else { None };
    let blob = sized.as_ref().unwrap_or(file.as_ref());
    let Some(picture) = decode::decode(blob, LARGEST).await else { return Err(identify(file).await) };
    let (width, height) = picture.natural;
    if width.max(height) < SMALLEST {
        return Err(Trouble::Small(width, height));
    }
    if !canvas_trust::reads_true() {
        return Err(Trouble::Noise);
    }
    let Some((width, height, rgba)) = picture.pixels() else { return Err(identify(file).await) };
    from_rgba(width, height, &rgba).map_err(|error| match error {
        DrawingError::Blank => Trouble::Blank,
        DrawingError::Size { width, height, .. } | DrawingError::Extent { width, height } => {
            Trouble::Small(width, height)
        }
    })
}

/// What a file is that is no picture to this browser.
async fn identify(file: &File) -> Trouble {
    let first = file.slice_with_i32_and_i32(0, FIRST as i32);
    match first.ok() {
        Some(first) => match JsFuture::from(first.array_buffer()).await {
            Ok(buffer) => Trouble::Unshowable(sniff(&Uint8Array::new(&buffer).to_vec())),
            // Browsers hand folders over as files that cannot be read.
            Err(_) => Trouble::Folder,
        },
        None => Trouble::Folder,
    }
}
