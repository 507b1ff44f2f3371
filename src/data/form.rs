//! What a file is by its first bytes: a wrong one can then be called by its name. Knows nothing of what
//! is in it.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// How the build's files begin that keep the places of data files (`xtask::places`).
pub const PLACEHOLDER: &[u8] = b"Telar: no data here";
/// Bytes that are enough to tell.
pub const HEAD: usize = 512;

/// The form of a file. `Display` is English, for logs and the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// No byte at all.
    #[error("it is empty")]
    Empty,
    /// The build's note that no file was laid here.
    #[error("it stands for a file that nobody has put here")]
    Placeholder,
    /// Packed by gzip (RFC 1952).
    #[error("it is packed by gzip")]
    Gzip,
    /// Packed by zip.
    #[error("it is a zip archive: unpack it first")]
    Zip,
    /// Another archive: tar, 7z, rar, xz, bzip2, zstd.
    #[error("it is an archive that this program cannot read: unpack it first")]
    Archive,
    /// IDX of unsigned bytes, labels or images.
    #[error("it is an IDX file")]
    Idx,
    /// HTML, perhaps a network's log-in page.
    #[error("it is a web page, perhaps your network's log-in page")]
    WebPage,
    /// A table in text, as Kaggle has the images.
    #[error(
        "it is a table (CSV), Kaggle's form: the four original files (IDX, names with «ubyte») are wanted"
    )]
    Table,
    /// NumPy, Parquet or HDF5: other forms in which the images are passed around.
    #[error(
        "it is in another form (NumPy, Parquet or HDF5): the four original files (IDX, names with «ubyte») are wanted"
    )]
    OtherForm,
    /// Weights: safetensors.
    #[error("it holds weights (safetensors), not data")]
    Safetensors,
    /// Weights: Python's pickle, as `torch.save` writes it, alone or in a zip.
    #[error(
        "it is a PyTorch file (pickle in a zip), not safetensors: save it with `safetensors.torch.save_file`"
    )]
    Pickle,
    /// What Git keeps instead of a large file.
    #[error("it is a pointer of Git LFS, not the file itself: fetch it with `git lfs pull`")]
    LfsPointer,
    /// A picture.
    #[error("it is a picture")]
    Picture,
    /// A document, PDF or of an office.
    #[error("it is a document")]
    Document,
    /// What an operating system leaves in folders.
    #[error("it belongs to the system's file manager, not to the data")]
    Litter,
    /// Other text.
    #[error("it is text")]
    Text,
    /// Nothing of the above.
    #[error("it is in no form that this program knows")]
    Unknown,
}

/// First bytes and what they say.
const MAGIC: [(&[u8], Form); 28] = [
    (PLACEHOLDER, Form::Placeholder),
    (&[0x1f, 0x8b], Form::Gzip),
    (b"PK\x03\x04", Form::Zip),
    (b"PK\x05\x06", Form::Zip),
    (&[0, 0, 8, 1], Form::Idx),
    (&[0, 0, 8, 3], Form::Idx),
    (b"7z\xbc\xaf\x27\x1c", Form::Archive),
    (b"Rar!", Form::Archive),
    (b"\xfd7zXZ", Form::Archive),
    (b"BZh", Form::Archive),
    (b"\x28\xb5\x2f\xfd", Form::Archive),
    (b"\x93NUMPY", Form::OtherForm),
    (b"PAR1", Form::OtherForm),
    (b"\x89HDF", Form::OtherForm),
    (b"version https://git-lfs", Form::LfsPointer),
    (b"\x80\x02", Form::Pickle),
    (b"\x80\x03", Form::Pickle),
    (b"\x80\x04", Form::Pickle),
    (b"\x80\x05", Form::Pickle),
    (b"\x89PNG", Form::Picture),
    (b"\xff\xd8\xff", Form::Picture),
    (b"GIF8", Form::Picture),
    (b"II*\0", Form::Picture),
    (b"MM\0*", Form::Picture),
    (b"%PDF", Form::Document),
    (b"\xd0\xcf\x11\xe0", Form::Document),
    (b"\0\0\0\x01Bud1", Form::Litter),
    (b"\0\x05\x16\x07", Form::Litter),
];

/// How web pages begin, in small letters.
const WEB_PAGE: [&str; 7] = ["<!doctype html", "<html", "<head", "<body", "<script", "<meta", "<title"];

impl Form {
    /// The form of a file of that name that begins with `head`; [`HEAD`] bytes tell all there is to tell.
    pub fn of(name: &str, head: &[u8]) -> Self {
        let head = &head[..head.len().min(HEAD)];
        if is_litter(name) {
            return Form::Litter;
        }
        // Its first bytes are a length, which may look like any other form's.
        if is_safetensors(head) {
            return Form::Safetensors;
        }
        let known = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, form)| *form);
        match known {
            Some(Form::Zip) => inside_zip(head),
            Some(form) => form,
            None if head.is_empty() => Form::Empty,
            None if head.get(257..262) == Some(b"ustar") => Form::Archive,
            None if is_newer_picture(head) => Form::Picture,
            None => of_text(head),
        }
    }

    /// Whether the file is passed over without a complaint.
    pub fn is_litter(self) -> bool {
        matches!(self, Form::Litter | Form::Placeholder)
    }
}

/// Files and folders that systems leave behind, by name.
fn is_litter(name: &str) -> bool {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name).to_ascii_lowercase();
    let known = [".ds_store", "thumbs.db", "desktop.ini", ".localized"];
    name.starts_with("__MACOSX/") || last.starts_with("._") || known.contains(&last.as_str())
}

/// What a zip archive is made by: its first entries' names are in its head.
fn inside_zip(head: &[u8]) -> Form {
    let holds = |name: &[u8]| head.windows(name.len()).any(|window| window == name);
    if holds(b"data.pkl") {
        Form::Pickle
    } else if holds(b".npy") {
        Form::OtherForm
    } else if holds(b"[Content_Types]") || holds(b"mimetypeapplication") {
        Form::Document
    } else {
        Form::Zip
    }
}

/// HEIC and AVIF by their brands; films begin in the same way. WebP by its own.
fn is_newer_picture(head: &[u8]) -> bool {
    let brands: [&[u8]; 6] = [b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif"];
    let brand = head.get(8..12).unwrap_or_default();
    head.get(4..8) == Some(b"ftyp") && brands.contains(&brand)
        || head.starts_with(b"RIFF") && brand == b"WEBP"
}

/// Eight bytes of a length, then a JSON object.
fn is_safetensors(head: &[u8]) -> bool {
    let length = head.first_chunk::<8>().map(|length| u64::from_le_bytes(*length));
    length.is_some_and(|length| length < 1 << 32) && head.get(8) == Some(&b'{')
}

fn of_text(head: &[u8]) -> Form {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        // The head may end inside a character.
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return Form::Unknown,
    };
    let text = text.trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
    if text.chars().any(|letter| letter.is_control() && !letter.is_whitespace()) {
        return Form::Unknown;
    }
    let is_page = WEB_PAGE.iter().any(|tag| text.starts_with(tag))
        || text.starts_with("<!--")
        || text.starts_with('<') && text.contains("<html");
    if is_page {
        Form::WebPage
    } else if is_table(&text) {
        Form::Table
    } else {
        Form::Text
    }
}

/// A head with pixels' names, or nothing but numbers in columns.
fn is_table(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    let cells = line.split([',', ';', '\t']).count();
    let digits = line.chars().all(|letter| letter.is_ascii_digit() || ",;\t \".".contains(letter));
    cells > 20 && digits || line.contains("pixel1,") || line.contains("pixel1;") || line.contains("pixel0,")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn files_that_people_have_are_called_by_their_name() {
        let cases: [(&str, &[u8], Form); 21] = [
            ("a.gz", b"", Form::Empty),
            ("a.gz", b"<!DOCTYPE html><html><title>Log in", Form::WebPage),
            ("a.gz", b"\xef\xbb\xbf\r\n  <html lang=es>", Form::WebPage),
            ("a", b"<?xml version='1.0'?>\n<!DOCTYPE x><html xmlns='y'>", Form::WebPage),
            ("fashion-mnist_test.csv", b"label,pixel1,pixel2,pixel3", Form::Table),
            ("mnist.csv", b"5,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0\n", Form::Table),
            (".DS_Store", b"\0\0\0\x01Bud1\0", Form::Litter),
            ("__MACOSX/fashion/._t10k", b"\0\x05\x16\x07", Form::Litter),
            ("Thumbs.db", b"\xd0\xcf\x11\xe0", Form::Litter),
            ("holiday.jpg", b"\xff\xd8\xff\xe0", Form::Picture),
            ("iphone.heic", b"\0\0\0\x18ftypheic", Form::Picture),
            ("film.mp4", b"\0\0\0\x18ftypisom", Form::Unknown),
            ("m.safetensors", b"\x08\0\0\0\0\0\0\0{\"a\":1}", Form::Safetensors),
            ("pickle's first bytes", b"\x80\x02\0\0\0\0\0\0{\"a\":1}", Form::Safetensors),
            ("m.pt", b"PK\x03\x04\0\0\0\0archive/data.pkl", Form::Pickle),
            ("m.pkl", b"\x80\x04\x95", Form::Pickle),
            ("a.zip", b"PK\x03\x04\0\0\0\0fashion/t10k", Form::Zip),
            ("m", b"version https://git-lfs.github.com/spec/v1\n", Form::LfsPointer),
            ("train-00000.parquet", b"PAR1\x15\x04", Form::OtherForm),
            ("notes.txt", "¿dónde está?".as_bytes(), Form::Text),
            ("noise", b"\x01\x02\x03\xfe", Form::Unknown),
        ];
        for (name, head, form) in cases {
            assert_eq!(Form::of(name, head), form, "{name}");
        }
        let mut tar = vec![0; 400];
        tar[257..262].copy_from_slice(b"ustar");
        assert_eq!(Form::of("fashion.tar", &tar), Form::Archive);
    }

    #[test]
    fn the_builds_places_are_known() {
        assert_eq!(Form::of("t10k-labels-idx1-ubyte.gz", xtask::places::TEXT.as_bytes()), Form::Placeholder);
    }

    #[test]
    fn a_head_that_ends_inside_a_letter_is_still_text() {
        let text = "ñ".repeat(HEAD);
        assert_eq!(Form::of("a", &text.as_bytes()[..HEAD - 1]), Form::Text);
    }

    proptest! {
        #[test]
        fn weights_are_known_whatever_their_header_is_long(length in 2u32..1 << 20) {
            let head = [&u64::from(length).to_le_bytes()[..], b"{\"conv1.bias\":"].concat();
            prop_assert_eq!(Form::of("m.safetensors", &head), Form::Safetensors);
        }

        #[test]
        fn any_bytes_have_a_form(name in ".{0,12}", head in proptest::collection::vec(any::<u8>(), 0..600)) {
            let _ = Form::of(&name, &head);
        }
    }
}
