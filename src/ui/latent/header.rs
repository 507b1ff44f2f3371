//! Which autoencoder is shown, how good it is, and what to do where there is none.

use leptos::prelude::*;

use super::room::{Described, Room};
use crate::protocol::{DataSource, LatentSpace, ModelSlot, WeightsOrigin};
use crate::ui::format;
use crate::ui::prefs::Step;
use crate::ui::safely::safely;
use crate::ui::state::Part;
use crate::ui::text::{self, Locale, lat};

/// An autoencoder whose error is above this share of the mean image's has learned next to nothing.
const NOISE: f32 = 0.9;

/// The line below the heading.
#[component]
pub fn ModelLine() -> impl IntoView {
    let room = Room::get();
    let origin = room
        .ui
        .store
        .memo(&[Part::Models], |state| state.model(ModelSlot::Autoencoder).map(|model| model.origin));
    let words = move || {
        let (locale, origin) = (room.ui.locale.get(), origin.get()?);
        let mut parts = vec![origin_name(locale, origin).to_owned()];
        if let Some(Described { space, .. }) = room.described.get() {
            parts.extend(facts(locale, &space));
        }
        Some(view! { <p class="model-line" data-testid="latent-model">{parts.join(" · ")}</p> })
    };
    let noise = move || {
        let noise = room.described.with(|described| described.as_ref().is_some_and(|d| is_noise(&d.space)));
        noise.then(|| view! { <p class="banner note" data-testid="latent-noise">{room.ui.t(lat::noise)}</p> })
    };
    view! { {words} {noise} }
}

/// What is shown before there is a space.
#[component]
pub fn Waiting() -> impl IntoView {
    let room = Room::get();
    let model = room.ui.store.memo(&[Part::Models], |state| state.model(ModelSlot::Autoencoder).is_some());
    move || {
        if model.get() {
            view! { <p class="empty">{room.ui.t(lat::describing)}</p> }.into_any()
        } else {
            let go = move |_| room.ui.step.set(Step::Autoencoder);
            view! {
                <div class="empty">
                    <p>{room.ui.t(lat::no_model)}</p>
                    <button type="button" on:click=safely(go)>{room.ui.t(lat::go_train)}</button>
                </div>
            }
            .into_any()
        }
    }
}

fn is_noise(space: &LatentSpace) -> bool {
    space.mean_error > 0.0 && space.reconstruction_error > NOISE * space.mean_error
}

fn facts(locale: Locale, space: &LatentSpace) -> Vec<String> {
    let mut facts = vec![lat::model_size(locale, space.latent)];
    if space.mean_error > 0.0 && !is_noise(space) {
        let share = 1.0 - f64::from(space.reconstruction_error / space.mean_error);
        facts.push(lat::explained(locale, &format::percent(locale, share)));
    }
    let count = format::count(locale, u64::from(space.encoded));
    facts.push(lat::ranges_from(locale, &count, source_name(locale, space.source)));
    facts
}

fn origin_name(locale: Locale, origin: WeightsOrigin) -> &'static str {
    match origin {
        WeightsOrigin::Shipped => lat::model_shipped(locale),
        WeightsOrigin::Trained => lat::model_trained(locale),
        WeightsOrigin::Partial => lat::model_partial(locale),
        WeightsOrigin::File => lat::model_file(locale),
    }
}

fn source_name(locale: Locale, source: DataSource) -> &'static str {
    match source {
        DataSource::Synthetic => text::source_synthetic(locale),
        DataSource::Files => text::source_files(locale),
        _ => "Fashion-MNIST",
    }
}
