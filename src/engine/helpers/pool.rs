//! The engine's end: starts helpers, hands buffers over and takes them back.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    future::Future,
    pin::Pin,
    rc::Rc,
};

use futures::{channel::oneshot, future::select};
use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{Event, MessageEvent, Url, Worker, WorkerOptions, WorkerType};

use super::{NAME, READY, script, warn};
use crate::{
    engine::turn,
    training::crew::{ANSWER_HEAD_BYTES, HelperId, Helpers, answer_bytes},
};

/// Buffers of a helper: one that it calculates from, one that waits.
const BUFFERS: u32 = 2;

/// Helper workers of this engine; copies are the same pool.
#[derive(Clone)]
pub struct Pool {
    most: usize,
    entry: &'static str,
    inside: Rc<Inside>,
}

#[derive(Default)]
struct Inside {
    helpers: RefCell<Vec<Helper>>,
    arrived: RefCell<VecDeque<(HelperId, ArrayBuffer)>>,
    waiting: Cell<Option<oneshot::Sender<()>>>,
    next: Cell<HelperId>,
    made: Cell<u32>,
}

/// One worker. Dropping it ends it.
struct Helper {
    id: HelperId,
    worker: Worker,
    ready: bool,
    /// Those that are here.
    buffers: Vec<ArrayBuffer>,
    /// How many there are.
    made: u32,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(Event)>,
}

impl Pool {
    /// Room for so many helpers, each of which begins by the exported function `entry`. None is started
    /// yet.
    pub fn new(most: usize, entry: &'static str) -> Self {
        Self { most, entry, inside: Rc::default() }
    }

    /// Buffers that were made so far, for all helpers that there were.
    pub fn buffers_made(&self) -> u32 {
        self.inside.made.get()
    }

    fn spawn(&self) -> Result<(), JsValue> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        options.set_name(NAME);
        let address = script(self.entry)?;
        let worker = Worker::new_with_options(&address, &options)?;
        let id = self.inside.next.get();
        self.inside.next.set(id + 1);
        let on_message = self.inside.on_message(id, address);
        let inside = self.inside.clone();
        let on_error = Closure::<dyn FnMut(_)>::new(move |event: Event| {
            // It would go on to the page, as a fault of the engine.
            event.prevent_default();
            inside.lose(id);
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        worker.post_message(&wasm_bindgen::module())?;
        let helper = Helper {
            id,
            worker,
            ready: false,
            buffers: Vec::new(),
            made: 0,
            _on_message: on_message,
            _on_error: on_error,
        };
        self.inside.helpers.borrow_mut().push(helper);
        Ok(())
    }
}

impl Inside {
    fn on_message(self: &Rc<Self>, id: HelperId, address: String) -> Closure<dyn FnMut(MessageEvent)> {
        let inside = self.clone();
        Closure::new(move |event: MessageEvent| {
            let data = event.data();
            match data.dyn_into::<ArrayBuffer>() {
                Ok(buffer) => inside.arrived.borrow_mut().push_back((id, buffer)),
                Err(word) if word == READY => {
                    inside.with(id, |helper| helper.ready = true);
                    // Its script is read by now.
                    let _ = Url::revoke_object_url(&address);
                }
                Err(_) => {}
            }
            inside.wake();
        })
    }

    fn with<T>(&self, id: HelperId, act: impl FnOnce(&mut Helper) -> T) -> Option<T> {
        self.helpers.borrow_mut().iter_mut().find(|helper| helper.id == id).map(act)
    }

    /// Ends a helper. Its closures may be at work just now, so they are dropped in a turn of their own.
    fn lose(self: &Rc<Self>, id: HelperId) {
        let place = self.helpers.borrow().iter().position(|helper| helper.id == id);
        if let Some(place) = place {
            let helper = self.helpers.borrow_mut().remove(place);
            helper.worker.terminate();
            wasm_bindgen_futures::spawn_local(async move { drop(helper) });
        }
        self.wake();
    }

    fn wake(&self) {
        if let Some(waiting) = self.waiting.take() {
            // Whoever waited may have given up; then nobody needs to know.
            let _ = waiting.send(());
        }
    }
}

impl Helper {
    /// A buffer for so many bytes; `None` where all are away.
    fn buffer(&mut self, bytes: u32, made: &Cell<u32>) -> Option<ArrayBuffer> {
        let buffer = match self.buffers.pop() {
            Some(buffer) if buffer.byte_length() >= bytes => return Some(buffer),
            // Too small for another kind of work: a larger one takes its place.
            Some(_) => ArrayBuffer::new(bytes),
            None if self.made < BUFFERS => {
                self.made += 1;
                ArrayBuffer::new(bytes)
            }
            None => return None,
        };
        made.set(made.get() + 1);
        Some(buffer)
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        // It may have failed once more before it ended, which would go on to the page.
        QUIET.with(|quiet| self.worker.set_onerror(Some(quiet.as_ref().unchecked_ref())));
        self.worker.terminate();
    }
}

thread_local! {
    /// Keeps an error from going on to the page.
    static QUIET: Closure<dyn FnMut(Event)> = Closure::new(|event: Event| event.prevent_default());
}

impl Helpers for Pool {
    fn most(&self) -> usize {
        self.most
    }

    fn ready(&self) -> Vec<HelperId> {
        self.inside.helpers.borrow().iter().filter(|helper| helper.ready).map(|helper| helper.id).collect()
    }

    fn start(&self) {
        if let Err(error) = self.spawn() {
            // The training goes on without.
            warn(&error);
        }
    }

    fn dismiss(&self, helper: HelperId) {
        self.inside.lose(helper);
    }

    fn post(&self, helper: HelperId, parcel: &[u8]) -> bool {
        let length = parcel.len() as u32;
        let posted = self.inside.with(helper, |helper| {
            let buffer = helper.buffer(length, &self.inside.made)?;
            Uint8Array::new_with_byte_offset_and_length(&buffer, 0, length).copy_from(parcel);
            helper.worker.post_message_with_transfer(&buffer, &Array::of1(&buffer)).ok()
        });
        posted.flatten().is_some()
    }

    fn receive(&self) -> Option<(HelperId, Vec<u8>)> {
        let (id, buffer) = self.inside.arrived.borrow_mut().pop_front()?;
        let view = Uint8Array::new(&buffer);
        let head = view.subarray(0, ANSWER_HEAD_BYTES as u32).to_vec();
        let length = answer_bytes(&head).unwrap_or(0).min(view.length() as usize);
        let answer = view.subarray(0, length as u32).to_vec();
        self.inside.with(id, |helper| helper.buffers.push(buffer));
        Some((id, answer))
    }

    fn wait(&self, seconds: f64) -> Pin<Box<dyn Future<Output = ()> + '_>> {
        let (sender, receiver) = oneshot::channel();
        self.inside.waiting.set(Some(sender));
        let milliseconds = (seconds * 1e3).ceil() as i32;
        Box::pin(async move {
            if self.inside.arrived.borrow().is_empty() {
                select(receiver, Box::pin(turn::sleep(milliseconds))).await;
            }
        })
    }
}
