//! Where the sliders start from, and random points.

use leptos::prelude::*;

use super::picker::{Pick, PickSelect, point_of, random_index, random_seed};
use super::room::Room;
use crate::data::CLASS_COUNT;
use crate::latent::{Origin, random_point};
use crate::ui::safely::safely;
use crate::ui::text::{self, lat};

/// Puts the sliders at a mean, a test garment or the drawing.
#[component]
pub fn Start() -> impl IntoView {
    let room = Room::get();
    let ui = room.ui;
    let pick = RwSignal::new(Pick::Mean);
    let go = move |chosen: Pick| {
        pick.set(chosen);
        let point = room.described.with_untracked(|d| d.as_ref().and_then(|d| point_of(room, d, &chosen)));
        if let Some(point) = point {
            room.go_to(&point);
        }
    };
    let number = move |event: web_sys::Event| {
        if let Ok(index) = event_target_value(&event).parse() {
            go(Pick::Garment(index));
        }
    };
    let garment = move || match pick.get() {
        Pick::Garment(index) => Some(view! {
            <input type="number" min="0" class="short" data-testid="latent-garment" aria-label=ui.t(lat::garment_number)
                max=move || room.described.with(|d| d.as_ref().map_or(0, |d| d.garments().saturating_sub(1)))
                prop:value=index.to_string() on:change=safely(number) />
            <button type="button" on:click=safely(move |_| go(Pick::Garment(random_index(room))))>{ui.t(lat::another)}</button>
        }),
        _ => None,
    };
    view! {
        <div class="row">
            <PickSelect value=pick on_pick=Callback::new(go) label=lat::start_from testid="latent-start" sliders=false />
            {garment}
        </div>
    }
}

/// A random point of all data or of one class.
#[component]
pub fn Random() -> impl IntoView {
    let room = Room::get();
    let ui = room.ui;
    let origin = RwSignal::new(Origin::All);
    let choose = move |event: web_sys::Event| {
        origin.set(event_target_value(&event).parse().map_or(Origin::All, Origin::Class));
    };
    let draw = move |_| {
        let origin = origin.get_untracked();
        room.explore(|explorer, space| {
            let point = random_point(space, origin, random_seed());
            explorer.go_to(space, &point);
        });
    };
    let classes = move || {
        let option =
            |class: u8| view! { <option value=class>{text::class_name(ui.locale.get(), class)}</option> };
        (0..CLASS_COUNT as u8).map(option).collect_view()
    };
    view! {
        <div class="row">
            <button type="button" data-testid="latent-random" on:click=safely(draw)>{ui.t(lat::random)}</button>
            <label class="inline">
                <span>{ui.t(lat::random_of)}</span>
                <select data-testid="latent-random-class" on:change=safely(choose)>
                    <option value="all">{ui.t(lat::all_classes)}</option>
                    {classes}
                </select>
            </label>
        </div>
    }
}
