//! What the things in a workspace must be, and their sizes: looked at before memory is spent.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use super::{About, Entry, KeptRun, ONLY, Part, WorkspaceError};
use crate::data::Form;
use crate::drawing::Drawing;
use crate::protocol::ModelSlot;

/// Most bytes of a workspace's file.
pub const LARGEST_FILE: u64 = 100_000_000;
/// Most bytes of a model: the largest network of this page has a sixth of it.
const LARGEST_MODEL: usize = 32 << 20;
/// Most bytes of a run or of the drawings.
const LARGEST_JSON: usize = 6 << 20;
/// Most bytes of what is small: settings, the head.
const SMALL: usize = 64 << 10;
/// Longest header of a safetensors file accepted; ours have a few thousand bytes.
const LONGEST_HEADER: u64 = 1 << 20;
/// Longest key.
const LONGEST_KEY: usize = 48;
/// Most drawings of a gallery.
const MOST_DRAWINGS: usize = 1_000;

/// Language and forms: each under its name as the JSON that the page keeps.
pub type Settings = BTreeMap<String, String>;

/// Most bytes of a thing in `part`.
pub(super) fn largest(part: Part) -> usize {
    match part {
        Part::Model | Part::Checkpoint => LARGEST_MODEL,
        Part::Run | Part::Drawing => LARGEST_JSON,
        Part::About | Part::Setting => SMALL,
    }
}

/// Whether a thing is what its part holds, whole.
///
/// # Errors
/// [`WorkspaceError`] with what is wrong with it.
pub fn check((part, key, bytes): &Entry) -> Result<(), WorkspaceError> {
    let name = format!("{}/{key}", part.name());
    if !is_key(key) {
        return Err(WorkspaceError::Unknown(name));
    }
    if bytes.len() > largest(*part) {
        return Err(WorkspaceError::TooLarge { what: name, limit: largest(*part) as u64 });
    }
    let known = match part {
        Part::Model => slot_of(key).is_some(),
        Part::Run | Part::Checkpoint => true,
        Part::About | Part::Drawing | Part::Setting => key == ONLY,
    };
    if !known {
        return Err(WorkspaceError::Unknown(name));
    }
    match part {
        Part::About => About::read(bytes).map(drop),
        Part::Model => model(bytes).map_err(|reason| WorkspaceError::Damaged { name, reason }),
        Part::Run => json::<KeptRun>(&name, bytes).map(drop),
        Part::Drawing => gallery(bytes).map(drop),
        Part::Setting => json::<Settings>(&name, bytes).map(drop),
        Part::Checkpoint => Ok(()),
    }
}

/// A kept run.
///
/// # Errors
/// [`WorkspaceError::Damaged`] where it is none.
pub fn run_of(key: &str, bytes: &[u8]) -> Result<KeptRun, WorkspaceError> {
    json(&format!("runs/{key}"), bytes)
}

/// The kept drawings.
///
/// # Errors
/// [`WorkspaceError::Damaged`] where they are none, [`WorkspaceError::TooMany`] where nobody drew as many.
pub fn gallery(bytes: &[u8]) -> Result<Vec<Drawing>, WorkspaceError> {
    let drawings: Vec<Drawing> = json("drawings", bytes)?;
    match drawings.len() > MOST_DRAWINGS {
        true => Err(WorkspaceError::TooMany(MOST_DRAWINGS)),
        false => Ok(drawings),
    }
}

/// The slot that a model's key names.
pub fn slot_of(key: &str) -> Option<ModelSlot> {
    use ModelSlot::{Autoencoder, Finetuned, Frozen, Scratch, Shipped};
    [Autoencoder, Shipped, Scratch, Frozen, Finetuned].into_iter().find(|slot| slot.name() == key)
}

fn json<T: DeserializeOwned>(name: &str, bytes: &[u8]) -> Result<T, WorkspaceError> {
    serde_json::from_slice(bytes).map_err(|error| WorkspaceError::damaged(name, error))
}

fn is_key(key: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=LONGEST_KEY).contains(&key.len()) && key.bytes().all(plain)
}

/// Whether it begins as a safetensors file does; the engine looks at the rest.
fn model(bytes: &[u8]) -> Result<(), String> {
    match Form::of("", bytes) {
        Form::Safetensors => {}
        form => return Err(form.to_string()),
    }
    let header = bytes.first_chunk::<8>().map_or(0, |length| u64::from_le_bytes(*length));
    match header > LONGEST_HEADER || header + 8 > bytes.len() as u64 {
        true => Err(format!("its header has {header} bytes")),
        false => Ok(()),
    }
}
