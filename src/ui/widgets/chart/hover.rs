//! The values under the pointer: a line across the chart and a card beside it. Arrow keys move it.

use leptos::prelude::*;
use web_sys::{KeyboardEvent, PointerEvent};

use super::draw::Frame;
use crate::ui::state::chart::ChartData;

/// Catches the pointer over the chart and shows the values nearest to it.
#[component]
pub fn Hover(
    /// What is drawn.
    data: Signal<ChartData>,
    /// Where it is drawn.
    frame: RwSignal<Option<Frame>>,
) -> impl IntoView {
    let at = RwSignal::new(None::<f64>);
    let follow = move |event: PointerEvent| {
        let value = frame.with_untracked(|frame| {
            let frame = frame.as_ref()?;
            let share =
                (f64::from(event.offset_x()) - frame.across.start) / (frame.across.end - frame.across.start);
            let value = frame.x.start + share * (frame.x.end - frame.x.start);
            data.with_untracked(|data| data.nearest(value))
        });
        at.set(value);
    };
    let step = move |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowLeft" => -1,
            "ArrowRight" => 1,
            _ => return,
        };
        event.prevent_default();
        at.update(|at| *at = data.with_untracked(|data| data.neighbour(*at, by)));
    };
    let place = move |value: f64| {
        frame.with(|frame| {
            let frame = frame.as_ref()?;
            let share = (value - frame.x.start) / (frame.x.end - frame.x.start);
            let x = frame.across.start + share * (frame.across.end - frame.across.start);
            let right = share > 0.5;
            Some((x, frame.down.start, frame.down.end - frame.down.start, right))
        })
    };
    let card = move || {
        let value = at.get()?;
        let (x, top, height, right) = place(value)?;
        let (head, rows) = data.with(|data| (data.x.described(value), data.values_at(value)));
        let row = |(name, colour, value): (String, &'static str, String)| {
            view! { <li><i style=format!("--c:var({colour})")></i>{name}<b>{value}</b></li> }
        };
        Some(view! {
            <div class="hover-line" style=format!("left:{x}px;top:{top}px;height:{height}px")></div>
            <div class="hover-card" class:right=right style=format!("left:{x}px;top:{top}px") role="status">
                <b>{head}</b>
                <ul>{rows.into_iter().map(row).collect_view()}</ul>
            </div>
        })
    };
    view! {
        <div class="hover" tabindex="0" on:pointermove=follow on:pointerleave=move |_| at.set(None)
            on:keydown=step on:blur=move |_| at.set(None)>
            {card}
        </div>
    }
}
