//! The experiment's settings: who takes part, how many labels, how often, and Start.

use leptos::prelude::*;

use super::switch::{Choice, Switch};
use crate::protocol::{Fault, Initial, Mode, ModelSlot, Recipe, Reuse, RunConfig, Schedule, WeightsOrigin};
use crate::ui::context::Ui;
use crate::ui::css;
use crate::ui::safely::safely;
use crate::ui::state::comparison_form::{self as settings, ExperimentForm};
use crate::ui::state::settings::Field;
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

const MORE: [Row; 7] = [
    (settings::CLF_LEAST, clf::least, clf::least_help, |form| &mut form.least),
    (settings::CLF_BATCH, ae::batch, ae::batch_help, |form| &mut form.batch),
    (settings::CLF_RATE, ae::rate, ae::rate_help, |form| &mut form.rate),
    (settings::CLF_ENCODER_RATE, clf::encoder_rate, clf::encoder_rate_help, |form| &mut form.encoder_rate),
    (settings::CLF_DECAY, clf::decay, clf::decay_help, |form| &mut form.decay),
    (settings::CLF_SMOOTHING, clf::smoothing, clf::smoothing_help, |form| &mut form.smoothing),
    (settings::CLF_SEED, clf::first_seed, ae::seed_help, |form| &mut form.seed),
];

/// Label budgets to choose from; the empty one is all.
const PRESETS: [&str; 4] = ["10", "100", "1000", ""];

const RECIPES: &[Choice<Recipe>] = &[
    (Recipe::Study, "study", clf::recipe_study),
    (Recipe::Best, "best", clf::recipe_best),
    (Recipe::Own, "own", clf::recipe_own),
];

const REUSES: &[Choice<Reuse>] =
    &[(Reuse::Latent, "latent", clf::reuse_latent), (Reuse::Features, "features", clf::reuse_features)];

const SCHEDULES: &[Choice<Schedule>] = &[
    (Schedule::Constant, "constant", clf::schedule_constant),
    (Schedule::OneCycle, "one-cycle", clf::schedule_cycle),
];

const INITIALS: &[Choice<Initial>] =
    &[(Initial::Plain, "plain", clf::initial_plain), (Initial::Scaled, "scaled", clf::initial_scaled)];

/// The form.
#[component]
pub fn Settings(
    /// What is in it.
    form: RwSignal<ExperimentForm>,
) -> impl IntoView {
    let ui = Ui::get();
    let model = ui.store.memo(&[Part::Models], |state| state.model(ModelSlot::Autoencoder));
    let shown = ui.store.memo(&[Part::Error], |state| state.errors.faults());
    let own = Memo::new(move |_| form.with(|form| form.config().err().unwrap_or_default()));
    let faults = Signal::derive(move || own.get().into_iter().chain(shown.get()).collect::<Vec<_>>());
    let lacks = move || model.get().is_none() && form.with(needs_encoder);
    let blocked = Signal::derive(move || lacks() || own.with(|faults| !faults.is_empty()));
    let start = move || {
        if let Ok(config) = form.with_untracked(ExperimentForm::config) {
            ui.link.start(RunConfig::Experiment(config), false);
        }
    };
    let rows = move |rows: &'static [Row]| rows.iter().map(|row| number(form, *row, faults)).collect_view();
    view! {
        <section class="panel settings">
            <h2>{ui.t(clf::settings)}</h2>
            <p class="hint" class:danger=lacks data-testid="clf-encoder">{move || encoder(ui.locale.get(), model.get())}</p>
            <Learning form />
            <Modes form wrong=Signal::derive(move || own.with(|faults| names(faults, "clf-modes"))) />
            <div class="row" role="group" aria-label=ui.t(clf::presets)>{PRESETS.map(|labels| preset(ui, form, labels)).collect_view()}</div>
            <div class="fields">{rows(&FIRST)}</div>
            <details>
                <summary>{ui.t(clf::more)}</summary>
                <div class="fields">{rows(&MORE)}</div>
                <Switch testid="clf-schedule" label=clf::schedule value=Signal::derive(move || form.with(|form| form.schedule))
                    choose=Callback::new(move |chosen| form.update(|form| form.schedule = chosen)) options=SCHEDULES />
                <Switch testid="clf-initial" label=clf::initial value=Signal::derive(move || form.with(|form| form.initial))
                    choose=Callback::new(move |chosen| form.update(|form| form.initial = chosen)) options=INITIALS />
                {tick(form, "clf-nudging", clf::nudging, |form| &mut form.nudging)}
                {tick(form, "clf-sketch", clf::sketch, |form| &mut form.sketch)}
            </details>
            <StartRow testid="clf-start" phrase=clf::start blocked start=Callback::new(move |()| start())
                defaults=Callback::new(move |()| form.set(ExperimentForm::default())) />
        </section>
    }
}

/// Recipe, and what is reused, each with a sentence.
#[component]
fn Learning(form: RwSignal<ExperimentForm>) -> impl IntoView {
    let ui = Ui::get();
    let recipe = Memo::new(move |_| form.with(ExperimentForm::recipe));
    let reuse = Memo::new(move |_| form.with(|form| form.reuse));
    let recipe_words = move || match recipe.get() {
        Recipe::Study => clf::recipe_study_note(ui.locale.get()),
        Recipe::Best => clf::recipe_best_note(ui.locale.get()),
        Recipe::Own => clf::recipe_own_note(ui.locale.get()),
    };
    let reuse_words = move || match reuse.get() {
        Reuse::Latent => clf::reuse_latent_note(ui.locale.get()),
        Reuse::Features => clf::reuse_features_note(ui.locale.get()),
    };
    view! {
        <div class="learning">
            <Switch testid="clf-recipe" label=clf::recipe value=recipe options=RECIPES
                choose=Callback::new(move |chosen| form.update(|form| form.follow(chosen))) />
            <small data-testid="clf-recipe-note">{recipe_words}</small>
            <Switch testid="clf-reuse" label=clf::reuse value=reuse options=REUSES
                choose=Callback::new(move |chosen| form.update(|form| form.reuse = chosen)) />
            <small>{reuse_words}</small>
        </div>
    }
}

/// A setting that is on or off.
fn tick(
    form: RwSignal<ExperimentForm>,
    testid: &'static str,
    label: Phrase,
    lens: fn(&mut ExperimentForm) -> &mut bool,
) -> impl IntoView {
    let ui = Ui::get();
    let on = move || form.with(|form| *lens(&mut form.clone()));
    let change = move |event| form.update(|form| *lens(form) = event_target_checked(&event));
    view! {
        <label class="inline tick">
            <input type="checkbox" data-testid=testid prop:checked=on on:change=safely(change) />
            " "{ui.t(label)}
        </label>
    }
}

/// Whether a mode takes part that begins with a pretrained encoder.
pub fn needs_encoder(form: &ExperimentForm) -> bool {
    form.modes.iter().any(|mode| *mode != Mode::Scratch)
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
        <button type="button" class="preset" aria-pressed=chosen on:click=safely(move |_| form.update(|form| form.labels = labels.into()))>
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
            <label class="inline mode" style=css::of_mode(mode)>
                <input type="checkbox" data-testid=format!("clf-mode-{}", mode.name()) prop:checked=on on:change=safely(toggle) />
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
