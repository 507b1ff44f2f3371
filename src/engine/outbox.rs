//! The way out: every event that the engine has to tell goes through here.

use std::rc::Rc;

use crate::protocol::{Event, Fault, FaultReport, RunId};

/// Takes events to the page; cheap to clone.
#[derive(Clone)]
pub struct Outbox(Rc<dyn Fn(Event)>);

impl Outbox {
    /// Sends by `post`: to the page in a worker, into a list in tests.
    pub fn new(post: impl Fn(Event) + 'static) -> Self {
        Self(Rc::new(post))
    }

    /// Sends one event.
    pub fn post(&self, event: Event) {
        (self.0)(event);
    }

    /// Sends a fault, with the run that it ended, if any.
    pub fn fault(&self, run: Option<RunId>, fault: Fault) {
        self.post(Event::Fault(FaultReport { run, fault }));
    }
}
