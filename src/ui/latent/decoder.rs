//! Points to the engine, pictures back: one question at a time for each purpose, the latest wins.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use leptos::prelude::*;

use crate::protocol::{LatentCommand, LatentEvent, Pictures};
use crate::ui::clock::now;
use crate::ui::link::Link;

/// Milliseconds after which an answer is no longer waited for: the engine was restarted meanwhile.
const LOST: f64 = 3_000.0;

#[derive(Default)]
struct Waiting {
    busy_since: Option<f64>,
    /// Points with the time at which they were wanted.
    next: Option<(Vec<f32>, f64)>,
}

/// Decodes for one purpose; copies are the same channel.
#[derive(Clone, Copy)]
pub struct Channel {
    id: u32,
    link: Link,
    waiting: StoredValue<Waiting>,
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
            waiting: StoredValue::new(Waiting::default()),
            pictures: RwSignal::new(None),
            latency: RwSignal::new(None),
        }
    }

    /// Asks for the pictures at `points`, at once or as soon as the answer on its way is here;
    /// points that wait are forgotten.
    pub fn decode(self, points: Vec<f32>) {
        let busy =
            self.waiting.with_value(|waiting| waiting.busy_since.is_some_and(|since| now() - since < LOST));
        if busy {
            self.waiting.update_value(|waiting| waiting.next = Some((points, now())));
        } else {
            self.send(points, now());
        }
    }

    fn send(self, points: Vec<f32>, wanted: f64) {
        self.waiting.update_value(|waiting| waiting.busy_since = Some(now()));
        let channel = self.id;
        let take = move |event| {
            if let LatentEvent::Decoded { pictures, .. } = event {
                self.pictures.set(Some(Arc::new(pictures)));
                self.latency.set(Some(now() - wanted));
            }
            let next = self.waiting.try_update_value(|waiting| {
                waiting.busy_since = None;
                waiting.next.take()
            });
            if let Some((points, wanted)) = next.flatten() {
                self.send(points, wanted);
            }
        };
        self.link.ask_latent(|request| LatentCommand::Decode { request, channel, points }, take);
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
