//! The study of the latent size: loss against size beside PCA's, eight garments at every size, the
//! accuracy of the three modes with an encoder of each size.

use std::sync::Arc;

use leptos::prelude::*;

use super::export::Downloads;
use super::study_form::Settings;
use crate::protocol::{Mode, Pictures, StudyResult};
use crate::ui::context::Ui;
use crate::ui::format;
use crate::ui::state::chart::{Axis, ChartData, Point, Series};
use crate::ui::state::experiment::colour;
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
            clf::scratch,
            clf::frozen,
            clf::finetuned,
            clf::study_time,
        ];
        phrases.map(|phrase| view! { <th scope="col">{phrase(ui.locale.get())}</th> }).collect_view()
    };
    let row = move |result: Arc<StudyResult>| {
        let locale = ui.locale.get();
        let accuracy = |mode| format::percent(locale, result.accuracy(mode).unwrap_or(f64::NAN));
        let cells = [
            format::decimal(locale, result.test_loss, 4),
            format::decimal(locale, result.pca_test_loss, 4),
            format::percent(locale, result.test_loss / result.pca_test_loss),
            accuracy(Mode::Scratch),
            accuracy(Mode::Frozen),
            accuracy(Mode::Finetuned),
            format::duration(result.seconds),
        ];
        view! {
            <tr data-testid=format!("study-{}", result.latent) data-test-loss=result.test_loss
                data-accuracy=result.accuracy(Mode::Frozen) data-accuracy-scratch=result.accuracy(Mode::Scratch)
                data-accuracy-finetuned=result.accuracy(Mode::Finetuned)>
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

fn size_axis(locale: Locale, results: &[Arc<StudyResult>]) -> Axis {
    let ticks = results.iter().map(|result| (result.latent.into(), result.latent.to_string())).collect();
    Axis { name: clf::study_size(locale).into(), log: true, ticks, locale, ..Axis::default() }
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
        x: size_axis(locale, results),
        y: Axis {
            name: clf::study_loss(locale).into(),
            decimals: Some(3),
            from_zero: true,
            locale,
            ..Axis::default()
        },
        series: vec![
            series(clf::study_network(locale), "--series-1", |result| result.test_loss),
            series(clf::study_pca(locale), "--series-3", |result| result.pca_test_loss),
        ],
    }
}

/// Both halves of the study in one picture: what each mode makes of each latent size.
fn accuracies(locale: Locale, results: &[Arc<StudyResult>]) -> ChartData {
    let series = |mode: Mode| {
        let point =
            |result: &Arc<StudyResult>| Some(Point::new(result.latent.into(), result.accuracy(mode)?));
        Series {
            name: clf::mode_name(locale, mode).into(),
            colour: colour(mode),
            points: results.iter().filter_map(point).collect(),
            dashed: false,
            dots: true,
        }
    };
    let name = clf::study_accuracy(locale).into();
    ChartData {
        x: size_axis(locale, results),
        y: Axis { name, percent: true, locale, ..Axis::default() },
        series: Mode::ALL.map(series).to_vec(),
    }
}
