//! What is asked about the pad: verdicts, one question at a time, and photographs. An answer about what was on
//! the pad before is too late. No DOM, so that native tests drive it.

use crate::ui::state::questions::{OneAtATime, Turns};

/// Questions under way; `Q` is what is sent to the classifiers.
#[derive(Clone, Debug)]
pub struct Asking<Q> {
    /// Each with the change at which it was asked.
    questions: OneAtATime<(u32, Q)>,
    /// Counts the changes of the pad that are more than a line growing.
    changes: u32,
    photos: Turns,
    /// The change at which the last photograph was asked for.
    photo_since: u32,
}

impl<Q> Default for Asking<Q> {
    fn default() -> Self {
        Self { questions: OneAtATime::default(), changes: 0, photos: Turns::default(), photo_since: 0 }
    }
}

/// Names a question that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket {
    turn: u32,
    changes: u32,
}

/// A question to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked<Q> {
    /// Its name.
    pub ticket: Ticket,
    /// What to send.
    pub question: Q,
}

impl<Q> Asking<Q> {
    /// The pad is changed by more than a line growing.
    pub fn change(&mut self) {
        self.changes += 1;
    }

    /// The question to send now; else it waits.
    pub fn ask(&mut self, question: Q, now: f64) -> Option<Asked<Q>> {
        self.questions.ask((self.changes, question), now).map(Asked::new)
    }

    /// An answer is here: whether it counts, and the question to send now.
    pub fn answer(&mut self, ticket: Ticket, now: f64) -> (bool, Option<Asked<Q>>) {
        let answered = self.questions.answer(ticket.turn, now);
        let counts = answered.newest && ticket.changes == self.changes;
        (counts, answered.next.map(Asked::new))
    }

    /// Nothing is on the pad: no answer counts.
    pub fn forget(&mut self) {
        self.questions.forget();
    }

    /// A photograph begins to be read; its number.
    pub fn begin_photo(&mut self) -> u32 {
        self.photo_since = self.changes;
        self.photos.begin()
    }

    /// Whether it is the last that was asked for.
    pub fn is_newest_photo(&self, number: u32) -> bool {
        self.photos.is_newest(number)
    }

    /// Whether it is, and the pad has not been changed since.
    pub fn photo_is_wanted(&self, number: u32) -> bool {
        self.photo_since == self.changes && self.is_newest_photo(number)
    }
}

impl<Q> Asked<Q> {
    fn new((turn, (changes, question)): (u32, (u32, Q))) -> Self {
        Self { ticket: Ticket { turn, changes }, question }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(asked: Option<Asked<char>>) -> Ticket {
        asked.expect("nothing else is on its way").ticket
    }

    #[test]
    fn verdicts_on_a_growing_line_count_and_those_on_an_earlier_drawing_do_not() {
        let mut asking = Asking::default();
        let first = sent(asking.ask('a', 0.0));
        assert_eq!(asking.ask('b', 1.0), None, "the line grows meanwhile");
        let (counts, next) = asking.answer(first, 2.0);
        assert!(counts);
        let second = sent(next);
        assert_eq!(asking.ask('c', 3.0), None);
        asking.change();
        let (counts, next) = asking.answer(second, 4.0);
        assert!(!counts, "the drawing was undone meanwhile");
        let third = sent(next);
        assert_eq!(asking.ask('d', 5.0), None);
        let (counts, next) = asking.answer(third, 6.0);
        assert!(!counts, "it was asked before that change");
        let next = next.expect("the newest waits");
        assert_eq!(next.question, 'd');
        assert!(asking.answer(next.ticket, 7.0).0);
    }

    #[test]
    fn no_verdict_comes_onto_a_pad_that_was_cleared() {
        let mut asking = Asking::default();
        let asked = sent(asking.ask('a', 0.0));
        asking.forget();
        assert_eq!(asking.answer(asked, 1.0), (false, None));
    }

    #[test]
    fn a_photograph_counts_while_it_is_the_newest_and_the_pad_is_as_it_was() {
        let mut asking = Asking::<char>::default();
        let slow = asking.begin_photo();
        let fast = asking.begin_photo();
        assert!(!asking.photo_is_wanted(slow) && asking.photo_is_wanted(fast));
        asking.change();
        assert!(asking.is_newest_photo(fast) && !asking.photo_is_wanted(fast));
    }
}
