//! A picture's file → its pixels, by the browser's decoder, without holding the page up.
//!
//! An ordinary picture is decoded as an image. One of very many pixels would be decoded anew, on the page's
//! thread, when it is drawn: it goes by way of an image bitmap, which browsers make smaller elsewhere.

use js_sys::{Object, Promise, Reflect};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlCanvasElement, HtmlImageElement, ImageBitmap, Url};

use crate::ui::browser::promised;
use crate::ui::latent::context_of;

/// Pixels from which a picture is large.
const LARGE: f64 = 6e6;

/// A decoded picture.
pub struct Picture {
    /// Its width and height in pixels, as its file says.
    pub natural: (u32, u32),
    /// Width and height that its pixels are read in.
    size: (u32, u32),
    source: Source,
}

enum Source {
    Image(HtmlImageElement),
    Bitmap(ImageBitmap),
}

/// The picture in a file, its longer side at most `largest` pixels; `None` where the browser cannot.
pub async fn decode(blob: &Blob, largest: f64) -> Option<Picture> {
    let address = Url::create_object_url_with_blob(blob).ok()?;
    let image = load(&address).await;
    // Forgetting an address that this page made cannot fail.
    let _ = Url::revoke_object_url(&address);
    let image = image?;
    let natural = (image.natural_width(), image.natural_height());
    let (width, height) = (f64::from(natural.0), f64::from(natural.1));
    let scale = (largest / width.max(height)).min(1.0);
    let pixels = |length: f64| (length * scale).round().max(1.0) as u32;
    let size = (pixels(width), pixels(height));
    if width * height > LARGE
        && let Some(bitmap) = bitmap(blob, size.0).await
    {
        let size = (bitmap.width(), bitmap.height());
        return Some(Picture { natural, size, source: Source::Bitmap(bitmap) });
    }
    JsFuture::from(image.decode()).await.ok()?;
    Some(Picture { natural, size, source: Source::Image(image) })
}

/// An image whose size is known; its pixels may not be decoded yet.
async fn load(address: &str) -> Option<HtmlImageElement> {
    let image = HtmlImageElement::new().ok()?;
    let loaded = Promise::new(&mut |resolve, reject| {
        image.set_onload(Some(&resolve));
        image.set_onerror(Some(&reject));
    });
    image.set_src(address);
    JsFuture::from(loaded).await.ok()?;
    Some(image).filter(|image| image.natural_width() > 0 && image.natural_height() > 0)
}

/// The picture brought down to a width, the right way up. The width alone is given: whether browsers turn
/// a picture before or after that, its proportions stay.
async fn bitmap(blob: &Blob, width: u32) -> Option<ImageBitmap> {
    let window = window();
    let options = Object::new();
    let wishes = [
        ("resizeWidth", JsValue::from(width)),
        ("resizeQuality", "medium".into()),
        ("imageOrientation", "from-image".into()),
    ];
    for (name, wish) in wishes {
        Reflect::set(&options, &name.into(), &wish).ok()?;
    }
    promised(&window, "createImageBitmap", &[blob, &options]).await.ok()?.dyn_into().ok()
}

impl Picture {
    /// Width, height and RGBA of the pixels.
    pub fn pixels(&self) -> Option<(u32, u32, Vec<u8>)> {
        let canvas = document().create_element("canvas").ok()?.dyn_into::<HtmlCanvasElement>().ok()?;
        let (width, height) = self.size;
        canvas.set_width(width);
        canvas.set_height(height);
        let context = context_of(&canvas)?;
        let (across, down) = (f64::from(width), f64::from(height));
        match &self.source {
            Source::Image(image) => {
                context.draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, across, down)
            }
            Source::Bitmap(bitmap) => {
                context.draw_image_with_image_bitmap_and_dw_and_dh(bitmap, 0.0, 0.0, across, down)
            }
        }
        .ok()?;
        let data = context.get_image_data(0.0, 0.0, across, down).ok()?;
        Some((width, height, data.data().0))
    }
}
