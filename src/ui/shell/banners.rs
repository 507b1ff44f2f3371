//! What must not be missed: the faults on show, and that the garments in use are synthetic.

use leptos::prelude::*;

use super::icons;
use crate::protocol::{EngineKind, Fault};
use crate::ui::context::Ui;
use crate::ui::safely::safely;
use crate::ui::state::Part;
use crate::ui::state::engines::Health;
use crate::ui::text::{self, Locale};

/// The faults on show, until a success answers them or they are dismissed; nothing where there is none.
#[component]
pub fn ErrorBanner() -> impl IntoView {
    let ui = Ui::get();
    let faults = ui.store.memo(&[Part::Error], |state| state.errors.faults());
    let some = Memo::new(move |_| faults.with(|faults| !faults.is_empty()));
    let key = |fault: &Fault| (text::fault(Locale::En, fault), text::detail(fault));
    move || {
        some.get().then(|| {
            view! {
                <div class="errors" data-testid="error">
                    <For each=move || faults.get() key=key children=move |fault| view! { <ErrorLine fault /> } />
                    <Restart />
                </div>
            }
        })
    }
}

/// One fault: what happened, the exact reason behind a fold, and what can be done here.
#[component]
fn ErrorLine(fault: Fault) -> impl IntoView {
    let ui = Ui::get();
    let (said, gone) = (fault.clone(), fault.clone());
    let reload = (fault == Fault::NewVersion).then(|| view! { <Reload /> });
    let dismiss = move |_| {
        ui.link.change(|state| {
            state.errors.dismiss(&gone);
            vec![Part::Error]
        });
    };
    view! {
        <div class="banner error">
            <div class="banner-text">
                <p>{move || text::fault(ui.locale.get(), &said)}</p>
                {text::detail(&fault).map(|detail| view! { <Detail detail /> })}
            </div>
            {reload}
            <button type="button" class="quiet" on:click=safely(dismiss) aria-label=ui.t(text::dismiss) title=ui.t(text::dismiss)>
                {icons::cross()}
            </button>
        </div>
    }
}

/// Technical words, there once they are asked for.
#[component]
fn Detail(detail: String) -> impl IntoView {
    let ui = Ui::get();
    let open = RwSignal::new(false);
    view! {
        <details data-testid="error-detail" on:toggle=safely(move |_| open.update(|open| *open = !*open))>
            <summary>{ui.t(text::detail_summary)}</summary>
            <code lang="en" translate="no">{move || open.get().then(|| detail.clone())}</code>
        </details>
    }
}

/// Fetches the new page.
#[component]
pub fn Reload() -> impl IntoView {
    let ui = Ui::get();
    let reload = move |_| {
        // Where the browser refuses, its own button is left.
        let _ = window().location().reload();
    };
    view! { <button type="button" data-testid="update-reload" on:click=safely(reload)>{ui.t(text::reload)}</button> }
}

/// The way back from a broken CPU engine.
#[component]
fn Restart() -> impl IntoView {
    let ui = Ui::get();
    let broken =
        ui.store.memo(&[Part::Engines], |state| matches!(state.engines.cpu.health, Health::Failed(_)));
    let again = move |_| ui.link.restart(EngineKind::Cpu);
    move || {
        broken.get().then(|| {
            view! {
                <button type="button" data-testid="engine-restart" on:click=safely(again)>{ui.t(text::engine_restart)}</button>
            }
        })
    }
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
