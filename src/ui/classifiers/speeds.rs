//! How much faster: when each mode reached which accuracy, and how that compares with scratch.

use leptos::prelude::*;

use crate::findings::{Arrival, TARGETS};
use crate::protocol::Mode;
use crate::ui::context::Ui;
use crate::ui::css;
use crate::ui::format;
use crate::ui::state::experiment::Summary;
use crate::ui::text::{Locale, clf};

/// The table, growing as the curves do.
#[component]
pub fn Speeds(
    /// The figures so far.
    found: Memo<Vec<Summary>>,
) -> impl IntoView {
    let ui = Ui::get();
    let head = move || {
        let name = |target: f64| clf::until(ui.locale.get(), (target * 100.0).round() as u32);
        TARGETS.map(|target| view! { <th scope="col">{name(target)}</th> }).collect_view()
    };
    let rows = move || found.get().iter().map(|summary| row(ui.locale.get(), summary)).collect_view();
    view! {
        <h3>{ui.t(clf::speeds)}</h3>
        <p class="hint">{ui.t(clf::speeds_note)}</p>
        <div class="scroll">
            <table class="speeds" data-testid="clf-speeds">
                <thead><tr><th scope="col">{ui.t(clf::mode)}</th>{head}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn row(locale: Locale, summary: &Summary) -> impl IntoView + use<> {
    let ended = summary.end.is_some();
    let cells = TARGETS.iter().zip(summary.arrivals).zip(summary.speedups);
    let cells = cells.map(|((target, arrival), speedup)| {
        let target = (target * 100.0).round() as u32;
        let speedup = speedup.filter(|_| summary.mode != Mode::Scratch);
        cell(locale, summary.mode, target, arrival, speedup, ended)
    });
    let style = css::of_mode(summary.mode);
    view! {
        <tr>
            <th scope="row" class="mode" style=style>{clf::mode_name(locale, summary.mode)}</th>
            {cells.collect_view()}
        </tr>
    }
}

/// Batches; below them the seconds and the ratio to scratch, or that it was not reached.
fn cell(
    locale: Locale,
    mode: Mode,
    target: u32,
    arrival: Option<Arrival>,
    speedup: Option<f64>,
    ended: bool,
) -> impl IntoView {
    let id = |what: &str| format!("clf-{}-{what}-to-{target}", mode.name());
    let batches = arrival
        .map_or("–".to_owned(), |arrival| format::count(locale, arrival.batches.mean.round() as u64));
    let seconds = arrival.map(|arrival| clf::in_seconds(locale, &time(locale, arrival.seconds.mean)));
    let times = speedup.map(|times| clf::times(locale, &format::decimal(locale, times, 1)));
    let missed = (arrival.is_none() && ended).then(|| clf::not_reached(locale));
    view! {
        <td>
            <b data-testid=id("batches")>{batches}</b>
            <small data-testid=id("seconds")>{seconds}</small>
            <small data-testid=id("times")>{times}</small>
            <small>{missed}</small>
        </td>
    }
}

/// Seconds, with a decimal while they are few.
fn time(locale: Locale, seconds: f64) -> String {
    if seconds < 60.0 {
        format!("{}\u{a0}s", format::decimal(locale, seconds, if seconds < 10.0 { 1 } else { 0 }))
    } else {
        format::duration(seconds)
    }
}
