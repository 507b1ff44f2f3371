//! Keeps the screen on while a run is at work (Screen Wake Lock), where the browser can: a phone that sleeps
//! stops its workers. The browser takes the lock back when the page is hidden; it is asked for again when the
//! page is seen again.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};

use super::browser::{of_navigator, promised, property};
use super::context::Ui;
use super::safely::{Effect, safely};
use super::state::Part;

/// The lock, while there is one.
type Lock = Rc<RefCell<Option<JsValue>>>;

/// Follows the runs from now on.
pub fn follow(ui: Ui) {
    let at_work = ui.store.memo(&[Part::Runs], |state| state.runs.at_work().is_some());
    let lock = Lock::default();
    let held = Rc::clone(&lock);
    Effect::new(move |_| hold(&held, at_work.get()));
    let seen = safely(move |_: web_sys::Event| hold(&lock, at_work.get_untracked()));
    let seen = wasm_bindgen::closure::Closure::<dyn FnMut(web_sys::Event)>::new(seen);
    // The listener lives as long as the page.
    let _ =
        document().add_event_listener_with_callback("visibilitychange", seen.into_js_value().unchecked_ref());
}

/// Asks for the lock or gives it back; a browser that has none, or refuses, is left alone.
fn hold(lock: &Lock, wanted: bool) {
    let before = lock.take();
    if !wanted {
        return before.into_iter().for_each(release);
    }
    if let Some(before) = before.filter(|before| !property(before, "released").is_truthy()) {
        lock.replace(Some(before));
        return;
    }
    if document().hidden() {
        return;
    }
    let lock = Rc::clone(lock);
    spawn_local(async move {
        if let Ok(got) = promised(&of_navigator("wakeLock"), "request", &[&"screen".into()]).await {
            lock.replace(Some(got)).into_iter().for_each(release);
        }
    });
}

fn release(lock: JsValue) {
    // One that is gone already needs no release.
    spawn_local(async move { drop(promised(&lock, "release", &[]).await) });
}
