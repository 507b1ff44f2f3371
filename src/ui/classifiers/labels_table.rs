//! The label study as a table: accuracy of each mode at each number of labels, and what the pretrained
//! ones are worth.

use leptos::prelude::*;

use crate::findings::{Stat, label_curve, worth};
use crate::protocol::{LabelPoint, Mode};
use crate::ui::context::Ui;
use crate::ui::format;
use crate::ui::text::{self, Locale, clf};

/// The modes that have a worth.
const PRETRAINED: [Mode; 2] = [Mode::Frozen, Mode::Finetuned];

/// One row a number of labels.
#[component]
pub fn LabelsTable(
    /// The points so far.
    points: Memo<Vec<LabelPoint>>,
) -> impl IntoView {
    let ui = Ui::get();
    let head = move || {
        let locale = ui.locale.get();
        let modes = Mode::ALL.map(|mode| clf::mode_name(locale, mode).to_owned());
        let worths = PRETRAINED.map(|mode| clf::labels_worth(locale, clf::mode_name(locale, mode)));
        let names = std::iter::once(clf::labels(locale).to_owned()).chain(modes).chain(worths);
        names.map(|name| view! { <th scope="col">{name}</th> }).collect_view()
    };
    let rows = move || points.with(|points| rows(ui.locale.get(), points));
    view! {
        <div class="scroll">
            <table data-testid="labels-results"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
        </div>
        <p class="hint">{ui.t(clf::labels_worth_note)}</p>
    }
}

fn rows(locale: Locale, points: &[LabelPoint]) -> impl IntoView + use<> {
    let curves = Mode::ALL.map(|mode| (mode, label_curve(points, mode)));
    let ticks = ticks(locale, points);
    let scratch = &curves[0].1;
    let at = |mode: Mode, labels: f64| -> Option<Stat> {
        let curve = &curves.iter().find(|(known, _)| *known == mode)?.1;
        curve.iter().find(|(known, _)| *known == labels).map(|(_, stat)| *stat)
    };
    let row = |(labels, name): &(f64, String)| {
        let accuracy = |mode| {
            let stat = at(mode, *labels);
            let words =
                stat.map_or("–".into(), |stat| format::percent_with_spread(locale, stat.mean, stat.spread));
            view! { <td data-testid=format!("labels-{}-{name}", mode.name()) data-value=stat.map(|stat| stat.mean)>{words}</td> }
        };
        let value = |mode| {
            let worth = at(mode, *labels).and_then(|stat| worth(scratch, *labels, &stat));
            view! { <td>{text::worth_cell(locale, worth)}</td> }
        };
        view! {
            <tr>
                <th scope="row">{name.clone()}</th>
                {Mode::ALL.map(accuracy).collect_view()}
                {PRETRAINED.map(value).collect_view()}
            </tr>
        }
    };
    ticks.iter().map(row).collect_view()
}

/// The numbers of labels of a study, ascending, and how they read.
pub fn ticks(locale: Locale, points: &[LabelPoint]) -> Vec<(f64, String)> {
    let words = |labels: u32| format::count(locale, labels.into());
    let tick =
        |point: &LabelPoint| (point.per_class, point.labels.map_or(clf::labels_all(locale).into(), words));
    let mut ticks: Vec<_> = points.iter().map(tick).collect();
    ticks.sort_by(|a, b| a.0.total_cmp(&b.0));
    ticks.dedup_by(|a, b| a.0 == b.0);
    ticks
}
