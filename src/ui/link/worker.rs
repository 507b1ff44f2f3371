//! One engine's Web Worker: started as a module, spoken to in [`Command`]s, heard in [`Event`]s.
//! Dropping it ends the worker.

use std::rc::Rc;

use leptos::prelude::document;
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

use crate::protocol::{Command, EngineKind, Event, Fault, FileFault, codec};

/// What a worker tells, or what became of it.
pub type Listener = Rc<dyn Fn(EngineKind, Result<Event, Fault>)>;

/// A running worker.
pub struct EngineWorker {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(JsValue)>,
}

impl EngineWorker {
    /// Starts the worker of an engine; its first event is `Ready`.
    ///
    /// # Errors
    /// [`Fault::File`] where the browser refuses to start it.
    pub fn start(kind: EngineKind, listener: Listener) -> Result<Self, Fault> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker =
            Worker::new_with_options(&address(kind), &options).map_err(|error| unloadable(kind, &error))?;
        let on_message = listen(&listener, kind, |event: MessageEvent| codec::decode(event.data()));
        let on_error = listen(&listener, kind, move |error: JsValue| Err(broken(kind, &error)));
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        worker.set_onmessageerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Self { worker, _on_message: on_message, _on_error: on_error })
    }

    /// Sends a command.
    ///
    /// # Errors
    /// [`Fault::Protocol`] where it cannot be encoded or posted.
    pub fn send(&self, command: &Command) -> Result<(), Fault> {
        self.post(&codec::encode(command)?, &js_sys::Array::new())
    }

    /// Sends an encoded command, giving the worker the buffers in `transfer`.
    ///
    /// # Errors
    /// [`Fault::Protocol`] where it cannot be posted.
    pub fn post(&self, message: &JsValue, transfer: &js_sys::Array) -> Result<(), Fault> {
        self.worker
            .post_message_with_transfer(message, transfer)
            .map_err(|error| Fault::Protocol(describe(&error)))
    }
}

impl Drop for EngineWorker {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.set_onmessageerror(None);
        self.worker.terminate();
    }
}

/// A closure that hands the listener what `read` makes of an event.
fn listen<E: wasm_bindgen::convert::FromWasmAbi + 'static>(
    listener: &Listener,
    kind: EngineKind,
    read: impl Fn(E) -> Result<Event, Fault> + 'static,
) -> Closure<dyn FnMut(E)> {
    let listener = Rc::clone(listener);
    Closure::new(move |event: E| listener(kind, read(event)))
}

/// Where the engines' files are, relative to the page.
pub fn folder() -> String {
    named_in_head("telar-engines")
}

/// What the build wrote into the page's head under this name (`<meta name=…>`); empty where it is not there.
pub fn named_in_head(name: &str) -> String {
    let meta = document().query_selector(&format!("meta[name={name}]")).ok().flatten();
    meta.and_then(|meta| meta.get_attribute("content")).unwrap_or_default()
}

/// The engine's name in file names.
pub fn name(kind: EngineKind) -> &'static str {
    match kind {
        EngineKind::Cpu => "engine_cpu",
        EngineKind::Gpu => "engine_gpu",
    }
}

/// The engine's files: the loader that the worker starts with, and what that one loads.
pub fn files(kind: EngineKind) -> [String; 3] {
    let name = name(kind);
    [format!("{name}_loader.js"), format!("{name}.js"), format!("{name}_bg.wasm")]
}

fn address(kind: EngineKind) -> String {
    let path = format!("{}{}", folder(), files(kind)[0]);
    let base = document().base_uri().ok().flatten().unwrap_or_default();
    web_sys::Url::new_with_base(&path, &base).map_or(path, |url| url.href())
}

/// A worker's `error` event: without a message its file could not be loaded.
fn broken(kind: EngineKind, event: &JsValue) -> Fault {
    match event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message).filter(|message| !message.is_empty()) {
        Some(message) => Fault::Panic(message),
        None => unloadable(kind, &JsValue::UNDEFINED),
    }
}

fn unloadable(kind: EngineKind, error: &JsValue) -> Fault {
    Fault::File { file: files(kind)[0].clone(), reason: FileFault::Network(describe(error)) }
}

/// A JavaScript value in words.
pub fn describe(error: &JsValue) -> String {
    let message = js_sys::Reflect::get(error, &"message".into()).ok().and_then(|m| m.as_string());
    message.or_else(|| error.as_string()).unwrap_or_else(|| "load".into())
}
