//! The page's side of the protocol. One [`Link`] a page: it starts the engines, takes their events
//! into the [`Store`], carries questions with their answers, and starts runs on the better engine.
//!
//! - state that everybody watches: `store.read(Part::…, |state| …)`;
//! - a question of one component: [`Link::ask_latent`], [`Link::ask_drawing`] with a closure that
//!   gets the answer;
//! - everything else: [`Link::send`] to the CPU engine, which answers all questions.

mod checks;
mod files;
mod runs;
mod weights;
mod worker;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::state::engines::{Health, WebGpu};
use super::state::{Part, State};
use super::store::Store;
use crate::protocol::{
    Adapter, Command, DrawingCommand, DrawingEvent, EngineKind, Event, Fault, FileFault, LatentCommand,
    LatentEvent, ModelSlot, RequestId, RunConfig, WeightsCommand, WeightsEvent, WeightsOrigin,
};
use worker::EngineWorker;

/// Questions that may wait at once: older ones were overtaken and will get no answer.
const WAITING: usize = 256;
/// After this long without `Ready` the page looks whether the engine's files are there at all.
const PATIENCE: Duration = Duration::from_secs(8);

/// Gets the answer to one question.
type Answer = Box<dyn FnOnce(Event)>;
/// Gets a model that was asked for.
type Export = Box<dyn FnOnce(Weights)>;

/// A model on its way.
#[derive(Clone, Debug)]
pub struct Weights {
    /// Which model it is.
    pub slot: ModelSlot,
    /// The safetensors file.
    pub bytes: Vec<u8>,
    /// Where it comes from.
    pub origin: WeightsOrigin,
}

#[derive(Default)]
struct Inner {
    cpu: RefCell<Option<EngineWorker>>,
    gpu: RefCell<Option<EngineWorker>>,
    waiting: RefCell<BTreeMap<RequestId, Answer>>,
    exports: RefCell<Vec<(ModelSlot, Export)>>,
    next_request: Cell<RequestId>,
    files: RefCell<Vec<web_sys::File>>,
    /// The last weights of each slot that an engine sent unasked: an engine started anew gets them.
    snapshots: RefCell<Vec<Weights>>,
    /// A run that waits for its engine.
    queued: RefCell<Option<(RunConfig, bool)>>,
}

/// A handle on the engines; copies are the same link.
#[derive(Clone, Copy)]
pub struct Link {
    store: Store,
    inner: StoredValue<Rc<Inner>, LocalStorage>,
}

impl Link {
    /// A link whose events go to `store`; nothing is started yet.
    pub fn new(store: Store) -> Self {
        Self { store, inner: StoredValue::new_local(Rc::default()) }
    }

    /// Starts the CPU engine and looks for WebGPU.
    pub fn begin(self) {
        let preference = super::prefs::load("engine");
        self.change(|state| {
            state.engines.preference = preference;
            vec![Part::Engines]
        });
        self.start_engine(EngineKind::Cpu);
        spawn_local(async move {
            let found = Adapter::find(&window().navigator()).await.ok().flatten();
            let none = if window().is_secure_context() { WebGpu::Missing } else { WebGpu::Withheld };
            self.change(|state| {
                state.engines.web_gpu = found.map_or(none, WebGpu::Found);
                vec![Part::Engines]
            });
        });
    }

    /// Sends a command to the CPU engine.
    pub fn send(self, command: Command) {
        self.send_to(EngineKind::Cpu, command);
    }

    /// Asks about the latent space; `answer` gets what comes back, unless a newer question of the
    /// kind overtakes this one.
    pub fn ask_latent(
        self,
        question: impl FnOnce(RequestId) -> LatentCommand,
        answer: impl FnOnce(LatentEvent) + 'static,
    ) {
        let request = self.wait_for(Box::new(move |event| {
            if let Event::Latent(event) = event {
                answer(event);
            }
        }));
        self.send(Command::Latent(question(request)));
    }

    /// Asks about a drawing; as [`Link::ask_latent`].
    pub fn ask_drawing(
        self,
        question: impl FnOnce(RequestId) -> DrawingCommand,
        answer: impl FnOnce(DrawingEvent) + 'static,
    ) {
        let request = self.wait_for(Box::new(move |event| {
            if let Event::Drawing(event) = event {
                answer(event);
            }
        }));
        self.send(Command::Drawing(question(request)));
    }

    /// Asks the CPU engine for a model's weights as a safetensors file.
    pub fn export(self, slot: ModelSlot, take: impl FnOnce(Weights) + 'static) {
        self.inner().exports.borrow_mut().push((slot, Box::new(take)));
        self.send(Command::Weights(WeightsCommand::Export { slot }));
    }

    /// Gives the CPU engine a safetensors file.
    pub fn import(self, slot: ModelSlot, bytes: Vec<u8>, origin: WeightsOrigin) {
        self.send(Command::Weights(WeightsCommand::Import { slot, bytes, origin }));
    }

    /// Walks the chain of sources again, mirrors included unless the address says `?mirrors=off`.
    pub fn load_data(self) {
        self.change(|state| {
            state.data.begin();
            vec![Part::Data]
        });
        self.send(files::load_command());
    }

    /// Starts a worker anew: after a fault, or on request.
    pub fn restart(self, kind: EngineKind) {
        self.change(|state| {
            *state.engines.get_mut(kind) = Default::default();
            state.error = None;
            vec![Part::Engines, Part::Error]
        });
        self.start_engine(kind);
    }

    /// Changes the state and does what follows from it.
    pub fn change(self, change: impl FnOnce(&mut State) -> Vec<Part>) {
        self.store.update(change);
        self.advance();
    }

    /// Shows a fault.
    pub fn report(self, fault: Fault) {
        self.change(|state| {
            state.error = Some(fault);
            vec![Part::Error]
        });
    }

    fn inner(self) -> Rc<Inner> {
        self.inner.get_value()
    }

    fn start_engine(self, kind: EngineKind) {
        self.change(|state| {
            state.engines.get_mut(kind).health = Health::Loading;
            vec![Part::Engines]
        });
        match EngineWorker::start(kind, Rc::new(move |kind, news| self.hear(kind, news))) {
            Ok(worker) => *self.inner().slot(kind).borrow_mut() = Some(worker),
            Err(fault) => self.fault(kind, fault),
        }
        set_timeout(move || spawn_local(self.look_for_files(kind)), PATIENCE);
    }

    /// A worker that stays silent may lack its files, which no event tells.
    async fn look_for_files(self, kind: EngineKind) {
        for file in worker::files(kind) {
            if self.store.peek(|state| state.engines.get(kind).health != Health::Loading) {
                return;
            }
            let address = format!("{}{file}", worker::folder());
            let found = JsFuture::from(window().fetch_with_str(&address)).await;
            let status = found.map(|answer| web_sys::Response::from(answer).status()).unwrap_or(0);
            if !(200..300).contains(&status) {
                return self.fault(kind, Fault::File { file, reason: FileFault::Http(status) });
            }
        }
    }

    fn hear(self, kind: EngineKind, news: Result<Event, Fault>) {
        match news {
            Ok(Event::Weights(WeightsEvent::Exported { slot, bytes, origin, snapshot })) => {
                self.exported(kind, snapshot, Weights { slot, bytes, origin });
            }
            Ok(event) => self.take(kind, event),
            Err(fault) => self.fault(kind, fault),
        }
    }

    fn take(self, kind: EngineKind, event: Event) {
        if let Some(request) = request_of(&event) {
            let answer = self.inner().waiting.borrow_mut().remove(&request);
            return answer.into_iter().for_each(|answer| answer(event.clone()));
        }
        let ready = matches!(event, Event::Ready(_));
        self.change(|state| state.apply(kind, event));
        if ready && kind == EngineKind::Cpu {
            self.equip_cpu();
        }
    }

    /// A fault that the page itself found in a worker.
    fn fault(self, kind: EngineKind, fault: Fault) {
        self.change(|state| state.engine_failed(kind, fault));
    }

    fn send_to(self, kind: EngineKind, command: Command) {
        let inner = self.inner();
        let sent = inner.slot(kind).borrow().as_ref().map(|worker| worker.send(&command));
        if let Some(Err(fault)) = sent {
            self.report(fault);
        }
    }

    fn wait_for(self, answer: Answer) -> RequestId {
        let inner = self.inner();
        let request = inner.next_request.get().wrapping_add(1);
        inner.next_request.set(request);
        let mut waiting = inner.waiting.borrow_mut();
        waiting.insert(request, answer);
        while waiting.len() > WAITING {
            waiting.pop_first();
        }
        request
    }
}

impl Inner {
    fn slot(&self, kind: EngineKind) -> &RefCell<Option<EngineWorker>> {
        match kind {
            EngineKind::Cpu => &self.cpu,
            EngineKind::Gpu => &self.gpu,
        }
    }
}

/// The question that an event answers; a described space belongs to everybody.
fn request_of(event: &Event) -> Option<RequestId> {
    match event {
        Event::Latent(
            LatentEvent::Decoded { request, .. }
            | LatentEvent::Encoded { request, .. }
            | LatentEvent::Neighbours { request, .. }
            | LatentEvent::Garments { request, .. },
        )
        | Event::Drawing(
            DrawingEvent::Verdicts { request, .. } | DrawingEvent::Explanation { request, .. },
        ) => Some(*request),
        _ => None,
    }
}
