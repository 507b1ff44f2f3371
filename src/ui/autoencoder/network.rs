//! A picture of the network: each layer as large as its output, with its shape and the number of
//! its parameters, following the latent size in the form.

use leptos::prelude::*;

use crate::network::{Layer, LayerKind, autoencoder_layers, encoder_layers, parameter_count};
use crate::ui::context::Ui;
use crate::ui::format;
use crate::ui::state::settings;
use crate::ui::text::{Locale, ae};

/// Width of one layer's column.
const COLUMN: f64 = 112.0;
/// Height of the picture.
const HEIGHT: f64 = 190.0;
/// The middle line that the layers are centred on.
const MIDDLE: f64 = 72.0;

/// The picture.
#[component]
pub fn Network() -> impl IntoView {
    let ui = Ui::get();
    let latent = Memo::new(move |before: Option<&u32>| {
        let typed = ui.form.with(|form| settings::LATENT.read(&form.latent).ok().flatten());
        typed.map(|latent| latent as u32).or(before.copied()).unwrap_or(16)
    });
    let layers = Memo::new(move |_| autoencoder_layers(latent.get()));
    let half = move || encoder_layers(latent.get()).len();
    let total = move || {
        let count = layers.with(|layers| parameter_count(layers)) as u64;
        ae::network_parameters(ui.locale.get(), &format::count(ui.locale.get(), count))
    };
    let ratio = move || {
        let share = f64::from(latent.get()) / crate::data::IMAGE_PIXELS as f64;
        ae::network_ratio(ui.locale.get(), &format::percent(share))
    };
    let drawn = move || {
        let locale = ui.locale.get();
        let (layers, half) = (layers.get(), half());
        let column = |(index, layer): (usize, &Layer)| column(locale, index, layer, index + 1 == half);
        layers.iter().enumerate().map(column).collect_view()
    };
    let width = move || layers.with(Vec::len) as f64 * COLUMN;
    let brace = move || halves(ui.locale.get(), half() as f64 * COLUMN, width());
    view! {
        <section class="panel">
            <h2>{ui.t(ae::network)}</h2>
            <p class="hint" data-testid="ae-parameters">{total}" · "{ratio}</p>
            <div class="scroll">
                <svg class="network" viewBox=move || format!("0 0 {} {HEIGHT}", width()) role="img"
                    style=move || format!("min-width:{}px", width() * 0.8)
                    aria-label=move || format!("{}: {}", ae::network(ui.locale.get()), total())>
                    {brace}
                    {drawn}
                </svg>
            </div>
        </section>
    }
}

fn halves(locale: Locale, half: f64, width: f64) -> impl IntoView {
    let bottom = HEIGHT - 8.0;
    view! {
        <text x=half / 2.0 y=bottom class="half">{ae::encoder(locale)}</text>
        <text x=(half + width) / 2.0 y=bottom class="half">{ae::decoder(locale)}</text>
        <line x1=8.0 x2=half - 8.0 y1=bottom - 18.0 y2=bottom - 18.0 />
        <line x1=half + 8.0 x2=width - 8.0 y1=bottom - 18.0 y2=bottom - 18.0 />
    }
}

fn column(locale: Locale, index: usize, layer: &Layer, bottleneck: bool) -> impl IntoView + use<> {
    let centre = (index as f64 + 0.5) * COLUMN;
    let shape = layer.output.iter().map(usize::to_string).collect::<Vec<_>>().join("×");
    let parameters = match layer.parameters {
        0 => String::new(),
        some => format!("{} par.", format::count(locale, some as u64)),
    };
    let name = kind(locale, layer.kind);
    view! {
        <g class:bottleneck=bottleneck>
            {blocks(centre, &layer.output)}
            <text x=centre y=128.0 class="kind">{name}</text>
            <text x=centre y=143.0>{shape}</text>
            <text x=centre y=157.0 class="faint">{parameters}</text>
        </g>
    }
}

/// Feature maps as squares behind one another; a vector as a column of cells.
fn blocks(centre: f64, output: &[usize]) -> impl IntoView + use<> {
    let rect = |x: f64, y: f64, width: f64, height: f64| {
        view! { <rect x=x y=y width=width height=height rx="2" /> }
    };
    if let [channels, side, _] = *output {
        let size = side as f64 * 2.6;
        let count = (channels as f64).log2().round() as usize + 1;
        let shift = 4.0;
        let left = centre - size / 2.0 - shift * (count - 1) as f64 / 2.0;
        let at = |layer: usize| {
            let offset = shift * layer as f64;
            let top = MIDDLE - size / 2.0 + shift * (count - 1) as f64 / 2.0 - offset;
            rect(left + offset, top, size, size)
        };
        return (0..count).rev().map(at).collect_view();
    }
    let units = output.first().copied().unwrap_or(1);
    let cells = units.min(16);
    let cell = 6.0;
    let top = MIDDLE - cells as f64 * cell / 2.0;
    (0..cells).map(|index| rect(centre - 5.0, top + index as f64 * cell, 10.0, cell - 1.0)).collect_view()
}

fn kind(locale: Locale, kind: LayerKind) -> String {
    match kind {
        LayerKind::Input => ae::layer_input(locale).into(),
        LayerKind::Convolution(side) => ae::layer_convolution(locale, side),
        LayerKind::MaxPool(side) => ae::layer_pool(locale, side),
        LayerKind::Linear => ae::layer_linear(locale).into(),
        LayerKind::TransposedConvolution(side) => ae::layer_transposed(locale, side),
        LayerKind::Sigmoid => ae::layer_sigmoid(locale).into(),
        LayerKind::Softmax => ae::layer_softmax(locale).into(),
    }
}
