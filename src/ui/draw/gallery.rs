//! A few drawings kept by the browser.

use leptos::html::Canvas;
use leptos::prelude::*;

use super::gray;
use super::studio::Studio;
use crate::data::IMAGE_SIDE;
use crate::drawing::{self, Drawing, gray::Gray};
use crate::ui::prefs;
use crate::ui::text::draw;

/// Most drawings kept: the browser's storage is small.
const MOST: usize = 12;

/// The kept drawings.
#[component]
pub fn Gallery() -> impl IntoView {
    let studio = Studio::get();
    let ui = studio.room.ui;
    let kept: RwSignal<Vec<Drawing>> = prefs::kept("gallery");
    let blank = move || studio.pad.with(|pad| pad.is_blank());
    let keep = move |_| {
        let drawing = studio.pad.with_untracked(|pad| pad.drawing().clone());
        kept.update(|kept| {
            kept.push(drawing);
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
            kept.update(|kept| {
                kept.remove(index);
            });
        };
        view! {
            <li>
                <button type="button" class="plain" on:click=open aria-label=move || draw::gallery_open(ui.locale.get(), index + 1)>
                    <Thumbnail drawing />
                </button>
                <button type="button" class="quiet" on:click=remove aria-label=move || draw::gallery_remove(ui.locale.get(), index + 1)>"×"</button>
            </li>
        }
    };
    view! {
        <section class="panel">
            <h2>{ui.t(draw::gallery)}</h2>
            <div><button type="button" data-testid="draw-keep" disabled=blank on:click=keep>{ui.t(draw::keep)}</button></div>
            <p class="hint" hidden=move || kept.with(|kept| !kept.is_empty())>{ui.t(draw::gallery_empty)}</p>
            <ol class="gallery" data-testid="draw-gallery">{move || kept.get().into_iter().enumerate().map(one).collect_view()}</ol>
        </section>
    }
}

#[component]
fn Thumbnail(drawing: Drawing) -> impl IntoView {
    let canvas = NodeRef::<Canvas>::new();
    let side = IMAGE_SIDE as u32;
    let picture = drawing::seen(&drawing).ok().and_then(|seen| Gray::new(side, side, seen.to_vec()).ok());
    Effect::new(move |_| {
        if let (Some(canvas), Some(picture)) = (canvas.get(), &picture) {
            gray::paint(&canvas, picture);
        }
    });
    view! { <canvas class="twice" node_ref=canvas aria-hidden="true"></canvas> }
}
