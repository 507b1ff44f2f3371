//! The step's frame: the pad beside what the network sees, then verdicts and reasons.

use leptos::prelude::*;

use super::board::Board;
use super::gallery::Gallery;
use super::seen::Seen;
use super::studio::Studio;
use super::toolbar::Toolbar;
use super::verdicts::Verdicts;
use super::why::Why;
use crate::protocol::ModelSlot;
use crate::ui::latent::Room;
use crate::ui::text::draw;
use crate::ui::widgets::ModelFiles;

/// The step Draw.
#[component]
pub fn DrawStep() -> impl IntoView {
    let room = Room::get();
    provide_context(Studio::new(room));
    let ui = room.ui;
    view! {
        <header class="lead">
            <h1>{ui.t(draw::heading)}</h1>
            <p>{ui.t(draw::lead)}</p>
            <p class="ask">{ui.t(draw::predict)}</p>
        </header>
        <div class="draw-main">
            <section class="panel draw-pad"><Board /><Toolbar /></section>
            <div class="draw-side"><Verdicts /><Seen /><Why /></div>
        </div>
        <Gallery />
        <ModelFiles slots=&[ModelSlot::Shipped] testid="weights-open-draw" />
    }
}
