//! Buttons that save a run's figures.

use leptos::prelude::*;

use crate::ui::context::Ui;
use crate::ui::safely::safely;
use crate::ui::state::State;
use crate::ui::state::export::{self, Export};
use crate::ui::state::runs::Run;
use crate::ui::text::clf;
use crate::ui::widgets::save_file;

/// CSV and JSON of the run that `pick` finds.
#[component]
pub fn Downloads(
    /// Finds the run.
    pick: fn(&State) -> Option<&Run>,
) -> impl IntoView {
    let ui = Ui::get();
    let save = move |make: fn(&Run) -> Export, kind: &str| {
        if let Some(Export { name, text }) = ui.store.peek(|state| pick(state).map(make)) {
            save_file(&name, &text.into(), kind);
        }
    };
    view! {
        <button type="button" class="quiet small" on:click=safely(move |_| save(export::csv, "text/csv"))>{ui.t(clf::save_csv)}</button>
        <button type="button" class="quiet small" on:click=safely(move |_| save(export::json, "application/json"))>{ui.t(clf::save_json)}</button>
    }
}
