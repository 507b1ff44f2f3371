//! The page's one live region: what happens elsewhere is told to screen readers from here, a sentence
//! at a time.

use std::time::Duration;

use leptos::prelude::*;

use super::context::Ui;
use super::format;
use super::shell::source_name;
use super::state::Part;
use super::state::spoken::{Heard, Queue, Topic};
use super::text::{self, say};

/// The shortest time between two sentences.
const PAUSE: Duration = Duration::from_millis(1_500);
/// A sentence waits this long for a newer one of its topic.
const REST: Duration = Duration::from_millis(150);

/// Tells screen readers; a part of [`Ui`].
#[derive(Clone, Copy)]
pub struct Voice {
    said: RwSignal<String>,
    queue: StoredValue<Queue>,
    speaking: StoredValue<bool>,
}

impl Voice {
    /// A silent one.
    pub fn new() -> Self {
        Self {
            said: RwSignal::new(String::new()),
            queue: StoredValue::new(Queue::default()),
            speaking: StoredValue::new(false),
        }
    }

    /// Says a sentence when its turn comes.
    pub fn say(self, topic: Topic, words: impl Into<String>) {
        self.queue.update_value(|queue| queue.push(topic, words.into()));
        if !self.speaking.get_value() {
            self.speaking.set_value(true);
            set_timeout(move || self.next(), REST);
        }
    }

    fn next(self) {
        let words = self.queue.try_update_value(Queue::take).flatten();
        self.speaking.set_value(words.is_some());
        if let Some(mut words) = words {
            // The same sentence twice: a change that is heard but not seen.
            if self.said.with_untracked(|said| *said == words) {
                words.push('\u{a0}');
            }
            self.said.set(words);
            set_timeout(move || self.next(), PAUSE);
        }
    }
}

impl Default for Voice {
    fn default() -> Self {
        Self::new()
    }
}

/// The live region, and what is said of runs, faults and data.
#[component]
pub fn Announcer() -> impl IntoView {
    let ui = Ui::get();
    follow_runs(ui);
    follow_faults(ui);
    follow_data(ui);
    view! { <p class="visually-hidden" role="status" aria-live="polite" data-testid="spoken">{move || ui.voice.said.get()}</p> }
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
    let fault = ui.store.memo(&[Part::Error], |state| state.error.clone());
    Effect::new(move |_| {
        if let Some(fault) = fault.get() {
            ui.voice.say(Topic::Fault, text::fault(ui.locale.get_untracked(), &fault));
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
