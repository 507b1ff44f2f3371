//! Bytes behind the browser's handles: read a piece at a time, each with a limit, as a file may lie on a
//! drive that has gone or in a folder that is only named.

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::{
    fetch::STALL_SECONDS,
    turn::{describe, within},
};
use crate::protocol::FileFault;

/// Bytes read in one go.
const PIECE: f64 = 4e6;
/// Bytes that tell a file's form.
const HEAD: f64 = 4096.0;

/// A blob's first bytes.
///
/// # Errors
/// [`FileFault::Unreadable`] where there is no content, [`FileFault::Stalled`] where it does not come.
pub async fn head(blob: &Blob) -> Result<Vec<u8>, FileFault> {
    let mut bytes = Vec::new();
    read(blob, 0.0, HEAD, &mut bytes).await?;
    Ok(bytes)
}

/// All of a blob; `progress` gets the part that is here, 0 to 1.
///
/// # Errors
/// As [`head`].
pub async fn bytes(blob: &Blob, progress: impl Fn(f64)) -> Result<Vec<u8>, FileFault> {
    let size = blob.size();
    let mut bytes = Vec::with_capacity(size as usize);
    let mut at = 0.0;
    while at < size {
        read(blob, at, at + PIECE, &mut bytes).await?;
        at += PIECE;
        progress((at / size).min(1.0));
    }
    Ok(bytes)
}

async fn read(blob: &Blob, from: f64, to: f64, into: &mut Vec<u8>) -> Result<(), FileFault> {
    let piece = blob.slice_with_f64_and_f64(from, to).map_err(unreadable)?;
    let settled = within(STALL_SECONDS, JsFuture::from(piece.array_buffer())).await;
    let buffer = settled.ok_or(FileFault::Stalled(STALL_SECONDS))?.map_err(unreadable)?;
    let buffer: ArrayBuffer = buffer.dyn_into().map_err(unreadable)?;
    let piece = Uint8Array::new(&buffer);
    let start = into.len();
    into.resize(start + piece.length() as usize, 0);
    piece.copy_to(&mut into[start..]);
    Ok(())
}

fn unreadable(error: JsValue) -> FileFault {
    FileFault::Unreadable(describe(&error))
}
