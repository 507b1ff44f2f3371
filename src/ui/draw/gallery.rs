//! A few drawings kept by the browser.

use leptos::html::Canvas;
use leptos::prelude::*;

use super::gray;
use super::studio::Studio;
use crate::data::IMAGE_SIDE;
use crate::drawing::{self, Drawing, clip, gray::Gray};
use crate::ui::safely::{Effect, safely};
use crate::ui::state::spoken::Topic;
use crate::ui::text::draw;

/// Most drawings kept: more would be a long way to look through.
const MOST: usize = 24;

/// The kept drawings.
#[component]
pub fn Gallery() -> impl IntoView {
    let studio = Studio::get();
    let ui = studio.room.ui;
    let kept = ui.keeping.gallery;
    // One that is there already says it of the next drawing.
    let full = move || ui.keeping.trouble.with(Option::is_some) && kept.with(|kept| !kept.is_empty());
    let change = move |change: &dyn Fn(&mut Vec<Drawing>)| kept.update(change);
    Effect::new(move |_| {
        if full() {
            ui.voice.say(Topic::Answer, draw::keep_full(ui.locale.get_untracked()));
        }
    });
    let blank = move || studio.pad.with(|pad| pad.is_blank());
    let photo = move || studio.photo.with(Option::is_some);
    let why = move || {
        let locale = ui.locale.get();
        match (photo(), full()) {
            (true, _) => draw::keep_no_photo(locale),
            (_, true) => draw::keep_full(locale),
            _ => "",
        }
    };
    let keep = move |_| {
        let drawing = studio.pad.with_untracked(|pad| pad.drawing().clone());
        change(&|kept| {
            kept.push(drawing.clone());
            if kept.len() > MOST {
                kept.remove(0);
            }
        });
    };
    let one = move |(index, drawing): (usize, Drawing)| {
        let opened = drawing.clone();
        let open = move |_| {
            let opened = opened.clone();
            studio.change(|pad| pad.replace(opened));
            studio.keep();
        };
        let remove = move |_| {
            change(&|kept| {
                kept.remove(index);
            });
        };
        view! {
            <li>
                <button type="button" class="plain" on:click=safely(open) aria-label=move || draw::gallery_open(ui.locale.get(), index + 1)>
                    <Thumbnail drawing />
                </button>
                <button type="button" class="quiet" on:click=safely(remove) aria-label=move || draw::gallery_remove(ui.locale.get(), index + 1)>"×"</button>
            </li>
        }
    };
    view! {
        <section class="panel">
            <h2>{ui.t(draw::gallery)}</h2>
            <div class="row">
                <button type="button" data-testid="draw-keep" disabled=move || blank() || photo() aria-describedby="keep-word" on:click=safely(keep)>
                    {ui.t(draw::keep)}
                </button>
                <small id="keep-word" data-testid="keep-word">{why}</small>
            </div>
            <p class="hint" hidden=move || kept.with(|kept| !kept.is_empty())>{ui.t(draw::gallery_empty)}</p>
            <ol class="gallery" data-testid="draw-gallery">{move || kept.get().into_iter().enumerate().map(one).collect_view()}</ol>
        </section>
    }
}

#[component]
fn Thumbnail(drawing: Drawing) -> impl IntoView {
    let canvas = NodeRef::<Canvas>::new();
    let side = IMAGE_SIDE as u32;
    let picture =
        drawing::seen(&clip::to_pad(drawing)).ok().and_then(|seen| Gray::new(side, side, seen.to_vec()).ok());
    Effect::new(move |_| {
        if let (Some(canvas), Some(picture)) = (canvas.get(), &picture) {
            gray::paint(&canvas, picture);
        }
    });
    view! { <canvas class="twice" node_ref=canvas aria-hidden="true"></canvas> }
}
