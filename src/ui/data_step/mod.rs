//! Step Data: where the garments come from, how many there are, what they look like.

mod answer;
mod classes;
mod dropping;
mod grid;
mod sources;

use leptos::prelude::*;

pub use dropping::{catch, drop_weights};

use crate::ui::context::Ui;
use crate::ui::text::dat;

/// The step.
#[component]
pub fn DataStep() -> impl IntoView {
    let ui = Ui::get();
    let class = RwSignal::new(None::<u8>);
    view! {
        <header class="lead">
            <h1>{ui.t(dat::heading)}</h1>
            <p>{ui.t(dat::lead)}</p>
        </header>
        <div class="panels">
            <sources::InUse />
            <sources::OtherData />
        </div>
        <classes::Classes class />
        <grid::Garments class />
        <sources::Notes />
    }
}
