//! The table of modes with their final figures, the sentence drawn from it, and modes that failed.

use leptos::prelude::*;

use crate::ui::context::Ui;
use crate::ui::format;
use crate::ui::state::Part;
use crate::ui::state::experiment::{Stat, Summary, summaries};
use crate::ui::text::{self, Locale, clf};

/// Sentence and table; nothing before the first result.
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
    let rows = move || found.get().into_iter().map(|summary| row(ui.locale.get(), &summary)).collect_view();
    let none = move || found.with(Vec::is_empty);
    view! {
        <section class="panel" hidden=move || none() && failed.with(Vec::is_empty)>
            <h2>{ui.t(clf::results)}</h2>
            {fault}
            <p class="finding" data-testid="clf-finding">{sentence}</p>
            <div class="scroll" hidden=none>
                <table data-testid="clf-results"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
            </div>
        </section>
    }
}

fn row(locale: Locale, summary: &Summary) -> impl IntoView + use<> {
    let percent = |stat: Stat| {
        let mean = format::percent(stat.mean);
        if stat.spread > 0.0 { format!("{mean} ± {:.1}", stat.spread * 100.0) } else { mean }
    };
    let cells = [
        format::count(locale, summary.parameters.into()),
        format::count(locale, summary.trainable.into()),
        format!("{:.1}\u{a0}ms", summary.step_seconds.mean * 1000.0),
        percent(summary.first_epoch),
        percent(summary.best_validation),
        percent(summary.test),
        percent(summary.macro_f1),
    ];
    let style = format!("--c:var(--mode-{})", summary.mode.name());
    view! {
        <tr>
            <th scope="row" class="mode" style=style>{clf::mode_name(locale, summary.mode)}</th>
            {cells.map(|cell| view! { <td>{cell}</td> }).collect_view()}
        </tr>
    }
}
