//! Drawings in SVG that say no size: browsers show them, but some draw nothing of them on a canvas.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, DomParser, Element, File, SupportedType};

use crate::ui::typed::number;

const KIND: &str = "image/svg+xml";
/// Longer side given to a drawing that says none.
const SIDE: f64 = 512.0;

/// Whether a file says that it is SVG.
pub fn is_svg(file: &File) -> bool {
    file.type_() == KIND || file.name().to_lowercase().ends_with(".svg")
}

/// The drawing with a size; `None` where it has one, or cannot be read.
pub async fn sized(file: &File) -> Option<Blob> {
    let text = JsFuture::from(file.text()).await.ok()?.as_string()?;
    let document = DomParser::new().ok()?.parse_from_string(&text, SupportedType::ImageSvgXml).ok()?;
    let root = document.document_element().filter(|root| root.local_name() == "svg")?;
    let absolute = |name: &str| root.get_attribute(name).is_some_and(|value| !value.trim().ends_with('%'));
    if absolute("width") && absolute("height") {
        return None;
    }
    let (width, height) = size(&root);
    root.set_attribute("width", &width.to_string()).ok()?;
    root.set_attribute("height", &height.to_string()).ok()?;
    let options = BlobPropertyBag::new();
    options.set_type(KIND);
    let parts = js_sys::Array::of1(&JsValue::from_str(&root.outer_html()));
    Blob::new_with_str_sequence_and_options(parts.unchecked_ref(), &options).ok()
}

/// Width and height in the proportions of the view box, else a square.
fn size(root: &Element) -> (f64, f64) {
    let view = root.get_attribute("viewBox").unwrap_or_default();
    let numbers: Vec<f64> = view.split([' ', ',', '\n', '\t']).filter_map(number).collect();
    match numbers.as_slice() {
        [_, _, width, height] if *width > 0.0 && *height > 0.0 => {
            let scale = SIDE / width.max(*height);
            ((width * scale).round().max(1.0), (height * scale).round().max(1.0))
        }
        _ => (SIDE, SIDE),
    }
}
