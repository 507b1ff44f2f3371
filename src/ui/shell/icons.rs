//! The page's few icons: 24×24 line drawings in the text's colour, hidden from screen readers.

use leptos::prelude::*;

use crate::ui::prefs::Step;

/// A step's icon.
pub fn step(step: Step) -> impl IntoView {
    icon(match step {
        Step::Data => "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z",
        Step::Autoencoder => "M3 4l7 5v6l-7 5zM21 4l-7 5v6l7 5zM10 12h4",
        Step::Latent => "M4 7h9M17 7h3M4 12h2M10 12h10M4 17h11M19 17h1M15 5v4M8 10v4M17 15v4",
        Step::Classifiers => "M4 20V9M10 20V4M16 20v-8M21 20H3",
        Step::Draw => "M4 20l1-5L16 4l4 4L9 19zM13 7l4 4",
    })
}

/// Two bars.
pub fn pause() -> impl IntoView {
    icon("M8 5v14M16 5v14")
}

/// A triangle.
pub fn play() -> impl IntoView {
    icon("M7 5l12 7-12 7z")
}

/// A triangle before a bar.
pub fn step_forward() -> impl IntoView {
    icon("M6 5l9 7-9 7zM19 5v14")
}

/// A square.
pub fn stop() -> impl IntoView {
    icon("M6 6h12v12H6z")
}

/// A cross.
pub fn cross() -> impl IntoView {
    icon("M6 6l12 12M18 6L6 18")
}

fn icon(path: &'static str) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=path />
        </svg>
    }
}
