//! Questions to the engine of which the newest alone counts: a late answer to an older one is dropped. No
//! DOM, so that native tests drive it.

/// Milliseconds after which an answer is no longer waited for: the engine was started anew meanwhile.
const LOST: f64 = 3_000.0;

/// Numbers the questions of one purpose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turns(u32);

impl Turns {
    /// A new question: answers to all before it are too late.
    pub fn begin(&mut self) -> u32 {
        self.0 = self.0.wrapping_add(1);
        self.0
    }

    /// Whether a question is the newest.
    pub fn is_newest(&self, turn: u32) -> bool {
        self.0 == turn
    }
}

/// Questions of one purpose, one at a time: while an answer is on its way, the newest question waits.
#[derive(Clone, Debug, PartialEq)]
pub struct OneAtATime<Q> {
    turns: Turns,
    asked: Option<f64>,
    waiting: Option<Q>,
}

impl<Q> Default for OneAtATime<Q> {
    fn default() -> Self {
        Self { turns: Turns::default(), asked: None, waiting: None }
    }
}

/// What to do with an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered<Q> {
    /// It answers the last question that was sent.
    pub newest: bool,
    /// The question to send now, with its number.
    pub next: Option<(u32, Q)>,
}

impl<Q> OneAtATime<Q> {
    /// The question to send now, with its number; else it waits, and what waited is forgotten.
    pub fn ask(&mut self, question: Q, now: f64) -> Option<(u32, Q)> {
        if self.asked.is_some_and(|since| now - since < LOST) {
            self.waiting = Some(question);
            return None;
        }
        self.asked = Some(now);
        self.waiting = None;
        Some((self.turns.begin(), question))
    }

    /// An answer is here.
    pub fn answer(&mut self, turn: u32, now: f64) -> Answered<Q> {
        if !self.turns.is_newest(turn) {
            return Answered { newest: false, next: None };
        }
        self.asked = None;
        let next = self.waiting.take().and_then(|question| self.ask(question, now));
        Answered { newest: true, next }
    }

    /// There is nothing to ask any more: what is on its way answers nothing.
    pub fn forget(&mut self) {
        self.turns.begin();
        (self.asked, self.waiting) = (None, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_question_is_on_its_way_and_the_newest_waits() {
        let mut questions = OneAtATime::default();
        assert_eq!(questions.ask('a', 0.0), Some((1, 'a')));
        assert_eq!(questions.ask('b', 1.0), None);
        assert_eq!(questions.ask('c', 2.0), None);
        assert_eq!(questions.answer(1, 3.0), Answered { newest: true, next: Some((2, 'c')) });
        assert_eq!(questions.answer(2, 4.0), Answered { newest: true, next: None });
        assert_eq!(questions.ask('d', 5.0), Some((3, 'd')));
    }

    #[test]
    fn an_answer_that_comes_after_a_newer_question_was_sent_is_dropped() {
        let mut questions = OneAtATime::default();
        questions.ask('a', 0.0);
        assert_eq!(questions.ask('b', LOST), Some((2, 'b')), "the first counts as lost");
        assert_eq!(questions.ask('c', LOST + 1.0), None);
        let late = questions.answer(1, LOST + 2.0);
        assert_eq!(late, Answered { newest: false, next: None }, "it neither shows nor sends anything");
        assert_eq!(questions.answer(2, LOST + 3.0), Answered { newest: true, next: Some((3, 'c')) });
    }

    #[test]
    fn an_answer_to_what_is_no_longer_asked_is_dropped() {
        let mut questions = OneAtATime::default();
        questions.ask('a', 0.0);
        questions.ask('b', 1.0);
        questions.forget();
        assert_eq!(questions.answer(1, 2.0), Answered { newest: false, next: None });
        assert_eq!(questions.ask('c', 3.0), Some((3, 'c')), "nothing is waited for");
    }

    #[test]
    fn each_turn_makes_those_before_it_too_late() {
        let mut turns = Turns::default();
        let (first, second) = (turns.begin(), turns.begin());
        assert!(!turns.is_newest(first) && turns.is_newest(second));
    }
}
