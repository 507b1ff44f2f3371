//! The sentence drawn from the figures, when each mode reached which accuracy, the table of final
//! figures, and modes that failed.

use leptos::prelude::*;

use super::speeds::Speeds;
use crate::findings::Stat;
use crate::protocol::Mode;
use crate::ui::context::Ui;
use crate::ui::css;
use crate::ui::format;
use crate::ui::state::Part;
use crate::ui::state::experiment::{End, summaries};
use crate::ui::text::{self, Locale, clf};

/// Sentence and tables; nothing before the first point.
#[component]
pub fn Results() -> impl IntoView {
    let ui = Ui::get();
    let found =
        ui.store.memo(&[Part::Runs], |state| state.runs.experiment().map(summaries).unwrap_or_default());
    let failed = ui.store.memo(&[Part::Runs], |state| {
        state.runs.experiment().map(|run| run.mode_faults.clone()).unwrap_or_default()
    });
    let sentence = move || found.with(|found| text::sentence(ui.locale.get(), found));
    let fault = move || {
        let locale = ui.locale.get();
        let words = |(mode, fault)| {
            clf::mode_failed(locale, clf::mode_name(locale, mode), &text::fault(locale, &fault))
        };
        failed.get().into_iter().map(|failed| view! { <p class="danger">{words(failed)}</p> }).collect_view()
    };
    let head = move || {
        let phrases = [
            clf::mode,
            clf::parameters,
            clf::trainable,
            clf::step_time,
            clf::first_epoch,
            clf::best,
            clf::test_accuracy,
            clf::macro_f1,
        ];
        phrases.map(|phrase| view! { <th scope="col">{phrase(ui.locale.get())}</th> }).collect_view()
    };
    let rows = move || {
        let ended = found.get().into_iter().filter_map(|summary| Some((summary.mode, summary.end?)));
        ended.map(|(mode, end)| row(ui.locale.get(), mode, &end)).collect_view()
    };
    let none = move || found.with(Vec::is_empty);
    let unended = move || found.with(|found| found.iter().all(|summary| summary.end.is_none()));
    view! {
        <section class="panel" hidden=move || none() && failed.with(Vec::is_empty)>
            <h2>{ui.t(clf::results)}</h2>
            {fault}
            <p class="finding" data-testid="clf-finding">{sentence}</p>
            <Speeds found />
            <div class="scroll" hidden=unended>
                <table data-testid="clf-results"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
            </div>
        </section>
    }
}

fn row(locale: Locale, mode: Mode, end: &End) -> impl IntoView + use<> {
    let percent = |stat: Stat| format::percent_with_spread(locale, stat.mean, stat.spread);
    let cells = [
        format::count(locale, end.parameters.into()),
        format::count(locale, end.trainable.into()),
        format!("{}\u{a0}ms", format::decimal(locale, end.step_seconds.mean * 1000.0, 1)),
        percent(end.first_epoch),
        percent(end.best_validation),
        percent(end.test),
        percent(end.macro_f1),
    ];
    let style = css::of_mode(mode);
    view! {
        <tr>
            <th scope="row" class="mode" style=style>{clf::mode_name(locale, mode)}</th>
            {cells.map(|cell| view! { <td>{cell}</td> }).collect_view()}
        </tr>
    }
}
