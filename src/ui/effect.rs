//! Leptos's effect, compiled once for all closures: its own is a task of its own for every closure, one
//! to three kilobytes each. A file that names this one means it, as a name goes before those of a prelude.

use leptos::prelude as leptos;

/// A closure that runs again whenever a signal changes that it read.
#[derive(Clone, Copy)]
pub struct Effect;

impl Effect {
    /// Runs `run` after what is under way, and again; each time it gets what it returned before.
    pub fn new<T: 'static>(mut run: impl FnMut(Option<T>) -> T + 'static) -> Self {
        let mut before = None;
        follow(Box::new(move || before = Some(run(before.take()))));
        Self
    }
}

fn follow(mut run: Box<dyn FnMut()>) {
    leptos::Effect::new(move |_: Option<()>| run());
}
