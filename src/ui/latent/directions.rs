//! What each axis does: a row decoded from low to high, and a heat picture of the pixels it moves.

use std::sync::Arc;

use leptos::html::Canvas;
use leptos::prelude::*;
use wasm_bindgen::Clamped;
use web_sys::ImageData;

use super::decoder::{DIRECTIONS, in_turn};
use super::map::context_of;
use super::picture::Picture;
use super::room::{Described, Room};
use super::sliders::{FIRST, axis_name};
use crate::data::{IMAGE_PIXELS, IMAGE_SIDE};
use crate::latent::{Basis, sheet_row};
use crate::protocol::Pictures;
use crate::ui::newest::Newest;
use crate::ui::prefs::Step;
use crate::ui::safely::{Effect, safely};
use crate::ui::text::lat;

/// Pictures of a row.
const STEPS: usize = 9;
/// Orange for pixels that grow brighter, blue for those that grow darker (safe for the colour-blind).
const HEAT: [[u8; 3]; 2] = [[238, 119, 51], [0, 119, 187]];

/// The sheet's card.
#[component]
pub fn Directions() -> impl IntoView {
    let room = Room::get();
    let ui = room.ui;
    let (size, basis) = (room.size(), room.basis());
    let all = RwSignal::new(false);
    let rows = RwSignal::new(Vec::<Arc<Pictures>>::new());
    let newest = Newest::new();
    Effect::new(move |_| {
        let (Some(described), basis) = (room.described.get(), basis.get()) else { return };
        let count = if all.get() { described.size() } else { described.size().min(FIRST) };
        if ui.step.get() == Step::Latent {
            decode_rows(room, &described, basis, count, rows, newest);
        }
    });
    let more = move || {
        (size.get() > FIRST && !all.get()).then(|| {
            let words = move || lat::show_all(ui.locale.get(), size.get());
            view! { <button type="button" class="quiet" on:click=safely(move |_| all.set(true))>{words}</button> }
        })
    };
    view! {
        <section class="panel">
            <h2>{ui.t(lat::sheet)}</h2>
            <p class="hint">{ui.t(lat::sheet_note)}</p>
            <div class="direction-rows" data-testid="latent-directions">
                <For each=move || 0..rows.with(Vec::len) key=|index| *index children=move |index| {
                    let row = Signal::derive(move || rows.with(|rows| rows.get(index).cloned()));
                    view! { <Row index row /> }
                } />
            </div>
            {more}
        </section>
    }
}

/// Decodes row after row; a newer turn ends an older one. Old rows stay until theirs comes.
fn decode_rows(
    room: Room,
    described: &Described,
    basis: Basis,
    count: usize,
    rows: RwSignal<Vec<Arc<Pictures>>>,
    newest: Newest,
) {
    let chunks: Vec<Vec<f32>> =
        (0..count).map(|index| sheet_row(&described.space, basis, index, STEPS)).collect();
    rows.update(|rows| rows.truncate(count));
    let wanted = newest.begin();
    let mut next = 0;
    let take = move |pictures| {
        let pictures = Arc::new(pictures);
        rows.update(|rows| match rows.get_mut(next) {
            Some(row) => *row = pictures,
            None => rows.push(pictures),
        });
        next += 1;
    };
    in_turn(room.ui.link, DIRECTIONS, chunks.into_iter(), wanted, take);
}

#[component]
fn Row(index: usize, row: Signal<Option<Arc<Pictures>>>) -> impl IntoView {
    let room = Room::get();
    let ui = room.ui;
    let basis = room.basis();
    let name = move || axis_name(ui.locale.get(), basis.get(), index);
    let canvas = NodeRef::<Canvas>::new();
    Effect::new(move |_| {
        if let (Some(canvas), Some(row)) = (canvas.get(), row.get()) {
            paint_heat(&canvas, &heat(&row));
        }
    });
    let label = Signal::derive(move || lat::sheet_row(ui.locale.get(), &name()));
    view! {
        <div class="direction-row">
            <span>{name}</span>
            <div class="scroll"><Picture pictures=row columns=STEPS scale=2 label /></div>
            <canvas class="picture heat" node_ref=canvas role="img" aria-label=move || lat::sheet_heat(ui.locale.get(), &name())></canvas>
        </div>
    }
}

/// RGBA of how much each pixel changes from the first picture to the last; opaque where most.
fn heat(row: &Pictures) -> Vec<u8> {
    let first = row.pixels.chunks_exact(IMAGE_PIXELS).next().unwrap_or_default();
    let last = row.pixels.chunks_exact(IMAGE_PIXELS).next_back().unwrap_or_default();
    let changes = || first.iter().zip(last).map(|(&low, &high)| i16::from(high) - i16::from(low));
    let most = changes().map(i16::unsigned_abs).max().unwrap_or(0).max(16);
    let pixel = |change: i16| {
        let [red, green, blue] = HEAT[usize::from(change < 0)];
        [red, green, blue, (u32::from(change.unsigned_abs()) * 255 / u32::from(most)) as u8]
    };
    changes().flat_map(pixel).collect()
}

fn paint_heat(canvas: &web_sys::HtmlCanvasElement, rgba: &[u8]) {
    let side = IMAGE_SIDE as u32;
    canvas.set_width(side);
    canvas.set_height(side);
    let image = ImageData::new_with_u8_clamped_array_and_sh(Clamped(rgba), side, side);
    if let (Some(context), Ok(image)) = (context_of(canvas), image) {
        // Painting an image of the canvas's own size cannot fail.
        let _ = context.put_image_data(&image, 0.0, 0.0);
    }
}
