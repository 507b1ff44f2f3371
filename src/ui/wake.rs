//! Keeps the screen on while a run is at work (Screen Wake Lock), where the browser can: a phone that sleeps
//! stops its workers. The browser takes the lock back when the page is hidden; it is asked for again when the
//! page is seen again.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::context::Ui;
use super::safely::{Effect, safely};
use super::state::Part;
use super::state::runs::RunStatus;

/// The lock, while there is one.
type Lock = Rc<RefCell<Option<JsValue>>>;

/// Follows the runs from now on.
pub fn follow(ui: Ui) {
    let at_work = ui
        .store
        .memo(&[Part::Runs], |state| state.runs.active().is_some_and(|run| run.status != RunStatus::Paused));
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
        return before.iter().for_each(release);
    }
    let released =
        |lock: &JsValue| Reflect::get(lock, &"released".into()).is_ok_and(|value| value.is_truthy());
    if let Some(before) = before.filter(|before| !released(before)) {
        lock.replace(Some(before));
        return;
    }
    if document().hidden() {
        return;
    }
    let Some(asked) = request() else { return };
    let lock = Rc::clone(lock);
    spawn_local(async move {
        if let Ok(got) = JsFuture::from(asked).await {
            let other = lock.replace(Some(got));
            other.iter().for_each(release);
        }
    });
}

fn request() -> Option<Promise> {
    let locks = Reflect::get(&window().navigator(), &"wakeLock".into()).ok()?;
    let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    request.call1(&locks, &"screen".into()).ok()?.dyn_into().ok()
}

fn release(lock: &JsValue) {
    let release =
        Reflect::get(lock, &"release".into()).ok().and_then(|release| release.dyn_into::<Function>().ok());
    if let Some(released) = release.and_then(|release| release.call0(lock).ok())
        && let Ok(promise) = released.dyn_into::<Promise>()
    {
        // One that is gone already needs no release.
        spawn_local(async { drop(JsFuture::from(promise).await) });
    }
}
