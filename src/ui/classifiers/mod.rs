//! Step Classifiers: one fair experiment of up to three modes, and the study of the latent size.

mod confusion;
mod curves;
mod disagreements;
mod export;
mod form;
mod heat;
mod noisy_labels;
mod results;
mod study;
mod study_form;

use leptos::prelude::*;

use crate::ui::context::Ui;
use crate::ui::text::clf;

/// The step.
#[component]
pub fn ClassifiersStep() -> impl IntoView {
    let ui = Ui::get();
    view! {
        <header class="lead">
            <h1>{ui.t(clf::heading)}</h1>
            <p>{ui.t(clf::lead)}</p>
            <p class="ask">{ui.t(clf::predict)}</p>
        </header>
        <div class="split">
            <form::Settings />
            <curves::Curves />
        </div>
        <results::Results />
        <confusion::Confusions />
        <disagreements::Disagreements />
        <study::Study />
    }
}
