//! Files of the page itself: fetched with a limit, and what it means when one is not there.

use std::time::Duration;

use futures::future::{Either, select};
use js_sys::{Promise, Uint8Array};
use leptos::leptos_dom::helpers::set_timeout;
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestCache, RequestInit, Response};

use super::worker;
use crate::data::Form;
use crate::protocol::{Fault, FileFault};

/// How long a file of the page may take.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// What `future` gives, unless it takes longer than `limit`.
pub async fn within<T>(limit: Duration, future: impl Future<Output = T>) -> Option<T> {
    let (sender, patience) = futures::channel::oneshot::channel();
    // Nobody may wait any more.
    let ring = move || sender.send(()).unwrap_or_default();
    set_timeout(ring, limit);
    match select(Box::pin(future), patience).await {
        Either::Left((value, _)) => Some(value),
        Either::Right(_) => None,
    }
}

/// A file beside the page, never an old one out of the browser's cache: files like the weights keep their
/// names when they change.
///
/// # Errors
/// [`Fault::File`] with the reason, [`Fault::NewVersion`] where it is gone with its release.
pub async fn file(address: &str) -> Result<Vec<u8>, Fault> {
    match within(PATIENCE, bytes(address)).await.unwrap_or(Err(FileFault::Stalled(PATIENCE.as_secs() as u32)))
    {
        Ok(bytes) => Ok(bytes),
        Err(reason) => Err(cause(address, reason).await),
    }
}

async fn bytes(address: &str) -> Result<Vec<u8>, FileFault> {
    let options = RequestInit::new();
    options.set_cache(RequestCache::NoCache);
    let answer = answer(window().fetch_with_str_and_init(address, &options)).await?;
    let buffer = JsFuture::from(answer.array_buffer().map_err(network)?).await.map_err(network)?;
    let bytes = Uint8Array::new(&buffer).to_vec();
    match Form::of("", &bytes) {
        // Hosts that answer every address with a page, and networks that want a log-in.
        Form::WebPage => Err(FileFault::Form(Form::WebPage)),
        Form::Empty => Err(FileFault::Form(Form::Empty)),
        _ => Ok(bytes),
    }
}

/// Whether a file is there, without its bytes.
///
/// # Errors
/// Why not.
pub async fn look(address: &str) -> Result<(), FileFault> {
    let options = RequestInit::new();
    options.set_method("HEAD");
    let answer = answer(window().fetch_with_str_and_init(address, &options)).await?;
    let kind = answer.headers().get("content-type").ok().flatten().unwrap_or_default();
    match kind.starts_with("text/html") {
        true => Err(FileFault::Form(Form::WebPage)),
        false => Ok(()),
    }
}

async fn answer(promise: Promise) -> Result<Response, FileFault> {
    let answer: Response = JsFuture::from(promise).await.map_err(network)?.dyn_into().map_err(network)?;
    if answer.ok() { Ok(answer) } else { Err(FileFault::Http(answer.status())) }
}

fn network(error: JsValue) -> FileFault {
    FileFault::Network(worker::describe(&error))
}

/// The fault of a file that is not there: its own, or that of its whole release.
pub async fn cause(address: &str, reason: FileFault) -> Fault {
    if release_is_gone().await {
        return Fault::NewVersion;
    }
    let file = address.rsplit('/').next().unwrap_or(address).to_owned();
    Fault::File { file, reason }
}

/// Whether the server has another page than this one by now: it names another folder of engines, or another
/// script. A page that cannot be had, or is none of ours, tells nothing.
pub async fn release_is_gone() -> bool {
    let options = RequestInit::new();
    options.set_cache(RequestCache::NoStore);
    let address = document().base_uri().ok().flatten().unwrap_or_default();
    let address = address.split('#').next().unwrap_or_default();
    let asked = async {
        let answer = answer(window().fetch_with_str_and_init(address, &options)).await.ok()?;
        JsFuture::from(answer.text().ok()?).await.ok()?.as_string()
    };
    let page = within(PATIENCE, asked).await.flatten().unwrap_or_default();
    let ours = [Some(worker::folder()), own_script()];
    page.contains("telar-engines") && ours.into_iter().flatten().any(|mark| !page.contains(&mark))
}

/// The name of the page's own script, which is that of its content.
fn own_script() -> Option<String> {
    let link = document().query_selector("link[rel=modulepreload]").ok()??;
    Some(link.get_attribute("href")?.rsplit('/').next()?.to_owned())
}
