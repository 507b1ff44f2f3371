//! From one garment to another: eleven steps and a slider to stop anywhere.

use leptos::prelude::*;

use super::decoder::Channel;
use super::picker::{Pick, PointPicker, picked};
use super::picture::Picture;
use super::room::Room;
use crate::latent::{Walk, strip, walk};
use crate::ui::safely::{Effect, safely};
use crate::ui::text::{lat, say};
use crate::ui::typed::number;

/// Steps of the strip, both ends included.
const STEPS: usize = 11;
/// Steps of the slider.
const FINE: f32 = 200.0;

/// The morph's card.
#[component]
pub fn Morph() -> impl IntoView {
    let room = Room::get();
    let ui = room.ui;
    let (from, to) = (RwSignal::new(Pick::Class(7)), RwSignal::new(Pick::Class(9)));
    let (start, end) = (picked(room, from), picked(room, to));
    let way = RwSignal::new(Walk::Linear);
    let along = RwSignal::new(0.5f32);
    let (steps, stop) = (Channel::new(ui.link), Channel::new(ui.link));
    let ends = move || Some((room.described.get()?.space, start.get()?, end.get()?));
    let here = move || ends().map(|(space, a, b)| walk(way.get(), &space.mean, &a, &b, along.get()));
    Effect::new(move |_| {
        if let Some((space, a, b)) = ends() {
            steps.decode(strip(way.get(), &space.mean, &a, &b, STEPS));
        }
    });
    Effect::new(move |_| {
        if let Some(point) = here() {
            stop.decode(point);
        }
    });
    let go = move |_| {
        if let Some(point) = untrack(here) {
            room.go_to(&point);
        }
    };
    let slide = move |event: web_sys::Event| {
        if let Some(value) = number(&event_target_value(&event)) {
            along.set((value as f32 / FINE).clamp(0.0, 1.0));
        }
    };
    let words = Signal::derive(move || lat::morph_strip(ui.locale.get()).to_owned());
    view! {
        <section class="panel morph">
            <h2>{ui.t(lat::morph)}</h2>
            <div class="pickers">
                <PointPicker value=from point=start label=lat::morph_from testid="latent-morph-from" />
                <PointPicker value=to point=end label=lat::morph_to testid="latent-morph-to" />
                <WaySelect way />
            </div>
            <div class="scroll"><Picture pictures=steps.pictures columns=STEPS scale=2 testid="latent-morph-strip" label=words /></div>
            <div class="morph-stop">
                <input type="range" data-testid="latent-morph" min="0" max=FINE step="1" aria-label=ui.t(lat::morph_slider)
                    aria-valuetext=move || say::morph_at(ui.locale.get(), (along.get() * 100.0).round() as u32)
                    prop:value=move || (along.get() * FINE).to_string() on:input=safely(slide)
                    on:pointerdown=safely(move |event| { room.grip.down(&event); })
                    on:pointermove=safely(move |event| room.grip.moved(&event))
                    on:touchstart=safely(move |event| room.grip.touch(event))
                    on:touchmove=safely(move |event| room.grip.touch(event))
                    on:touchend=safely(move |event| room.grip.touch(event))
                    on:change=safely(move |_| room.grip.set()) />
                <Picture pictures=stop.pictures scale=4 testid="latent-morph-decoded"
                    label=Signal::derive(move || lat::morph_slider(ui.locale.get()).to_owned()) />
                <button type="button" on:click=safely(go)>{ui.t(lat::morph_here)}</button>
            </div>
        </section>
    }
}

#[component]
fn WaySelect(way: RwSignal<Walk>) -> impl IntoView {
    let ui = Room::get().ui;
    let choose = move |event: web_sys::Event| {
        way.set(if event_target_value(&event) == "spherical" { Walk::Spherical } else { Walk::Linear });
    };
    view! {
        <label class="inline">
            <span>{ui.t(lat::morph_way)}</span>
            <select data-testid="latent-morph-way" on:change=safely(choose)>
                <option value="linear">{ui.t(lat::way_linear)}</option>
                <option value="spherical">{ui.t(lat::way_spherical)}</option>
            </select>
        </label>
    }
}
