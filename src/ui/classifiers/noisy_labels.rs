//! Some labels of Fashion-MNIST are wrong: a sentence, and three garments of the training set as proof.

use std::sync::Arc;

use leptos::html::Canvas;
use leptos::prelude::*;

use crate::data::IMAGE_PIXELS;
use crate::protocol::{DataSource, LatentCommand, Pictures};
use crate::ui::context::Ui;
use crate::ui::format;
use crate::ui::newest::Newest;
use crate::ui::safely::Effect;
use crate::ui::state::Part;
use crate::ui::text::{class_name, noise};
use crate::ui::widgets::paint;

/// Training images, counted from 0, whose label is plainly not what they show, each with its label.
const EXAMPLES: [(u32, u8); 3] = [(16_691, 4), (28_264, 3), (45_592, 6)];

/// The sentence; the garments as pictures where the real training images are loaded.
#[component]
pub fn NoisyLabels() -> impl IntoView {
    let ui = Ui::get();
    let pictures = RwSignal::new(None::<Arc<Pictures>>);
    let newest = Newest::new();
    let real = ui.store.memo(&[Part::Data], |state| {
        let summary = state.data.summary.as_ref();
        summary.is_some_and(|summary| summary.source != DataSource::Synthetic && summary.train == 60_000)
    });
    Effect::new(move |_| {
        pictures.set(None);
        let wanted = newest.begin();
        if !real.get() {
            return;
        }
        ui.link.show_garments(
            |request| LatentCommand::TrainingGarments {
                request,
                indices: EXAMPLES.map(|(index, _)| index).to_vec(),
            },
            pictures,
            wanted,
        );
    });
    let example = move |(place, (index, label)): (usize, (u32, u8))| view! { <Example place index label pictures real /> };
    view! {
        <div class="noisy-labels" data-testid="noisy-labels">
            <p class="hint">{ui.t(noise::labels_are_wrong)}</p>
            <ul class="disagreements">{EXAMPLES.into_iter().enumerate().map(example).collect_view()}</ul>
        </div>
    }
}

#[component]
fn Example(
    place: usize,
    index: u32,
    label: u8,
    pictures: RwSignal<Option<Arc<Pictures>>>,
    real: Memo<bool>,
) -> impl IntoView {
    let ui = Ui::get();
    let canvas = NodeRef::<Canvas>::new();
    Effect::new(move |_| {
        let (Some(canvas), Some(pictures)) = (canvas.get(), pictures.get()) else { return };
        let pixels = pictures.pixels.get(place * IMAGE_PIXELS..(place + 1) * IMAGE_PIXELS);
        let picture = Pictures { pixels: pixels.map(<[u8]>::to_vec).unwrap_or_default(), labels: Vec::new() };
        paint(&canvas, &picture, 1, 0);
    });
    let words = move || {
        let locale = ui.locale.get();
        noise::labelled(locale, &format::count(locale, index.into()), class_name(locale, label))
    };
    view! {
        <li class="disagreement">
            <canvas node_ref=canvas class="twice" role="img" data-testid=format!("noisy-label-{index}")
                aria-label=words hidden=move || !real.get()></canvas>
            <span>{words}</span>
        </li>
    }
}
