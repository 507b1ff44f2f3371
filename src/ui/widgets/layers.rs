//! Layers of a network as a picture: each as large as its output, with its shape and the number of its
//! parameters below.

use leptos::prelude::*;

use crate::network::{Layer, LayerKind};
use crate::ui::format;
use crate::ui::text::{Locale, ae};

/// Width of one layer's column.
pub const COLUMN: f64 = 112.0;
/// The middle line that the layers are centred on.
const MIDDLE: f64 = 72.0;

/// Layer number `index` in its column.
pub fn column(locale: Locale, index: usize, layer: &Layer, bottleneck: bool) -> impl IntoView + use<> {
    let centre = (index as f64 + 0.5) * COLUMN;
    let shape = layer.output.iter().map(usize::to_string).collect::<Vec<_>>().join("×");
    let parameters = match layer.parameters {
        0 => String::new(),
        some => format!("{} par.", format::count(locale, some as u64)),
    };
    let name = kind(locale, layer.kind);
    view! {
        <g class:bottleneck=bottleneck>
            {blocks(centre, &layer.output)}
            <text x=centre y=128.0 class="kind">{name}</text>
            <text x=centre y=143.0>{shape}</text>
            <text x=centre y=157.0 class="faint">{parameters}</text>
        </g>
    }
}

/// Feature maps as squares behind one another; a vector as a column of cells.
fn blocks(centre: f64, output: &[usize]) -> impl IntoView + use<> {
    let rect = |x: f64, y: f64, width: f64, height: f64| {
        view! { <rect x=x y=y width=width height=height rx="2" /> }
    };
    if let [channels, side, _] = *output {
        let size = side as f64 * 2.6;
        let count = (channels as f64).log2().round() as usize + 1;
        let shift = 4.0;
        let left = centre - size / 2.0 - shift * (count - 1) as f64 / 2.0;
        let at = |layer: usize| {
            let offset = shift * layer as f64;
            let top = MIDDLE - size / 2.0 + shift * (count - 1) as f64 / 2.0 - offset;
            rect(left + offset, top, size, size)
        };
        return (0..count).rev().map(at).collect_view();
    }
    let units = output.first().copied().unwrap_or(1);
    let cells = units.min(16);
    let cell = 6.0;
    let top = MIDDLE - cells as f64 * cell / 2.0;
    (0..cells).map(|index| rect(centre - 5.0, top + index as f64 * cell, 10.0, cell - 1.0)).collect_view()
}

fn kind(locale: Locale, kind: LayerKind) -> String {
    match kind {
        LayerKind::Input => ae::layer_input(locale).into(),
        LayerKind::Convolution(side) => ae::layer_convolution(locale, side),
        LayerKind::MaxPool(side) => ae::layer_pool(locale, side),
        LayerKind::Linear => ae::layer_linear(locale).into(),
        LayerKind::TransposedConvolution(side) => ae::layer_transposed(locale, side),
        LayerKind::Sigmoid => ae::layer_sigmoid(locale).into(),
        LayerKind::Softmax => ae::layer_softmax(locale).into(),
    }
}
