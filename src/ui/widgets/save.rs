//! Saving: text as a file, a canvas of the page as a PNG on the panel's ground.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlAnchorElement, HtmlCanvasElement, MouseEvent, Url,
};

use super::chart::colour;
use crate::ui::canvas_trust;
use crate::ui::context::Ui;
use crate::ui::safely::safely;
use crate::ui::state::spoken::Topic;
use crate::ui::text::{self, clf};

/// Hands bytes or text to the browser's downloads.
pub fn save_file(name: &str, content: &JsValue, kind: &str) {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = js_sys::Array::of1(content);
    let Ok(blob) = Blob::new_with_blob_sequence_and_options(&parts, &options) else { return };
    if let Ok(address) = Url::create_object_url_with_blob(&blob) {
        follow(name, &address);
        // The browser has the blob by now; a leak at worst.
        let _ = Url::revoke_object_url(&address);
    }
}

/// Saves the canvas with this `data-testid` as `NAME.png`; `false` where the browser would save noise.
async fn save_canvas(testid: &str, name: &str) -> bool {
    if !canvas_trust::saves_true().await {
        return false;
    }
    let found = document().query_selector(&format!("canvas[data-testid={testid}]")).ok().flatten();
    let canvas = found.and_then(|found| found.dyn_into::<HtmlCanvasElement>().ok());
    let address = canvas.and_then(|canvas| on_ground(&canvas));
    if let Some(address) = &address {
        follow(&format!("{name}.png"), address);
    }
    address.is_some()
}

/// The canvas on the panel's ground, as a data address.
fn on_ground(canvas: &HtmlCanvasElement) -> Option<String> {
    let copy: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    copy.set_width(canvas.width());
    copy.set_height(canvas.height());
    let context: CanvasRenderingContext2d = copy.get_context("2d").ok()??.dyn_into().ok()?;
    let ground = colour(canvas, "--panel");
    context.set_fill_style_str(&format!("rgb({},{},{})", ground.0, ground.1, ground.2));
    context.fill_rect(0.0, 0.0, copy.width().into(), copy.height().into());
    context.draw_image_with_html_canvas_element(canvas, 0.0, 0.0).ok()?;
    copy.to_data_url().ok()
}

fn follow(name: &str, address: &str) {
    let anchor = document().create_element("a").ok().and_then(|a| a.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(anchor) = anchor {
        anchor.set_href(address);
        anchor.set_download(name);
        anchor.click();
    }
}

/// A button that saves a canvas of the page.
#[component]
pub fn SavePicture(
    /// `data-testid` of the canvas.
    testid: &'static str,
    /// The file's name without its ending.
    #[prop(into)]
    name: Signal<String>,
) -> impl IntoView {
    let ui = Ui::get();
    let refused = RwSignal::new(false);
    let save = move |_: MouseEvent| {
        let name = name.get_untracked();
        spawn_local(async move {
            let saved = save_canvas(testid, &name).await;
            refused.try_set(!saved);
            if !saved {
                ui.voice.say(Topic::Answer, text::picture_noise(ui.locale.get_untracked()));
            }
        });
    };
    view! {
        <button type="button" class="quiet small" data-testid=format!("{testid}-save") on:click=safely(save)>
            {ui.t(clf::save_png)}
        </button>
        <small data-testid=format!("{testid}-save-word") hidden=move || !refused.get()>{ui.t(text::picture_noise)}</small>
    }
}
