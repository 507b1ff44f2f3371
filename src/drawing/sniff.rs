//! What a file that no browser could show as a picture seems to be, by its first bytes.

/// Bytes that [`sniff`] wants to see, where the file has as many.
pub const FIRST: usize = 512;

/// Share of the first bytes that may be no text in a file that is text all the same.
const ODD: usize = 32;

/// What a file seems to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// No bytes at all.
    Empty,
    /// A picture of a kind that most browsers do not show, with its usual name.
    Unshown(&'static str),
    /// A picture of a kind that every browser shows: what is wrong lies further in.
    Broken,
    /// A film or a sound.
    Film,
    /// A PDF document.
    Pdf,
    /// A web page, perhaps instead of the picture that was asked for.
    WebPage,
    /// Plain text.
    Text,
    /// A zip archive, or a document that is one inside.
    Archive,
    /// None of these.
    Unknown,
}

/// Signatures at the beginning of a file.
const SIGNATURES: [(&[u8], Content); 17] = [
    (b"\x89PNG", Content::Broken),
    (b"\xff\xd8\xff", Content::Broken),
    (b"GIF8", Content::Broken),
    (b"BM", Content::Broken),
    (b"II*\0", Content::Unshown("TIFF")),
    (b"MM\0*", Content::Unshown("TIFF")),
    (b"8BPS", Content::Unshown("PSD")),
    (b"\xff\x0a", Content::Unshown("JPEG XL")),
    (b"\0\0\0\x0cJXL ", Content::Unshown("JPEG XL")),
    (b"\0\0\0\x0cjP  ", Content::Unshown("JPEG 2000")),
    (b"%PDF", Content::Pdf),
    (b"PK\x03\x04", Content::Archive),
    (b"\x1f\x8b", Content::Archive),
    (b"\x1a\x45\xdf\xa3", Content::Film),
    (b"OggS", Content::Film),
    (b"ID3", Content::Film),
    (b"gimp xcf", Content::Unshown("XCF")),
];

/// Brands of the ISO base media file format (ISO/IEC 14496-12) that hold still pictures.
const STILLS: [(&[u8], &str); 8] = [
    (b"heic", "HEIC"),
    (b"heix", "HEIC"),
    (b"heim", "HEIC"),
    (b"heis", "HEIC"),
    (b"hevc", "HEIC"),
    (b"mif1", "HEIC"),
    (b"avif", "AVIF"),
    (b"avis", "AVIF"),
];

/// What a file seems to be that begins with these bytes.
pub fn sniff(first: &[u8]) -> Content {
    if first.is_empty() {
        return Content::Empty;
    }
    if first.get(4..8) == Some(b"ftyp") {
        let brand = first.get(8..12).unwrap_or_default();
        let still = STILLS.iter().find(|(known, _)| *known == brand);
        return still.map_or(Content::Film, |(_, name)| Content::Unshown(name));
    }
    if first.starts_with(b"RIFF") {
        return if first.get(8..12) == Some(b"WEBP") { Content::Broken } else { Content::Film };
    }
    let known = SIGNATURES.iter().find(|(signature, _)| first.starts_with(signature));
    known.map_or_else(|| words(first), |(_, content)| *content)
}

/// Web page, text or neither.
fn words(first: &[u8]) -> Content {
    let text = String::from_utf8_lossy(first).trim_start_matches('\u{feff}').trim_start().to_lowercase();
    if text.contains("<svg") {
        return Content::Broken;
    }
    if text.starts_with("<!doctype html") || text.starts_with("<html") {
        return Content::WebPage;
    }
    let odd = |byte: &&u8| **byte < 32 && !matches!(byte, b'\n' | b'\r' | b'\t' | 12);
    // Text of other encodings than UTF-8 has bytes above 127, but hardly any below 32.
    if first.iter().filter(odd).count() * ODD < first.len() { Content::Text } else { Content::Unknown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_first_bytes_whatever_they_are_called() {
        let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
        assert_eq!(sniff(heic), Content::Unshown("HEIC"));
        assert_eq!(sniff(b"\0\0\0\x1cftypavif"), Content::Unshown("AVIF"));
        assert_eq!(sniff(b"\0\0\0\x18ftypisom"), Content::Film);
        assert_eq!(sniff(b"\0\0\0\x18ftyp"), Content::Film);
        assert_eq!(sniff(b"this is text"), Content::Text);
        assert_eq!(sniff("una peque\u{f1}a nota\r\n".as_bytes()), Content::Text);
        assert_eq!(sniff(b"\xef\xbb\xbf <!DOCTYPE html><title>"), Content::WebPage);
        assert_eq!(sniff(b"<?xml version=\"1.0\"?><svg xmlns=\"x\">"), Content::Broken);
        assert_eq!(sniff(b"\x89PNG\r\n\x1a\n"), Content::Broken);
        assert_eq!(sniff(b"RIFF\x10\0\0\0WEBPVP8 "), Content::Broken);
        assert_eq!(sniff(b"%PDF-1.7"), Content::Pdf);
        assert_eq!(sniff(b"PK\x03\x04rest"), Content::Archive);
        assert_eq!(sniff(b""), Content::Empty);
        assert_eq!(sniff(&[0, 1, 2, 3, 200, 201]), Content::Unknown);
    }
}
