//! What the network sees, step by step, each step a picture.

use leptos::html::Canvas;
use leptos::prelude::*;

use super::gray;
use super::studio::{Stages, Studio};
use crate::drawing::gray::Gray;
use crate::ui::effect::Effect;
use crate::ui::text::{Locale, draw};

type Phrase = fn(Locale) -> &'static str;

/// The stages from pad to input.
#[component]
pub fn Seen() -> impl IntoView {
    let studio = Studio::get();
    let ui = studio.room.ui;
    let stage = move |index: usize| Signal::derive(move || studio.stages.with(|stages| stage(stages, index)));
    let blank = move || studio.stages.with(|stages| *stages == Stages::Blank);
    view! {
        <section class="panel">
            <h2>{ui.t(draw::seen)}</h2>
            <p class="empty" data-testid="draw-blank" hidden=move || !blank()>{ui.t(draw::blank)}</p>
            <ol class="stages" hidden=blank>
                {(0..4).map(|index| view! { <li><Stage stage=stage(index) testid=None /></li> }).collect_view()}
                <li><Stage stage=stage(4) testid=Some("draw-seen") /></li>
            </ol>
        </section>
    }
}

/// Picture and caption of a stage; the last is the input.
fn stage(stages: &Stages, index: usize) -> Option<(Gray, Phrase)> {
    let found: (&Gray, Phrase) = match (stages, index) {
        (Stages::Drawn(steps), 0) => (&steps.strokes, draw::step_strokes),
        (Stages::Drawn(steps), 1) => (&steps.crop, draw::step_crop),
        (Stages::Drawn(steps), 2) => (&steps.centred, draw::step_centred),
        (Stages::Drawn(steps), 3) => (&steps.sampled, draw::step_sampled),
        (Stages::Drawn(steps), _) => (&steps.toned, draw::step_toned),
        (Stages::Photo(steps), 0) => (&steps.gray, draw::step_photo),
        (Stages::Photo(steps), 1) => (&steps.lifted, draw::step_lifted),
        (Stages::Photo(steps), 2) => (&steps.crop, draw::step_photo_crop),
        (Stages::Photo(_), 3) | (Stages::Blank, _) => return None,
        (Stages::Photo(steps), _) => (&steps.toned, draw::step_toned),
    };
    Some((found.0.clone(), found.1))
}

#[component]
fn Stage(stage: Signal<Option<(Gray, Phrase)>>, testid: Option<&'static str>) -> impl IntoView {
    let ui = Studio::get().room.ui;
    let canvas = NodeRef::<Canvas>::new();
    Effect::new(move |_| {
        if let (Some(canvas), Some((picture, _))) = (canvas.get(), stage.get()) {
            gray::paint(&canvas, &picture);
        }
    });
    let caption = move || stage.get().map(|(_, phrase)| phrase(ui.locale.get()));
    view! {
        <figure hidden=move || stage.with(Option::is_none)>
            <canvas node_ref=canvas data-testid=testid role="img" aria-label=caption></canvas>
            <figcaption>{caption}</figcaption>
        </figure>
    }
}
