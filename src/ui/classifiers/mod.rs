//! Step Classifiers: one fair experiment of up to three modes, the same over numbers of labels, and the
//! study of the latent size.

mod confusion;
mod curves;
mod disagreements;
mod export;
mod form;
mod heat;
mod labels;
mod labels_table;
mod network;
mod noisy_labels;
mod results;
mod speeds;
mod study;
mod study_form;
mod switch;

use leptos::prelude::*;

use crate::protocol::ModelSlot;
use crate::ui::context::Ui;
use crate::ui::prefs;
use crate::ui::state::comparison_form::ExperimentForm;
use crate::ui::text::clf;
use crate::ui::widgets::ModelFiles;

/// The step.
#[component]
pub fn ClassifiersStep() -> impl IntoView {
    let ui = Ui::get();
    // A new name: forms kept before there were recipes would be taken for changed ones.
    let form: RwSignal<ExperimentForm> = prefs::kept("comparison");
    view! {
        <header class="lead">
            <h1>{ui.t(clf::heading)}</h1>
            <p>{ui.t(clf::lead)}</p>
            <p class="ask">{ui.t(clf::predict)}</p>
        </header>
        <div class="split">
            <form::Settings form />
            <curves::Curves />
        </div>
        <network::Network form />
        <results::Results />
        <confusion::Confusions />
        <disagreements::Disagreements />
        <ModelFiles slots=&[ModelSlot::Scratch, ModelSlot::Frozen, ModelSlot::Finetuned] testid="weights-open-classifiers" />
        <labels::Labels form />
        <study::Study />
    }
}
