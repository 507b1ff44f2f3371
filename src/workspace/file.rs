//! A workspace as one file, `NAME.telar`: a zip archive of safetensors files and JSON.

use std::io::{Read, Write};

use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use rawzip::{CompressionMethod, ErrorKind, ZipArchive, ZipArchiveWriter, ZipSliceEntry};

use super::{Entry, ONLY, Part, WorkspaceError, reading};
use crate::data::Form;

/// The head's name in the file.
const HEAD: &str = "telar.json";
/// Most files in an archive.
const MOST_ENTRIES: usize = 2_000;
/// Most bytes that the files of an archive may have beyond those of the archive itself.
const MOST_MORE: usize = 24 << 20;

/// The file of a workspace. Weights hardly get smaller: they lie in it as they are, so that every program for zip
/// archives hands out files that PyTorch reads.
///
/// # Errors
/// [`WorkspaceError`] where an entry is not what it says, and where it would be one that [`unpack`] refuses.
pub fn pack(entries: &[Entry]) -> Result<Vec<u8>, WorkspaceError> {
    let mut bytes = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut bytes);
    for entry in entries.iter().filter(|(part, ..)| *part != Part::Checkpoint) {
        reading::check(entry)?;
        let (part, key, content) = entry;
        add(&mut archive, &path(*part, key), content, *part == Part::Model)
            .map_err(|error| WorkspaceError::damaged(key, error))?;
    }
    archive.finish().map_err(|error| WorkspaceError::damaged(HEAD, error))?;
    Ok(bytes)
}

fn add(
    archive: &mut ZipArchiveWriter<&mut Vec<u8>>,
    path: &str,
    content: &[u8],
    stored: bool,
) -> Result<(), rawzip::Error> {
    let method = if stored { CompressionMethod::STORE } else { CompressionMethod::DEFLATE };
    let (mut entry, config) = archive.new_file(path).compression_method(method).start()?;
    let descriptor = if stored {
        let mut writer = config.wrap(&mut entry);
        writer.write_all(content)?;
        writer.finish()?.1
    } else {
        let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::default()));
        writer.write_all(content)?;
        let (encoder, descriptor) = writer.finish()?;
        encoder.finish()?;
        descriptor
    };
    entry.finish(descriptor)?;
    Ok(())
}

/// What is in a workspace's file: all of it, each thing what it says, or nothing.
///
/// # Errors
/// [`WorkspaceError`]. Sizes are limited before anything is unpacked: no more memory is used than twice the
/// file's size and 64 MB.
pub fn unpack(bytes: &[u8]) -> Result<Vec<Entry>, WorkspaceError> {
    if bytes.len() as u64 > reading::LARGEST_FILE {
        return Err(WorkspaceError::TooLarge { what: "the file".to_owned(), limit: reading::LARGEST_FILE });
    }
    match Form::of("", bytes) {
        Form::Zip | Form::Pickle if bytes.starts_with(b"PK") => {}
        form => return Err(WorkspaceError::Form(form)),
    }
    let mut entries = read(bytes)?;
    // Its version decides about all the rest: it is looked at first.
    entries.sort_by_key(|(part, ..)| *part != Part::About);
    match entries.first() {
        Some((Part::About, ..)) => {}
        _ => return Err(WorkspaceError::Stranger),
    }
    entries.iter().try_for_each(reading::check)?;
    Ok(entries)
}

fn read(bytes: &[u8]) -> Result<Vec<Entry>, WorkspaceError> {
    let archive = ZipArchive::from_slice(bytes).map_err(|error| broken("the archive", &error))?;
    let mut left = bytes.len() + MOST_MORE;
    let mut entries: Vec<Entry> = Vec::new();
    let mut listed = archive.entries();
    while let Some(listed) = listed.next_entry().map_err(|error| broken("the archive", &error))? {
        let name = String::from_utf8_lossy(listed.file_path().as_bytes()).into_owned();
        if listed.is_dir() || is_litter(&name) {
            continue;
        }
        if entries.len() == MOST_ENTRIES {
            return Err(WorkspaceError::TooMany(MOST_ENTRIES));
        }
        let (part, key) = place(&name).ok_or_else(|| foreign(&entries, &name))?;
        if entries.iter().any(|(known, other, _)| (*known, other) == (part, &key)) {
            return Err(WorkspaceError::damaged(&name, "it is there twice"));
        }
        let found = archive.get_entry(listed.wayfinder()).map_err(|error| broken(&name, &error))?;
        let limit = reading::largest(part).min(left);
        let content = content(&name, &found, listed.compression_method(), limit)?;
        left -= content.len();
        entries.push((part, key, content));
    }
    Ok(entries)
}

/// An archive that begins with what no workspace has is none.
fn foreign(before: &[Entry], name: &str) -> WorkspaceError {
    if before.is_empty() { WorkspaceError::Stranger } else { WorkspaceError::Unknown(name.to_owned()) }
}

/// The bytes of a file, whose sum must be right; no more than `limit` are ever held.
fn content(
    name: &str,
    found: &ZipSliceEntry<'_>,
    method: CompressionMethod,
    limit: usize,
) -> Result<Vec<u8>, WorkspaceError> {
    let too_large = || WorkspaceError::TooLarge { what: name.to_owned(), limit: limit as u64 };
    let mut content = Vec::new();
    let packed: Box<dyn Read> = match method {
        CompressionMethod::STORE => Box::new(found.data()),
        CompressionMethod::DEFLATE => Box::new(DeflateDecoder::new(found.data())),
        other => return Err(WorkspaceError::damaged(name, format!("it is packed by {other:?}"))),
    };
    if method == CompressionMethod::STORE {
        if found.data().len() > limit {
            return Err(too_large());
        }
        content.reserve_exact(found.data().len());
    }
    let mut reader = found.verifying_reader(packed).take(limit as u64 + 1);
    reader.read_to_end(&mut content).map_err(|error| WorkspaceError::damaged(name, error))?;
    if content.len() > limit {
        return Err(too_large());
    }
    Ok(content)
}

fn path(part: Part, key: &str) -> String {
    match part {
        Part::About => HEAD.to_owned(),
        Part::Model => format!("models/{key}.safetensors"),
        _ => format!("{}/{key}.json", part.name()),
    }
}

/// Where a file of an archive belongs.
fn place(path: &str) -> Option<(Part, String)> {
    if path == HEAD {
        return Some((Part::About, ONLY.to_owned()));
    }
    let (folder, file) = path.split_once('/')?;
    let part = [Part::Model, Part::Run, Part::Drawing, Part::Setting].into_iter();
    let part = part.into_iter().find(|part| part.name() == folder)?;
    let ending = if part == Part::Model { ".safetensors" } else { ".json" };
    Some((part, file.strip_suffix(ending)?.to_owned()))
}

/// What macOS adds to archives.
fn is_litter(name: &str) -> bool {
    name.starts_with("__MACOSX/") || name.rsplit('/').next() == Some(".DS_Store")
}

fn broken(name: &str, error: &rawzip::Error) -> WorkspaceError {
    match error.kind() {
        ErrorKind::MissingEndOfCentralDirectory | ErrorKind::Eof => WorkspaceError::CutShort,
        _ => WorkspaceError::damaged(name, error),
    }
}
