//! What the parts of the step share: the pad, the photograph, what the network sees, the verdicts.

use std::sync::Arc;

use leptos::prelude::*;

use super::models::CLASSIFIERS;
use super::pad::{Pad, Settings};
use crate::drawing::photo::PhotoSteps;
use crate::drawing::{self, Drawing, DrawingError, Steps};
use crate::protocol::{DrawingCommand, DrawingEvent, Pictures, Verdict};
use crate::ui::clock::now;
use crate::ui::latent::Room;
use crate::ui::prefs;
use crate::ui::state::Part;

/// Under which the drawing is kept over a reload.
const KEPT: &str = "drawing";
/// Milliseconds after which verdicts are no longer waited for.
const LOST: f64 = 3_000.0;

/// The way to the 28×28 picture, stage by stage.
#[derive(Clone, Debug, PartialEq)]
pub enum Stages {
    /// Nothing is drawn.
    Blank,
    /// From strokes.
    Drawn(Arc<Steps>),
    /// From a photograph.
    Photo(Arc<PhotoSteps>),
}

impl Stages {
    fn of(drawing: &Drawing) -> Self {
        match drawing::steps(drawing) {
            Ok(steps) => Stages::Drawn(Arc::new(steps)),
            Err(DrawingError::Blank | DrawingError::Size { .. } | DrawingError::Extent { .. }) => {
                Stages::Blank
            }
        }
    }

    /// The network's input; `None` where nothing is drawn.
    pub fn seen(&self) -> Option<Vec<u8>> {
        match self {
            Stages::Blank => None,
            Stages::Drawn(steps) => Some(steps.seen().to_vec()),
            Stages::Photo(steps) => Some(steps.seen().to_vec()),
        }
    }
}

/// Handles that every part of the step shares; get it with [`Studio::get`].
#[derive(Clone, Copy)]
pub struct Studio {
    /// The latent step's room: it takes the drawing as well.
    pub room: Room,
    /// The pad.
    pub pad: RwSignal<Pad>,
    /// The tool in hand.
    pub settings: RwSignal<Settings>,
    /// A photograph instead of strokes.
    pub photo: RwSignal<Option<Arc<PhotoSteps>>>,
    /// The way to the picture.
    pub stages: Memo<Stages>,
    /// What the classifiers say; empty on a blank pad.
    pub verdicts: RwSignal<Vec<Verdict>>,
    /// Milliseconds from the last change to its verdicts.
    pub latency: RwSignal<Option<f64>>,
    asking: StoredValue<Asking>,
}

#[derive(Default)]
struct Asking {
    since: Option<f64>,
    next: Option<(Vec<u8>, f64)>,
}

impl Studio {
    /// The studio with the drawing that was kept.
    pub fn new(room: Room) -> Self {
        let pad = RwSignal::new(Pad::new(prefs::load::<Drawing>(KEPT)));
        let photo = RwSignal::new(None::<Arc<PhotoSteps>>);
        let stages = Memo::new(move |_| match photo.get() {
            Some(photo) => Stages::Photo(photo),
            None => pad.with(|pad| Stages::of(pad.drawing())),
        });
        let studio = Self {
            room,
            pad,
            settings: prefs::kept("draw-tool"),
            photo,
            stages,
            verdicts: RwSignal::new(Vec::new()),
            latency: RwSignal::new(None),
            asking: StoredValue::new(Asking::default()),
        };
        studio.follow();
        studio
    }

    /// The studio, inside any component of the step.
    pub fn get() -> Self {
        expect_context()
    }

    /// Changes the pad; strokes take a photograph's place.
    pub fn change<T>(self, change: impl FnOnce(&mut Pad) -> T) -> Option<T> {
        self.photo.set(None);
        self.pad.try_update(change)
    }

    /// Keeps the drawing over a reload.
    pub fn keep(self) {
        self.pad.with_untracked(|pad| prefs::save(KEPT, pad.drawing()));
    }

    fn follow(self) {
        Effect::new(move |_| {
            // A question to an engine that is still being loaded would be lost without an answer.
            let anybody =
                self.room.ui.store.read(Part::Models, |state| {
                    CLASSIFIERS.iter().any(|(slot, _)| state.model(*slot).is_some())
                });
            let seen = self.stages.with(Stages::seen);
            self.room.drawn.set(seen.clone().map(Arc::new));
            match seen.filter(|_| anybody) {
                Some(pixels) => self.classify(pixels, now()),
                None => {
                    self.asking.update_value(|asking| asking.next = None);
                    self.verdicts.set(Vec::new());
                }
            }
        });
    }

    /// Asks all classifiers, at once or as soon as the answer on its way is here.
    fn classify(self, pixels: Vec<u8>, since: f64) {
        let busy = self.asking.with_value(|asking| asking.since.is_some_and(|since| now() - since < LOST));
        if busy {
            return self.asking.update_value(|asking| asking.next = Some((pixels, since)));
        }
        self.asking.update_value(|asking| asking.since = Some(now()));
        let take = move |event| {
            if let DrawingEvent::Verdicts { verdicts, .. } = event
                && self.stages.with_untracked(|stages| *stages != Stages::Blank)
            {
                self.verdicts.set(verdicts);
                self.latency.set(Some(now() - since));
            }
            let next = self.asking.try_update_value(|asking| {
                asking.since = None;
                asking.next.take()
            });
            if let Some((pixels, since)) = next.flatten() {
                self.classify(pixels, since);
            }
        };
        let picture = Pictures { pixels, labels: Vec::new() };
        self.room.ui.link.ask_drawing(|request| DrawingCommand::Classify { request, picture }, take);
    }
}

/// The kept drawing as the network sees it, for the steps that come before this one is opened.
pub fn kept_picture() -> Option<Arc<Vec<u8>>> {
    let seen = drawing::seen(&prefs::load::<Drawing>(KEPT)).ok()?;
    Some(Arc::new(seen.to_vec()))
}
