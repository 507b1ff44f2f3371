//! «Your work»: what is kept and where, saved as one file, opened, forgotten.

use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{Event, MouseEvent};

use super::{browser, file, keeper};
use crate::protocol::ModelSlot;
use crate::ui::context::Ui;
use crate::ui::format;
use crate::ui::keep::{Role, Trouble};
use crate::ui::safely::{Effect, safely};
use crate::ui::state::spoken::Topic;
use crate::ui::text::{Locale, draw, files_of_models, work};

/// The panel at the foot of every step.
#[component]
pub fn Panel() -> impl IntoView {
    let ui = Ui::get();
    let counts = ui.keeping.counts;
    let kept = move || match (ui.keeping.back.get(), ui.keeping.trouble.get()) {
        (true, None) if ui.keeping.role.get() == Role::Other => "no",
        (false, _) => "looking",
        (true, None) if ui.keeping.behind.with(|behind| !behind.is_nothing()) => "soon",
        (true, None) => "yes",
        (true, Some(_)) => "no",
    };
    speak_of_trouble(ui);
    view! {
        <section class="panel work" data-testid="workspace" data-kept=kept
            data-models=move || counts.get().models data-runs=move || counts.get().runs
            data-drawings=move || counts.get().drawings data-bytes=move || counts.get().bytes>
            <h2>{ui.t(work::heading)}</h2>
            <p data-testid="workspace-state">{move || state(ui)}</p>
            <p class="banner note" data-testid="workspace-trouble" hidden=move || trouble(ui).is_none()>
                <span class="banner-text">
                    {move || trouble(ui)} " "
                    <span data-testid="workspace-lost">{move || trouble(ui).and_then(|_| lost(ui))}</span>
                </span>
            </p>
            <p class="banner note" data-testid="workspace-unread" hidden=move || unread(ui).is_none()>
                {move || unread(ui)}
            </p>
            <div class="row">
                <button type="button" class="quiet" data-testid="workspace-save" on:click=safely(move |_: MouseEvent| file::save(ui))>
                    {ui.t(work::save)}
                </button>
                <Open />
                <Forget />
            </div>
            <p class="hint">{ui.t(work::note)}</p>
            <p data-testid="workspace-answer" hidden=move || ui.keeping.file.with(Option::is_none)>
                {move || ui.keeping.file.with(|news| news.as_ref().map(|news| file::said(ui.locale.get(), news)))}
            </p>
        </section>
    }
}

#[component]
fn Open() -> impl IntoView {
    let ui = Ui::get();
    let input = NodeRef::<Input>::new();
    let choose = move |_: Event| {
        let Some(input) = input.get_untracked() else { return };
        if let Some(chosen) = input.files().and_then(|files| files.get(0)) {
            file::open(ui, chosen);
        }
        // The same file may be chosen again.
        input.set_value("");
    };
    view! {
        <label class="button">
            {ui.t(work::open)}
            <input type="file" accept=".telar" class="visually-hidden" data-testid="workspace-open" node_ref=input on:change=safely(choose) />
        </label>
    }
}

/// Asks before it forgets.
#[component]
fn Forget() -> impl IntoView {
    let ui = Ui::get();
    let asked = RwSignal::new(false);
    let yes = move |_: MouseEvent| keeper::forget_everything(ui);
    view! {
        <button type="button" class="quiet" data-testid="workspace-forget" hidden=move || asked.get()
            on:click=safely(move |_: MouseEvent| asked.set(true))>
            {ui.t(work::forget)}
        </button>
        <div class="row confirm" data-testid="workspace-forget-ask" hidden=move || !asked.get()>
            <span>{ui.t(work::forget_ask)}</span>
            <button type="button" data-testid="workspace-forget-yes" on:click=safely(yes)>{ui.t(work::forget_yes)}</button>
            <button type="button" class="quiet" data-testid="workspace-forget-no" on:click=safely(move |_: MouseEvent| asked.set(false))>
                {ui.t(work::forget_no)}
            </button>
        </div>
    }
}

/// What is there, and what the browser holds for this page in all.
fn state(ui: Ui) -> String {
    let (locale, counts) = (ui.locale.get(), ui.keeping.counts.get());
    if !ui.keeping.back.get() {
        return work::looking(locale).to_owned();
    }
    let kept = ui.keeping.trouble.with(Option::is_none) && ui.keeping.role.get() != Role::Other;
    if kept && counts.models + counts.runs + counts.drawings == 0 {
        return work::nothing_yet(locale).to_owned();
    }
    let amount = work::amount(locale, counts.models, counts.runs, counts.drawings);
    let size = format::megabytes(locale, counts.bytes);
    let words =
        if kept { work::kept(locale, &amount, &size) } else { work::not_kept(locale, &amount, &size) };
    match occupied(ui).get() {
        Some(bytes) if kept => {
            format!("{words} {}", work::occupied(locale, &format::megabytes(locale, bytes)))
        }
        _ => words,
    }
}

/// Bytes that the browser holds for this page, looked up whenever what is kept changes.
fn occupied(ui: Ui) -> RwSignal<Option<u64>> {
    let found = ui.keeping.occupied;
    let now = ui.keeping.counts.get().bytes;
    if ui.keeping.looked_up.get_value() != Some(now) {
        ui.keeping.looked_up.set_value(Some(now));
        spawn_local(async move {
            let bytes = browser::occupied().await.map(|(usage, _)| usage);
            found.try_set(bytes);
        });
    }
    found
}

/// Why the browser does not keep, and what to do.
fn trouble(ui: Ui) -> Option<String> {
    let locale = ui.locale.get();
    if ui.keeping.role.get() == Role::Other {
        return Some(work::elsewhere(locale).to_owned());
    }
    ui.keeping.trouble.with(|trouble| trouble.as_ref().map(|trouble| words(locale, trouble)))
}

/// What is not kept, by name.
fn lost(ui: Ui) -> Option<String> {
    let locale = ui.locale.get();
    let lost = ui.keeping.behind.get();
    let models = lost.models.iter().map(|slot| name(locale, *slot).to_owned());
    let counted =
        [(lost.runs, work::runs(locale, lost.runs)), (lost.drawings, work::drawings(locale, lost.drawings))];
    let counted = counted.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words);
    let names: Vec<_> = models.chain(counted).collect();
    (!names.is_empty()).then(|| work::lost(locale, &names.join(", ")))
}

fn name(locale: Locale, slot: ModelSlot) -> &'static str {
    match slot {
        ModelSlot::Autoencoder => files_of_models::autoencoder(locale),
        ModelSlot::Shipped => files_of_models::shipped(locale),
        ModelSlot::Scratch => draw::model_scratch(locale),
        ModelSlot::Frozen => draw::model_frozen(locale),
        ModelSlot::Finetuned => draw::model_finetuned(locale),
    }
}

fn words(locale: Locale, trouble: &Trouble) -> String {
    match trouble {
        Trouble::Refused(_) => work::refused_here(locale),
        Trouble::Full => work::full(locale),
        Trouble::Newer => work::newer(locale),
        Trouble::Elsewhere => work::elsewhere(locale),
        Trouble::Closed | Trouble::Silent => work::silent(locale),
    }
    .to_owned()
}

fn unread(ui: Ui) -> Option<String> {
    let locale = ui.locale.get();
    ui.keeping.unread.with(|unread| {
        unread.as_ref().map(|(count, error)| work::unread(locale, *count, &work::reason(locale, error)))
    })
}

fn speak_of_trouble(ui: Ui) {
    Effect::new(move |_| {
        if let Some(trouble) = trouble(ui) {
            ui.voice.say(Topic::Answer, trouble);
        }
    });
}
