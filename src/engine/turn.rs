//! Giving the turn back to the browser, so that waiting messages are delivered. A message channel
//! is used, as `setTimeout` is held back to 4 ms once it nests.

use std::{cell::RefCell, collections::VecDeque, rc::Rc};

use futures::{
    channel::oneshot,
    future::{Either, select},
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{MessageChannel, MessagePort, WorkerGlobalScope};

type Waiting = Rc<RefCell<VecDeque<oneshot::Sender<()>>>>;

/// A channel to oneself: what is posted comes back as a task of its own.
struct Bell {
    port: MessagePort,
    waiting: Waiting,
}

thread_local! {
    static BELL: Option<Bell> = Bell::hang();
}

impl Bell {
    fn hang() -> Option<Self> {
        let channel = MessageChannel::new().ok()?;
        let waiting = Waiting::default();
        let ringing = waiting.clone();
        let on_message = Closure::<dyn FnMut()>::new(move || {
            if let Some(sender) = ringing.borrow_mut().pop_front() {
                // Whoever waited may be gone; then nobody needs to know.
                let _ = sender.send(());
            }
        });
        channel.port1().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
        Some(Self { port: channel.port2(), waiting })
    }
}

/// Ends after all tasks that wait now have had their turn.
pub async fn give() {
    let (sender, receiver) = oneshot::channel();
    let rung = BELL.with(|bell| {
        let bell = bell.as_ref()?;
        bell.waiting.borrow_mut().push_back(sender);
        bell.port.post_message(&JsValue::NULL).ok()
    });
    if rung.is_some() {
        // An error says that the bell is gone; going on at once is right then, too.
        let _ = receiver.await;
    }
}

/// Ends after `milliseconds`.
pub async fn sleep(milliseconds: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let _ = scope().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}

/// What `future` gives, unless it takes longer than `seconds`.
pub async fn within<T>(seconds: u32, future: impl Future<Output = T>) -> Option<T> {
    let patience = Box::pin(sleep(seconds as i32 * 1000));
    match select(Box::pin(future), patience).await {
        Either::Left((value, _)) => Some(value),
        Either::Right(_) => None,
    }
}

/// The worker's global object.
pub fn scope() -> WorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// A JavaScript error in words.
pub fn describe(error: &JsValue) -> String {
    let message = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
    message.or_else(|| error.as_string()).unwrap_or_else(|| format!("{error:?}"))
}
