//! What must not be missed: the fault on show, and that the garments in use are synthetic.

use leptos::prelude::*;

use super::icons;
use crate::protocol::EngineKind;
use crate::ui::context::Ui;
use crate::ui::state::Part;
use crate::ui::state::engines::Health;
use crate::ui::text;

/// The fault on show, until it is dismissed; nothing where there is none.
#[component]
pub fn ErrorBanner() -> impl IntoView {
    let ui = Ui::get();
    let dismiss = move |_| {
        ui.link.change(|state| {
            state.error = None;
            vec![Part::Error]
        });
    };
    let broken =
        move || ui.store.read(Part::Engines, |state| matches!(state.engines.cpu.health, Health::Failed(_)));
    let restart = move || {
        broken().then(|| {
            let again = move |_| ui.link.restart(EngineKind::Cpu);
            view! { <button type="button" on:click=again>{ui.t(text::engine_restart)}</button> }
        })
    };
    let banner = move |fault| {
        view! {
            <div class="banner error" role="alert">
                <p data-testid="error">{move || text::fault(ui.locale.get(), &fault)}</p>
                {restart}
                <button type="button" class="quiet" on:click=dismiss aria-label=ui.t(text::dismiss) title=ui.t(text::dismiss)>
                    {icons::cross()}
                </button>
            </div>
        }
    };
    let fault = ui.store.memo(&[Part::Error], |state| state.error.clone());
    move || fault.get().map(banner)
}

/// Says on every step that the garments in use are synthetic.
#[component]
pub fn SyntheticBanner() -> impl IntoView {
    let ui = Ui::get();
    let synthetic = ui.store.memo(&[Part::Data], |state| state.synthetic());
    move || {
        synthetic.get().then(|| {
            view! { <p class="banner note" data-testid="synthetic-note">{ui.t(text::synthetic_warning)}</p> }
        })
    }
}
