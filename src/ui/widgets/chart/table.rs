//! The table behind a chart: the same figures, for reading, copying and screen readers.

use leptos::prelude::*;

use crate::ui::context::Ui;
use crate::ui::safely::safely;
use crate::ui::state::chart::ChartData;
use crate::ui::text;

/// Rows at most: a curve of thousands of points is thinned evenly.
const ROWS: usize = 60;

/// A table that opens on demand; it is built only while it is open.
#[component]
pub fn TableBehind(
    /// What is drawn.
    data: Signal<ChartData>,
    /// What the chart shows.
    label: Signal<String>,
) -> impl IntoView {
    let ui = Ui::get();
    let open = RwSignal::new(false);
    let table = move || {
        open.get().then(|| {
            let (head, rows) = data.with(|data| data.table(ROWS));
            let cells = |row: Vec<String>| {
                view! { <tr>{row.into_iter().map(|cell| view! { <td>{cell}</td> }).collect_view()}</tr> }
            };
            view! {
                <div class="scroll">
                    <table>
                        <caption>{label}</caption>
                        <thead><tr>{head.into_iter().map(|name| view! { <th scope="col">{name}</th> }).collect_view()}</tr></thead>
                        <tbody>{rows.into_iter().map(cells).collect_view()}</tbody>
                    </table>
                </div>
            }
        })
    };
    let toggle = move |event: web_sys::Event| {
        let details = event_target::<web_sys::Element>(&event);
        open.set(details.has_attribute("open"));
    };
    view! {
        <details class="behind" on:toggle=safely(toggle)>
            <summary>{ui.t(text::table_behind)}</summary>
            {table}
        </details>
    }
}
