//! The page's one live region: what happens elsewhere is told to screen readers from here.

use leptos::prelude::*;

use super::resume::{offer_words, revived_words};
use super::status::source_name;
use crate::ui::context::Ui;
use crate::ui::format;
use crate::ui::safely::Effect;
use crate::ui::state::Part;
use crate::ui::state::spoken::{Heard, Topic};
use crate::ui::text::{self, say};

/// The live region, and what is said of runs, faults and data.
#[component]
pub fn Announcer() -> impl IntoView {
    let ui = Ui::get();
    follow_runs(ui);
    follow_faults(ui);
    follow_data(ui);
    follow_offer(ui);
    follow_revival(ui);
    view! { <p class="visually-hidden" role="status" aria-live="polite" data-testid="spoken">{move || ui.voice.said()}</p> }
}

fn follow_runs(ui: Ui) {
    let heard = ui.store.memo(&[Part::Runs], Heard::of);
    Effect::new(move |before: Option<Option<Heard>>| {
        let now = heard.get();
        let before = before.flatten();
        let words = now.as_ref().and_then(|now| now.since(before.as_ref(), ui.locale.get_untracked()));
        if let Some(words) = words {
            ui.voice.say(Topic::Run, words);
        }
        now
    });
}

fn follow_faults(ui: Ui) {
    let fault = ui.store.memo(&[Part::Error], |state| state.errors.faults().pop());
    Effect::new(move |_| {
        if let Some(fault) = fault.get() {
            ui.voice.say(Topic::Fault, text::fault(ui.locale.get_untracked(), &fault));
        }
    });
}

fn follow_offer(ui: Ui) {
    let some = ui.store.memo(&[Part::Resume], |state| state.resume.offered.is_some());
    Effect::new(move |_| {
        let words =
            some.get().then(|| ui.store.peek(|state| offer_words(ui.locale.get_untracked(), &state.resume)));
        if let Some(words) = words.flatten() {
            ui.voice.say(Topic::Run, words);
        }
    });
}

fn follow_revival(ui: Ui) {
    let some = ui.store.memo(&[Part::Resume], |state| state.resume.revival.clone());
    Effect::new(move |_| {
        let revived =
            some.get().and_then(|_| ui.store.peek(|state| revived_words(ui.locale.get_untracked(), state)));
        if let Some(words) = revived {
            ui.voice.say(Topic::Run, words);
        }
    });
}

fn follow_data(ui: Ui) {
    let summary = ui.store.memo(&[Part::Data], |state| {
        state.data.summary.as_ref().map(|summary| (summary.source, summary.train, summary.test))
    });
    Effect::new(move |_| {
        let Some((source, train, test)) = summary.get() else { return };
        let locale = ui.locale.get_untracked();
        let number = |value: u32| format::count(locale, value.into());
        let counts = text::train_and_test(locale, &number(train), &number(test));
        ui.voice.say(Topic::Data, say::data(locale, source_name(locale, source), &counts));
    });
}
