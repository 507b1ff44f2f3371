//! Files in a zip archive, one at a time, so that a bad one leaves the others alone.

use rawzip::{CompressionMethod, ErrorKind, ZipArchive, ZipArchiveEntryWayfinder, ZipSliceArchive};

use super::{DataError, Form, LARGEST, Unpacking};

/// Files looked at in one archive; those that people have hold a dozen.
const MOST_ENTRIES: usize = 200;

/// An archive with the names in it.
pub struct Zipped {
    archive: ZipSliceArchive<Vec<u8>>,
    entries: Vec<Listed>,
}

struct Listed {
    name: String,
    place: ZipArchiveEntryWayfinder,
    method: CompressionMethod,
}

/// A file of an archive: as it is, or to be unpacked.
pub enum Entry {
    /// Its bytes.
    Stored(Vec<u8>),
    /// On the way to its bytes.
    Packed(Unpacking),
}

impl Zipped {
    /// Opens an archive.
    ///
    /// # Errors
    /// [`DataError::CutShort`] where its list of files is missing, which is at its end;
    /// [`DataError::Packing`] where it is broken otherwise.
    pub fn open(bytes: Vec<u8>) -> Result<Self, DataError> {
        let archive = ZipArchive::from_slice(bytes).map_err(|error| broken(&error))?;
        let mut entries = Vec::new();
        let mut listed = archive.entries();
        while let Some(entry) = listed.next_entry().map_err(|error| broken(&error))? {
            if !entry.is_dir() && entries.len() < MOST_ENTRIES {
                let name = String::from_utf8_lossy(entry.file_path().as_bytes()).into_owned();
                entries.push(Listed { name, place: entry.wayfinder(), method: entry.compression_method() });
            }
        }
        Ok(Self { archive, entries })
    }

    /// The files' names with their folders.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.name.as_str())
    }

    /// File `index`, counted as [`Self::names`] has them; panics where there is none.
    ///
    /// # Errors
    /// [`DataError::Form`] with [`Form::Archive`] where it is packed in a way other than deflate,
    /// [`DataError::Packing`] where the archive is broken there.
    pub fn entry(&self, index: usize) -> Result<Entry, DataError> {
        let listed = &self.entries[index];
        let found = self.archive.get_entry(listed.place).map_err(|error| broken(&error))?;
        match listed.method {
            CompressionMethod::STORE => Ok(Entry::Stored(found.data().to_vec())),
            CompressionMethod::DEFLATE => {
                Ok(Entry::Packed(Unpacking::deflate(found.data().to_vec(), LARGEST)))
            }
            _ => Err(DataError::Form(Form::Archive)),
        }
    }
}

fn broken(error: &rawzip::Error) -> DataError {
    match error.kind() {
        ErrorKind::MissingEndOfCentralDirectory | ErrorKind::Eof => DataError::CutShort,
        _ => DataError::Packing(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::DeflateEncoder};
    use proptest::prelude::*;
    use rawzip::ZipArchiveWriter;

    use super::*;

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut archive = ZipArchiveWriter::new(&mut bytes);
        for (name, content) in files {
            let builder = archive.new_file(*name).compression_method(CompressionMethod::DEFLATE);
            let (mut entry, config) = builder.start().expect("writing to memory");
            let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::fast()));
            writer.write_all(content).expect("writing to memory");
            let (encoder, descriptor) = writer.finish().expect("writing to memory");
            encoder.finish().expect("writing to memory");
            entry.finish(descriptor).expect("writing to memory");
        }
        archive.finish().expect("writing to memory");
        bytes
    }

    fn content(entry: Entry) -> Result<Vec<u8>, DataError> {
        match entry {
            Entry::Stored(bytes) => Ok(bytes),
            Entry::Packed(mut unpacking) => {
                while !unpacking.advance(7)? {}
                Ok(unpacking.into_content())
            }
        }
    }

    #[test]
    fn files_come_out_by_name() {
        let bytes = archive(&[("fashion/a.gz", b"one"), ("__MACOSX/._a", b""), ("b", b"another one")]);
        let zipped = Zipped::open(bytes.clone()).expect("a sound archive");
        assert!(zipped.names().eq(["fashion/a.gz", "__MACOSX/._a", "b"]));
        assert_eq!(zipped.entry(2).and_then(content), Ok(b"another one".to_vec()));
        let cut = bytes[..bytes.len() / 2].to_vec();
        assert!(matches!(Zipped::open(cut), Err(DataError::CutShort)));
    }

    proptest! {
        #[test]
        fn a_broken_archive_is_refused_without_panic(position in 0usize..300, value in any::<u8>()) {
            let mut bytes = archive(&[("a", b"some words, some words"), ("b", b"more")]);
            let position = position % bytes.len();
            bytes[position] = value;
            if let Ok(zipped) = Zipped::open(bytes) {
                for index in 0..zipped.names().count() {
                    let _ = zipped.entry(index).and_then(content);
                }
            }
        }
    }
}
