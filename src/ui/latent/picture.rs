//! A picture or a strip of them on a canvas, enlarged by whole pixels.

use std::sync::Arc;

use leptos::html::Canvas;
use leptos::prelude::*;

use crate::data::IMAGE_SIDE;
use crate::protocol::Pictures;
use crate::ui::css::css;
use crate::ui::safely::Effect;
use crate::ui::widgets::paint;

/// Pictures side by side.
#[component]
pub fn Picture(
    /// What to show.
    #[prop(into)]
    pictures: Signal<Option<Arc<Pictures>>>,
    /// Screen pixels a picture pixel.
    #[prop(default = 2)]
    scale: usize,
    /// How many side by side.
    #[prop(default = 1)]
    columns: usize,
    /// `data-testid` of the canvas.
    #[prop(optional, into)]
    testid: Option<String>,
    /// What it is, for screen readers.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let canvas = NodeRef::<Canvas>::new();
    Effect::new(move |_| {
        if let (Some(canvas), Some(pictures)) = (canvas.get(), pictures.get()) {
            paint(&canvas, &pictures, columns, 0);
        }
    });
    let style = css(format!("width:{}px;height:{}px", columns * IMAGE_SIDE * scale, IMAGE_SIDE * scale));
    view! {
        <canvas class="picture" node_ref=canvas style=style data-testid=testid role="img" aria-label=label></canvas>
    }
}
