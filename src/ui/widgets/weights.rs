//! Models as files: a button for each that saves it, an input that opens one, and what became of that.

use leptos::html::Input;
use leptos::prelude::*;
use web_sys::{Event, MouseEvent};

use super::save::save_file;
use crate::protocol::{Fault, ModelSlot};
use crate::ui::context::Ui;
use crate::ui::draw::models;
use crate::ui::safely::{Effect, safely};
use crate::ui::state::Part;
use crate::ui::state::carried::Weights;
use crate::ui::state::spoken::Topic;
use crate::ui::state::weights::Opened;
use crate::ui::text::{self, Locale, files_of_models as files};

/// Saves the models of a step, and opens any.
#[component]
pub fn ModelFiles(
    /// Which models the step has.
    slots: &'static [ModelSlot],
    /// `data-testid` of the input.
    testid: &'static str,
) -> impl IntoView {
    let ui = Ui::get();
    let half = RwSignal::new(false);
    let none = ui.store.memo(&[Part::Models], |state| state.models.is_empty());
    view! {
        <section class="panel">
            <h2>{ui.t(files::heading)}</h2>
            <p class="hint">{ui.t(files::note)}</p>
            <div class="row">
                {slots.iter().map(|slot| view! { <Save model=*slot half /> }).collect_view()}
                <Open testid />
            </div>
            <p class="hint" hidden=move || !none.get()>{ui.t(files::nothing_yet)}</p>
            <label class="inline tick">
                <input type="checkbox" prop:checked=half on:change=safely(move |_: Event| half.update(|half| *half = !*half)) />
                {ui.t(files::half)}
            </label>
            <OpenedLine />
        </section>
    }
}

/// Saves one model; not there while there is none.
#[component]
fn Save(model: ModelSlot, half: RwSignal<bool>) -> impl IntoView {
    let slot = model;
    let ui = Ui::get();
    let there = ui.store.memo(&[Part::Models], move |state| state.model(slot).is_some());
    let save = move |_: MouseEvent| {
        let half = half.get_untracked();
        ui.link.export(slot, half, move |weights| {
            let Some(Weights { bytes, .. }) = weights else { return ui.link.report(Fault::Unreachable) };
            let name = format!("telar-{}{}.safetensors", slot.name(), if half { "-half" } else { "" });
            save_file(&name, &js_sys::Uint8Array::from(bytes.as_slice()).into(), "application/octet-stream");
        });
    };
    view! {
        <button type="button" class="quiet" data-testid=format!("weights-save-{}", slot.name())
            hidden=move || !there.get() on:click=safely(save)>
            {move || files::save(ui.locale.get(), name(ui.locale.get(), slot))}
        </button>
    }
}

#[component]
fn Open(testid: &'static str) -> impl IntoView {
    let ui = Ui::get();
    let input = NodeRef::<Input>::new();
    let choose = move |_: Event| {
        if let Some(input) = input.get_untracked() {
            let file = input.files().and_then(|files| files.get(0));
            file.into_iter().for_each(|file| ui.link.open_weights(file));
            input.set_value("");
        }
    };
    view! {
        <label class="button">
            <input type="file" class="visually-hidden" data-testid=testid node_ref=input on:change=safely(choose) />
            {ui.t(files::open)}
        </label>
    }
}

/// What became of the file opened last; its place is there from the start.
#[component]
pub fn OpenedLine() -> impl IntoView {
    let ui = Ui::get();
    let opened = ui.store.memo(&[Part::Models], |state| state.opened.clone());
    let words = move || opened.get().map(|opened| said(ui.locale.get(), &opened));
    view! { <p class="answer" data-testid="weights-answer">{words}</p> }
}

/// Tells screen readers what became of a file, wherever it was dropped.
pub fn speak_of_files(ui: Ui) {
    let opened = ui.store.memo(&[Part::Models], |state| state.opened.clone());
    Effect::new(move |_| {
        if let Some(opened) = opened.get() {
            ui.voice.say(Topic::Answer, said(ui.locale.get_untracked(), &opened));
        }
    });
}

fn said(locale: Locale, Opened { name: file, outcome }: &Opened) -> String {
    match outcome {
        None => files::reading(locale, file),
        Some(Ok(slot)) => files::opened(locale, file, name(locale, *slot)),
        Some(Err(fault)) => files::refused(locale, file, &text::fault(locale, fault)),
    }
}

/// A model's name in the learner's language.
fn name(locale: Locale, slot: ModelSlot) -> &'static str {
    match slot {
        ModelSlot::Autoencoder => files::autoencoder(locale),
        ModelSlot::Shipped => files::shipped(locale),
        classifier => models::name(locale, classifier),
    }
}
