//! One load of data under way: where it delivers and what it tells, unless a later one replaced it.

use std::{cell::Cell, rc::Rc};

use super::{Arrival, Outbox, mailbox::Mailbox};
use crate::protocol::{DataEvent, Event};

/// Bytes unpacked in one go: a few milliseconds.
pub(super) const SLICE: usize = 1 << 20;

/// One load under way.
pub(super) struct Load {
    number: u32,
    latest: Rc<Cell<u32>>,
    mailbox: Mailbox,
    outbox: Outbox,
}

impl Load {
    /// The load that is the `latest` now.
    pub(super) fn new(latest: Rc<Cell<u32>>, mailbox: Mailbox, outbox: Outbox) -> Self {
        Self { number: latest.get(), latest, mailbox, outbox }
    }

    /// Whether no later one replaced it.
    pub(super) fn is_current(&self) -> bool {
        self.number == self.latest.get()
    }

    /// Hands over what arrived.
    pub(super) fn deliver(&self, arrival: Arrival) {
        if self.is_current() {
            self.mailbox.deliver(arrival);
        }
    }

    /// Tells the page.
    pub(super) fn tell(&self, event: DataEvent) {
        if self.is_current() {
            self.outbox.post(Event::Data(event));
        }
    }
}
