//! One file over the network: streamed with progress, summed on the way, given up when it stalls.

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader, RequestInit, Response};

use super::turn::{describe, scope, within};
use crate::protocol::FileFault;

/// Seconds without a byte after which a source is given up.
pub const STALL_SECONDS: u32 = 15;

/// Ends what is still on its way when nobody wants it any more.
struct Abort(AbortController);

impl Drop for Abort {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// A response on its way.
struct Incoming {
    response: Response,
    _abort: Abort,
}

/// The bytes at `address`, about `expected` many; `progress` gets each piece as it comes.
///
/// # Errors
/// [`FileFault::Http`], [`FileFault::Network`] or [`FileFault::Stalled`].
pub async fn bytes(
    address: &str,
    stall_seconds: u32,
    expected: usize,
    mut progress: impl FnMut(&[u8]),
) -> Result<Vec<u8>, FileFault> {
    let incoming = open(address, stall_seconds).await?;
    // In one go: what a page's memory once grew to it never gives back.
    let mut bytes = Vec::with_capacity(expected);
    let Some(body) = incoming.response.body() else { return Ok(bytes) };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    while let Some(piece) = read(&reader, stall_seconds).await? {
        let start = bytes.len();
        bytes.resize(start + piece.length() as usize, 0);
        piece.copy_to(&mut bytes[start..]);
        progress(&bytes[start..]);
    }
    Ok(bytes)
}

async fn open(address: &str, stall_seconds: u32) -> Result<Incoming, FileFault> {
    let abort = Abort(AbortController::new().map_err(network)?);
    let options = RequestInit::new();
    options.set_signal(Some(&abort.0.signal()));
    let promise = scope().fetch_with_str_and_init(address, &options);
    let response: Response = in_time(promise, stall_seconds).await?.unchecked_into();
    match response.ok() {
        true => Ok(Incoming { response, _abort: abort }),
        false => Err(FileFault::Http(response.status())),
    }
}

/// The next piece; `None` at the end.
async fn read(
    reader: &ReadableStreamDefaultReader,
    stall_seconds: u32,
) -> Result<Option<Uint8Array>, FileFault> {
    let result = in_time(reader.read(), stall_seconds).await?;
    let field = |name: &str| Reflect::get(&result, &name.into()).map_err(network);
    match field("done")?.is_truthy() {
        true => Ok(None),
        false => Ok(Some(field("value")?.unchecked_into())),
    }
}

/// The promise's value, unless it takes longer than `seconds`.
async fn in_time(promise: js_sys::Promise, seconds: u32) -> Result<JsValue, FileFault> {
    let settled = within(seconds, JsFuture::from(promise)).await;
    settled.ok_or(FileFault::Stalled(seconds))?.map_err(network)
}

fn network(error: JsValue) -> FileFault {
    FileFault::Network(describe(&error))
}
