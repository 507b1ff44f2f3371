//! One file over the network: streamed with progress, summed on the way, given up when it stalls.

use futures::future::{Either, select};
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader, RequestInit, Response};

use super::turn::{describe, scope, sleep};
use crate::protocol::FileFault;

/// Seconds without a byte after which a source is given up.
pub const STALL_SECONDS: u32 = 15;

/// A response on its way.
struct Incoming {
    abort: AbortController,
    response: Response,
}

/// The bytes at `address`; `progress` gets each piece as it comes.
///
/// # Errors
/// [`FileFault::Http`], [`FileFault::Network`] or [`FileFault::Stalled`].
pub async fn bytes(
    address: &str,
    stall_seconds: u32,
    mut progress: impl FnMut(&[u8]),
) -> Result<Vec<u8>, FileFault> {
    let incoming = open(address, stall_seconds).await?;
    let mut bytes = Vec::new();
    let Some(body) = incoming.response.body() else { return Ok(bytes) };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    while let Some(piece) = read(&incoming, &reader, stall_seconds).await? {
        let start = bytes.len();
        bytes.resize(start + piece.length() as usize, 0);
        piece.copy_to(&mut bytes[start..]);
        progress(&bytes[start..]);
    }
    Ok(bytes)
}

/// The text at `address`.
///
/// # Errors
/// As [`bytes`].
pub async fn text(address: &str, stall_seconds: u32) -> Result<String, FileFault> {
    let bytes = bytes(address, stall_seconds, |_| {}).await?;
    String::from_utf8(bytes).map_err(|error| FileFault::Network(error.to_string()))
}

async fn open(address: &str, stall_seconds: u32) -> Result<Incoming, FileFault> {
    let abort = AbortController::new().map_err(network)?;
    let options = RequestInit::new();
    options.set_signal(Some(&abort.signal()));
    let promise = scope().fetch_with_str_and_init(address, &options);
    let response: Response = in_time(promise, &abort, stall_seconds).await?.unchecked_into();
    match response.ok() {
        true => Ok(Incoming { abort, response }),
        false => Err(FileFault::Http(response.status())),
    }
}

/// The next piece; `None` at the end.
async fn read(
    incoming: &Incoming,
    reader: &ReadableStreamDefaultReader,
    stall_seconds: u32,
) -> Result<Option<Uint8Array>, FileFault> {
    let result = in_time(reader.read(), &incoming.abort, stall_seconds).await?;
    let field = |name: &str| Reflect::get(&result, &name.into()).map_err(network);
    match field("done")?.is_truthy() {
        true => Ok(None),
        false => Ok(Some(field("value")?.unchecked_into())),
    }
}

/// The promise's value, unless it takes longer than `seconds`; then everything is aborted.
async fn in_time(
    promise: js_sys::Promise,
    abort: &AbortController,
    seconds: u32,
) -> Result<JsValue, FileFault> {
    let patience = Box::pin(sleep(seconds as i32 * 1000));
    match select(JsFuture::from(promise), patience).await {
        Either::Left((result, _)) => result.map_err(network),
        Either::Right(_) => {
            abort.abort();
            Err(FileFault::Stalled(seconds))
        }
    }
}

fn network(error: JsValue) -> FileFault {
    FileFault::Network(describe(&error))
}
