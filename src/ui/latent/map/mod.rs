//! The map's card: scatter or manifold, legend, axes, tools.

mod canvas;
mod colours;
mod gestures;
mod keys;
mod layer;
mod manifold;
mod overlay;
mod tip;

use std::sync::Arc;

use leptos::prelude::*;

use colours::Inks;
pub use layer::context_of;

use super::marker;
use super::plane::{Dot, View, project};
use super::room::Room;
use super::sliders::axis_name;
use crate::data::CLASS_COUNT;
use crate::ui::css::css;
use crate::ui::safely::{Effect, safely};
use crate::ui::text::{self, Locale, lat};

/// What the map's parts share.
#[derive(Clone, Copy)]
pub struct Plane {
    room: Room,
    /// The two sliders across and up; the same twice where there is only one.
    axes: Memo<(usize, usize)>,
    /// The garments on the plane.
    dots: Memo<Arc<Vec<Dot>>>,
    /// Which classes are shown.
    shown: RwSignal<[bool; CLASS_COUNT]>,
    /// The part on show, in canvas pixels; `None` until the canvas has a size.
    view: RwSignal<Option<View>>,
    /// Canvas pixels a CSS pixel.
    density: RwSignal<f32>,
    /// The garment under the pointer.
    hover: RwSignal<Option<usize>>,
    /// Decoded garments instead of real ones.
    manifold: RwSignal<bool>,
    /// Dragging moves the map instead of the sliders.
    panning: RwSignal<bool>,
    /// The colours of the theme; `None` until the canvas is there.
    inks: RwSignal<Option<Inks>>,
}

impl Plane {
    fn new(room: Room, chosen: RwSignal<(usize, usize)>) -> Self {
        let (size, basis) = (room.size(), room.basis());
        let axes = Memo::new(move |_| {
            let last = size.get().saturating_sub(1);
            let (across, up) = chosen.get();
            (across.min(last), up.min(last))
        });
        let dots = Memo::new(move |_| {
            let dots = room.described.with(|described| {
                let described = described.as_ref()?;
                let labels = &described.space.map_labels;
                Some(project(&described.space, basis.get(), axes.get(), &described.points, labels))
            });
            Arc::new(dots.unwrap_or_default())
        });
        let plane = Self {
            room,
            axes,
            dots,
            shown: RwSignal::new([true; CLASS_COUNT]),
            view: RwSignal::new(None),
            density: RwSignal::new(1.0),
            hover: RwSignal::new(None),
            manifold: RwSignal::new(false),
            panning: RwSignal::new(false),
            inks: RwSignal::new(None),
        };
        // Other axes or other weights: everything is shown again.
        Effect::new(move |_| {
            dots.track();
            plane.fit();
        });
        plane
    }

    /// Shows all garments.
    fn fit(self) {
        let dots = self.dots.get_untracked();
        self.view.update(|view| {
            if let Some(view) = view {
                *view = View::around(&dots, view.size);
            }
        });
    }

    /// Enlarges about the middle.
    fn zoom(self, factor: f32) {
        self.change_view(|view| view.zoom((view.size.0 / 2.0, view.size.1 / 2.0), factor));
    }

    fn change_view(self, change: impl FnOnce(&mut View)) {
        self.view.update(|view| {
            if let Some(view) = view {
                change(view);
            }
        });
    }

    /// Whether there is a line only.
    fn is_line(self) -> bool {
        let (across, up) = self.axes.get();
        across == up
    }

    /// Where the sliders stand on the plane.
    fn place(self) -> Option<(f32, f32)> {
        let described = self.room.described.get()?;
        let coordinates = self.room.explorer.with(|explorer| explorer.coordinates(&described.space));
        let (across, up) = self.axes.get();
        let y = if across == up { 0.0 } else { *coordinates.get(up)? };
        Some((*coordinates.get(across)?, y))
    }

    /// Puts the sliders of the plane's axes at a place; all others stay.
    fn walk_to(self, (x, y): (f32, f32)) {
        let (across, up) = self.axes.get_untracked();
        let moves = if across == up { vec![(across, x)] } else { vec![(across, x), (up, y)] };
        self.room.explore(|explorer, space| explorer.set_all(space, &moves));
    }

    /// Puts the sliders at a garment.
    fn visit(self, index: usize) {
        let point = self.room.described.with_untracked(|d| d.as_ref().and_then(|d| d.garment(index)));
        if let Some(point) = point {
            self.room.go_to(&point);
        }
    }
}

/// The map.
#[component]
pub fn Map() -> impl IntoView {
    let room = Room::get();
    let ui = room.ui;
    let chosen = RwSignal::new((0, 1));
    let plane = Plane::new(room, chosen);
    let nothing = move || {
        let hidden = plane.shown.with(|shown| shown.iter().all(|shown| !shown)) && !plane.manifold.get();
        hidden.then(|| view! { <p class="map-empty">{ui.t(lat::map_empty)}</p> })
    };
    let help =
        move || if plane.is_line() { lat::map_line(ui.locale.get()) } else { lat::map_help(ui.locale.get()) };
    view! {
        <section class="panel latent-map-card">
            <h2>{ui.t(lat::map)}</h2>
            <Axes plane chosen />
            <Tools plane />
            <div class="map-frame">
                <canvas::MapCanvas plane />
                {nothing}
                <tip::Tip plane />
            </div>
            <Legend plane />
            <p class="hint" id="latent-map-help">{help}</p>
        </section>
    }
}

#[component]
fn Axes(plane: Plane, chosen: RwSignal<(usize, usize)>) -> impl IntoView {
    let room = plane.room;
    let (size, basis) = (room.size(), room.basis());
    let select = move |label: fn(Locale) -> &'static str, testid: &'static str, first: bool| {
        let current = move || if first { plane.axes.get().0 } else { plane.axes.get().1 };
        let choose = move |event: web_sys::Event| {
            if let Ok(axis) = event_target_value(&event).parse() {
                chosen.update(|axes| if first { axes.0 = axis } else { axes.1 = axis });
            }
        };
        let option = move |axis: usize| {
            let words = move || axis_name(room.ui.locale.get(), basis.get(), axis);
            view! { <option value=axis selected=move || current() == axis>{words}</option> }
        };
        view! {
            <label class="inline">
                <span>{room.ui.t(label)}</span>
                <select data-testid=testid on:change=safely(choose) disabled=move || size.get() < 2>
                    {move || (0..size.get()).map(option).collect_view()}
                </select>
            </label>
        }
    };
    view! {
        <div class="row">
            {select(lat::horizontal, "latent-axis-x", true)}
            {select(lat::vertical, "latent-axis-y", false)}
        </div>
    }
}

#[component]
fn Tools(plane: Plane) -> impl IntoView {
    let ui = plane.room.ui;
    let choice = move |signal: RwSignal<bool>,
                       value: bool,
                       phrase: fn(Locale) -> &'static str,
                       testid: &'static str| {
        view! {
            <button type="button" data-testid=testid aria-pressed=move || (signal.get() == value).to_string()
                on:click=safely(move |_| signal.set(value))>{ui.t(phrase)}</button>
        }
    };
    let zoom = move |factor: f32, sign: &'static str, phrase: fn(Locale) -> &'static str| {
        view! {
            <button type="button" title=ui.t(phrase) aria-label=ui.t(phrase) on:click=safely(move |_| plane.zoom(factor))>{sign}</button>
        }
    };
    view! {
        <div class="row">
            <div class="segmented" role="group">
                {choice(plane.manifold, false, lat::view_points, "latent-view-points")}
                {choice(plane.manifold, true, lat::view_manifold, "latent-view-manifold")}
            </div>
            <div class="segmented" role="group">
                {choice(plane.panning, false, lat::tool_walk, "latent-tool-walk")}
                {choice(plane.panning, true, lat::tool_pan, "latent-tool-pan")}
            </div>
            <div class="segmented" role="group">
                {zoom(1.5, "+", lat::zoom_in)}
                {zoom(1.0 / 1.5, "−", lat::zoom_out)}
                <button type="button" data-testid="latent-map-fit" on:click=safely(move |_| plane.fit())>{ui.t(lat::zoom_fit)}</button>
            </div>
        </div>
    }
}

#[component]
fn Legend(plane: Plane) -> impl IntoView {
    let ui = plane.room.ui;
    let one = move |class: u8| {
        let index = usize::from(class);
        view! {
            <button type="button" data-testid=format!("latent-legend-{class}")
                aria-pressed=move || plane.shown.with(|shown| shown[index]).to_string()
                on:click=safely(move |_| plane.shown.update(|shown| shown[index] = !shown[index]))>
                <svg class="class-mark" viewBox="0 0 10 10" aria-hidden="true" style=css(format!("color:var({})", colours::CLASSES[index]))>
                    <path fill-rule="evenodd" d=marker::PATHS[index] />
                </svg>
                <span>{move || text::class_name(ui.locale.get(), class)}</span>
            </button>
        }
    };
    let all = move |value: bool, phrase: fn(Locale) -> &'static str| {
        view! { <button type="button" class="quiet" on:click=safely(move |_| plane.shown.set([value; CLASS_COUNT]))>{ui.t(phrase)}</button> }
    };
    view! {
        <div class="class-legend" role="group" aria-label=ui.t(lat::legend)>
            {(0..CLASS_COUNT as u8).map(one).collect_view()}
            {all(true, lat::legend_all)}
            {all(false, lat::legend_none)}
        </div>
    }
}
