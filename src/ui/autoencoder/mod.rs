//! Step Autoencoder: settings, training live, garments before and after, the runs of this visit.

mod figures;
mod form;
mod network;
mod pictures;
mod runs;

use leptos::prelude::*;

use crate::protocol::ModelSlot;
use crate::ui::context::Ui;
use crate::ui::text::ae;
use crate::ui::widgets::ModelFiles;

/// The step.
#[component]
pub fn AutoencoderStep() -> impl IntoView {
    let ui = Ui::get();
    view! {
        <header class="lead">
            <h1>{ui.t(ae::heading)}</h1>
            <p>{ui.t(ae::lead)}</p>
            <p class="ask">{ui.t(ae::predict)}</p>
        </header>
        <div class="split">
            <form::Settings />
            <figures::Figures />
        </div>
        <pictures::Pictures />
        <network::Network />
        <runs::RunsTable />
        <ModelFiles slots=&[ModelSlot::Autoencoder] testid="weights-open" />
    }
}
