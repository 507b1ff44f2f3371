//! The IDX format of MNIST: a big-endian header, then one byte a value (LeCun, Cortes and Burges,
//! «The MNIST database of handwritten digits»). Takes unpacked bytes, gives pixels or labels.

use super::{CLASS_COUNT, DataError, IMAGE_PIXELS, IMAGE_SIDE};

/// Magic number of unsigned bytes in three dimensions: count, rows, columns.
pub const IMAGES_MAGIC: u32 = 0x0000_0803;
/// Magic number of unsigned bytes in one dimension: count.
pub const LABELS_MAGIC: u32 = 0x0000_0801;

/// Bytes of an image file's header: magic, count, rows, columns.
pub const IMAGES_HEADER: usize = 16;
/// Bytes of a label file's header: magic, count.
pub const LABELS_HEADER: usize = 8;

/// Checks an image file and gives its pixels, `count * 784` bytes, image after image, row by row.
///
/// # Errors
/// [`DataError::Truncated`], [`DataError::Magic`], [`DataError::Dimensions`] or
/// [`DataError::Trailing`], whichever comes first in the file.
pub fn parse_images(bytes: &[u8]) -> Result<&[u8], DataError> {
    expect_magic(bytes, IMAGES_MAGIC)?;
    let count = word(bytes, 1, IMAGES_HEADER)?;
    let rows = word(bytes, 2, IMAGES_HEADER)?;
    let columns = word(bytes, 3, IMAGES_HEADER)?;
    if rows as usize != IMAGE_SIDE || columns as usize != IMAGE_SIDE {
        return Err(DataError::Dimensions { rows, columns });
    }
    body(bytes, IMAGES_HEADER, u64::from(count) * IMAGE_PIXELS as u64)
}

/// Checks a label file and gives its labels, each 0 to 9.
///
/// # Errors
/// As [`parse_images`], and [`DataError::Label`] for a label above 9.
pub fn parse_labels(bytes: &[u8]) -> Result<&[u8], DataError> {
    expect_magic(bytes, LABELS_MAGIC)?;
    let count = word(bytes, 1, LABELS_HEADER)?;
    let labels = body(bytes, LABELS_HEADER, u64::from(count))?;
    match labels.iter().position(|&label| usize::from(label) >= CLASS_COUNT) {
        Some(index) => Err(DataError::Label { index, label: labels[index] }),
        None => Ok(labels),
    }
}

/// The magic number and the count, where there are enough bytes for both.
pub fn peek(bytes: &[u8]) -> Option<(u32, u32)> {
    Some((word(bytes, 0, LABELS_HEADER).ok()?, word(bytes, 1, LABELS_HEADER).ok()?))
}

/// Whether it begins like an image file, not a label file.
pub fn holds_images(bytes: &[u8]) -> bool {
    bytes.starts_with(&IMAGES_MAGIC.to_be_bytes())
}

fn expect_magic(bytes: &[u8], expected: u32) -> Result<(), DataError> {
    match word(bytes, 0, LABELS_HEADER)? {
        found if found == expected => Ok(()),
        found => Err(DataError::Magic { expected, found }),
    }
}

/// The big-endian word `index` of a header of `header` bytes.
fn word(bytes: &[u8], index: usize, header: usize) -> Result<u32, DataError> {
    let truncated = || DataError::Truncated { expected: header as u64, found: bytes.len() as u64 };
    let word = bytes.get(index * 4..index * 4 + 4).ok_or_else(truncated)?;
    Ok(word.iter().fold(0, |value, &byte| value << 8 | u32::from(byte)))
}

/// Everything after the header, which must be exactly `length` bytes.
fn body(bytes: &[u8], header: usize, length: u64) -> Result<&[u8], DataError> {
    let expected = header as u64 + length;
    let found = bytes.len() as u64;
    match found.cmp(&expected) {
        std::cmp::Ordering::Less => Err(DataError::Truncated { expected, found }),
        std::cmp::Ordering::Greater => Err(DataError::Trailing(found - expected)),
        std::cmp::Ordering::Equal => Ok(&bytes[header..]),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// An image file of `pixels`, as the database's authors would write it.
    pub(crate) fn image_file(pixels: &[u8]) -> Vec<u8> {
        let count = (pixels.len() / IMAGE_PIXELS) as u32;
        [IMAGES_MAGIC, count, 28, 28].into_iter().flat_map(u32::to_be_bytes).chain(pixels.to_vec()).collect()
    }

    /// A label file of `labels`.
    pub(crate) fn label_file(labels: &[u8]) -> Vec<u8> {
        let header = [LABELS_MAGIC, labels.len() as u32];
        header.into_iter().flat_map(u32::to_be_bytes).chain(labels.to_vec()).collect()
    }

    #[test]
    fn refuses_other_files_with_the_reason() {
        let labels = label_file(&[1, 2, 3]);
        assert_eq!(
            parse_images(&labels),
            Err(DataError::Magic { expected: IMAGES_MAGIC, found: LABELS_MAGIC })
        );
        assert_eq!(parse_labels(&labels[..7]), Err(DataError::Truncated { expected: 8, found: 7 }));
        assert_eq!(parse_labels(&label_file(&[0, 10])), Err(DataError::Label { index: 1, label: 10 }));
        let mut wide = image_file(&[0; IMAGE_PIXELS]);
        wide[15] = 27;
        assert_eq!(parse_images(&wide), Err(DataError::Dimensions { rows: 28, columns: 27 }));
    }

    #[test]
    fn a_count_of_four_thousand_million_neither_overflows_nor_allocates() {
        let mut huge = image_file(&[]);
        huge[4..8].fill(0xff);
        assert!(matches!(parse_images(&huge), Err(DataError::Truncated { .. })));
    }

    proptest! {
        #[test]
        fn any_bytes_are_parsed_or_refused_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let _ = parse_images(&bytes);
            let _ = parse_labels(&bytes);
        }

        #[test]
        fn labels_come_back_and_every_cut_or_addition_is_noticed(
            labels in proptest::collection::vec(0u8..10, 0..50), cut in 1usize..50,
        ) {
            let file = label_file(&labels);
            prop_assert_eq!(parse_labels(&file), Ok(labels.as_slice()));
            prop_assert!(parse_labels(&file[..file.len().saturating_sub(cut)]).is_err());
            let longer = [file.as_slice(), &[0]].concat();
            prop_assert_eq!(parse_labels(&longer), Err(DataError::Trailing(1)));
        }

        #[test]
        fn pixels_come_back(count in 0usize..4, value in any::<u8>()) {
            let pixels = vec![value; count * IMAGE_PIXELS];
            let file = image_file(&pixels);
            prop_assert_eq!(parse_images(&file), Ok(pixels.as_slice()));
        }
    }
}
