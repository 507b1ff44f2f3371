//! The table of this visit's autoencoders, from which a run's settings can be restored.

use leptos::prelude::*;

use crate::protocol::{EngineKind, Metric, Outcome};
use crate::ui::context::Ui;
use crate::ui::format;
use crate::ui::safely::safely;
use crate::ui::state::Part;
use crate::ui::state::runs::{Run, RunStatus};
use crate::ui::state::settings::AutoencoderForm;
use crate::ui::text::{self, Locale, ae};

/// The table.
#[component]
pub fn RunsTable() -> impl IntoView {
    let ui = Ui::get();
    let runs = ui
        .store
        .memo(&[Part::Runs], |state| state.runs.list.iter().filter_map(Line::of).rev().collect::<Vec<_>>());
    let line = move |line: Line| row(ui, line);
    let head = move || {
        let phrases = [
            ae::run_number,
            ae::latent,
            ae::epochs,
            ae::batch,
            ae::rate,
            ae::seed,
            ae::limit,
            ae::run_engine,
        ];
        let figures = [ae::train_loss, ae::val_loss, ae::test_loss, ae::run_time, ae::run_outcome];
        let cell =
            |phrase: fn(Locale) -> &'static str| view! { <th scope="col">{phrase(ui.locale.get())}</th> };
        phrases.into_iter().chain(figures).map(cell).collect_view()
    };
    view! {
        <section class="panel">
            <h2>{ui.t(ae::runs)}</h2>
            <p class="empty" hidden=move || runs.with(|runs| !runs.is_empty())>{ui.t(ae::runs_empty)}</p>
            <div class="scroll" hidden=move || runs.with(Vec::is_empty)>
                <table data-testid="ae-runs">
                    <thead><tr>{head}<td></td></tr></thead>
                    <tbody>{move || runs.get().into_iter().map(line).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
}

/// A run as the table shows it.
#[derive(Clone, PartialEq)]
struct Line {
    id: u32,
    form: AutoencoderForm,
    engine: EngineKind,
    synthetic: bool,
    status: RunStatus,
    train: Option<f64>,
    validation: Option<f64>,
    test: Option<f64>,
    seconds: Option<f64>,
}

impl Line {
    fn of(run: &Run) -> Option<Self> {
        Some(Self {
            id: run.id,
            form: AutoencoderForm::from(run.autoencoder()?),
            engine: run.engine,
            synthetic: run.synthetic,
            status: run.status,
            train: run.latest(Metric::TrainLoss),
            validation: run.latest(Metric::ValidationLoss),
            test: run.test_loss,
            seconds: run.seconds,
        })
    }
}

fn row(ui: Ui, line: Line) -> impl IntoView {
    let locale = ui.locale.get();
    let loss = |value: Option<f64>| value.map_or("–".into(), |loss| format::loss(locale, loss));
    let form = line.form.clone();
    let limit = if form.limit.is_empty() { ae::limit_all(locale).to_owned() } else { form.limit.clone() };
    let engine = if line.engine == EngineKind::Gpu { "gpu" } else { "cpu" };
    let synthetic = line.synthetic.then(|| text::synthetic_badge(locale));
    let cells = [
        form.latent,
        form.epochs,
        form.batch,
        format::signed(locale, &form.rate),
        form.seed,
        limit,
        engine.into(),
    ];
    let figures = [
        loss(line.train),
        loss(line.validation),
        loss(line.test),
        line.seconds.map_or("–".into(), format::duration),
    ];
    let cell = |value: String| view! { <td>{value}</td> };
    let restore = move |_| ui.form.set(line.form.clone());
    view! {
        <tr>
            <th scope="row">{line.id}" "<span class="badge" hidden=synthetic.is_none()>{synthetic}</span></th>
            {cells.into_iter().chain(figures).map(cell).collect_view()}
            <td>{outcome(locale, line.status)}</td>
            <td><button type="button" class="quiet" data-testid=format!("ae-restore-{}", line.id) on:click=safely(restore)>
                {ui.t(ae::run_restore)}
            </button></td>
        </tr>
    }
}

fn outcome(locale: Locale, status: RunStatus) -> &'static str {
    match status {
        RunStatus::Over(Outcome::Completed) => ae::outcome_completed(locale),
        RunStatus::Over(Outcome::Stopped) => ae::outcome_stopped(locale),
        RunStatus::Over(Outcome::Failed) => ae::outcome_failed(locale),
        _ => ae::outcome_running(locale),
    }
}
