//! A batch, or a whole validation, shared out: some units to helpers, the others to the engine, and all
//! answers in the order of the units.

use std::ops::Range;

use web_time::Instant;

use super::{
    Answer, Crew, Order, Unit,
    roster::{Fate, Ticket},
};
use crate::training::TrainingError;

/// Seconds that an answer is waited for at least, however short the engine's own units are.
const LEAST_WAIT: f64 = 0.004;

/// Gathers pictures.
type Gather = Box<dyn Fn(&Range<usize>) -> Unit>;

/// One unit to be calculated.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// Which of the shift's orders.
    pub order: usize,
    /// Which of the shift's pictures.
    pub pictures: Range<usize>,
    /// How long it takes, compared with others.
    pub cost: f32,
}

impl Task {
    /// A task for each of `units`, as dear as it has pictures.
    pub fn each(order: usize, units: impl Iterator<Item = Range<usize>>) -> Vec<Self> {
        units.map(|pictures| Self { order, cost: pictures.len() as f32, pictures }).collect()
    }
}

enum Place {
    Free,
    Given(Ticket),
    Done(Answer),
}

/// Units under way. Dropping it gives up what is not answered.
pub struct Shift {
    crew: Crew,
    orders: Vec<Order>,
    tasks: Vec<Task>,
    places: Vec<Place>,
    pictures: Gather,
    /// Seconds that the engine's last unit took, for each of its cost.
    own_rate: f64,
}

/// What one call of [`Shift::advance`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Pictures whose units were finished, here or elsewhere.
    pub images: u32,
    /// Whether all units are finished.
    pub finished: bool,
}

impl Shift {
    /// A shift of `tasks`, long ones first; `pictures` gathers the pictures of one.
    pub fn new(
        crew: &Crew,
        orders: Vec<Order>,
        tasks: Vec<Task>,
        pictures: impl Fn(&Range<usize>) -> Unit + 'static,
    ) -> Self {
        let places = tasks.iter().map(|_| Place::Free).collect();
        let (crew, pictures) = (crew.clone(), Box::new(pictures));
        Self { crew, orders, tasks, places, pictures, own_rate: 0.0 }
    }

    /// Takes in answers, gives units away, and calculates one by `own`, which gets the number of its
    /// order; where none is left to give or to do, waits a little for an answer.
    ///
    /// # Errors
    /// Those of `own`.
    pub async fn advance(
        &mut self,
        own: impl FnOnce(usize, &Unit) -> Result<Answer, TrainingError>,
    ) -> Result<Progress, TrainingError> {
        let mut images = self.take_in();
        self.give();
        let next = match self.first_free() {
            Some(next) => Some(next),
            None => {
                let (found, left) = self.wait().await;
                images += found;
                left
            }
        };
        if let Some(next) = next {
            self.calculate(next, own)?;
            images += self.images(next);
        }
        let finished = self.places.iter().all(|place| matches!(place, Place::Done(_)));
        Ok(Progress { images, finished })
    }

    /// The answers to each order, in the order of its tasks, once all are finished.
    pub fn answers_by_order(self) -> Vec<Vec<Answer>> {
        let orders: Vec<usize> = self.tasks.iter().map(|task| task.order).collect();
        let mut answers = vec![Vec::new(); self.orders.len()];
        for (order, answer) in orders.into_iter().zip(self.answers()) {
            answers[order].push(answer);
        }
        answers
    }

    /// All answers in the order of the tasks, once all are finished.
    pub fn answers(mut self) -> Vec<Answer> {
        let places = std::mem::take(&mut self.places);
        let answer = |place| if let Place::Done(answer) = place { Some(answer) } else { None };
        places.into_iter().filter_map(answer).collect()
    }

    fn calculate(
        &mut self,
        task: usize,
        own: impl FnOnce(usize, &Unit) -> Result<Answer, TrainingError>,
    ) -> Result<(), TrainingError> {
        let Task { order, ref pictures, cost } = self.tasks[task];
        let begun = Instant::now();
        let mut answer = own(order, &(self.pictures)(pictures))?;
        answer.seconds = begun.elapsed().as_secs_f32();
        self.own_rate = f64::from(answer.seconds / cost);
        if let Place::Given(ticket) = std::mem::replace(&mut self.places[task], Place::Done(answer)) {
            self.crew.forget(ticket);
        }
        Ok(())
    }

    /// Takes in what has come; the pictures of units that were finished.
    fn take_in(&mut self) -> u32 {
        self.crew.collect();
        let mut images = 0;
        for (task, place) in self.places.iter_mut().enumerate() {
            let Place::Given(ticket) = place else { continue };
            match self.crew.fate(*ticket) {
                Fate::Awaited => {}
                Fate::Lost => *place = Place::Free,
                Fate::Answered(answer) => {
                    *place = Place::Done(answer);
                    images += self.tasks[task].pictures.len() as u32;
                }
            }
        }
        images
    }

    /// Gives units to helpers, each to whoever would begin it first; the engine begins with the first.
    fn give(&mut self) {
        let free = |(_, place): &(&Task, &mut Place)| matches!(place, Place::Free);
        let mut free = self.tasks.iter().zip(&mut self.places).filter(free);
        let Some((first, _)) = free.next() else { return };
        let mut own = first.cost;
        for (task, place) in free {
            let unit = || (self.pictures)(&task.pictures);
            match self.crew.give(&self.orders[task.order], unit, task.cost, own) {
                Some(ticket) => *place = Place::Given(ticket),
                None => own += task.cost,
            }
        }
    }

    /// Waits for an answer, not longer than the engine would take for the unit itself: then it is to be
    /// calculated here. Gives the pictures that were finished, and that unit.
    async fn wait(&mut self) -> (u32, Option<usize>) {
        let begun = Instant::now();
        let mut images = 0;
        while images == 0 && self.is_waiting() {
            // The one given last is the least likely to be under way.
            let last = self.places.iter().rposition(|place| matches!(place, Place::Given(_)));
            let cost = last.map_or(0.0, |last| f64::from(self.tasks[last].cost));
            let left = (self.own_rate * cost).max(LEAST_WAIT) - begun.elapsed().as_secs_f64();
            if left <= 0.0 {
                return (0, last);
            }
            self.crew.wait(left).await;
            images = self.take_in();
        }
        (images, self.first_free())
    }

    /// Whether all that is not finished was given away.
    fn is_waiting(&self) -> bool {
        let given = self.places.iter().any(|place| matches!(place, Place::Given(_)));
        given && self.first_free().is_none()
    }

    fn first_free(&self) -> Option<usize> {
        self.places.iter().position(|place| matches!(place, Place::Free))
    }

    fn images(&self, task: usize) -> u32 {
        self.tasks[task].pictures.len() as u32
    }
}

impl Drop for Shift {
    fn drop(&mut self) {
        for place in &self.places {
            if let Place::Given(ticket) = place {
                self.crew.forget(*ticket);
            }
        }
    }
}
