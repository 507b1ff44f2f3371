//! The modes' curves side by side, live, over batches, epochs or seconds.

use leptos::prelude::*;

use super::export::Downloads;
use super::switch::Switch;
use crate::protocol::{Mode, POINT_IMAGES};
use crate::ui::context::Ui;
use crate::ui::css;
use crate::ui::format;
use crate::ui::state::chart::{Axis, ChartData, Series};
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
                <Switch testid="clf-across" label=clf::across value=across choose=Callback::new(move |chosen| across.set(chosen)) options=&[
                    (Across::Steps, "steps", clf::steps), (Across::Epochs, "epochs", clf::epochs), (Across::Seconds, "seconds", clf::seconds),
                ] />
                <Switch testid="clf-measure" label=clf::measure value=measure choose=Callback::new(move |chosen| measure.set(chosen)) options=&[
                    (Measure::Accuracy, "accuracy", clf::accuracy), (Measure::Loss, "loss", clf::loss),
                ] />
            </div>
            <div class="chart-frame" class:blank=empty>
                <p class="empty" hidden=move || !empty()>{ui.t(clf::curves_empty)}</p>
                <Chart data testid="clf-chart" label />
            </div>
            <p class="hint">{move || clf::band_note(ui.locale.get(), &format::count(ui.locale.get(), POINT_IMAGES as u64))}</p>
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
        let test = test.and_then(|summary| summary.end).map(|end| end.test.mean);
        Some((experiment::validation_accuracy(run, mode), test))
    });
    let validation = move || shown.get().and_then(|shown| shown.0);
    let test = move || shown.get().and_then(|shown| shown.1);
    let words = move |value: Option<f64>| {
        value.map_or("–".to_owned(), |value| format::percent(ui.locale.get(), value))
    };
    view! {
        <div class="mode-figures" style=css::of_mode(mode)>
            <dt>{move || clf::mode_name(ui.locale.get(), mode)}</dt>
            <dd data-testid=format!("clf-{}-val-accuracy", mode.name()) data-value=validation>{move || words(validation())}</dd>
            <dd class="test">{ui.t(clf::test_accuracy)}": "
                <b data-testid=format!("clf-{}-test-accuracy", mode.name()) data-value=test>{move || words(test())}</b>
            </dd>
        </div>
    }
}

fn chart(state: &State, locale: Locale, across: Across, measure: Measure) -> ChartData {
    let Some(run) = state.runs.experiment() else { return ChartData::default() };
    let curve = |mode| experiment::curve(run, mode, across, measure, clf::mode_name(locale, mode));
    let series: Vec<_> =
        Mode::ALL.into_iter().map(curve).filter(|series| !series.points.is_empty()).collect();
    let y_name = if measure == Measure::Accuracy { clf::accuracy(locale) } else { clf::loss(locale) };
    ChartData {
        x: axis(locale, across, &series),
        y: Axis {
            name: y_name.into(),
            percent: measure == Measure::Accuracy,
            decimals: Some(2),
            locale,
            ..Axis::default()
        },
        series,
    }
}

/// Batches have a logarithmic axis: the head start lies in the first of them.
fn axis(locale: Locale, across: Across, series: &[Series]) -> Axis {
    let (name, decimals) = match across {
        Across::Steps => (clf::steps_log(locale), None),
        Across::Epochs => (clf::epochs(locale), Some(1)),
        Across::Seconds => (clf::seconds(locale), None),
    };
    let axis = Axis { name: name.into(), decimals, from_zero: true, locale, ..Axis::default() };
    if across != Across::Steps {
        return axis;
    }
    let last = series.iter().flat_map(|series| &series.points).map(|point| point.x).fold(0.0, f64::max);
    let doublings = (0..16).map(|power| 100.0 * f64::from(1 << power));
    let marks = [0.0, 5.0, 10.0, 25.0, 50.0].into_iter().chain(doublings);
    let ticks = marks.take_while(|mark| *mark <= last.max(50.0));
    let ticks = ticks.map(|mark| (mark, format::count(locale, mark as u64))).collect();
    Axis { log: true, floor: Some(2.5), ticks, ..axis }
}
