//! Points to the engine, pictures back: one question at a time for each purpose, the latest wins.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use leptos::prelude::*;

use crate::protocol::{LatentCommand, LatentEvent, Pictures};
use crate::ui::clock::now;
use crate::ui::link::Link;
use crate::ui::state::questions::OneAtATime;

/// Points with the time at which they were wanted.
type Question = (Vec<f32>, f64);

/// Decodes for one purpose; copies are the same channel.
#[derive(Clone, Copy)]
pub struct Channel {
    id: u32,
    link: Link,
    questions: StoredValue<OneAtATime<Question>>,
    /// The last answer.
    pub pictures: RwSignal<Option<Arc<Pictures>>>,
    /// Milliseconds from the wish for the last answer to its arrival.
    pub latency: RwSignal<Option<f64>>,
}

impl Channel {
    /// A channel of its own.
    pub fn new(link: Link) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        Self {
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            link,
            questions: StoredValue::new(OneAtATime::default()),
            pictures: RwSignal::new(None),
            latency: RwSignal::new(None),
        }
    }

    /// Asks for the pictures at `points`, at once or as soon as the answer on its way is here;
    /// points that wait are forgotten.
    pub fn decode(self, points: Vec<f32>) {
        let now = now();
        let ask = |questions: &mut OneAtATime<Question>| questions.ask((points, now), now);
        if let Some((turn, question)) = self.questions.try_update_value(ask).flatten() {
            self.send(turn, question);
        }
    }

    fn send(self, turn: u32, (points, wanted): Question) {
        let channel = self.id;
        let take = move |event| self.answered(turn, wanted, event);
        self.link.ask_latent(|request| LatentCommand::Decode { request, channel, points }, take);
    }

    fn answered(self, turn: u32, wanted: f64, event: LatentEvent) {
        let Some(answered) = self.questions.try_update_value(|questions| questions.answer(turn, now()))
        else {
            return;
        };
        if let LatentEvent::Decoded { pictures, .. } = event
            && answered.newest
        {
            self.pictures.set(Some(Arc::new(pictures)));
            self.latency.set(Some(now() - wanted));
        }
        if let Some((turn, question)) = answered.next {
            self.send(turn, question);
        }
    }
}

/// Decodes chunk after chunk, one at a time, so that a slider never waits for more than one; stops
/// when `wanted` says so.
pub fn in_turn(
    link: Link,
    channel: u32,
    mut chunks: std::vec::IntoIter<Vec<f32>>,
    wanted: impl Fn() -> bool + 'static,
    mut take: impl FnMut(Pictures) + 'static,
) {
    let Some(points) = chunks.next().filter(|_| wanted()) else { return };
    let answer = move |event| {
        if let LatentEvent::Decoded { pictures, .. } = event
            && wanted()
        {
            take(pictures);
            in_turn(link, channel, chunks, wanted, take);
        }
    };
    link.ask_latent(|request| LatentCommand::Decode { request, channel, points }, answer);
}

/// Channels of [`in_turn`], far from those of [`Channel::new`].
pub const MANIFOLD: u32 = 1_000_001;
/// As [`MANIFOLD`].
pub const DIRECTIONS: u32 = 1_000_002;
