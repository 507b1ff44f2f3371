//! One slider an axis, the garment that they decode, and where to start from.

use leptos::prelude::*;
use web_sys::PointerEvent;

use super::picture::Picture;
use super::room::{Described, Room};
use super::start::{Random, Start};
use crate::latent::{Basis, Range};
use crate::ui::css::css;
use crate::ui::format;
use crate::ui::pointers::Claim;
use crate::ui::safely::safely;
use crate::ui::text::{Locale, lat};
use crate::ui::typed::number;

/// Sliders shown before all are asked for.
pub const FIRST: usize = 8;
/// Steps of a slider, for the arrow keys.
const STEPS: f32 = 200.0;

/// The name of an axis, counted from 1.
pub fn axis_name(locale: Locale, basis: Basis, index: usize) -> String {
    match basis {
        Basis::Directions => lat::direction(locale, index + 1),
        Basis::Dimensions => lat::dimension(locale, index + 1),
    }
}

/// The sliders' card.
#[component]
pub fn Sliders() -> impl IntoView {
    let room = Room::get();
    let ui = room.ui;
    let all = RwSignal::new(false);
    let size = room.size();
    let more = move || {
        (size.get() > FIRST).then(|| {
            let words = move || match all.get() {
                true => lat::show_first(ui.locale.get()).to_owned(),
                false => lat::show_all(ui.locale.get(), size.get()),
            };
            view! {
                <button type="button" class="quiet" data-testid="latent-all" aria-expanded=move || all.get().to_string()
                    on:click=safely(move |_| all.update(|all| *all = !*all))>{words}</button>
            }
        })
    };
    let coordinates = Memo::new(move |_| {
        let described = room.described.get();
        described.map_or_else(Vec::new, |d| room.explorer.with(|explorer| explorer.coordinates(&d.space)))
    });
    view! {
        <section class="panel latent-sliders" aria-label=ui.t(lat::sliders)>
            <Decoded />
            <div class="latent-controls">
                <Start />
                <Random />
                <History />
            </div>
            <BasisSwitch />
            <div class="sliders">
                <For each=move || 0..size.get() key=|index| *index
                    children=move |index| view! { <Slider index coordinates all /> } />
            </div>
            {more}
        </section>
    }
}

#[component]
fn Decoded() -> impl IntoView {
    let room = Room::get();
    let ui = room.ui;
    let label = Signal::derive(move || lat::decoded(ui.locale.get()).to_owned());
    let latency = room.decoded.latency;
    let words = move || latency.get().map(|time| lat::latency(ui.locale.get(), &format!("{time:.0}")));
    view! {
        <figure class="latent-decoded" data-latency=move || latency.get().map(|time| format!("{time:.1}"))>
            <Picture pictures=room.decoded.pictures scale=6 testid="latent-decoded" label />
            <figcaption>{words}</figcaption>
        </figure>
    }
}

#[component]
fn History() -> impl IntoView {
    let room = Room::get();
    let ui = room.ui;
    let no_undo = move || !room.explorer.with(|explorer| explorer.can_undo());
    let no_redo = move || !room.explorer.with(|explorer| explorer.can_redo());
    let undo = move |_| {
        room.explore(|explorer, _| {
            explorer.undo();
        });
    };
    let redo = move |_| {
        room.explore(|explorer, _| {
            explorer.redo();
        });
    };
    let reset = move |_| room.explore(|explorer, space| explorer.go_to(space, &space.mean));
    view! {
        <div class="row" role="group">
            <button type="button" data-testid="latent-reset" on:click=safely(reset)>{ui.t(lat::reset)}</button>
            <button type="button" data-testid="latent-undo" disabled=no_undo on:click=safely(undo)>{ui.t(lat::undo)}</button>
            <button type="button" data-testid="latent-redo" disabled=no_redo on:click=safely(redo)>{ui.t(lat::redo)}</button>
        </div>
    }
}

#[component]
fn BasisSwitch() -> impl IntoView {
    let room = Room::get();
    let ui = room.ui;
    let basis = room.basis();
    let button = move |choice: Basis, phrase: fn(Locale) -> &'static str, testid: &'static str| {
        view! {
            <button type="button" data-testid=testid aria-pressed=move || (basis.get() == choice).to_string()
                on:click=safely(move |_| room.explorer.update(|explorer| explorer.basis = choice))>{ui.t(phrase)}</button>
        }
    };
    view! {
        <div class="segmented" role="group" aria-label=ui.t(lat::basis)>
            {button(Basis::Directions, lat::basis_directions, "latent-basis-directions")}
            {button(Basis::Dimensions, lat::basis_dimensions, "latent-basis-dimensions")}
        </div>
    }
}

/// A position with two decimals, without a sign where it rounds to 0.
fn position(locale: Locale, value: f32) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    format::decimal(locale, if rounded == 0.0 { 0.0 } else { rounded.into() }, 2)
}

/// What a slider shows besides its position.
#[derive(Clone, Copy, PartialEq)]
struct Facts {
    range: Range,
    share: f32,
    dead: bool,
}

fn facts(described: &Described, basis: Basis, index: usize) -> Option<Facts> {
    let space = &described.space;
    (index < described.size()).then(|| Facts {
        range: basis.range(space, index),
        share: basis.share(space, index),
        dead: basis.is_dead(space, index),
    })
}

/// A pointer comes down on a slider.
fn hold(room: Room, event: &PointerEvent) {
    let claim = room.grip.down(event);
    room.explorer.update(|explorer| {
        if claim == Claim::TakesOver {
            explorer.abandon_drag();
        }
        if claim != Claim::Refused {
            explorer.begin_drag();
        }
    });
}

#[component]
fn Slider(index: usize, coordinates: Memo<Vec<f32>>, all: RwSignal<bool>) -> impl IntoView {
    let room = Room::get();
    let ui = room.ui;
    let basis = room.basis();
    let facts =
        Memo::new(move |_| room.described.with(|d| d.as_ref().and_then(|d| facts(d, basis.get(), index))));
    let range = move || facts.get().map_or(Range { low: 0.0, mean: 0.0, high: 1.0 }, |facts| facts.range);
    let place = move || coordinates.with(|all| all.get(index).copied().unwrap_or_default());
    // The range is read as well: a browser clamps a value to the range that it has at the time.
    let value = move || {
        range();
        place().to_string()
    };
    let mean_share = move || (range().mean - range().low) / (range().high - range().low);
    let mark = move || css(format!("--mean-share:{:.3}", mean_share()));
    let name = move || axis_name(ui.locale.get(), basis.get(), index);
    let locked = move || room.explorer.with(|explorer| explorer.is_locked(index));
    let dead = move || facts.get().is_some_and(|facts| facts.dead);
    let share = move || match facts.get() {
        Some(facts) if facts.dead => lat::dead(ui.locale.get()).to_owned(),
        Some(facts) => format::percent(ui.locale.get(), f64::from(facts.share)),
        None => String::new(),
    };
    let input = move |event: web_sys::Event| {
        if let Some(value) = number(&event_target_value(&event)) {
            room.explore(|explorer, space| explorer.set(space, index, value as f32));
        }
    };
    let folded = move || index >= FIRST && !all.get();
    let id = format!("latent-slider-{index}");
    view! {
        <div class="slider" class:dead=dead hidden=folded>
            <button type="button" class="lock" title=ui.t(lat::lock)
                aria-label=move || format!("{}: {}", name(), lat::lock(ui.locale.get()))
                aria-pressed=move || locked().to_string()
                on:click=safely(move |_| room.explorer.update(|explorer| explorer.toggle_lock(index)))>
                <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M6 11h12v9H6zM8 11V8a4 4 0 0 1 8 0v3" /></svg>
            </button>
            <label for=id.clone()>{name}</label>
            <span class="track" style=mark>
                <input type="range" id=id.clone() data-testid=id
                    min=move || range().low max=move || range().high
                    step=move || (range().high - range().low) / STEPS
                    prop:value=value disabled=locked aria-valuetext=move || position(ui.locale.get(), place())
                    on:pointerdown=safely(move |event| hold(room, &event))
                    on:pointermove=safely(move |event| room.grip.moved(&event))
                    on:touchstart=safely(move |event| room.grip.touch(event))
                    on:touchmove=safely(move |event| room.grip.touch(event))
                    on:touchend=safely(move |event| room.grip.touch(event))
                    on:change=safely(move |_| room.grip.set())
                    on:input=safely(input) />
            </span>
            <span class="value" aria-hidden="true" translate="no">{move || position(ui.locale.get(), place())}</span>
            <span class="share" title=ui.t(lat::share_title)>{share}</span>
        </div>
    }
}
