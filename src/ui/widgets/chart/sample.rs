//! A piece of a curve beside its name: hue, dash and marker as in the chart.

use leptos::prelude::*;

use crate::ui::state::pattern::{Marker, Pattern};

/// The piece, in the colour of `--c`.
pub fn sample(pattern: Pattern) -> impl IntoView {
    let dashes = pattern.dash.lengths().map(|(dash, gap)| format!("{dash} {gap}"));
    let marker = match pattern.marker {
        Marker::None => "",
        Marker::Disc => "M12 6a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
        Marker::Square => "M12.5 2.5h7v7h-7z",
        Marker::Triangle => "M16 1.5l5 8.5h-10z",
        Marker::Cross => "M12 2l8 8m0-8l-8 8",
    };
    view! {
        <svg class="sample" viewBox="0 0 32 12" width="32" height="12" aria-hidden="true" focusable="false">
            <path d="M0 6h32" stroke-dasharray=dashes />
            <path class="marker" d=marker />
        </svg>
    }
}
