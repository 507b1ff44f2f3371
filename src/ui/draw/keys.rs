//! The step's keys, wherever on the page the focus is.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::studio::Studio;
use crate::ui::prefs::Step;
use crate::ui::safely::safely;

/// Ctrl or ⌘ with Z undoes, with Shift+Z or Y redoes, while the step is on show and nothing is typed.
pub fn follow(studio: Studio) {
    let key = move |event: KeyboardEvent| {
        let here = studio.room.ui.step.get_untracked() == Step::Draw;
        if !here || !(event.ctrl_key() || event.meta_key()) || is_typed(&event) {
            return;
        }
        let done = match event.key().to_lowercase().as_str() {
            "z" if event.shift_key() => studio.change(|pad| pad.redo()),
            "z" => studio.change(|pad| pad.undo()),
            "y" => studio.change(|pad| pad.redo()),
            _ => return,
        };
        if done.is_some() {
            event.prevent_default();
            studio.keep();
        }
    };
    window_event_listener(leptos::ev::keydown, safely(key));
}

/// Whether the key belongs to a field in which text is written.
fn is_typed(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| {
        let kind = target.get_attribute("type").unwrap_or_default();
        target.tag_name() == "TEXTAREA"
            || target.tag_name() == "INPUT" && matches!(kind.as_str(), "text" | "number" | "")
    })
}
