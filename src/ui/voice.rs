//! What screen readers are told: sentences from everywhere, one at a time.

use std::time::Duration;

use leptos::prelude::*;

use super::state::spoken::{Queue, Topic};

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

    /// What is said now.
    pub fn said(self) -> String {
        self.said.get()
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
