//! Of a component's questions to the engine the newest alone counts: [`Turns`] as a handle.

use leptos::prelude::*;

use super::state::questions::Turns;

/// The questions of one purpose of a component; copies are the same.
#[derive(Clone, Copy)]
pub struct Newest(StoredValue<Turns>);

impl Newest {
    /// No question yet.
    pub fn new() -> Self {
        Self(StoredValue::new(Turns::default()))
    }

    /// Begins a question. What it gives tells whether the answer is still wanted: not where a newer one was
    /// begun, or the component is gone.
    pub fn begin(self) -> impl Fn() -> bool + Copy + Send + Sync + 'static {
        let turn = self.0.try_update_value(Turns::begin).unwrap_or_default();
        move || self.0.try_with_value(|turns| turns.is_newest(turn)) == Some(true)
    }
}
