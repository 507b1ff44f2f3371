//! What the browser is asked beside its database: to keep for good, what is occupied, to forget; and what earlier
//! pages kept elsewhere.

use leptos::prelude::window;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;

use crate::drawing::Drawing;
use crate::ui::browser::{of_navigator, promised, property};
use crate::ui::prefs;
use crate::workspace::Settings;

/// Language and forms, by the names under which they are kept.
const SETTINGS: [&str; 7] =
    ["language", "theme", "autoencoder", "comparison", "study", "labels", "draw-tool"];
/// Where the gallery was before there was a database.
const OLDER_GALLERY: &str = "gallery";
/// How the caches of data files begin.
const DATA_CACHES: &str = "telar-fashion-mnist";

/// Language and forms as they are now.
pub(super) fn settings() -> Settings {
    SETTINGS.iter().filter_map(|name| Some(((*name).to_owned(), prefs::text_of(name)?))).collect()
}

/// Of a workspace's settings those that this page has.
pub(super) fn known(settings: Settings) -> Settings {
    settings.into_iter().filter(|(name, _)| SETTINGS.contains(&name.as_str())).collect()
}

/// The gallery that an earlier page kept.
pub(super) fn older_gallery() -> Vec<Drawing> {
    prefs::load(OLDER_GALLERY)
}

/// The gallery is in the database now.
pub(super) fn forget_older() {
    prefs::remove(OLDER_GALLERY);
}

/// Asks the browser not to clear away what is kept when it needs room. It may ask the learner, or refuse.
pub(super) fn ask_to_persist() {
    thread_local! {
        static ASKED: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
    }
    if !ASKED.replace(true) {
        spawn_local(async { drop(promised(&of_navigator("storage"), "persist", &[]).await) });
    }
}

/// Bytes that this page's host occupies in the browser, and may.
pub(super) async fn occupied() -> Option<(u64, u64)> {
    let estimate = promised(&of_navigator("storage"), "estimate", &[]).await.ok()?;
    let number = |name: &str| property(&estimate, name).as_f64();
    Some((number("usage")? as u64, number("quota")? as u64))
}

/// Forgets settings and data files.
pub(super) async fn forget() {
    prefs::forget_all();
    let Some(names) = caches("keys", &[]).await else { return };
    for name in js_sys::Array::from(&names).iter().filter_map(|name| name.as_string()) {
        if name.starts_with(DATA_CACHES) {
            drop(caches("delete", &[&name.into()]).await);
        }
    }
}

async fn caches(method: &str, arguments: &[&JsValue]) -> Option<JsValue> {
    promised(&property(&window(), "caches"), method, arguments).await.ok()
}
