//! The values under the pointer: a line across the chart and a card beside it. Arrow keys move it.

use leptos::prelude::*;
use web_sys::{KeyboardEvent, PointerEvent};

use super::draw::Frame;
use crate::ui::context::Ui;
use crate::ui::css::css;
use crate::ui::hands;
use crate::ui::pointers::{Claim, Owner};
use crate::ui::safely::safely;
use crate::ui::state::chart::ChartData;
use crate::ui::text::{Locale, say};

/// Catches the pointer over the chart and shows the values nearest to it.
#[component]
pub fn Hover(
    /// What is drawn.
    data: Signal<ChartData>,
    /// Where it is drawn.
    frame: RwSignal<Option<Frame>>,
    /// What the chart shows.
    label: Signal<String>,
    /// `data-testid` of what catches the pointer.
    testid: String,
) -> impl IntoView {
    let ui = Ui::get();
    let at = RwSignal::new(None::<f64>);
    // One pointer at a time: a second finger does not pull the line to itself, a palm's going ends nothing.
    let owner = StoredValue::new(Owner::default());
    let follow = move |event: PointerEvent| {
        let (id, kind) = (event.pointer_id(), hands::kind(&event));
        let refused =
            owner.try_update_value(|owner| !owner.owns(id) && owner.press(id, kind) == Claim::Refused);
        if refused != Some(false) {
            return;
        }
        let value = frame.with_untracked(|frame| {
            let frame = frame.as_ref()?;
            let share =
                (f64::from(event.offset_x()) - frame.across.start) / (frame.across.end - frame.across.start);
            let value = frame.x.start + share * (frame.x.end - frame.x.start);
            data.with_untracked(|data| data.nearest(value))
        });
        at.set(value);
    };
    let leave = move |event: PointerEvent| {
        if owner.try_update_value(|owner| owner.release(event.pointer_id())) == Some(true) {
            at.set(None);
        }
    };
    let step = move |event: KeyboardEvent| {
        let stops = data.with_untracked(ChartData::stops);
        let to = match event.key().as_str() {
            "ArrowLeft" | "ArrowDown" => data.with_untracked(|data| data.neighbour(at.get_untracked(), -1)),
            "ArrowRight" | "ArrowUp" => data.with_untracked(|data| data.neighbour(at.get_untracked(), 1)),
            "Home" => stops.first().copied(),
            "End" => stops.last().copied(),
            _ => return,
        };
        event.prevent_default();
        at.set(to);
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
            view! { <li><i style=css(format!("--c:var({colour})"))></i>{name}<b>{value}</b></li> }
        };
        Some(view! {
            <div class="hover-line" style=css(format!("left:{x}px;top:{top}px;height:{height}px"))></div>
            <div class="hover-card" class:right=right style=css(format!("left:{x}px;top:{top}px")) aria-hidden="true">
                <b>{head}</b>
                <ul>{rows.into_iter().map(row).collect_view()}</ul>
            </div>
        })
    };
    // A screen reader hears the values as those of a slider over the curves' points.
    // It follows the learner's steps, not every batch of a run.
    let spoken = move || match at.get() {
        Some(value) => data.with_untracked(|data| spoken(data, value, ui.locale.get())),
        None => say::chart_keys(ui.locale.get()).to_owned(),
    };
    let last = move || {
        at.track();
        data.with_untracked(|data| data.stops().len())
    };
    let now = move || at.get().map_or(0, |at| data.with_untracked(|data| stop_of(data, at)));
    view! {
        <div class="hover" data-testid=testid tabindex="0" role="slider" aria-label=label aria-valuemin="0" aria-valuemax=last
            aria-valuenow=now aria-valuetext=spoken
            on:pointermove=safely(follow) on:pointerleave=safely(leave) on:pointercancel=safely(leave)
            on:keydown=safely(step) on:blur=safely(move |_| at.set(None))>
            {card}
        </div>
    }
}

/// The place of a drawn x among the points, from 1.
fn stop_of(data: &ChartData, at: f64) -> usize {
    data.stops().iter().position(|stop| *stop == at).map_or(0, |index| index + 1)
}

/// The values at a drawn x as one sentence.
fn spoken(data: &ChartData, at: f64, locale: Locale) -> String {
    let rows = data.values_at(at).into_iter().map(|(name, _, value)| format!("{name} {value}"));
    say::chart_stop(locale, &data.x.described(at), &rows.collect::<Vec<_>>().join(", "))
}
