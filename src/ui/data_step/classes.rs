//! The ten classes: name, mean image, count. A click shows the garments of the class.

use std::sync::Arc;

use leptos::html::Canvas;
use leptos::prelude::*;

use crate::data::{CLASS_COUNT, CLASS_NAMES, IMAGE_PIXELS};
use crate::protocol::{DataSummary, Pictures};
use crate::ui::context::Ui;
use crate::ui::css::css;
use crate::ui::format;
use crate::ui::safely::{Effect, safely};
use crate::ui::state::Part;
use crate::ui::text::{Locale, class_name, dat};
use crate::ui::widgets::paint;

/// The ten classes.
#[component]
pub fn Classes(
    /// The class on show below.
    class: RwSignal<Option<u8>>,
) -> impl IntoView {
    let ui = Ui::get();
    let summary = ui.store.memo(&[Part::Data], |state| state.data.summary.clone());
    let card = move |index: u8| view! { <ClassCard index class summary /> };
    view! {
        <section class="panel">
            <h2>{ui.t(dat::classes)}</h2>
            <p class="hint">{ui.t(dat::mean_images_note)}</p>
            <div class="classes" role="group" aria-label=ui.t(dat::mean_label)>
                {(0..CLASS_COUNT as u8).map(card).collect_view()}
            </div>
        </section>
    }
}

#[component]
fn ClassCard(
    index: u8,
    class: RwSignal<Option<u8>>,
    summary: Memo<Option<Arc<DataSummary>>>,
) -> impl IntoView {
    let ui = Ui::get();
    let canvas = NodeRef::<Canvas>::new();
    Effect::new(move |_| {
        if let Some(canvas) = canvas.get() {
            let mean = summary.with(|summary| summary.as_ref().map(|s| picture(&s.mean_images, index)));
            paint(&canvas, &mean.unwrap_or_default(), 1, 0);
        }
    });
    let count = move || {
        let count = summary.with(|s| s.as_ref().and_then(|s| s.per_class.get(usize::from(index)).copied()));
        count.map_or("–".to_owned(), |count| format::count(ui.locale.get(), count.into()))
    };
    let exact = move || (ui.locale.get() != Locale::En).then_some(CLASS_NAMES[usize::from(index)]);
    let pressed = move || if class.get() == Some(index) { "true" } else { "false" };
    let choose =
        move |_| class.update(|class| *class = if *class == Some(index) { None } else { Some(index) });
    view! {
        <button type="button" class="class-card" data-testid=format!("data-class-{index}") aria-pressed=pressed
            style=css(format!("--c:var(--class-{index})")) on:click=safely(choose)>
            <canvas node_ref=canvas class="twice" aria-hidden="true"></canvas>
            <b>{move || class_name(ui.locale.get(), index)}</b>
            <small lang="en">{exact}</small>
            <small>{count}</small>
        </button>
    }
}

fn picture(pictures: &Pictures, index: u8) -> Pictures {
    let start = usize::from(index) * IMAGE_PIXELS;
    let pixels = pictures.pixels.get(start..start + IMAGE_PIXELS).map(<[u8]>::to_vec);
    Pictures { pixels: pixels.unwrap_or_default(), labels: Vec::new() }
}
