//! The experiment's settings: who takes part, how many labels, how often, and Start.

use leptos::prelude::*;

use crate::protocol::{Fault, Mode, ModelSlot, RunConfig, WeightsOrigin};
use crate::ui::context::Ui;
use crate::ui::prefs;
use crate::ui::state::settings::{self, ExperimentForm, Field};
use crate::ui::state::{Model, Part};
use crate::ui::text::{Locale, ae, clf};
use crate::ui::widgets::{NumberField, StartRow};

/// How a field reads and writes the form.
type Lens = fn(&mut ExperimentForm) -> &mut String;
/// A phrase.
type Phrase = fn(Locale) -> &'static str;
/// A field with its label, help and place in the form.
type Row = (Field, Phrase, Phrase, Lens);

const FIRST: [Row; 3] = [
    (settings::CLF_LABELS, clf::labels, clf::labels_help, |form| &mut form.labels),
    (settings::CLF_EPOCHS, ae::epochs, clf::epochs_help, |form| &mut form.epochs),
    (settings::CLF_SEEDS, clf::seeds, clf::seeds_help, |form| &mut form.seeds),
];

const MORE: [Row; 4] = [
    (settings::CLF_BATCH, ae::batch, ae::batch_help, |form| &mut form.batch),
    (settings::CLF_RATE, ae::rate, ae::rate_help, |form| &mut form.rate),
    (settings::CLF_ENCODER_RATE, clf::encoder_rate, clf::encoder_rate_help, |form| &mut form.encoder_rate),
    (settings::CLF_SEED, clf::first_seed, ae::seed_help, |form| &mut form.seed),
];

/// Label budgets to choose from; the empty one is all.
const PRESETS: [&str; 4] = ["10", "100", "1000", ""];

/// The form.
#[component]
pub fn Settings() -> impl IntoView {
    let ui = Ui::get();
    let form: RwSignal<ExperimentForm> = prefs::kept("classifiers");
    let model = ui.store.memo(&[Part::Models], |state| state.model(ModelSlot::Autoencoder));
    let shown = ui.store.memo(&[Part::Error], |state| state.error.clone());
    let own = Memo::new(move |_| form.with(|form| form.config().err().unwrap_or_default()));
    let faults = Signal::derive(move || own.get().into_iter().chain(shown.get()).collect::<Vec<_>>());
    let lacks = move || {
        model.get().is_none() && form.with(|form| form.modes.iter().any(|mode| *mode != Mode::Scratch))
    };
    let blocked = Signal::derive(move || lacks() || own.with(|faults| !faults.is_empty()));
    let start = move || {
        if let Ok(config) = form.with_untracked(ExperimentForm::config) {
            ui.link.start(RunConfig::Experiment(config), false);
        }
    };
    let rows = move |rows: &'static [Row]| rows.iter().map(|row| number(form, *row, faults)).collect_view();
    let sketch = move |event| form.update(|form| form.sketch = event_target_checked(&event));
    view! {
        <section class="panel settings">
            <h2>{ui.t(clf::settings)}</h2>
            <p class="hint" class:danger=lacks data-testid="clf-encoder">{move || encoder(ui.locale.get(), model.get())}</p>
            <Modes form wrong=Signal::derive(move || own.with(|faults| names(faults, "clf-modes"))) />
            <div class="row" role="group" aria-label=ui.t(clf::presets)>{PRESETS.map(|labels| preset(ui, form, labels)).collect_view()}</div>
            <div class="fields">{rows(&FIRST)}</div>
            <details>
                <summary>{ui.t(clf::more)}</summary>
                <div class="fields">{rows(&MORE)}</div>
                <label class="inline">
                    <input type="checkbox" data-testid="clf-sketch" prop:checked=move || form.with(|form| form.sketch) on:change=sketch />
                    " "{ui.t(clf::sketch)}
                </label>
                <small>{ui.t(clf::recipe_note)}</small>
            </details>
            <StartRow testid="clf-start" phrase=clf::start blocked start=Callback::new(move |()| start())
                defaults=Callback::new(move |()| form.set(ExperimentForm::default())) />
        </section>
    }
}

fn number(form: RwSignal<ExperimentForm>, row: Row, faults: Signal<Vec<Fault>>) -> impl IntoView {
    let (field, label, help, lens) = row;
    let value = Signal::derive(move || form.with(|form| lens(&mut form.clone()).clone()));
    let on_input = move |text: String| form.update(|form| *lens(form) = text);
    let placeholder: Phrase = if field.optional { clf::labels_all } else { |_| "" };
    view! { <NumberField field label help placeholder value on_input faults /> }
}

fn preset(ui: Ui, form: RwSignal<ExperimentForm>, labels: &'static str) -> impl IntoView {
    let chosen = move || if form.with(|form| form.labels.trim() == labels) { "true" } else { "false" };
    let name = move || if labels.is_empty() { clf::labels_all(ui.locale.get()) } else { labels };
    view! {
        <button type="button" class="preset" aria-pressed=chosen on:click=move |_| form.update(|form| form.labels = labels.into())>
            {name}
        </button>
    }
}

#[component]
fn Modes(form: RwSignal<ExperimentForm>, wrong: Signal<bool>) -> impl IntoView {
    let ui = Ui::get();
    let choice = move |mode: Mode| {
        let on = move || form.with(|form| form.modes.contains(&mode));
        let toggle = move |event| {
            let checked = event_target_checked(&event);
            form.update(|form| {
                form.modes.retain(|known| *known != mode);
                form.modes.extend(checked.then_some(mode));
            });
        };
        view! {
            <label class="inline mode" style=format!("--c:var(--mode-{})", mode.name())>
                <input type="checkbox" data-testid=format!("clf-mode-{}", mode.name()) prop:checked=on on:change=toggle />
                " "{move || clf::mode_name(ui.locale.get(), mode)}
            </label>
        }
    };
    view! {
        <fieldset class="modes">
            <legend>{ui.t(clf::modes)}</legend>
            {Mode::ALL.map(choice).collect_view()}
            <small class="danger" hidden=move || !wrong.get()>{ui.t(clf::modes_wrong)}</small>
        </fieldset>
    }
}

fn names(faults: &[Fault], name: &str) -> bool {
    faults.iter().any(|fault| matches!(fault, Fault::Setting { field, .. } if field == name))
}

/// Which encoder the pretrained modes start from.
fn encoder(locale: Locale, model: Option<Model>) -> String {
    let Some(Model { origin, latent, .. }) = model else { return clf::encoder_none(locale).to_owned() };
    match origin {
        WeightsOrigin::Shipped => clf::encoder_shipped(locale, latent),
        WeightsOrigin::Trained => clf::encoder_trained(locale, latent),
        WeightsOrigin::Partial => clf::encoder_partial(locale, latent),
        WeightsOrigin::File => clf::encoder_file(locale, latent),
    }
}
