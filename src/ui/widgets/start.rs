//! The Start button of a form, which asks before it ends a run that is under way.

use leptos::prelude::*;

use crate::ui::context::Ui;
use crate::ui::safely::safely;
use crate::ui::state::Part;
use crate::ui::state::spoken::Topic;
use crate::ui::text::{self, Locale, ae};

/// Start, defaults, and the question before another run is stopped.
#[component]
pub fn StartRow(
    /// `data-testid` of the button.
    testid: &'static str,
    /// What it says.
    phrase: fn(Locale) -> &'static str,
    /// The form cannot be started as it is.
    blocked: Signal<bool>,
    /// Starts.
    start: Callback<()>,
    /// Puts the defaults back.
    defaults: Callback<()>,
) -> impl IntoView {
    let ui = Ui::get();
    let asking = RwSignal::new(false);
    let ready = ui.store.memo(&[Part::Data], |state| state.data.trainable());
    let press = move |_| {
        let busy = ui.store.peek(|state| state.runs.active().is_some());
        if !busy {
            return start.run(());
        }
        asking.set(true);
        ui.voice.say(Topic::Answer, text::replace_run(ui.locale.get_untracked()));
    };
    let sure = move |_| {
        asking.set(false);
        start.run(());
    };
    view! {
        <div class="row">
            <button type="button" class="primary" data-testid=testid disabled=move || !ready.get() || blocked.get() on:click=safely(press)>
                {ui.t(phrase)}
            </button>
            <button type="button" class="quiet" data-testid=format!("{testid}-defaults") on:click=safely(move |_| defaults.run(()))>
                {ui.t(ae::defaults)}
            </button>
            <small>{move || (!ready.get()).then(|| text::waits_for_data(ui.locale.get()))}</small>
        </div>
        <div class="row confirm" hidden=move || !asking.get()>
            <span>{ui.t(text::replace_run)}</span>
            <button type="button" data-testid=format!("{testid}-confirm") on:click=safely(sure)>{ui.t(text::start_really)}</button>
            <button type="button" class="quiet" on:click=safely(move |_| asking.set(false))>{ui.t(text::cancel)}</button>
        </div>
    }
}
