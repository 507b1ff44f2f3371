//! The data in use, files on their way, sources that failed, and other data to use instead.

use leptos::html::Input;
use leptos::prelude::*;
use web_sys::DragEvent;

use super::answer::AnswerLine;
use super::dropping;
use crate::ui::context::Ui;
use crate::ui::format;
use crate::ui::safely::safely;
use crate::ui::shell::source_name;
use crate::ui::state::Part;
use crate::ui::state::data::{Arrival, Note};
use crate::ui::text::{self, dat};
use crate::ui::widgets::OpenedLine;

/// Source and counts, with a bar while files are on their way.
#[component]
pub fn InUse() -> impl IntoView {
    let ui = Ui::get();
    let summary = ui.store.memo(&[Part::Data], |state| state.data.summary.clone());
    let facts = move || {
        let (locale, summary) = (ui.locale.get(), summary.get());
        let number =
            |value: Option<u32>| value.map_or("–".to_owned(), |value| format::count(locale, value.into()));
        let pixel = summary.as_ref().map(|s| {
            let [mean, deviation] =
                [s.mean, s.deviation].map(|value| format::decimal(locale, value.into(), 4));
            format!("{mean} ± {deviation}")
        });
        let source = summary.as_ref().map_or(text::source_none(locale), |s| source_name(locale, s.source));
        [
            (dat::source(locale), source.to_owned()),
            (dat::training_images(locale), number(summary.as_ref().map(|s| s.train))),
            (dat::test_images(locale), number(summary.as_ref().map(|s| s.test))),
            (dat::mean_pixel(locale), pixel.unwrap_or("–".into())),
        ]
    };
    let fact = |(name, value): (&'static str, String)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    view! {
        <section class="panel">
            <h2>{ui.t(dat::in_use)}</h2>
            <dl class="facts">{move || facts().map(fact).collect_view()}</dl>
            <ArrivalBar />
            <p class="hint">{ui.t(dat::validation_note)}</p>
        </section>
    }
}

#[component]
fn ArrivalBar() -> impl IntoView {
    let ui = Ui::get();
    let arrival = ui.store.memo(&[Part::Data], |state| state.data.arrival.clone());
    let words = move || arrival.get().map_or(String::new(), |arrival| on_its_way(ui, &arrival));
    let hidden = move || arrival.with(Option::is_none);
    view! {
        <div class="arrival" class:waiting=hidden aria-hidden=move || hidden().then_some("true")>
            <progress data-testid="data-progress" aria-label=ui.t(dat::arriving)
                max=move || arrival.with(|a| a.as_ref().map_or(1, |a| a.total.max(1)))
                value=move || arrival.with(|a| a.as_ref().map_or(0, |a| a.received))></progress>
            <small>{words}</small>
        </div>
    }
}

fn on_its_way(ui: Ui, arrival: &Arrival) -> String {
    let locale = ui.locale.get();
    let [got, all] = [arrival.received, arrival.total].map(|bytes| format::megabytes(locale, bytes.into()));
    dat::arriving_file(locale, &arrival.file, &got, &all)
}

/// The learner's own files, the synthetic garments, another look for the real ones.
#[component]
pub fn OtherData() -> impl IntoView {
    let ui = Ui::get();
    let over = RwSignal::new(false);
    let input = NodeRef::<Input>::new();
    let drop = move |event: DragEvent| {
        over.set(false);
        dropping::drop(ui, &event);
    };
    let drag = move |event: DragEvent| {
        event.prevent_default();
        over.set(true);
    };
    let choose = move |_| {
        if let Some(input) = input.get_untracked() {
            dropping::choose(ui, input.files());
            input.set_value("");
        }
    };
    view! {
        <section class="panel">
            <h2>{ui.t(dat::other_data)}</h2>
            <div class="drop" class:over=over data-testid="data-drop" on:drop=safely(drop) on:dragover=safely(drag)
                on:dragleave=safely(move |_| over.set(false))>
                <p>{ui.t(dat::drop_here)}</p>
                <label class="button">
                    <input type="file" multiple class="visually-hidden" data-testid="data-files" node_ref=input on:change=safely(choose) />
                    {ui.t(dat::choose_files)}
                </label>
            </div>
            <p class="row">
                <button type="button" data-testid="data-synthetic" on:click=safely(move |_| ui.link.load_synthetic())>
                    {ui.t(dat::use_synthetic)}
                </button>
                <button type="button" data-testid="data-reload" on:click=safely(move |_| ui.link.load_data())>
                    {ui.t(dat::load_again)}
                </button>
            </p>
            <p class="hint">{ui.t(dat::synthetic_note)}</p>
            <AnswerLine />
            <OpenedLine />
        </section>
    }
}

/// Sources given up, with the reason for each.
#[component]
pub fn Notes() -> impl IntoView {
    let ui = Ui::get();
    let notes = ui.store.memo(&[Part::Data], |state| state.data.notes.clone());
    let note = move |note: Note| {
        let locale = ui.locale.get();
        let reason = text::fault(locale, &note.fault);
        let address = (!note.address.is_empty()).then(|| format!(" ({})", note.address));
        view! { <li><b>{source_name(locale, note.source)}</b>{address}": "{reason}</li> }
    };
    move || {
        let notes = notes.get();
        (!notes.is_empty()).then(|| {
            view! {
                <details class="panel notes" data-testid="data-notes" open>
                    <summary>{ui.t(dat::notes)}</summary>
                    <ul>{notes.into_iter().map(note).collect_view()}</ul>
                </details>
            }
        })
    }
}
