//! The same garments before and after the bottleneck, as the network learns.

use std::sync::Arc;

use leptos::prelude::*;

use crate::protocol;
use crate::ui::context::Ui;
use crate::ui::format;
use crate::ui::state::Part;
use crate::ui::text::{Locale, ae};
use crate::ui::widgets::Sheet;

/// Garments a row.
const COLUMNS: usize = 12;

/// Originals above their reconstructions.
#[component]
pub fn Pictures() -> impl IntoView {
    let ui = Ui::get();
    let latest = ui.store.memo(&[Part::Runs], |state| {
        let run = state.runs.list.iter().rev().find(|run| run.reconstructions.is_some())?;
        run.reconstructions.clone()
    });
    let side = move |original: bool| {
        Signal::derive(move || {
            let latest = latest.get()?;
            let pictures = if original { &latest.originals } else { &latest.reconstructions };
            Some(Arc::new(pictures.clone()))
        })
    };
    let when = move || {
        latest.get().map(|latest| {
            ae::reconstructed_at(ui.locale.get(), &format::count(ui.locale.get(), latest.step.into()))
        })
    };
    view! {
        <section class="panel">
            <h2>{ui.t(ae::pictures)}</h2>
            <p class="hint">
                {move || if latest.with(Option::is_some) { ae::pictures_note(ui.locale.get()) } else { ae::pictures_empty(ui.locale.get()) }}
            </p>
            <Row testid="ae-originals" name=ae::originals pictures=side(true) />
            <Row testid="ae-reconstructions" name=ae::reconstructions pictures=side(false) />
            <small>{when}"\u{a0}"</small>
        </section>
    }
}

#[component]
fn Row(
    testid: &'static str,
    name: fn(Locale) -> &'static str,
    pictures: Signal<Option<Arc<protocol::Pictures>>>,
) -> impl IntoView {
    let ui = Ui::get();
    let label = Signal::derive(move || name(ui.locale.get()).to_owned());
    view! {
        <h3>{ui.t(name)}</h3>
        <div class="pair"><Sheet pictures testid label columns=COLUMNS /></div>
    }
}
