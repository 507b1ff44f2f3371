//! The page's [`State`] with one trigger a [`Part`]: an event wakes only the components that show
//! what it changed.

use leptos::prelude::*;

use super::safely::attempt;
use super::state::{Part, State};

/// A handle on the state; copies are the same store.
#[derive(Clone, Copy)]
pub struct Store {
    state: StoredValue<State>,
    triggers: StoredValue<Vec<ArcTrigger>>,
}

impl Store {
    /// An empty state.
    pub fn new() -> Self {
        Self {
            state: StoredValue::new(State::default()),
            triggers: StoredValue::new(Part::ALL.iter().map(|_| ArcTrigger::new()).collect()),
        }
    }

    /// Reads the state; what reads wakes whenever `part` changes.
    pub fn read<T>(&self, part: Part, read: impl FnOnce(&State) -> T) -> T {
        self.triggers.with_value(|triggers| triggers[part as usize].track());
        self.state.with_value(read)
    }

    /// Reads the state without watching it.
    pub fn peek<T>(&self, read: impl FnOnce(&State) -> T) -> T {
        self.state.with_value(read)
    }

    /// A value of the state that wakes its readers only when it differs.
    pub fn memo<T: PartialEq + Send + Sync + 'static>(
        &self,
        parts: &'static [Part],
        read: impl Fn(&State) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        self.memo_of(parts, Box::new(read))
    }

    /// Compiled once for each type, not for each closure.
    fn memo_of<T: PartialEq + Send + Sync + 'static>(
        self,
        parts: &'static [Part],
        read: Box<dyn Fn(&State) -> T + Send + Sync>,
    ) -> Memo<T> {
        Memo::new(move |_| {
            self.triggers
                .with_value(|triggers| parts.iter().for_each(|part| triggers[*part as usize].track()));
            self.state.with_value(|state| read(state))
        })
    }

    /// Changes the state and wakes the readers of the parts that `change` names.
    pub fn update(&self, change: impl FnOnce(&mut State) -> Vec<Part>) {
        let mut change = Some(change);
        // A change that fails half-way leaves what it had done, wakes everybody, and holds no lock.
        let mut parts = Part::ALL.to_vec();
        let there = self.state.try_update_value(|state| {
            attempt(&mut || {
                if let Some(change) = change.take() {
                    parts = change(state);
                }
            });
        });
        if there.is_none() {
            return;
        }
        self.triggers.with_value(|triggers| parts.iter().for_each(|part| triggers[*part as usize].notify()));
    }
}

impl Default for Store {
    fn default() -> Self {
        Self::new()
    }
}
