//! When something is kept: at opening, at every change, before the page is left, and when the tab becomes the one
//! that keeps.

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::BeforeUnloadEvent;

use super::{keeper, restoring};
use crate::ui::context::Ui;
use crate::ui::keep::{self, Role};
use crate::ui::prefs;
use crate::ui::safely::{Effect, safely};
use crate::ui::state::spoken::Topic;
use crate::ui::text::work;

/// Brings the kept work back and keeps it from now on.
pub fn begin(ui: Ui) {
    let keeping = ui.keeping;
    keep::follow(move |role| {
        let before = keeping.role.get_untracked();
        keeping.role.set(role);
        // The tab that kept is closed: this one keeps now.
        if (before, role) == (Role::Other, Role::Keeper) {
            ui.voice.say(Topic::Answer, work::takes_over(ui.locale.get_untracked()));
            keeper::now(ui);
        }
    });
    spawn_local(async move {
        restoring::bring_back(ui).await;
        Effect::new(move |_| keeper::watch(ui));
        prefs::follow(move || keeper::changed(ui));
        keeper::now(ui);
    });
    before_leaving(ui);
}

fn before_leaving(ui: Ui) {
    let ask = move |event: BeforeUnloadEvent| {
        if keeper::would_lose(ui) {
            event.prevent_default();
            event.set_return_value("?");
        }
    };
    // As long as the page lives. A page in the background may be ended without a further word.
    window_event_listener(leptos::ev::beforeunload, safely(ask));
    window_event_listener(leptos::ev::pagehide, safely(move |_| keeper::now(ui)));
    document_hidden(safely(move |_: web_sys::Event| keeper::now(ui)));
}

/// Calls `act` when the page is no longer seen.
fn document_hidden(act: impl Fn(web_sys::Event) + 'static) {
    let hidden = move |event| {
        if document().hidden() {
            act(event);
        }
    };
    window_event_listener_untyped("visibilitychange", hidden);
}
