//! The page's side of the protocol. One [`Link`] a page: it starts the engines, takes their events
//! into the [`Store`], carries questions with their answers, and starts runs on the better engine.
//!
//! - state that everybody watches: `store.read(Part::…, |state| …)`;
//! - a question of one component: [`Link::ask_latent`], [`Link::ask_drawing`] with a closure that
//!   gets the answer;
//! - everything else: [`Link::send`] to the CPU engine, which answers all questions.

mod checks;
pub mod fetch;
mod files;
mod keeping;
mod runs;
mod watch;
mod weights;
mod worker;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::carried::{Carried, Weights};
use super::state::engines::{Health, WebGpu};
use super::state::errors::Matter;
use super::state::{Part, State};
use super::store::Store;
use crate::protocol::{
    Adapter, Command, DataEvent, DrawingCommand, DrawingEvent, EngineKind, Event, Fault, Kept, LatentCommand,
    LatentEvent, ModelSlot, Pictures, RequestId, RunConfig, RunEvent, WeightsCommand, WeightsEvent,
};
use worker::EngineWorker;
pub use worker::named_in_head;

/// Questions that may wait at once: older ones were overtaken and will get no answer.
const WAITING: usize = 256;
/// After this long without `Ready` the page looks whether the engine's files are there at all.
const LOOK: Duration = Duration::from_secs(8);
/// After this long without `Ready` an engine counts as failed, until it comes after all.
const LATE: Duration = Duration::from_secs(30);

/// How long the browser may take to say whether there is WebGPU.
const ADAPTER_LIMIT: Duration = Duration::from_secs(10);

/// Gets the answer to one question.
type Answer = Box<dyn FnOnce(Event)>;
/// Gets a model that was asked for; nothing where it does not come.
type Export = Box<dyn FnOnce(Option<Weights>)>;

/// Each cell is borrowed for one statement that calls nothing which could fail or come back here.
#[derive(Default)]
struct Inner {
    cpu: RefCell<Option<Rc<EngineWorker>>>,
    gpu: RefCell<Option<Rc<EngineWorker>>>,
    waiting: RefCell<BTreeMap<RequestId, Answer>>,
    exports: RefCell<Vec<(RequestId, ModelSlot, Export)>>,
    next_request: Cell<RequestId>,
    /// The data in use, for engines that are started later.
    kept: RefCell<Option<Kept>>,
    /// Counts the checks of engines.
    checks: Cell<u32>,
    /// Counts the engines started: what is found out about an earlier one is void.
    starts: Cell<u32>,
    /// The start that the CPU and the GPU worker came of.
    current: [Cell<u32>; 2],
    /// The weights that an engine started anew gets.
    carried: RefCell<Carried>,
    /// The CPU engine has got the weights that come with the page.
    equipped: Cell<bool>,
    /// A run that waits for its engine.
    queued: RefCell<Option<(RunConfig, bool)>>,
    /// The data of an interrupted run were asked for.
    asked_for_data: Cell<bool>,
    /// For how long the engine at work has said nothing.
    silence: watch::Silence,
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
        self.look_for_gpu();
        self.look_for_interrupted();
        self.watch_engines();
    }

    /// Asks the browser for WebGPU; some never answer.
    fn look_for_gpu(self) {
        spawn_local(async move {
            let asked = fetch::within(ADAPTER_LIMIT, Adapter::find(&window().navigator())).await;
            let none = if window().is_secure_context() { WebGpu::Missing } else { WebGpu::Withheld };
            let web_gpu = match asked {
                Some(found) => found.ok().flatten().map_or(none, WebGpu::Found),
                None => WebGpu::Silent,
            };
            self.change(|state| {
                state.engines.web_gpu = web_gpu;
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

    /// Puts the garments that `question` names into `pictures`, unless they are no longer `wanted` when they come.
    pub fn show_garments(
        self,
        question: impl FnOnce(RequestId) -> LatentCommand,
        pictures: RwSignal<Option<Arc<Pictures>>>,
        wanted: impl Fn() -> bool + 'static,
    ) {
        self.ask_latent(question, move |answer| {
            if let LatentEvent::Garments { pictures: found, .. } = answer
                && wanted()
            {
                pictures.set(Some(Arc::new(found)));
            }
        });
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

    /// Gives the CPU engine a safetensors file.
    pub fn import(self, Weights { slot, bytes, origin }: Weights) {
        self.send(Command::Weights(WeightsCommand::Import { slot, bytes, origin }));
    }

    /// Starts a worker anew: after a fault, or on request.
    pub fn restart(self, kind: EngineKind) {
        self.change(|state| {
            *state.engines.get_mut(kind) = Default::default();
            state.errors.clear(Matter::Engine);
            vec![Part::Engines, Part::Error]
        });
        self.start_engine(kind);
    }

    /// Changes the state and does what follows from it.
    pub fn change(self, change: impl FnOnce(&mut State) -> Vec<Part>) {
        self.store.update(change);
        self.advance_resume();
        self.advance();
    }

    /// Shows a fault.
    pub fn report(self, fault: Fault) {
        self.change(|state| {
            state.errors.add(None, fault);
            vec![Part::Error]
        });
    }

    /// Something succeeded: earlier faults in the matter are said no more.
    pub fn forgive(self, matter: Matter) {
        self.change(|state| {
            state.errors.clear(matter);
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
        let inner = self.inner();
        let start = inner.starts.get() + 1;
        inner.starts.set(start);
        inner.equipped.set(inner.equipped.get() && kind != EngineKind::Cpu);
        // What an earlier worker of this kind still says is void.
        let hear = move |kind, news| {
            if self.inner().started(kind) == start {
                self.hear(kind, news);
            }
        };
        inner.started_by(kind).set(start);
        match EngineWorker::start(kind, Rc::new(hear)) {
            Ok(worker) => inner.put(kind, Some(worker)),
            Err(fault) => self.fault(kind, fault),
        }
        let loading = move || {
            let health = self.store.peek(|state| state.engines.get(kind).health.clone());
            self.inner().started(kind) == start && health == Health::Loading
        };
        set_timeout(move || spawn_local(self.look_for_files(kind, loading)), LOOK);
        let late = Fault::Late { engine: kind, seconds: LATE.as_secs() as u32 };
        set_timeout(
            move || {
                if loading() {
                    self.fault(kind, late)
                }
            },
            LATE,
        );
    }

    /// A worker that stays silent may lack its files, which no event tells.
    async fn look_for_files(self, kind: EngineKind, loading: impl Fn() -> bool) {
        for file in worker::files(kind) {
            if !loading() {
                return;
            }
            let address = format!("{}{file}", worker::folder());
            let found = fetch::within(LATE, fetch::look(&address)).await;
            if let Some(Err(reason)) = found {
                let fault = fetch::cause(&address, reason).await;
                if loading() {
                    self.fault(kind, fault);
                }
                return;
            }
        }
    }

    fn hear(self, kind: EngineKind, news: Result<Event, Fault>) {
        if self.store.peek(|state| state.runs.active().is_some_and(|run| run.engine == kind)) {
            self.inner().silence.end();
        }
        match news {
            Ok(Event::Run(RunEvent::Kept { run, bytes })) => self.keep_run(run, bytes),
            Ok(Event::Weights(WeightsEvent::Exported { slot, bytes, origin, snapshot })) => {
                self.exported(kind, snapshot, Weights { slot, bytes, origin });
            }
            Ok(Event::Data(DataEvent::Kept(kept))) => *self.inner().kept.borrow_mut() = Some(kept),
            Ok(event) => self.take(kind, event),
            // A worker whose file could not be had says no more than that.
            Err(Fault::File { file, reason }) => spawn_local(async move {
                self.fault(kind, fetch::cause(&file, reason).await);
            }),
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

    /// A fault that the page itself found in a worker. One that is only late may still come; any other is
    /// ended, so that it neither works nor talks on.
    fn fault(self, kind: EngineKind, fault: Fault) {
        // Before what follows: it may be started anew at once.
        if !matches!(fault, Fault::Late { .. }) {
            self.end(kind);
        }
        self.change(|state| state.engine_failed(kind, fault));
    }

    /// Ends a worker. Nobody hears of it any more, and what it was asked for does not come.
    fn end(self, kind: EngineKind) {
        let inner = self.inner();
        let worker = inner.slot(kind).take();
        inner.started_by(kind).set(0);
        // Not now: this may be called from the worker's own event.
        set_timeout(move || drop(worker), Duration::ZERO);
        if kind == EngineKind::Cpu {
            let exports = inner.exports.take();
            exports.into_iter().for_each(|(.., take)| take(None));
        }
    }

    fn send_to(self, kind: EngineKind, command: Command) {
        let inner = self.inner();
        let worker = inner.slot(kind).borrow().clone();
        let sent = worker.map(|worker| worker.send(&command));
        if let Some(Err(fault)) = sent {
            self.report(fault);
        }
    }

    fn wait_for(self, answer: Answer) -> RequestId {
        let inner = self.inner();
        let request = inner.number();
        inner.waiting.borrow_mut().insert(request, answer);
        if inner.waiting.borrow().len() > WAITING {
            let overtaken = inner.waiting.borrow_mut().pop_first();
            drop(overtaken);
        }
        request
    }
}

impl Inner {
    /// A number for a question.
    fn number(&self) -> RequestId {
        let number = self.next_request.get().wrapping_add(1);
        self.next_request.set(number);
        number
    }

    fn put(&self, kind: EngineKind, worker: Option<EngineWorker>) {
        let before = self.slot(kind).replace(worker.map(Rc::new));
        drop(before);
    }

    fn slot(&self, kind: EngineKind) -> &RefCell<Option<Rc<EngineWorker>>> {
        match kind {
            EngineKind::Cpu => &self.cpu,
            EngineKind::Gpu => &self.gpu,
        }
    }

    /// Which start the worker in use came of.
    fn started(&self, kind: EngineKind) -> u32 {
        self.started_by(kind).get()
    }

    fn started_by(&self, kind: EngineKind) -> &Cell<u32> {
        &self.current[usize::from(kind == EngineKind::Gpu)]
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
