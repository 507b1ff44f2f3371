//! The step's frame: heading, then sliders beside the map, then the rest.

use leptos::prelude::*;

use super::arithmetic::Arithmetic;
use super::directions::Directions;
use super::header::{ModelLine, Waiting};
use super::map::Map;
use super::morph::Morph;
use super::neighbours::Nearest;
use super::room::Room;
use super::sliders::Sliders;
use crate::ui::text::lat;
use crate::ui::widgets::OpenedLine;

/// The step Latent space.
#[component]
pub fn LatentStep() -> impl IntoView {
    let room = Room::get();
    let ui = room.ui;
    // Everything is built anew for another latent size only.
    let size = room.size();
    let body = move || match size.get() {
        0 => view! { <Waiting /> }.into_any(),
        _ => view! { <Body /> }.into_any(),
    };
    view! {
        <header class="lead">
            <h1>{ui.t(lat::heading)}</h1>
            <p>{ui.t(lat::lead)}</p>
            <p class="ask">{ui.t(lat::predict)}</p>
            <ModelLine />
            <OpenedLine />
        </header>
        {body}
    }
}

#[component]
fn Body() -> impl IntoView {
    let room = Room::get();
    let ui = room.ui;
    let point = Signal::derive(move || Some(room.explorer.with(|explorer| explorer.point().to_vec())));
    view! {
        <div class="latent-main">
            <Sliders />
            <Map />
        </div>
        <section class="panel">
            <h2>{ui.t(lat::neighbours)}</h2>
            <p class="hint">{ui.t(lat::neighbours_note)}</p>
            <Nearest point testid="latent-neighbours" />
        </section>
        <Morph />
        <Arithmetic />
        <Directions />
    }
}
