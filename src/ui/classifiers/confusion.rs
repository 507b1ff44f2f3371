//! A confusion matrix for each mode; a cell opens the garments in it. Behind each: the same counts
//! as a table with buttons, and precision and recall by class.

use std::sync::Arc;

use leptos::html::Canvas;
use leptos::prelude::*;

use super::heat;
use crate::data::CLASS_COUNT;
use crate::protocol::{LatentCommand, Mode, ModeResult, Pictures};
use crate::ui::context::Ui;
use crate::ui::css::{self, css};
use crate::ui::format;
use crate::ui::newest::Newest;
use crate::ui::safely::{Effect, safely};
use crate::ui::state::Part;
use crate::ui::state::experiment::{cell, count, latest_result};
use crate::ui::text::{self, Locale, class_name, clf};
use crate::ui::widgets::Sheet;

/// Garments shown of a cell.
const SHOWN: usize = 60;

/// A cell of a mode's matrix.
#[derive(Clone, Copy, PartialEq)]
struct Cell {
    mode: Mode,
    truth: u8,
    said: u8,
}

/// The matrices and the garments of the chosen cell.
#[component]
pub fn Confusions() -> impl IntoView {
    let ui = Ui::get();
    let chosen = RwSignal::new(None::<Cell>);
    let any = ui
        .store
        .memo(&[Part::Runs], |state| state.runs.experiment().is_some_and(|run| !run.mode_results.is_empty()));
    view! {
        <section class="panel">
            <h2>{ui.t(clf::confusion)}</h2>
            <p class="hint">{move || if any.get() { clf::confusion_hint(ui.locale.get()) } else { clf::confusion_empty(ui.locale.get()) }}</p>
            <div class="matrices">{Mode::ALL.map(|mode| view! { <Matrix mode chosen /> }).collect_view()}</div>
            <CellGarments chosen />
        </section>
    }
}

#[component]
fn Matrix(mode: Mode, chosen: RwSignal<Option<Cell>>) -> impl IntoView {
    let ui = Ui::get();
    let canvas = NodeRef::<Canvas>::new();
    let result = ui.store.memo(&[Part::Runs], move |state| {
        state.runs.experiment().and_then(|run| latest_result(run, mode).cloned())
    });
    Effect::new(move |_| {
        ui.palette.track();
        if let (Some(canvas), Some(result)) = (canvas.get(), result.get()) {
            heat::draw(&canvas, &result.confusion, ui.locale.get(), &format!("--mode-{}", mode.name()));
        }
    });
    let pick = move |event: web_sys::MouseEvent| {
        let cell = heat::cell_at(event.offset_x().into(), event.offset_y().into());
        chosen.set(cell.map(|(truth, said)| Cell { mode, truth, said }));
    };
    let name = move || clf::mode_name(ui.locale.get(), mode);
    let tables = move || result.get().map(|result| tables(ui, mode, &result, chosen));
    view! {
        <figure class="matrix" hidden=move || result.with(Option::is_none)>
            <h3 class="mode" style=css::of_mode(mode)>{name}</h3>
            <canvas node_ref=canvas data-testid=format!("clf-confusion-{}", mode.name()) role="img" on:click=safely(pick)
                style=css(format!("width:{}px;height:{}px", heat::SIZE.0, heat::SIZE.1))
                aria-label=move || clf::confusion_of(ui.locale.get(), name())></canvas>
            {tables}
        </figure>
    }
}

fn tables(ui: Ui, mode: Mode, result: &ModeResult, chosen: RwSignal<Option<Cell>>) -> impl IntoView + use<> {
    let locale = ui.locale.get();
    let classes = 0..CLASS_COUNT as u8;
    let button = |truth: u8, said: u8| {
        let found = count(&result.confusion, truth.into(), said.into());
        let open = move |_| chosen.set(Some(Cell { mode, truth, said }));
        view! { <td><button type="button" class="quiet cell" on:click=safely(open)>{found}</button></td> }
    };
    let row = |truth: u8| {
        let cells = classes.clone().map(|said| button(truth, said)).collect_view();
        view! { <tr><th scope="row">{class_name(locale, truth)}</th>{cells}</tr> }
    };
    let share = |values: &[f64], class: u8| {
        values.get(usize::from(class)).copied().map_or("–".into(), |share| format::percent(locale, share))
    };
    let scores = |class: u8| {
        view! {
            <tr>
                <th scope="row">{class_name(locale, class)}</th>
                <td>{share(&result.precision, class)}</td>
                <td>{share(&result.recall, class)}</td>
            </tr>
        }
    };
    let head =
        classes.clone().map(|said| view! { <th scope="col">{class_name(locale, said)}</th> }).collect_view();
    view! {
        <details class="behind">
            <summary>{text::table_behind(locale)}</summary>
            <div class="scroll"><table><thead><tr><td></td>{head}</tr></thead><tbody>{classes.clone().map(row).collect_view()}</tbody></table></div>
        </details>
        <details class="behind">
            <summary>{clf::by_class(locale)}</summary>
            <p class="hint">{clf::by_class_note(locale)}</p>
            <table>
                <thead><tr><th scope="col">{clf::class(locale)}</th><th scope="col">{clf::precision(locale)}</th><th scope="col">{clf::recall(locale)}</th></tr></thead>
                <tbody>{classes.clone().map(scores).collect_view()}</tbody>
            </table>
        </details>
    }
}

/// The garments in the chosen cell, asked from the engine by their index in the test set.
#[component]
fn CellGarments(chosen: RwSignal<Option<Cell>>) -> impl IntoView {
    let ui = Ui::get();
    let pictures = RwSignal::new(None::<Arc<Pictures>>);
    let newest = Newest::new();
    let found = Memo::new(move |_| {
        let chosen = chosen.get()?;
        ui.store.read(Part::Runs, |state| {
            let result = latest_result(state.runs.experiment()?, chosen.mode)?;
            let labels = &state.data.summary.as_ref()?.test_labels;
            Some((chosen, cell(labels, &result.predictions, chosen.truth, chosen.said)))
        })
    });
    Effect::new(move |_| {
        pictures.set(None);
        let wanted = newest.begin();
        let Some((_, mut indices)) = found.get() else { return };
        indices.truncate(SHOWN);
        ui.link.show_garments(move |request| LatentCommand::Garments { request, indices }, pictures, wanted);
    });
    let title = move || found.get().map(|(cell, indices)| title(ui.locale.get(), cell, indices.len()));
    let label = Signal::derive(move || title().unwrap_or_default());
    view! {
        <div class="cell-garments" hidden=move || found.with(Option::is_none)>
            <h3 data-testid="clf-cell-title">{title}</h3>
            <Sheet pictures testid="clf-cell" label largest=2 />
        </div>
    }
}

fn title(locale: Locale, cell: Cell, count: usize) -> String {
    let (mode, truth) = (clf::mode_name(locale, cell.mode), class_name(locale, cell.truth));
    let title = if cell.truth == cell.said {
        clf::cell_right(locale, mode, truth, count)
    } else {
        clf::cell_title(locale, mode, truth, class_name(locale, cell.said), count)
    };
    if count > SHOWN { format!("{title}. {}", clf::cell_first(locale, SHOWN)) } else { title }
}
