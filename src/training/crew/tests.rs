//! Crews that calculate out of order, late, wrongly or not at all: the answers are the same.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    future::{Future, ready},
    pin::Pin,
    rc::Rc,
    sync::mpsc,
    thread,
    time::Duration,
};

use burn::tensor::Device;

use super::{Desk, HelperId, Helpers};

/// Who answered, and what.
type Answer = (HelperId, Vec<u8>);

/// Helpers in threads: what Web Workers are in the page.
pub(crate) struct Threads {
    helpers: RefCell<Vec<mpsc::Sender<Vec<u8>>>>,
    answers: (mpsc::Sender<Answer>, mpsc::Receiver<Answer>),
    /// One that was waited for.
    next: RefCell<Option<Answer>>,
    /// Answers that were given, for a test to see that there were some.
    pub(crate) given: Rc<Cell<u32>>,
}

impl Threads {
    pub(crate) fn new(count: usize) -> Self {
        let (helpers, next, given) = Default::default();
        let threads = Self { helpers, answers: mpsc::channel(), next, given };
        (0..count).for_each(|_| threads.start());
        threads
    }
}

impl Helpers for Threads {
    fn most(&self) -> usize {
        self.helpers.borrow().len()
    }

    fn ready(&self) -> Vec<HelperId> {
        (0..self.helpers.borrow().len() as HelperId).collect()
    }

    fn start(&self) {
        let (sender, parcels) = mpsc::channel::<Vec<u8>>();
        let mut helpers = self.helpers.borrow_mut();
        let (helper, answers) = (helpers.len() as HelperId, self.answers.0.clone());
        thread::spawn(move || {
            let mut desk = Desk::new(&Device::flex());
            while let Ok(mut bytes) = parcels.recv() {
                assert!(desk.answer(&mut bytes));
                if answers.send((helper, bytes)).is_err() {
                    return;
                }
            }
        });
        helpers.push(sender);
    }

    /// Threads that learn nothing are not started here, so none has to go.
    fn dismiss(&self, _helper: HelperId) {}

    fn post(&self, helper: HelperId, parcel: &[u8]) -> bool {
        self.helpers.borrow()[helper as usize].send(parcel.to_vec()).is_ok()
    }

    fn receive(&self) -> Option<(HelperId, Vec<u8>)> {
        let answer = self.next.borrow_mut().take().or_else(|| self.answers.1.try_recv().ok())?;
        self.given.update(|given| given + 1);
        Some(answer)
    }

    fn wait(&self, seconds: f64) -> Pin<Box<dyn Future<Output = ()> + '_>> {
        if self.next.borrow().is_none() {
            *self.next.borrow_mut() = self.answers.1.recv_timeout(Duration::from_secs_f64(seconds)).ok();
        }
        Box::pin(ready(()))
    }
}

/// What a [`Doubtful`] helper does with a parcel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Habit {
    /// Answers the last parcel first.
    Backwards,
    /// Answers a parcel only when the next two have come.
    Late,
    /// Answers nothing.
    Silent,
    /// Answers with rubbish.
    Rubbish,
    /// Says that it cannot.
    Unable,
    /// Answers three parcels and dies.
    Mortal,
}

impl Habit {
    pub(crate) const ALL: [Self; 6] =
        [Self::Backwards, Self::Late, Self::Silent, Self::Rubbish, Self::Unable, Self::Mortal];
}

/// Two helpers without threads, with a habit.
pub(crate) struct Doubtful {
    habit: Habit,
    desk: RefCell<Desk>,
    parcels: RefCell<VecDeque<(HelperId, Vec<u8>)>>,
    /// Answers that were given, for a test to see that there were some.
    pub(crate) given: Rc<Cell<u32>>,
}

impl Doubtful {
    pub(crate) fn new(habit: Habit) -> Self {
        let desk = RefCell::new(Desk::new(&Device::flex()));
        Self { habit, desk, parcels: RefCell::default(), given: Rc::default() }
    }

    fn is_dead(&self) -> bool {
        self.habit == Habit::Mortal && self.given.get() >= 3
    }

    fn next(&self) -> Option<(HelperId, Vec<u8>)> {
        let mut parcels = self.parcels.borrow_mut();
        match self.habit {
            Habit::Silent => None,
            Habit::Backwards => parcels.pop_back(),
            Habit::Late if parcels.len() < 3 => None,
            _ => parcels.pop_front(),
        }
    }
}

impl Helpers for Doubtful {
    fn most(&self) -> usize {
        2
    }

    fn ready(&self) -> Vec<HelperId> {
        if self.is_dead() { vec![8] } else { vec![7, 8] }
    }

    fn start(&self) {}

    fn dismiss(&self, _helper: HelperId) {}

    fn post(&self, helper: HelperId, parcel: &[u8]) -> bool {
        self.parcels.borrow_mut().push_back((helper, parcel.to_vec()));
        true
    }

    fn receive(&self) -> Option<(HelperId, Vec<u8>)> {
        let (helper, mut bytes) = self.next()?;
        if self.is_dead() {
            return None;
        }
        self.given.update(|given| given + 1);
        assert!(self.desk.borrow_mut().answer(&mut bytes));
        match self.habit {
            Habit::Rubbish => bytes = vec![1, 2, 3],
            // The second number of an answer says whether there is one.
            Habit::Unable => bytes[4..8].fill(0),
            _ => {}
        }
        Some((helper, bytes))
    }

    fn wait(&self, _seconds: f64) -> Pin<Box<dyn Future<Output = ()> + '_>> {
        Box::pin(ready(()))
    }
}
