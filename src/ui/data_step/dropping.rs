//! Files dropped on the page: also those in folders; and what is said when no files were dropped.

use js_sys::{Array, Promise};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DataTransfer, DataTransferItemList, DragEvent, File, FileList};

use crate::ui::browser::{call, property};
use crate::ui::context::Ui;
use crate::ui::parts;
use crate::ui::prefs::Step;
use crate::ui::safely::safely;
use crate::ui::state::data::Answer;
use crate::ui::state::weights::{names_weights, names_workspace};

/// Most files taken out of dropped folders.
const MOST: usize = 100;
/// How deep folders are looked into.
const DEPTH: u32 = 4;

/// A `FileSystemEntry`: a file or a folder as it was dropped. Not every browser has them, so what they can do
/// is asked for by name.
struct Entry(JsValue);

/// Takes what is dropped anywhere on the page, so that it never makes the browser leave the page, which would
/// lose all: data in their step, weights in any.
pub fn catch(ui: Ui) {
    let here = move || ui.step.get_untracked() == Step::Data;
    let over = move |event: DragEvent| {
        if holds_files(event.data_transfer()) {
            event.prevent_default();
        }
    };
    let dropped = move |event: DragEvent| {
        let taken = event.default_prevented();
        if !taken && holds_files(event.data_transfer()) {
            event.prevent_default();
            if here() {
                drop(ui, &event);
            } else {
                drop_weights(ui, &event);
            }
        }
    };
    // As long as the page lives.
    window_event_listener(leptos::ev::dragover, safely(over));
    window_event_listener(leptos::ev::drop, safely(dropped));
}

/// Takes what was dropped.
pub fn drop(ui: Ui, event: &DragEvent) {
    event.prevent_default();
    let Some(transfer) = event.data_transfer() else { return };
    // The list is only there while the event is.
    let entries = entries(&transfer.items());
    let plain = listed(transfer.files());
    if entries.is_empty() && plain.is_empty() {
        return ui.link.answer(Answer::NoFiles);
    }
    if !entries.iter().any(Entry::is_folder) {
        return take(ui, plain);
    }
    spawn_local(async move {
        let mut files = Vec::new();
        for entry in entries {
            entry.collect(DEPTH, &mut files).await;
        }
        match files.is_empty() {
            true => ui.link.answer(Answer::EmptyFolder),
            false => take(ui, files),
        }
    });
}

/// Weights go to the models, everything else to the data.
fn take(ui: Ui, files: Vec<File>) {
    let data = open_weights(ui, files);
    if !data.is_empty() {
        ui.link.load_files(data);
    }
}

/// Opens the weights among what was dropped beside the place for data; `false` where there are none.
pub fn drop_weights(ui: Ui, event: &DragEvent) -> bool {
    let dropped = listed(event.data_transfer().and_then(|transfer| transfer.files()));
    let all = dropped.len();
    open_weights(ui, dropped).len() < all
}

/// Opens the weights among `files`; gives the others back.
fn open_weights(ui: Ui, files: Vec<File>) -> Vec<File> {
    let (weights, others): (Vec<File>, Vec<File>) =
        files.into_iter().partition(|file| names_weights(&file.name()));
    weights.into_iter().for_each(|file| ui.link.open_weights(file));
    let (work, others): (Vec<File>, Vec<File>) =
        others.into_iter().partition(|file| names_workspace(&file.name()));
    for file in work {
        // Where the part cannot be fetched, the panel is missing as well.
        spawn_local(async move { parts::open_work(ui, file).await.unwrap_or_default() });
    }
    others
}

/// Takes the files that an input has.
pub fn choose(ui: Ui, files: Option<FileList>) {
    let files = listed(files);
    if !files.is_empty() {
        ui.link.load_files(files);
    }
}

/// Whether something that can be dropped here is dragged.
fn holds_files(transfer: Option<DataTransfer>) -> bool {
    transfer.is_some_and(|transfer| transfer.types().iter().any(|kind| kind == "Files"))
}

fn listed(files: Option<FileList>) -> Vec<File> {
    files.map(|list| (0..list.length()).filter_map(|index| list.get(index)).collect()).unwrap_or_default()
}

/// The dropped things as entries; none in browsers that do not have them.
fn entries(items: &DataTransferItemList) -> Vec<Entry> {
    let items = (0..items.length()).filter_map(|index| items.get(index));
    let entries = items.filter_map(|item| call(&item, "webkitGetAsEntry", &[]).ok());
    entries.filter(JsValue::is_object).map(Entry).collect()
}

impl Entry {
    fn is_folder(&self) -> bool {
        property(&self.0, "isDirectory").is_truthy()
    }

    /// Adds the files behind it; a part that cannot be read is left out.
    async fn collect(&self, depth: u32, files: &mut Vec<File>) {
        if files.len() >= MOST || depth == 0 {
            return;
        }
        if !self.is_folder() {
            files.extend(answered(&self.0, "file").await.and_then(|file| file.dyn_into().ok()));
            return;
        }
        let Ok(reader) = call(&self.0, "createReader", &[]) else { return };
        // A folder's entries come by and by; an empty list is the end.
        while let Some(some) = answered(&reader, "readEntries").await.map(|list| Array::from(&list)) {
            if some.length() == 0 || files.len() >= MOST {
                return;
            }
            for inner in some.iter().map(Entry) {
                Box::pin(inner.collect(depth - 1, files)).await;
            }
        }
    }
}

/// What a method gives to its callback; `None` where it calls the one for errors.
async fn answered(of: &JsValue, method: &str) -> Option<JsValue> {
    let promise = Promise::new(&mut |give, fail| {
        if call(of, method, &[&give, &fail]).is_err() {
            // Nothing will be called back then; the error that a promise wants is of no interest.
            let _ = fail.call0(&JsValue::NULL);
        }
    });
    JsFuture::from(promise).await.ok()
}
