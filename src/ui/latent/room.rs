//! What all parts of the latent step share: the described space, the point explored, the drawing.

use std::sync::Arc;

use leptos::prelude::*;

use super::decoder::Channel;
use super::explorer::Explorer;
use super::grip::Grip;
use crate::latent::{Basis, map_points};
use crate::protocol::{Command, DataSource, LatentCommand, LatentEvent, LatentSpace, ModelSlot, Pictures};
use crate::ui::context::Ui;
use crate::ui::draw::kept_picture;
use crate::ui::newest::Newest;
use crate::ui::prefs::Step;
use crate::ui::safely::Effect;
use crate::ui::state::{Part, State};

/// A described space with the test set's points unpacked. Equal only to itself.
#[derive(Clone)]
pub struct Described {
    /// The space.
    pub space: Arc<LatentSpace>,
    /// The encoded test set, `n * latent`.
    pub points: Arc<Vec<f32>>,
}

impl Described {
    /// Latent size.
    pub fn size(&self) -> usize {
        self.space.latent as usize
    }

    /// Number of garments on the map.
    pub fn garments(&self) -> usize {
        self.space.map_labels.len()
    }

    /// The point of a test garment.
    pub fn garment(&self, index: usize) -> Option<Vec<f32>> {
        self.points.chunks_exact(self.size()).nth(index).map(<[f32]>::to_vec)
    }

    /// The mean point of a class.
    pub fn class_mean(&self, class: u8) -> Vec<f32> {
        let size = self.size();
        self.space.class_means[usize::from(class) * size..][..size].to_vec()
    }
}

impl PartialEq for Described {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.space, &other.space)
    }
}

/// Handles that every part of the latent step shares; get it with [`Room::get`].
#[derive(Clone, Copy)]
pub struct Room {
    /// The page.
    pub ui: Ui,
    /// The space, once it is described.
    pub described: RwSignal<Option<Described>>,
    /// Where the sliders stand.
    pub explorer: RwSignal<Explorer>,
    /// The hand on the sliders.
    pub grip: Grip,
    /// The garment at the sliders.
    pub decoded: Channel,
    /// The learner's drawing as the network sees it: 784 bytes.
    pub drawn: RwSignal<Option<Arc<Vec<u8>>>>,
    /// The drawing's latent point.
    pub drawn_point: RwSignal<Option<Vec<f32>>>,
}

/// The way into the room: it is made by the first step that asks for it, so that what makes it is fetched with
/// that step, and belongs to the page, as all steps share it.
#[derive(Clone)]
pub struct Door {
    page: Owner,
    room: StoredValue<Option<Room>>,
}

impl Door {
    /// The door of the page whose root calls this.
    pub fn of_page() -> Self {
        let page = Owner::current().expect("the page's root has an owner");
        Self { page, room: StoredValue::new(None) }
    }

    fn enter(self) -> Room {
        self.room.get_value().unwrap_or_else(|| {
            let room = self.page.with(|| Room::new(Ui::get()));
            self.room.set_value(Some(room));
            room
        })
    }
}

/// What the description depends on: weights, data, whether anyone looks.
type Wanted = Option<(u32, u32, u32, DataSource)>;

impl Room {
    /// A new room; follows weights and data while a step that needs it is on show.
    fn new(ui: Ui) -> Self {
        let explorer = RwSignal::new(Explorer::default());
        let room = Self {
            ui,
            described: RwSignal::new(None),
            explorer,
            grip: Grip::new(Callback::new(move |()| explorer.update(|explorer| explorer.end_drag()))),
            decoded: Channel::new(ui.link),
            drawn: RwSignal::new(kept_picture()),
            drawn_point: RwSignal::new(None),
        };
        room.ask_for_descriptions();
        room.take_descriptions();
        room.encode_drawing();
        Effect::new(move |_| {
            let point = room.explorer.with(|explorer| explorer.point().to_vec());
            // Reading the description as well decodes anew whenever the weights have changed.
            if room.described.with(Option::is_some) && !point.is_empty() {
                room.decoded.decode(point);
            }
        });
        room
    }

    /// The room, inside any component of the page.
    pub fn get() -> Self {
        expect_context::<Door>().enter()
    }

    /// Moves the sliders as `change` says.
    pub fn explore(self, change: impl FnOnce(&mut Explorer, &LatentSpace)) {
        let Some(described) = self.described.get_untracked() else { return };
        self.explorer.update(|explorer| change(explorer, &described.space));
    }

    /// Puts the sliders at `point`.
    pub fn go_to(self, point: &[f32]) {
        self.explore(|explorer, space| explorer.go_to(space, point));
    }

    /// The axes of the sliders.
    pub fn basis(self) -> Memo<Basis> {
        Memo::new(move |_| self.explorer.with(|explorer| explorer.basis))
    }

    /// Number of sliders; 0 before there are any.
    pub fn size(self) -> Memo<usize> {
        Memo::new(move |_| self.described.with(|described| described.as_ref().map_or(0, Described::size)))
    }

    fn ask_for_descriptions(self) {
        let ui = self.ui;
        let wanted = ui.store.memo(&[Part::Models, Part::Data], wanted);
        let looked_at = Memo::new(move |_| matches!(ui.step.get(), Step::Latent | Step::Draw));
        let asked = StoredValue::new(None::<Wanted>);
        Effect::new(move |_| {
            let now = wanted.get();
            if looked_at.get() && now.is_some() && asked.get_value() != Some(now) {
                asked.set_value(Some(now));
                ui.link.send(Command::Latent(LatentCommand::Describe));
            }
        });
    }

    fn take_descriptions(self) {
        let store = self.ui.store;
        Effect::new(move |_| {
            let Some(space) = store.read(Part::Space, |state| state.space.clone()) else { return };
            self.explorer.update(|explorer| explorer.enter(&space));
            let points = Arc::new(map_points(&space));
            self.described.set(Some(Described { space, points }));
        });
    }

    fn encode_drawing(self) {
        let newest = Newest::new();
        Effect::new(move |_| {
            let wanted = newest.begin();
            let described = self.described.with(Option::is_some);
            match self.drawn.get() {
                Some(pixels) if described => {
                    let pictures = Pictures { pixels: pixels.to_vec(), labels: Vec::new() };
                    let take = move |event| {
                        // A late answer, to an older drawing, is dropped.
                        if let LatentEvent::Encoded { points, .. } = event
                            && wanted()
                        {
                            self.drawn_point.set(Some(points));
                        }
                    };
                    self.ui.link.ask_latent(|request| LatentCommand::Encode { request, pictures }, take);
                }
                _ => self.drawn_point.set(None),
            }
        });
    }
}

fn wanted(state: &State) -> Wanted {
    let model = state.model(ModelSlot::Autoencoder)?;
    let (train, test, source) = state
        .data
        .summary
        .as_ref()
        .map_or((0, 0, DataSource::None), |summary| (summary.train, summary.test, summary.source));
    Some((model.version, train, test, source))
}
