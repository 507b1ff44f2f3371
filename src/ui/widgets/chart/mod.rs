//! A line chart on a canvas: drawn by plotters, with our own legend, hover values and a table of
//! the same figures behind it.

mod draw;
mod hover;
mod marked;
mod sample;
mod table;

use std::time::Duration;

use leptos::html::{Canvas, Div};
use leptos::prelude::*;

use super::size::width_of;
use crate::ui::context::Ui;
use crate::ui::css::css;
use crate::ui::safely::Effect;
use crate::ui::state::chart::ChartData;
use crate::ui::state::pattern::Pattern;
pub use draw::{Frame, colour};

/// Shortest time between two drawings: measuring text makes the browser lay out the page.
const PAUSE: Duration = Duration::from_millis(150);

/// A line chart. `data` is drawn anew whenever it, the language, the theme or the width changes.
#[component]
pub fn Chart(
    /// What to draw.
    #[prop(into)]
    data: Signal<ChartData>,
    /// `data-testid` of the canvas.
    #[prop(into)]
    testid: String,
    /// What the chart shows.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let ui = Ui::get();
    let over = format!("{testid}-hover");
    let (holder, canvas) = (NodeRef::<Div>::new(), NodeRef::<Canvas>::new());
    let width = width_of(holder);
    let frame = RwSignal::new(None::<Frame>);
    let waiting = StoredValue::new(false);
    let draw_now = move || {
        // The chart may be gone by the time it would be drawn.
        let Some(now) = width.try_get_untracked() else { return };
        waiting.set_value(false);
        if let (Some(canvas), true) = (canvas.get_untracked(), now > 0.0) {
            frame.set(draw::draw(&canvas, &data.get_untracked(), now));
        }
    };
    Effect::new(move |before: Option<(f64, u32)>| {
        data.track();
        let now = (width.get(), ui.palette.get());
        if before != Some(now) {
            request_animation_frame(draw_now);
        } else if !waiting.get_value() {
            waiting.set_value(true);
            set_timeout(move || request_animation_frame(draw_now), PAUSE);
        }
        now
    });
    let legend_entry = |(name, colour, pattern): (String, &'static str, Pattern)| {
        view! { <li style=css(format!("--c:var({colour})"))>{sample::sample(pattern)}{name}</li> }
    };
    let legend = move || data.with(ChartData::legend).into_iter().map(legend_entry).collect_view();
    view! {
        <figure class="chart">
            <ul class="legend">{legend}</ul>
            <div class="chart-area" node_ref=holder>
                <canvas node_ref=canvas data-testid=testid role="img" aria-label=label></canvas>
                <hover::Hover data frame label testid=over />
            </div>
            <table::TableBehind data label />
        </figure>
    }
}
