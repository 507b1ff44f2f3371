//! What the parts of the step share: the pad, the photograph, what the network sees, the verdicts.

use std::sync::Arc;

use leptos::prelude::*;

use super::asking::{Asked, Asking, Ticket};
use super::models::CLASSIFIERS;
use super::pad::Pad;
use super::tools::Settings;
use super::trouble::Trouble;
use crate::drawing::photo::PhotoSteps;
use crate::drawing::{self, Drawing, DrawingError, Steps, clip};
use crate::protocol::{DrawingCommand, DrawingEvent, Pictures, Verdict};
use crate::ui::clock::now;
use crate::ui::latent::Room;
use crate::ui::prefs;
use crate::ui::safely::Effect;
use crate::ui::state::Part;
use crate::ui::state::spoken::Topic;
use crate::ui::text::draw;

/// Under which the drawing is kept over a reload.
const KEPT: &str = "drawing";
/// A picture with the time of the change that made it.
type Question = (Vec<u8>, f64);

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
    /// The photograph on the pad.
    pub photo: Memo<Option<Arc<PhotoSteps>>>,
    /// A photograph is being read.
    pub coming: RwSignal<bool>,
    /// Why the last picture did not come onto the pad.
    pub trouble: RwSignal<Option<Trouble>>,
    /// The way to the picture.
    pub stages: Memo<Stages>,
    /// What the classifiers say; empty on a blank pad.
    pub verdicts: RwSignal<Vec<Verdict>>,
    /// Milliseconds from the last change to its verdicts.
    pub latency: RwSignal<Option<f64>>,
    asking: StoredValue<Asking<Question>>,
}

impl Studio {
    /// The studio with the drawing that was kept.
    pub fn new(room: Room) -> Self {
        let pad = RwSignal::new(Pad::new(prefs::load::<Drawing>(KEPT)));
        let photo = Memo::new(move |_| pad.with(|pad| pad.photo().cloned()));
        let stages = Memo::new(move |_| match photo.get() {
            Some(photo) => Stages::Photo(photo),
            None => pad.with(|pad| Stages::of(pad.drawing())),
        });
        let studio = Self {
            room,
            pad,
            settings: prefs::kept("draw-tool"),
            photo,
            coming: RwSignal::new(false),
            trouble: RwSignal::new(None),
            stages,
            verdicts: RwSignal::new(Vec::new()),
            latency: RwSignal::new(None),
            asking: StoredValue::new(Asking::default()),
        };
        studio.follow();
        // A trouble belongs to the step in which it arose.
        Effect::new(move |_| {
            room.ui.step.track();
            studio.trouble.set(None);
        });
        studio
    }

    /// The studio, inside any component of the step.
    pub fn get() -> Self {
        expect_context()
    }

    /// Changes what is on the pad.
    pub fn change<T>(self, change: impl FnOnce(&mut Pad) -> T) -> Option<T> {
        self.asking.update_value(Asking::change);
        self.trouble.set(None);
        self.pad.try_update(change)
    }

    /// Keeps the drawing over a reload; a photograph is not kept, and leaves the drawing before it.
    pub fn keep(self) {
        self.pad.with_untracked(|pad| pad.photo().is_some() || prefs::save(KEPT, pad.drawing()));
    }

    /// A photograph begins to be read; answers its number.
    pub fn begin_photo(self) -> u32 {
        self.trouble.set(None);
        self.coming.set(true);
        self.asking.try_update_value(Asking::begin_photo).unwrap_or_default()
    }

    /// Whether it is the last that was asked for.
    pub fn is_newest_photo(self, number: u32) -> bool {
        self.asking.with_value(|asking| asking.is_newest_photo(number))
    }

    /// Whether it is, and the pad has not been changed since.
    pub fn photo_is_wanted(self, number: u32) -> bool {
        self.asking.with_value(|asking| asking.photo_is_wanted(number))
    }

    /// Reading has ended, well or not.
    pub fn end_photo(self, trouble: Option<Trouble>) {
        self.coming.set(false);
        self.trouble.set(trouble);
    }

    /// Puts a photograph on the pad.
    pub fn place(self, photo: Arc<PhotoSteps>) {
        self.change(|pad| pad.place(photo));
        self.end_photo(None);
        let ui = self.room.ui;
        ui.voice.say(Topic::Answer, draw::on_photo(ui.locale.get_untracked()));
    }

    fn follow(self) {
        Effect::new(move |_| {
            // A question to an engine that is still being loaded would be lost without an answer.
            let anybody = self
                .room
                .ui
                .store
                .read(Part::Models, |state| CLASSIFIERS.iter().any(|slot| state.model(*slot).is_some()));
            let seen = self.stages.with(Stages::seen);
            self.room.drawn.set(seen.clone().map(Arc::new));
            match seen.filter(|_| anybody) {
                Some(pixels) => self.classify(pixels, now()),
                None => {
                    self.asking.update_value(Asking::forget);
                    self.verdicts.set(Vec::new());
                }
            }
        });
    }

    /// Asks all classifiers, at once or as soon as the answer on its way is here.
    fn classify(self, pixels: Vec<u8>, since: f64) {
        let ask = |asking: &mut Asking<Question>| asking.ask((pixels, since), now());
        if let Some(asked) = self.asking.try_update_value(ask).flatten() {
            self.send(asked);
        }
    }

    fn send(self, Asked { ticket, question: (pixels, since) }: Asked<Question>) {
        let take = move |event| self.answered(event, ticket, since);
        let picture = Pictures { pixels, labels: Vec::new() };
        self.room.ui.link.ask_drawing(|request| DrawingCommand::Classify { request, picture }, take);
    }

    /// Takes an answer; one about what is on the pad no longer is dropped.
    fn answered(self, event: DrawingEvent, ticket: Ticket, since: f64) {
        let answer = self.asking.try_update_value(|asking| asking.answer(ticket, now()));
        let Some((counts, next)) = answer else { return };
        if let DrawingEvent::Verdicts { verdicts, .. } = event
            && counts
        {
            self.verdicts.set(verdicts);
            self.latency.set(Some(now() - since));
        }
        if let Some(asked) = next {
            self.send(asked);
        }
    }
}

/// The kept drawing as the network sees it, for the steps that come before this one is opened.
pub fn kept_picture() -> Option<Arc<Vec<u8>>> {
    let seen = drawing::seen(&clip::to_pad(prefs::load(KEPT))).ok()?;
    Some(Arc::new(seen.to_vec()))
}
