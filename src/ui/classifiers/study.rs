//! The study of the latent size: loss against size beside PCA's, eight garments at every size, the
//! accuracy of a small classifier on each frozen encoder.

use std::sync::Arc;

use leptos::prelude::*;

use super::export::Downloads;
use super::study_form::Settings;
use crate::protocol::{Pictures, StudyResult};
use crate::ui::context::Ui;
use crate::ui::format;
use crate::ui::state::chart::{Axis, ChartData, Point, Series};
use crate::ui::state::{Part, export};
use crate::ui::text::{Locale, clf};
use crate::ui::widgets::{Chart, SavePicture, Sheet};

/// The panel.
#[component]
pub fn Study() -> impl IntoView {
    let ui = Ui::get();
    let results = ui
        .store
        .memo(&[Part::Runs], |state| state.runs.study().map(|run| run.study.clone()).unwrap_or_default());
    let empty = move || results.with(Vec::is_empty);
    let data = Signal::derive(move || results.with(|results| losses(ui.locale.get(), results)));
    let accuracy = Signal::derive(move || results.with(|results| accuracies(ui.locale.get(), results)));
    let label = Signal::derive(move || clf::study_loss(ui.locale.get()).to_owned());
    let accuracy_label = Signal::derive(move || clf::study_accuracy(ui.locale.get()).to_owned());
    let name = Signal::derive(move || {
        ui.store.read(Part::Runs, |state| state.runs.study().map(export::name).unwrap_or_default())
    });
    view! {
        <section class="panel">
            <h2>{ui.t(clf::study)}</h2>
            <p class="hint">{ui.t(clf::study_lead)}</p>
            <Settings />
            <p class="empty" hidden=move || !empty()>{ui.t(clf::study_empty)}</p>
            <div class="study" hidden=empty>
                <div class="panels">
                    <Chart data testid="study-chart" label />
                    <Chart data=accuracy testid="study-accuracy-chart" label=accuracy_label />
                </div>
                <Table results />
                <Sheets results />
                <div class="row">
                    <Downloads pick=|state| state.runs.study() />
                    <SavePicture testid="study-chart" name />
                </div>
            </div>
        </section>
    }
}

#[component]
fn Table(results: Memo<Vec<Arc<StudyResult>>>) -> impl IntoView {
    let ui = Ui::get();
    let head = move || {
        let phrases = [
            clf::study_size,
            clf::study_network,
            clf::study_pca,
            clf::study_share,
            clf::study_accuracy,
            clf::study_time,
        ];
        phrases.map(|phrase| view! { <th scope="col">{phrase(ui.locale.get())}</th> }).collect_view()
    };
    let row = |result: Arc<StudyResult>| {
        let cells = [
            format::loss(result.test_loss),
            format::loss(result.pca_test_loss),
            format::percent(result.test_loss / result.pca_test_loss),
            format::percent(result.frozen_accuracy),
            format::duration(result.seconds),
        ];
        view! {
            <tr data-testid=format!("study-{}", result.latent) data-test-loss=result.test_loss data-accuracy=result.frozen_accuracy>
                <th scope="row">{result.latent}</th>
                {cells.map(|cell| view! { <td>{cell}</td> }).collect_view()}
            </tr>
        }
    };
    view! {
        <div class="scroll">
            <table data-testid="study-results">
                <thead><tr>{head}</tr></thead>
                <tbody>{move || results.get().into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}

/// One row of garments a size, the originals first.
#[component]
fn Sheets(results: Memo<Vec<Arc<StudyResult>>>) -> impl IntoView {
    let ui = Ui::get();
    let sheet = Signal::derive(move || {
        let results = results.get();
        let first = results.first()?;
        let rows = results.iter().map(|result| &result.reconstructions);
        let pixels = std::iter::once(&first.originals)
            .chain(rows)
            .flat_map(|row| row.pixels.iter().copied())
            .collect();
        Some(Arc::new(Pictures { pixels, labels: Vec::new() }))
    });
    let columns =
        move || results.with(|results| results.first().map_or(8, |first| first.originals.len().max(1)));
    let label = Signal::derive(move || clf::study_sheet(ui.locale.get()).to_owned());
    let names = move || {
        let sizes = results
            .with(|results| results.iter().map(|result| result.latent.to_string()).collect::<Vec<_>>());
        let names = std::iter::once(clf::study_original(ui.locale.get()).to_owned()).chain(sizes);
        names.map(|name| view! { <li>{name}</li> }).collect_view()
    };
    let name = Signal::derive(|| "telar-latent-study-garments".to_owned());
    view! {
        <h3>{ui.t(clf::study_sheet)}</h3>
        <div class="study-sheet">
            <ul aria-hidden="true">{names}</ul>
            {move || view! { <Sheet pictures=sheet testid="study-sheet" label columns=columns() /> }}
        </div>
        <SavePicture testid="study-sheet" name />
    }
}

fn size_axis(locale: Locale) -> Axis {
    Axis { name: clf::study_size(locale).into(), log: true, ..Axis::default() }
}

fn losses(locale: Locale, results: &[Arc<StudyResult>]) -> ChartData {
    let series = |name: &str, colour, read: fn(&StudyResult) -> f64| Series {
        name: name.into(),
        colour,
        points: results.iter().map(|result| Point::new(result.latent.into(), read(result))).collect(),
        dashed: false,
        dots: true,
    };
    ChartData {
        x: size_axis(locale),
        y: Axis {
            name: clf::study_loss(locale).into(),
            decimals: Some(3),
            from_zero: true,
            ..Axis::default()
        },
        series: vec![
            series(clf::study_network(locale), "--series-1", |result| result.test_loss),
            series(clf::study_pca(locale), "--series-3", |result| result.pca_test_loss),
        ],
    }
}

fn accuracies(locale: Locale, results: &[Arc<StudyResult>]) -> ChartData {
    let points =
        results.iter().map(|result| Point::new(result.latent.into(), result.frozen_accuracy)).collect();
    let name = clf::study_accuracy(locale);
    ChartData {
        x: size_axis(locale),
        y: Axis { name: name.into(), percent: true, ..Axis::default() },
        series: vec![Series {
            name: name.into(),
            colour: "--mode-frozen",
            points,
            dashed: false,
            dots: true,
        }],
    }
}
