//! Runs that are interrupted, as the page sees them: the run under way as it was kept last, the one of an
//! earlier visit, and what happens when an engine breaks down under a run: the same engine anew, the second time
//! the other one, the third time an end. No DOM, no clock, so that native tests drive it.

use std::sync::Arc;

use super::engines::Health;
use super::errors::Matter;
use super::runs::RunStatus;
use super::{Part, State};
use crate::protocol::{EngineKind, Fault, KeptRunError, RunHead, RunId, open_run};

/// How often engines may break down under one run.
const MOST_DEATHS: u32 = 2;

/// A run as an engine kept it.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptRun {
    /// What it is.
    pub head: RunHead,
    /// All of it, for an engine.
    pub bytes: Vec<u8>,
}

impl KeptRun {
    /// Reads what an engine, or the browser's storage, gave.
    ///
    /// # Errors
    /// [`KeptRunError`] for anything but a whole run of this version.
    pub fn read(bytes: Vec<u8>) -> Result<Self, KeptRunError> {
        let (head, _) = open_run(&bytes)?;
        Ok(Self { head, bytes })
    }
}

/// What happened to an engine under the run; it goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revival {
    /// The engine that it goes on with is another one.
    pub moved_to: Option<EngineKind>,
    /// The epoch, size or training that it goes on in, of how many.
    pub part: (u32, u32),
}

/// What is to be done for a run whose engine broke down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rescue {
    /// Start this engine anew.
    Start(EngineKind),
    /// Give it the data in use.
    Equip(EngineKind),
    /// Let the run go on with it.
    GoOn(EngineKind),
}

/// Interrupted runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resume {
    /// The run under way, as it was kept last.
    pub latest: Option<Arc<KeptRun>>,
    /// A run of an earlier visit, or one that was given up, on offer.
    pub offered: Option<Arc<KeptRun>>,
    /// The learner wants to go on with the one on offer; its data or its engine are awaited.
    pub wanted: bool,
    /// The data of the one on offer cannot be had.
    pub lacking: bool,
    /// How often engines broke down under the run under way.
    deaths: u32,
    /// The engine that the run under way is to go on with, and whether it was paused.
    waiting: Option<(EngineKind, bool)>,
    /// That engine was told of the data.
    equipped: bool,
    /// What happened, in one line.
    pub revival: Option<Revival>,
    /// What is in the browser's storage is of no use any more.
    pub stale: bool,
}

impl State {
    /// The run under way was kept; nothing where it is another's.
    pub fn kept(&mut self, run: RunId, kept: KeptRun) {
        if self.resume.waiting.is_none() && self.runs.active().is_some_and(|active| active.id == run) {
            self.resume.latest = Some(Arc::new(kept));
        }
    }

    /// A run of an earlier visit was found; one of this visit goes before.
    pub fn offer(&mut self, kept: KeptRun) -> Vec<Part> {
        if self.runs.active().is_none() {
            self.resume.offered = Some(Arc::new(kept));
        }
        vec![Part::Resume]
    }

    /// The one on offer is not wanted.
    pub fn discard(&mut self) -> Vec<Part> {
        let resume = &mut self.resume;
        (resume.offered, resume.wanted, resume.lacking, resume.stale) = (None, false, false, true);
        vec![Part::Resume]
    }

    /// The learner wants to go on with the one on offer.
    pub fn want_to_go_on(&mut self) -> Vec<Part> {
        (self.resume.wanted, self.resume.lacking) = (self.resume.offered.is_some(), false);
        self.errors.clear(Matter::Run);
        vec![Part::Resume, Part::Error]
    }

    /// The data of the one on offer cannot be had.
    pub fn lack_data(&mut self) -> Vec<Part> {
        (self.resume.wanted, self.resume.lacking) = (false, true);
        vec![Part::Resume]
    }

    /// The one on offer, where its data are in use.
    pub fn offered_on_its_data(&self) -> Option<&Arc<KeptRun>> {
        let (offered, data) = (self.resume.offered.as_ref()?, self.data.summary.as_ref()?);
        Some(offered).filter(|kept| kept.head.fits(data.source, data.train, data.test))
    }

    /// Takes the one on offer up, as a run on `engine`.
    pub fn take_up(&mut self, engine: EngineKind) -> Option<(RunId, Arc<KeptRun>)> {
        let kept = self.resume.offered.clone()?;
        let key = self.runs.take_interrupted(&kept.head.config);
        let run = self.start_run(engine, kept.head.config.clone());
        // Kept in the place of what it was when it was interrupted.
        self.runs.list.iter_mut().rev().take(1).for_each(|run| run.key.clone_from(&key));
        self.resume.latest = Some(Arc::clone(&kept));
        Some((run, kept))
    }

    /// A new run: what was kept of any other is void.
    pub(super) fn begin_resume(&mut self) {
        self.resume = Resume { stale: self.resume.stale, ..Resume::default() };
    }

    /// The run under way is over, but for what may be gone on with.
    pub(super) fn end_resume(&mut self) {
        if self.runs.active().is_none() && self.resume.latest.take().is_some() {
            (self.resume.waiting, self.resume.stale) = (None, true);
        }
    }

    /// An engine broke down under the run under way: the run waits for an engine to go on with, or is given up.
    /// Nothing where no run that can go on is concerned, or where the engine is only late.
    pub(super) fn break_down(&mut self, from: EngineKind, fault: &Fault) -> Option<Vec<Part>> {
        let run = self.runs.active()?;
        let (on, paused) = self.resume.waiting.unwrap_or((run.engine, run.status == RunStatus::Paused));
        let late = matches!(fault, Fault::Late { .. });
        let kept = self.resume.latest.clone().filter(|_| on == from && !late)?;
        self.resume.deaths += 1;
        self.engines.fail(from, fault.clone());
        match self.successor(from) {
            Some(next) => {
                let moved_to = (next != from).then_some(next);
                self.resume.revival = Some(Revival { moved_to, part: (kept.head.part, kept.head.parts) });
                (self.resume.waiting, self.resume.equipped) = (Some((next, paused)), false);
                self.runs.wait();
            }
            None => self.give_run_up(from, kept),
        }
        Some(vec![Part::Runs, Part::Engines, Part::Error, Part::Resume])
    }

    /// The run is over; it is on offer, for another time.
    fn give_run_up(&mut self, from: EngineKind, kept: Arc<KeptRun>) {
        let fault = Fault::GivenUp(self.resume.deaths);
        self.runs.fail(None, &fault);
        self.errors.add(Some(from), fault);
        self.resume = Resume { offered: Some(kept), ..Resume::default() };
    }

    /// The engine to go on with: the same, the second time the other one, the third time none.
    fn successor(&self, from: EngineKind) -> Option<EngineKind> {
        match self.resume.deaths {
            1 => Some(from),
            MOST_DEATHS => self.other(from),
            _ => None,
        }
    }

    /// The other engine, where it can be trusted with a run.
    fn other(&self, from: EngineKind) -> Option<EngineKind> {
        match from {
            EngineKind::Gpu => Some(EngineKind::Cpu),
            EngineKind::Cpu => self.engines.gpu_trusted().then_some(EngineKind::Gpu),
        }
    }

    /// Whether the run under way waits for its engine: what the broken one still says of it is void.
    pub fn is_rescuing(&self) -> bool {
        self.resume.waiting.is_some()
    }

    /// What is to be done next for the run whose engine broke down.
    pub fn rescue(&self) -> Option<Rescue> {
        let (kind, _) = self.resume.waiting?;
        let engine = self.engines.get(kind);
        match &engine.health {
            Health::Absent => Some(Rescue::Start(kind)),
            Health::Failed(fault) if !matches!(fault, Fault::Late { .. }) => Some(Rescue::Start(kind)),
            Health::Ready if engine.has_data => Some(Rescue::GoOn(kind)),
            // The CPU engine is given its data whenever it comes.
            Health::Ready if kind == EngineKind::Gpu && !self.resume.equipped => Some(Rescue::Equip(kind)),
            _ => None,
        }
    }

    /// The engine was told of the data.
    pub fn equipped(&mut self) {
        self.resume.equipped = true;
    }

    /// The run under way goes on with `engine`: its number, what was kept of it, and whether it stays paused.
    pub fn go_on(&mut self, engine: EngineKind) -> Option<(RunId, Arc<KeptRun>, bool)> {
        let (_, paused) = self.resume.waiting.take()?;
        let (run, kept) = (self.runs.active()?.id, self.resume.latest.clone()?);
        self.runs.go_on(engine);
        Some((run, kept, paused))
    }
}

#[cfg(test)]
mod tests;
