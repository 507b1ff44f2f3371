//! The work as one file: made, and opened.

use js_sys::Uint8Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use super::handle::FileNews;
use super::{browser, keeper, restoring};
use crate::ui::context::Ui;
use crate::ui::prefs;
use crate::ui::state::spoken::Topic;
use crate::ui::state::work::Work;
use crate::ui::text::{Locale, work};
use crate::ui::widgets::save_file;
use crate::workspace::{self, WorkspaceError};

/// Hands the whole work to the browser's downloads.
pub(super) fn save(ui: Ui) {
    keeper::collect(ui);
    match workspace::pack(&ui.keeping.work.with_value(Work::all)) {
        Ok(bytes) => {
            let day = js_sys::Date::new_0().to_iso_string().as_string().unwrap_or_default();
            let name = format!("telar-{}.telar", day.get(..10).unwrap_or("work"));
            save_file(&name, &Uint8Array::from(bytes.as_slice()).into(), "application/zip");
        }
        Err(error) => tell(ui, FileNews::Unsaved(error)),
    }
}

/// Opens a file: its runs and drawings come to those that are there, its models into their places.
pub fn open(ui: Ui, file: File) {
    let name = file.name();
    if file.size() > workspace::LARGEST_FILE as f64 {
        let error = WorkspaceError::TooLarge { what: name.clone(), limit: workspace::LARGEST_FILE };
        return tell(ui, FileNews::Refused(name, error));
    }
    tell(ui, FileNews::Reading(name.clone()));
    spawn_local(async move {
        let buffer = JsFuture::from(file.array_buffer()).await;
        let bytes = buffer.map(|buffer| Uint8Array::new(&buffer).to_vec()).unwrap_or_default();
        match workspace::unpack(&bytes) {
            Ok(entries) => {
                let added = take(ui, &name, restoring::taken_apart(&entries));
                tell(ui, FileNews::Opened(name, added));
            }
            Err(error) => tell(ui, FileNews::Refused(name, error)),
        }
    });
}

/// Numbers of runs and drawings added, and of models.
fn take(ui: Ui, file: &str, parts: restoring::Parts) -> [usize; 3] {
    let models = parts.models.len();
    // As if they were opened one by one: the engine says of each whether it can use it.
    for weights in parts.models {
        ui.link.open_bytes(format!("{file}: {}", weights.slot.name()), weights.bytes);
    }
    let runs = restoring::show(ui, Vec::new(), parts.runs);
    let known = ui.keeping.gallery.get_untracked();
    let new: Vec<_> = parts.gallery.into_iter().filter(|drawing| !known.contains(drawing)).collect();
    let drawings = new.len();
    ui.keeping.gallery.update(|gallery| gallery.extend(new));
    prefs::take(browser::known(parts.settings));
    ui.locale.set(prefs::language());
    [runs, drawings, models]
}

fn tell(ui: Ui, news: FileNews) {
    ui.voice.say(Topic::Answer, said(ui.locale.get_untracked(), &news));
    ui.keeping.file.set(Some(news));
}

/// What became of a file, in words.
pub(super) fn said(locale: Locale, news: &FileNews) -> String {
    match news {
        FileNews::Reading(name) => work::reading(locale, name),
        FileNews::Opened(name, [runs, drawings, models]) => {
            work::opened(locale, name, *runs, *drawings, *models)
        }
        FileNews::Refused(name, error) => work::refused(locale, name, &work::reason(locale, error)),
        FileNews::Unsaved(error) => work::unsaved(locale, &work::reason(locale, error)),
    }
}
