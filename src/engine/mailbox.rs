//! What comes in: commands from the page and data from the loader, awaited together.

use std::{cell::RefCell, collections::VecDeque, rc::Rc};

use futures::channel::oneshot;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::{Arrival, Queue};
use crate::protocol::{Command, DrawingCommand, Fault, LatentCommand, codec};

/// One thing that came in.
pub enum Mail {
    /// The page asks for something.
    Command(Command),
    /// The loader has something.
    Arrival(Arrival),
    /// The page sent what is no command.
    Unreadable(Fault),
}

impl Mail {
    /// Whether a hand is moving a slider or a pen right now, and waits for the answer.
    pub fn is_by_hand(&self) -> bool {
        matches!(
            self,
            Mail::Command(
                Command::Latent(LatentCommand::Decode { .. })
                    | Command::Drawing(DrawingCommand::Classify { .. })
            )
        )
    }
}

/// The box; clones share it.
#[derive(Clone, Default)]
pub struct Mailbox(Rc<RefCell<Inside>>);

#[derive(Default)]
struct Inside {
    commands: Queue,
    arrivals: VecDeque<Arrival>,
    unreadable: VecDeque<Fault>,
    reader: Option<oneshot::Sender<()>>,
}

impl Inside {
    fn is_empty(&self) -> bool {
        self.commands.is_empty() && self.arrivals.is_empty() && self.unreadable.is_empty()
    }
}

impl Mailbox {
    /// Listens to the page from now on.
    pub fn listen(&self, scope: &DedicatedWorkerGlobalScope) {
        let mailbox = self.clone();
        let on_message =
            Closure::<dyn FnMut(_)>::new(move |event: MessageEvent| mailbox.take_in(event.data()));
        scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
    }

    fn take_in(&self, message: JsValue) {
        let decoded = codec::decode(message);
        self.put(|inside| match decoded {
            Ok(command) => inside.commands.push(command),
            Err(fault) => inside.unreadable.push_back(fault),
        });
    }

    /// Puts something from the loader in.
    pub fn deliver(&self, arrival: Arrival) {
        self.put(|inside| inside.arrivals.push_back(arrival));
    }

    fn put(&self, put: impl FnOnce(&mut Inside)) {
        let mut inside = self.0.borrow_mut();
        put(&mut inside);
        if let Some(reader) = inside.reader.take() {
            // A reader that no longer waits will look by itself.
            let _ = reader.send(());
        }
    }

    /// The next thing, if there is one: arrivals before commands, as commands may need them.
    pub fn next(&self) -> Option<Mail> {
        let mut inside = self.0.borrow_mut();
        let arrival = inside.arrivals.pop_front().map(Mail::Arrival);
        let command = |inside: &mut Inside| inside.commands.pop().map(Mail::Command);
        let unreadable = |inside: &mut Inside| inside.unreadable.pop_front().map(Mail::Unreadable);
        arrival.or_else(|| command(&mut inside)).or_else(|| unreadable(&mut inside))
    }

    /// Waits until something is in. Called by one reader only.
    pub async fn wait(&self) {
        let (sender, receiver) = oneshot::channel();
        {
            let mut inside = self.0.borrow_mut();
            if !inside.is_empty() {
                return;
            }
            inside.reader = Some(sender);
        }
        let _ = receiver.await;
    }
}
