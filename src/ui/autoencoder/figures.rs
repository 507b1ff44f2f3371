//! The training live: losses, speed, time, and the chart with PCA's error as a reference.

use leptos::prelude::*;

use crate::protocol::Metric;
use crate::ui::context::Ui;
use crate::ui::format;
use crate::ui::state::chart::{Axis, ChartData, Point, Series};
use crate::ui::state::runs::Run;
use crate::ui::state::{Part, State};
use crate::ui::text::{self, Locale, ae};
use crate::ui::widgets::Chart;

/// Points of a curve at most: more than the chart has pixels would only cost time.
const POINTS: usize = 500;

/// Figures and chart of the latest run.
#[component]
pub fn Figures() -> impl IntoView {
    let ui = Ui::get();
    let data = Signal::derive(move || ui.store.read(Part::Runs, |state| chart(state, ui.locale.get())));
    let empty = move || data.with(ChartData::is_empty);
    let label = Signal::derive(move || ae::chart(ui.locale.get()).to_owned());
    view! {
        <section class="panel">
            <h2>{ui.t(ae::progress)}</h2>
            <dl class="facts wide">
                <LossFact testid="ae-train-loss" name=ae::train_loss value=|run| run.latest(Metric::TrainLoss) />
                <LossFact testid="ae-val-loss" name=ae::val_loss value=|run| run.latest(Metric::ValidationLoss) />
                <LossFact testid="ae-test-loss" name=ae::test_loss value=|run| run.test_loss />
            </dl>
            <Speed />
            <div class="chart-frame" class:blank=empty>
                <p class="empty" hidden=move || !empty()>{ui.t(ae::chart_empty)}</p>
                <Chart data testid="ae-chart" label />
            </div>
            <p class="hint">{ui.t(ae::loss_note)}" "{ui.t(ae::pca_note)}</p>
        </section>
    }
}

#[component]
fn LossFact(
    testid: &'static str,
    name: fn(Locale) -> &'static str,
    value: fn(&Run) -> Option<f64>,
) -> impl IntoView {
    let ui = Ui::get();
    let value = ui.store.memo(&[Part::Runs], move |state| state.runs.autoencoder().and_then(value));
    let shown = move || value.get().map_or("–".to_owned(), |loss| format::loss(ui.locale.get(), loss));
    view! {
        <div>
            <dt>{ui.t(name)}</dt>
            <dd data-testid=testid translate="no" data-value=move || value.get()>{shown}</dd>
        </div>
    }
}

/// Images a second, epoch, batches, time left.
#[component]
fn Speed() -> impl IntoView {
    let ui = Ui::get();
    let progress = ui.store.memo(&[Part::Runs], |state| {
        let run = state.runs.autoencoder()?;
        Some((run.progress.clone()?, run.autoencoder()?.epochs, run.active()))
    });
    let facts = move || {
        let locale = ui.locale.get();
        let (progress, epochs, active) = progress.get()?;
        let number = |value: u32| format::count(locale, value.into());
        let left = if active { format::duration(progress.seconds_left) } else { "–".into() };
        let speed = text::images_per_second(locale, &format::speed(locale, progress.images_per_second));
        Some(vec![
            (ae::speed(locale), speed),
            (ae::epoch(locale), format!("{} / {epochs}", progress.epoch.min(epochs))),
            (ae::left(locale), left),
            (
                ae::batches_done(locale),
                format!("{} / {}", number(progress.step), number(progress.total_steps)),
            ),
        ])
    };
    let dash = move || {
        let names = [ae::speed, ae::epoch, ae::left, ae::batches_done];
        names.map(|name| (name(ui.locale.get()), "–".to_owned())).to_vec()
    };
    let fact = |(name, value): (&'static str, String)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    view! {
        <dl class="facts small">{move || facts().unwrap_or_else(dash).into_iter().map(fact).collect_view()}</dl>
    }
}

/// The latest run's curves with PCA's error at its latent size.
fn chart(state: &State, locale: Locale) -> ChartData {
    let Some(run) = state.runs.autoencoder() else { return ChartData::default() };
    let curve = |metric: Metric, name: &str, colour, dots| Series {
        name: name.into(),
        colour,
        points: points(run, metric),
        dashed: false,
        dots,
    };
    let mut series = vec![
        curve(Metric::TrainLoss, ae::train_loss(locale), "--series-1", false),
        curve(Metric::ValidationLoss, ae::val_loss(locale), "--series-2", true),
    ];
    series.extend(reference(state, run, locale));
    ChartData {
        x: Axis {
            name: ae::steps_axis(locale).into(),
            from_zero: true,
            to: Some(run.total_steps.into()),
            locale,
            ..Axis::default()
        },
        y: Axis {
            name: ae::loss_axis(locale).into(),
            decimals: Some(3),
            from_zero: true,
            locale,
            ..Axis::default()
        },
        series,
    }
}

fn points(run: &Run, metric: Metric) -> Vec<Point> {
    let all: Vec<_> = run.points.iter().filter(|point| point.metric == metric).collect();
    let every = all.len().div_ceil(POINTS).max(1);
    let kept = all.iter().enumerate().filter(|(index, _)| index % every == 0 || index + 1 == all.len());
    kept.map(|(_, point)| Point::new(point.step.into(), point.value)).collect()
}

fn reference(state: &State, run: &Run, locale: Locale) -> Option<Series> {
    let latent = run.autoencoder()?.latent;
    let error = state.runs.pca_at(latent)?;
    let last = f64::from(run.total_steps.max(1));
    Some(Series {
        name: ae::pca_line(locale, latent),
        colour: "--series-3",
        points: vec![Point::new(0.0, error), Point::new(last, error)],
        dashed: true,
        dots: false,
    })
}
