//! The modes' curves side by side, live, over batches, epochs or seconds.

use leptos::prelude::*;

use super::export::Downloads;
use crate::protocol::Mode;
use crate::ui::context::Ui;
use crate::ui::format;
use crate::ui::state::chart::{Axis, ChartData};
use crate::ui::state::experiment::{self, Across, Measure};
use crate::ui::state::{Part, State, export};
use crate::ui::text::{Locale, clf};
use crate::ui::widgets::{Chart, SavePicture};

/// Chart, switches and the latest accuracies.
#[component]
pub fn Curves() -> impl IntoView {
    let ui = Ui::get();
    let across = RwSignal::new(Across::default());
    let measure = RwSignal::new(Measure::default());
    let data = Signal::derive(move || {
        let (locale, across, measure) = (ui.locale.get(), across.get(), measure.get());
        ui.store.read(Part::Runs, |state| chart(state, locale, across, measure))
    });
    let empty = move || data.with(ChartData::is_empty);
    let label = Signal::derive(move || clf::curves(ui.locale.get()).to_owned());
    let name = Signal::derive(move || {
        ui.store.read(Part::Runs, |state| state.runs.experiment().map(export::name).unwrap_or_default())
    });
    view! {
        <section class="panel">
            <h2>{ui.t(clf::curves)}</h2>
            <dl class="facts wide">{Mode::ALL.map(|mode| view! { <Accuracies mode /> }).collect_view()}</dl>
            <div class="row">
                <Switch testid="clf-across" label=clf::across value=across options=&[
                    (Across::Steps, "steps", clf::steps), (Across::Epochs, "epochs", clf::epochs), (Across::Seconds, "seconds", clf::seconds),
                ] />
                <Switch testid="clf-measure" label=clf::measure value=measure options=&[
                    (Measure::Accuracy, "accuracy", clf::accuracy), (Measure::Loss, "loss", clf::loss),
                ] />
            </div>
            <div class="chart-frame" class:blank=empty>
                <p class="empty" hidden=move || !empty()>{ui.t(clf::curves_empty)}</p>
                <Chart data testid="clf-chart" label />
            </div>
            <p class="hint">{ui.t(clf::band_note)}</p>
            <div class="row" hidden=empty>
                <Downloads pick=|state| state.runs.experiment() />
                <SavePicture testid="clf-chart" name />
            </div>
        </section>
    }
}

/// A mode's latest validation accuracy and its test accuracy.
#[component]
fn Accuracies(mode: Mode) -> impl IntoView {
    let ui = Ui::get();
    let shown = ui.store.memo(&[Part::Runs], move |state| {
        let run = state.runs.experiment()?;
        let test = experiment::summaries(run).into_iter().find(|summary| summary.mode == mode);
        Some((experiment::validation_accuracy(run, mode), test.map(|summary| summary.test.mean)))
    });
    let validation = move || shown.get().and_then(|shown| shown.0);
    let test = move || shown.get().and_then(|shown| shown.1);
    let words = |value: Option<f64>| value.map_or("–".to_owned(), format::percent);
    view! {
        <div class="mode-figures" style=format!("--c:var(--mode-{})", mode.name())>
            <dt>{move || clf::mode_name(ui.locale.get(), mode)}</dt>
            <dd data-testid=format!("clf-{}-val-accuracy", mode.name()) data-value=validation>{move || words(validation())}</dd>
            <dd class="test">{ui.t(clf::test_accuracy)}": "
                <b data-testid=format!("clf-{}-test-accuracy", mode.name()) data-value=test>{move || words(test())}</b>
            </dd>
        </div>
    }
}

/// A value to choose, its name in the page and its words.
type Choice<T> = (T, &'static str, fn(Locale) -> &'static str);

#[component]
fn Switch<T: Copy + PartialEq + Send + Sync + 'static>(
    testid: &'static str,
    label: fn(Locale) -> &'static str,
    value: RwSignal<T>,
    options: &'static [Choice<T>],
) -> impl IntoView {
    let ui = Ui::get();
    let choose = move |event| {
        let chosen = event_target_value(&event);
        if let Some((option, ..)) = options.iter().find(|(_, name, _)| *name == chosen) {
            value.set(*option);
        }
    };
    let option = move |(which, name, label): &Choice<T>| {
        let (which, name, label) = (*which, *name, *label);
        view! { <option value=name selected=move || value.get() == which>{ui.t(label)}</option> }
    };
    view! {
        <label class="inline">{ui.t(label)}" "
            <select data-testid=testid on:change=choose>{options.iter().map(option).collect_view()}</select>
        </label>
    }
}

fn chart(state: &State, locale: Locale, across: Across, measure: Measure) -> ChartData {
    let Some(run) = state.runs.experiment() else { return ChartData::default() };
    let curve = |mode| experiment::curve(run, mode, across, measure, clf::mode_name(locale, mode));
    let series = Mode::ALL.into_iter().map(curve).filter(|series| !series.points.is_empty()).collect();
    let (x_name, decimals) = match across {
        Across::Steps => (clf::steps(locale), None),
        Across::Epochs => (clf::epochs(locale), Some(1)),
        Across::Seconds => (clf::seconds(locale), None),
    };
    let y_name = if measure == Measure::Accuracy { clf::accuracy(locale) } else { clf::loss(locale) };
    ChartData {
        x: Axis { name: x_name.into(), decimals, from_zero: true, ..Axis::default() },
        y: Axis {
            name: y_name.into(),
            percent: measure == Measure::Accuracy,
            decimals: Some(2),
            ..Axis::default()
        },
        series,
    }
}
