//! How many labels is pretraining worth? Test accuracy against labels a class for each mode, growing as
//! the study runs.

use leptos::prelude::*;

use super::export::Downloads;
use super::form::needs_encoder;
use super::labels_table::{LabelsTable, ticks};
use crate::findings::label_curve;
use crate::protocol::{LabelPoint, Mode, ModelSlot, Outcome, RunConfig};
use crate::ui::context::Ui;
use crate::ui::format;
use crate::ui::prefs;
use crate::ui::safely::safely;
use crate::ui::state::chart::{Axis, ChartData, Point, Series};
use crate::ui::state::comparison_form::{self as settings, ExperimentForm, LabelsForm};
use crate::ui::state::experiment::colour;
use crate::ui::state::runs::{Run, RunStatus};
use crate::ui::state::{Part, State, export};
use crate::ui::text::{self, Locale, clf};
use crate::ui::widgets::{Chart, NumberField, SavePicture, StartRow};

/// The panel.
#[component]
pub fn Labels(
    /// Recipe, modes and what is reused.
    form: RwSignal<ExperimentForm>,
) -> impl IntoView {
    let ui = Ui::get();
    let points = ui.store.memo(&[Part::Runs], |state| {
        state.runs.labels().map(|run| run.label_points.clone()).unwrap_or_default()
    });
    let empty = move || points.with(Vec::is_empty);
    let data = Signal::derive(move || points.with(|points| chart(ui.locale.get(), points)));
    let label = Signal::derive(move || clf::labels_curve(ui.locale.get()).to_owned());
    let name = Signal::derive(move || {
        ui.store.read(Part::Runs, |state| state.runs.labels().map(export::name).unwrap_or_default())
    });
    let sentence = move || points.with(|points| text::worth_sentence(ui.locale.get(), points));
    view! {
        <section class="panel">
            <h2>{ui.t(clf::labels_study)}</h2>
            <p class="hint">{ui.t(clf::labels_lead)}</p>
            <Form experiment=form />
            <Troubles />
            <p class="empty" hidden=move || !empty()>{ui.t(clf::labels_empty)}</p>
            <div class="study" hidden=empty>
                <p class="finding" data-testid="labels-finding">{sentence}</p>
                <Chart data testid="labels-chart" label />
                <LabelsTable points />
                <div class="row">
                    <Downloads pick=|state| state.runs.labels() />
                    <SavePicture testid="labels-chart" name />
                </div>
            </div>
        </section>
    }
}

#[component]
fn Form(experiment: RwSignal<ExperimentForm>) -> impl IntoView {
    let ui = Ui::get();
    let form: RwSignal<LabelsForm> = prefs::kept("labels");
    let shown = ui.store.memo(&[Part::Error], |state| state.errors.faults());
    let config = move |known: &[LabelPoint]| {
        experiment.with(|experiment| form.with(|form| form.config(experiment, known)))
    };
    let own = Memo::new(move |_| config(&[]).err().unwrap_or_default());
    let faults = Signal::derive(move || own.get().into_iter().chain(shown.get()).collect::<Vec<_>>());
    let model = ui.store.memo(&[Part::Models], |state| state.model(ModelSlot::Autoencoder).is_some());
    let lacks = move || !model.get() && experiment.with(needs_encoder);
    let blocked = Signal::derive(move || lacks() || own.with(|faults| !faults.is_empty()));
    let counts = Signal::derive(move || form.with(|form| form.counts.clone()));
    let seeds = Signal::derive(move || form.with(|form| form.seeds.clone()));
    let start = move |known: &[LabelPoint]| {
        if let Ok(config) = untrack(|| config(known)) {
            ui.link.start(RunConfig::Labels(config), false);
        }
    };
    let rest = ui.store.memo(&[Part::Runs, Part::Models], stopped);
    let resumable = move || {
        let config = config(&[]).ok();
        rest.get().filter(|(known, _)| config.as_ref() == Some(known)).map(|(_, points)| points)
    };
    view! {
        <div class="fields three">
            <NumberField field=settings::LABELS_COUNTS label=clf::labels_counts help=clf::labels_counts_help
                value=counts on_input=move |text: String| form.update(|form| form.counts = text) faults />
            <NumberField field=settings::LABELS_SEEDS label=clf::seeds help=clf::seeds_help
                value=seeds on_input=move |text: String| form.update(|form| form.seeds = text) faults />
        </div>
        <p class="danger" hidden=move || !lacks()>{ui.t(clf::encoder_none)}</p>
        <StartRow testid="labels-start" phrase=clf::labels_start blocked start=Callback::new(move |()| start(&[]))
            defaults=Callback::new(move |()| form.set(LabelsForm::default())) />
        <div class="row" hidden=move || resumable().is_none()>
            <button type="button" data-testid="labels-resume" on:click=safely(move |_| start(&untrack(resumable).unwrap_or_default()))>
                {ui.t(clf::labels_resume)}
            </button>
            <small>{ui.t(clf::labels_resume_note)}</small>
        </div>
    }
}

/// What a study that ended early was asked, and its points, while data and encoder are still the same.
fn stopped(state: &State) -> Option<(crate::protocol::LabelsConfig, Vec<LabelPoint>)> {
    let run = state.runs.labels()?;
    let early = matches!(run.status, RunStatus::Over(Outcome::Stopped | Outcome::Failed));
    let same = run.encoder == state.model(ModelSlot::Autoencoder).map(|model| model.version)
        && run.synthetic == state.synthetic();
    let RunConfig::Labels(config) = &run.config else { return None };
    let asked = crate::protocol::LabelsConfig { known: Vec::new(), ..config.clone() };
    (early && same && !run.label_points.is_empty()).then(|| (asked, run.label_points.clone()))
}

/// What could not be done, beside what could.
#[component]
fn Troubles() -> impl IntoView {
    let ui = Ui::get();
    let found = ui.store.memo(&[Part::Runs], |state| {
        let of = |run: &Run| (run.labels_lacking.clone(), run.mode_faults.clone());
        state.runs.labels().map(of).unwrap_or_default()
    });
    let lines = move || {
        let locale = ui.locale.get();
        let (lacking, faults) = found.get();
        let count = |value: u32| format::count(locale, value.into());
        let lacking = lacking
            .into_iter()
            .map(|(labels, available)| clf::labels_lacking(locale, &count(labels), &count(available)));
        let faults = faults.into_iter().map(|(mode, fault)| {
            clf::mode_failed(locale, clf::mode_name(locale, mode), &text::fault(locale, &fault))
        });
        let all: Vec<_> = lacking.chain(faults).collect();
        all.into_iter().map(|words| view! { <p class="danger">{words}</p> }).collect_view()
    };
    view! { <div data-testid="labels-troubles">{lines}</div> }
}

fn chart(locale: Locale, points: &[LabelPoint]) -> ChartData {
    let series = |mode: Mode| Series {
        name: clf::mode_name(locale, mode).into(),
        colour: colour(mode),
        points: label_curve(points, mode)
            .into_iter()
            .map(|(x, stat)| Point { x, y: stat.mean, spread: stat.spread })
            .collect(),
        dashed: false,
        dots: true,
    };
    let ticks = ticks(locale, points);
    ChartData {
        x: Axis { name: clf::labels_axis(locale).into(), log: true, ticks, locale, ..Axis::default() },
        y: Axis { name: clf::test_accuracy(locale).into(), percent: true, locale, ..Axis::default() },
        series: Mode::ALL.map(series).into_iter().filter(|series| !series.points.is_empty()).collect(),
    }
}
