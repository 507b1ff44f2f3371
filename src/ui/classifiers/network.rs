//! A picture of the classifiers' network: its layers with shapes and parameters, and below them, for each
//! mode, which come from the autoencoder, which are kept as they are, and which learn.

use leptos::prelude::*;

use crate::network::{Layer, classifier_layers, convolution_layers, encoder_layers, parameter_count};
use crate::protocol::{Mode, ModelSlot, Reuse};
use crate::ui::context::Ui;
use crate::ui::css::{self, css};
use crate::ui::format;
use crate::ui::state::Part;
use crate::ui::state::comparison_form::ExperimentForm;
use crate::ui::text::{Locale, clf};
use crate::ui::widgets::layers::{COLUMN, column};

/// Where the modes' lanes begin, below the layers.
const LANES: f64 = 172.0;
/// Height of a lane.
const LANE: f64 = 26.0;
/// Layers of the head, the softmax included.
const HEAD: usize = 3;
/// Latent size of a network from scratch where there is no autoencoder.
const LATENT: u32 = 16;

/// The picture.
#[component]
pub fn Network(
    /// Says what is reused.
    form: RwSignal<ExperimentForm>,
) -> impl IntoView {
    let ui = Ui::get();
    let latent = ui.store.memo(&[Part::Models], |state| {
        state.model(ModelSlot::Autoencoder).map_or(LATENT, |model| model.latent)
    });
    let reuse = Memo::new(move |_| form.with(|form| form.reuse));
    let layers = Memo::new(move |_| {
        classifier_layers(match reuse.get() {
            Reuse::Latent => encoder_layers(latent.get()),
            Reuse::Features => convolution_layers(),
        })
    });
    let width = move || layers.with(Vec::len) as f64 * COLUMN;
    let height = LANES + Mode::ALL.len() as f64 * LANE + 4.0;
    let drawn = move || {
        let (locale, layers) = (ui.locale.get(), layers.get());
        let latent = layers.len() - HEAD - 1;
        let of = |(index, layer): (usize, &Layer)| {
            column(locale, index, layer, index == latent && layer.output.len() == 1)
        };
        layers.iter().enumerate().map(of).collect_view()
    };
    let lanes = move || {
        let encoder = layers.with(Vec::len) - HEAD;
        let lane = |(place, mode)| lane(ui.locale.get(), place, mode, encoder);
        Mode::ALL.into_iter().enumerate().map(lane).collect_view()
    };
    let sums = move || {
        let (locale, layers) = (ui.locale.get(), layers.get());
        let line =
            |mode| view! { <li class="mode" style=css::of_mode(mode)>{sum(locale, mode, &layers)}</li> };
        Mode::ALL.map(line).collect_view()
    };
    view! {
        <section class="panel">
            <h2>{ui.t(clf::network)}</h2>
            <p class="hint">{ui.t(clf::network_note)}</p>
            <div class="scroll">
                <svg class="network" viewBox=move || format!("0 0 {} {height}", width()) role="img"
                    style=move || css(format!("min-width:{}px", width() * 0.8)) aria-label=ui.t(clf::network)>
                    {drawn}
                    {lanes}
                </svg>
            </div>
            <ul class="plain" data-testid="clf-network">{sums}</ul>
        </section>
    }
}

/// A mode's lane: what happens to the encoder's layers, what to the head's.
fn lane(locale: Locale, place: usize, mode: Mode, encoder: usize) -> impl IntoView + use<> {
    let top = LANES + place as f64 * LANE;
    let kept = mode == Mode::Frozen;
    let words = match mode {
        Mode::Scratch => clf::lane_scratch(locale),
        Mode::Frozen => clf::lane_frozen(locale),
        Mode::Finetuned => clf::lane_finetuned(locale),
    };
    let part = move |from: usize, to: usize, words: &'static str, kept: bool| {
        let (x, width) = (from as f64 * COLUMN + 3.0, (to - from) as f64 * COLUMN - 6.0);
        view! {
            <rect class="lane" class:kept=kept x=x y=top width=width height=LANE - 5.0 rx="4" />
            <text class="lane-text" x=x + width / 2.0 y=top + 14.5>{words}</text>
        }
    };
    view! {
        <g style=css::of_mode(mode)>
            {part(1, encoder, words, kept)}
            {part(encoder, encoder + HEAD, clf::lane_head(locale), false)}
        </g>
    }
}

/// A mode's parameters in words.
fn sum(locale: Locale, mode: Mode, layers: &[Layer]) -> String {
    let count = |layers: &[Layer]| format::count(locale, parameter_count(layers) as u64);
    let (encoder, head) = layers.split_at(layers.len() - HEAD);
    let learning = if mode == Mode::Frozen { count(head) } else { count(layers) };
    let reused = if mode == Mode::Scratch { "0".to_owned() } else { count(encoder) };
    clf::network_sum(locale, clf::mode_name(locale, mode), &count(layers), &learning, &reused)
}
