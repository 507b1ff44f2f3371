//! A − B + C, decoded, with its nearest real garments.

use leptos::prelude::*;

use super::decoder::Channel;
use super::neighbours::Nearest;
use super::picker::{Pick, PointPicker, picked};
use super::picture::Picture;
use super::room::Room;
use crate::latent::arithmetic;
use crate::ui::effect::Effect;
use crate::ui::text::{Locale, lat};

/// The arithmetic's card.
#[component]
pub fn Arithmetic() -> impl IntoView {
    let room = Room::get();
    let ui = room.ui;
    // Pullover − T-shirt + dress: sleeves grow on the dress.
    let picks = [2, 0, 3].map(|class| RwSignal::new(Pick::Class(class)));
    let points = picks.map(|pick| picked(room, pick));
    let result = Memo::new(move |_| {
        let [first, minus, plus] = points.map(|point| point.get());
        Some(arithmetic(&first?, &minus?, &plus?))
    });
    let channel = Channel::new(ui.link);
    Effect::new(move |_| {
        if let Some(point) = result.get() {
            channel.decode(point);
        }
    });
    let go = move |_| {
        if let Some(point) = result.get_untracked() {
            room.go_to(&point);
        }
    };
    let labels: [fn(Locale) -> &'static str; 3] = [|_| "A", |_| "− B", |_| "+ C"];
    let testids = ["latent-arithmetic-a", "latent-arithmetic-b", "latent-arithmetic-c"];
    let picker = |index: usize| {
        view! { <PointPicker value=picks[index] point=points[index] label=labels[index] testid=testids[index] /> }
    };
    view! {
        <section class="panel arithmetic">
            <h2>{ui.t(lat::arithmetic)}</h2>
            <p class="hint">{ui.t(lat::arithmetic_note)}</p>
            <div class="pickers">
                {picker(0)} {picker(1)} {picker(2)}
                <figure class="result">
                    <Picture pictures=channel.pictures scale=4 testid="latent-arithmetic-result"
                        label=Signal::derive(move || lat::result(ui.locale.get()).to_owned()) />
                    <figcaption>{ui.t(lat::result)}</figcaption>
                    <button type="button" on:click=go>{ui.t(lat::morph_here)}</button>
                </figure>
            </div>
            <h3>{ui.t(lat::neighbours)}</h3>
            <Nearest point=result testid="latent-arithmetic-neighbours" />
        </section>
    }
}
