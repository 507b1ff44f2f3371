//! Handlers, effects and tasks that outlive their own failure.
//!
//! A JavaScript exception or a panic leaves wasm without tidying up: whatever was borrowed, locked or on the
//! stack stays so, and every later event panics. Called by way of JavaScript, what fails comes back as an
//! error, and its callers tidy up as after any other call. So everything that the page does begins here:
//! handlers by [`safely`], what follows signals by [`Effect`], futures by [`Tasks`],
//! and changes under a lock by [`attempt`].

use std::mem::ManuallyDrop;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use any_spawner::{CustomExecutor, Executor, PinnedFuture, PinnedLocalFuture};
use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn complain(error: &JsValue);

    #[wasm_bindgen(catch, js_namespace = Reflect, js_name = apply)]
    fn apply(act: &mut dyn FnMut(), this: &JsValue, arguments: &Array) -> Result<JsValue, JsValue>;
}

/// A handler that does `act`; where that throws or panics, the console says so, and that is all. Leptos keeps
/// each handler in a `RefCell` while it runs: one that failed without this would never be heard again.
pub fn safely<E: 'static>(act: impl Fn(E) + 'static) -> impl Fn(E) + Clone + 'static {
    guarded(Rc::new(act))
}

fn guarded<E: 'static>(act: Rc<dyn Fn(E)>) -> impl Fn(E) + Clone + 'static {
    move |event| {
        let mut event = Some(event);
        attempt(&mut || event.take().into_iter().for_each(&*act));
    }
}

/// Does `act` now; whether it came to its end. Locks that are held around it are given back either way.
pub fn attempt(act: &mut dyn FnMut()) -> bool {
    let done = apply(&mut || act(), &JsValue::UNDEFINED, &Array::new());
    if let Err(error) = &done {
        complain(error);
    }
    done.is_ok()
}

/// Leptos's `Effect`, which goes on when a run of it fails: that run alone is lost.
pub struct Effect;

impl Effect {
    /// Does `act` with what it gave the last time, whenever a signal that it read has changed.
    pub fn new<T: 'static>(mut act: impl FnMut(Option<T>) -> T + 'static) -> Self {
        let mut before = None;
        follow(Box::new(move || before = Some(act(before.take()))));
        Self
    }
}

fn follow(mut act: Box<dyn FnMut()>) {
    leptos::prelude::Effect::new(move |_: Option<()>| {
        attempt(&mut act);
    });
}

/// Runs the futures of the page and of its reactive graph, each on its own.
pub struct Tasks;

impl Tasks {
    /// From now on; to be called before the page is mounted.
    pub fn begin() {
        // One that was set before, by nobody here, runs futures as well.
        let _ = Executor::init_local_custom_executor(Tasks);
    }
}

impl CustomExecutor for Tasks {
    fn spawn(&self, future: PinnedFuture<()>) {
        self.spawn_local(future);
    }

    fn spawn_local(&self, future: PinnedLocalFuture<()>) {
        spawn_local(Alone(Some(future)));
    }

    // The browser's own queue polls.
    fn poll_local(&self) {}
}

/// A future whose failure is its end, and nobody else's.
struct Alone(Option<PinnedLocalFuture<()>>);

impl Future for Alone {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let Some(future) = self.0.take() else { return Poll::Ready(()) };
        // One that failed half-way is in no state to be dropped.
        let mut future = ManuallyDrop::new(future);
        let mut polled = Poll::Ready(());
        if attempt(&mut || polled = future.as_mut().poll(context)) {
            self.0 = Some(ManuallyDrop::into_inner(future)).filter(|_| polled.is_pending());
        }
        polled
    }
}
