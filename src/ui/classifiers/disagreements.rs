//! The test garments on which the modes disagree, each with every verdict.

use std::sync::Arc;

use leptos::html::Canvas;
use leptos::prelude::*;

use super::noisy_labels::NoisyLabels;
use crate::data::IMAGE_PIXELS;
use crate::protocol::{LatentCommand, Pictures};
use crate::ui::context::Ui;
use crate::ui::css;
use crate::ui::format;
use crate::ui::newest::Newest;
use crate::ui::safely::Effect;
use crate::ui::state::Part;
use crate::ui::state::experiment::{Disagreement, disagreements};
use crate::ui::text::{class_name, clf};
use crate::ui::widgets::paint;

/// Garments shown.
const SHOWN: usize = 12;

/// The garments; nothing before two modes have been tested.
#[component]
pub fn Disagreements() -> impl IntoView {
    let ui = Ui::get();
    let pictures = RwSignal::new(None::<Arc<Pictures>>);
    let newest = Newest::new();
    let found = ui.store.memo(&[Part::Runs], |state| {
        let run = state.runs.experiment()?;
        let labels = &state.data.summary.as_ref()?.test_labels;
        Some(disagreements(run, labels, SHOWN)).filter(|(_, count)| *count > 0)
    });
    Effect::new(move |_| {
        let wanted = newest.begin();
        let Some((found, _)) = found.get() else { return };
        let indices = found.iter().map(|garment| garment.index).collect();
        ui.link.show_garments(move |request| LatentCommand::Garments { request, indices }, pictures, wanted);
    });
    let count = move || {
        let count = found.get().map_or(0, |(_, count)| count as u64);
        clf::disagree_count(ui.locale.get(), &format::count(ui.locale.get(), count))
    };
    let cards = move || {
        let (found, _) = found.get().unwrap_or_default();
        found
            .into_iter()
            .enumerate()
            .map(|(place, garment)| view! { <Card place garment pictures /> })
            .collect_view()
    };
    view! {
        <section class="panel" hidden=move || found.with(Option::is_none)>
            <h2>{ui.t(clf::disagree)}</h2>
            <p class="hint">{count}</p>
            <div class="disagreements" data-testid="clf-disagreements">{cards}</div>
            <NoisyLabels />
        </section>
    }
}

#[component]
fn Card(place: usize, garment: Disagreement, pictures: RwSignal<Option<Arc<Pictures>>>) -> impl IntoView {
    let ui = Ui::get();
    let canvas = NodeRef::<Canvas>::new();
    Effect::new(move |_| {
        let (Some(canvas), Some(pictures)) = (canvas.get(), pictures.get()) else { return };
        let pixels = pictures.pixels.get(place * IMAGE_PIXELS..(place + 1) * IMAGE_PIXELS);
        let picture = Pictures { pixels: pixels.map(<[u8]>::to_vec).unwrap_or_default(), labels: Vec::new() };
        paint(&canvas, &picture, 1, 0);
    });
    let truth = garment.truth;
    let verdicts = move || {
        let locale = ui.locale.get();
        let line = |(mode, said): &(crate::protocol::Mode, u8)| {
            let words = clf::says(locale, clf::mode_name(locale, *mode), class_name(locale, *said));
            let mark = if *said == truth { "✓ " } else { "✗ " };
            view! { <li class="mode" style=css::of_mode(*mode)>{mark}{words}</li> }
        };
        garment.verdicts.iter().map(line).collect_view()
    };
    view! {
        <article class="disagreement">
            <canvas node_ref=canvas class="twice" aria-hidden="true"></canvas>
            <div>
                <b>{move || class_name(ui.locale.get(), truth)}</b>
                <ul>{verdicts}</ul>
            </div>
        </article>
    }
}
