//! The real garments nearest to a point.

use std::sync::Arc;
use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use super::picture::Picture;
use super::room::Room;
use crate::data::IMAGE_PIXELS;
use crate::protocol::{LatentCommand, LatentEvent, Pictures};
use crate::ui::format;
use crate::ui::newest::Newest;
use crate::ui::safely::{Effect, safely};
use crate::ui::text::{self, lat};

/// How many are shown.
const COUNT: u32 = 8;
/// A point must stand this long before its neighbours are looked for.
const REST: Duration = Duration::from_millis(90);

/// One of the nearest garments.
#[derive(Clone, PartialEq)]
struct Found {
    index: u32,
    distance: f32,
    class: u8,
    picture: Arc<Pictures>,
}

/// The nearest garments with class and distance; a click puts the sliders there.
#[component]
pub fn Nearest(
    /// The point.
    #[prop(into)]
    point: Signal<Option<Vec<f32>>>,
    /// `data-testid` of the list.
    testid: &'static str,
) -> impl IntoView {
    let room = Room::get();
    let found = RwSignal::new(Vec::<Found>::new());
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let newest = Newest::new();
    Effect::new(move |_| {
        room.described.track();
        let wanted = newest.begin();
        if let Some(timer) = timer.get_value() {
            timer.clear();
        }
        let Some(point) = point.get().filter(|point| !point.is_empty()) else { return found.set(Vec::new()) };
        // A late answer, about a point that was left, is dropped.
        let take = move |nearest| {
            if wanted() {
                found.set(nearest);
            }
        };
        timer.set_value(set_timeout_with_handle(move || ask(room, point, take), REST).ok());
    });
    view! {
        <ol class="neighbours" data-testid=testid>
            <For each=move || found.get() key=|found| (found.index, found.distance.to_bits()) children=move |found| view! { <One found /> } />
        </ol>
    }
}

fn ask(room: Room, point: Vec<f32>, found: impl FnOnce(Vec<Found>) + 'static) {
    let take = move |event| {
        if let LatentEvent::Neighbours { indices, distances, pictures, .. } = event {
            let one = |(place, (&index, &distance)): (usize, (&u32, &f32))| Found {
                index,
                distance,
                class: pictures.labels.get(place).copied().unwrap_or_default(),
                picture: Arc::new(single(&pictures, place)),
            };
            found(indices.iter().zip(&distances).enumerate().map(one).collect());
        }
    };
    room.ui.link.ask_latent(|request| LatentCommand::Neighbours { request, point, count: COUNT }, take);
}

/// One of several pictures.
pub fn single(pictures: &Pictures, place: usize) -> Pictures {
    let pixels = pictures.pixels.chunks_exact(IMAGE_PIXELS).nth(place).unwrap_or_default().to_vec();
    Pictures { pixels, labels: Vec::new() }
}

#[component]
fn One(found: Found) -> impl IntoView {
    let room = Room::get();
    let ui = room.ui;
    let name = move || text::class_name(ui.locale.get(), found.class);
    let visit = move |_| {
        let point =
            room.described.with_untracked(|d| d.as_ref().and_then(|d| d.garment(found.index as usize)));
        if let Some(point) = point {
            room.go_to(&point);
        }
    };
    let label = Signal::derive(move || name().to_owned());
    let picture = found.picture.clone();
    view! {
        <li data-class=found.class data-distance=found.distance>
            <button type="button" class="plain" on:click=safely(visit) title=move || lat::visit(ui.locale.get(), name())>
                <Picture pictures=Signal::derive(move || Some(picture.clone())) scale=2 label />
                <span>{name}</span>
                <small>{move || lat::distance(ui.locale.get(), &format::decimal(ui.locale.get(), found.distance.into(), 2))}</small>
            </button>
        </li>
    }
}
