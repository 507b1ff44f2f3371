//! Who has been given what: one book for all that an engine does, as its helpers serve a run and what
//! goes on in the background at the same time.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, VecDeque},
    rc::Rc,
};

use web_time::{Duration, Instant};

use super::{
    Answer, HelperId, Helpers, Order, Unit,
    growth::{Advice, Growth},
    parcel,
};

/// Most units that a helper holds: one that it calculates and one that waits, so that it never waits
/// for an engine in the middle of a unit of its own.
const HELD: usize = 2;
/// A helper that answers nothing for so long is taken for dead.
const PATIENCE: Duration = Duration::from_secs(10);

/// A unit's name on its way there and back.
pub(super) type Ticket = u32;

/// Helpers with their book; copies share it.
#[derive(Clone)]
pub struct Crew(Rc<Inner>);

struct Inner {
    helpers: Box<dyn Helpers>,
    /// What each helper holds, oldest first.
    held: RefCell<BTreeMap<HelperId, VecDeque<Held>>>,
    /// Answers that somebody waits for; `None` until they are here.
    awaited: RefCell<BTreeMap<Ticket, Option<Answer>>>,
    growth: RefCell<Growth>,
    next: Cell<Ticket>,
    answered: Cell<u64>,
    scratch: RefCell<Vec<u8>>,
}

struct Held {
    ticket: Ticket,
    cost: f32,
    since: Instant,
}

/// What became of a unit that was given away.
#[derive(Debug, PartialEq)]
pub(super) enum Fate {
    /// Not answered yet.
    Awaited,
    /// Answered.
    Answered(Answer),
    /// It will not be answered.
    Lost,
}

impl Crew {
    /// A crew of `helpers`, none of which is started yet.
    pub fn new(helpers: impl Helpers + 'static) -> Self {
        let growth = RefCell::new(Growth::new(helpers.most()));
        Self(Rc::new(Inner {
            helpers: Box::new(helpers),
            held: RefCell::default(),
            awaited: RefCell::default(),
            growth,
            next: Cell::new(0),
            answered: Cell::new(0),
            scratch: RefCell::default(),
        }))
    }

    /// Helpers that calculate now.
    pub fn size(&self) -> usize {
        self.0.helpers.ready().len()
    }

    /// Units that helpers answered in time, so far.
    pub fn answered(&self) -> u64 {
        self.0.answered.get()
    }

    /// Starts as many helpers as there may be, whatever they are worth, and waits for them, at most
    /// `seconds`; for measurements.
    pub async fn fill(&self, seconds: f64) {
        let begun = Instant::now();
        (self.size()..self.0.helpers.most()).for_each(|_| self.0.helpers.start());
        while self.size() < self.0.helpers.most() && begun.elapsed().as_secs_f64() < seconds {
            self.wait(0.1).await;
        }
    }

    /// A training begins: whether more helpers are of use is to be found out for it.
    pub fn begin(&self) {
        self.0.growth.borrow_mut().begin();
    }

    /// A batch of `images` took `seconds`: the crew may grow or shrink.
    pub fn stepped(&self, images: u32, seconds: f64) {
        let ready = self.0.helpers.ready();
        match self.0.growth.borrow_mut().add(ready.len(), images, seconds) {
            Advice::Stay => {}
            Advice::Start => self.0.helpers.start(),
            Advice::Dismiss => ready.last().into_iter().for_each(|helper| self.0.helpers.dismiss(*helper)),
        }
    }

    /// Takes in what has come, and notes who is gone.
    pub(super) fn collect(&self) {
        while let Some((helper, bytes)) = self.0.helpers.receive() {
            self.take_in(helper, &bytes);
        }
        for helper in self.overdue() {
            self.0.helpers.dismiss(helper);
        }
        let ready = self.0.helpers.ready();
        let mut held = self.0.held.borrow_mut();
        let gone: Vec<HelperId> = held.keys().copied().filter(|helper| !ready.contains(helper)).collect();
        for unit in gone.iter().filter_map(|helper| held.remove(helper)).flatten() {
            self.0.awaited.borrow_mut().remove(&unit.ticket);
        }
        for helper in ready {
            held.entry(helper).or_default();
        }
    }

    fn take_in(&self, helper: HelperId, bytes: &[u8]) {
        let Some((ticket, answer)) = parcel::read_answer(bytes) else { return };
        if let Some(held) = self.0.held.borrow_mut().get_mut(&helper) {
            held.retain(|unit| unit.ticket != ticket);
        }
        let mut awaited = self.0.awaited.borrow_mut();
        match (answer, awaited.get_mut(&ticket)) {
            (Some(answer), Some(place)) => *place = Some(answer),
            (None, Some(_)) => drop(awaited.remove(&ticket)),
            // It came too late: nobody waits for it any more.
            (_, None) => {}
        }
    }

    /// Helpers that have held a unit for too long.
    fn overdue(&self) -> Vec<HelperId> {
        let held = self.0.held.borrow();
        let is_overdue =
            |units: &VecDeque<Held>| units.front().is_some_and(|unit| unit.since.elapsed() > PATIENCE);
        held.iter().filter(|(_, units)| is_overdue(units)).map(|(helper, _)| *helper).collect()
    }

    /// Gives a unit of such a `cost` to the helper that has the least to do, if that is not more than
    /// `limit`.
    pub(super) fn give(
        &self,
        order: &Order,
        unit: impl FnOnce() -> Unit,
        cost: f32,
        limit: f32,
    ) -> Option<Ticket> {
        let mut held = self.0.held.borrow_mut();
        let load = |units: &VecDeque<Held>| units.iter().map(|unit| unit.cost).sum::<f32>();
        let free = held.iter_mut().filter(|(_, units)| units.len() < HELD);
        let (&helper, units) = free.min_by(|a, b| load(a.1).total_cmp(&load(b.1)))?;
        if load(units) > limit {
            return None;
        }
        let ticket = self.0.next.get();
        self.0.next.set(ticket.wrapping_add(1));
        let mut parcel = self.0.scratch.borrow_mut();
        parcel::write(&mut parcel, ticket, order, &unit());
        if !self.0.helpers.post(helper, &parcel) {
            return None;
        }
        units.push_back(Held { ticket, cost, since: Instant::now() });
        self.0.awaited.borrow_mut().insert(ticket, None);
        Some(ticket)
    }

    /// What became of a unit; an answer is given once.
    pub(super) fn fate(&self, ticket: Ticket) -> Fate {
        let mut awaited = self.0.awaited.borrow_mut();
        match awaited.remove(&ticket) {
            None => Fate::Lost,
            Some(Some(answer)) => {
                self.0.answered.set(self.0.answered.get() + 1);
                Fate::Answered(answer)
            }
            Some(None) => {
                awaited.insert(ticket, None);
                Fate::Awaited
            }
        }
    }

    /// Nobody waits for this answer any more.
    pub(super) fn forget(&self, ticket: Ticket) {
        self.0.awaited.borrow_mut().remove(&ticket);
    }

    /// Waits for something to come in, at most `seconds`.
    pub(super) async fn wait(&self, seconds: f64) {
        self.0.helpers.wait(seconds).await;
    }
}
