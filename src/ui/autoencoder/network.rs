//! A picture of the network: each layer as large as its output, with its shape and the number of
//! its parameters, following the latent size in the form.

use leptos::prelude::*;

use crate::network::{Layer, autoencoder_layers, encoder_layers, parameter_count};
use crate::ui::context::Ui;
use crate::ui::css::css;
use crate::ui::format;
use crate::ui::state::settings;
use crate::ui::text::{Locale, ae};
use crate::ui::widgets::layers::{COLUMN, column};

/// Height of the picture.
const HEIGHT: f64 = 190.0;

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
        ae::network_ratio(ui.locale.get(), &format::percent(ui.locale.get(), share))
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
                    style=move || css(format!("min-width:{}px", width() * 0.8))
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
