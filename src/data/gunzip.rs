//! Unpacking gzip in slices, with a bound, so that a broken or hostile file can neither fill the
//! memory nor hold the engine up.

use std::io::{Cursor, Read};

use flate2::read::GzDecoder;

use super::DataError;

/// The first two bytes of every gzip file (RFC 1952).
pub const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

/// A gzip file on its way to its content.
pub struct Gunzip {
    decoder: GzDecoder<Cursor<Vec<u8>>>,
    content: Vec<u8>,
    limit: usize,
}

impl Gunzip {
    /// Begins to unpack `packed`, refusing content of more than `limit` bytes.
    pub fn new(packed: Vec<u8>, limit: usize) -> Self {
        Self { decoder: GzDecoder::new(Cursor::new(packed)), content: Vec::new(), limit }
    }

    /// Unpacks up to `slice` bytes more; `true` once all is there.
    ///
    /// # Errors
    /// [`DataError::Gzip`] where the stream is broken, truncated, fails its own checksum or holds
    /// more than the limit.
    pub fn advance(&mut self, slice: usize) -> Result<bool, DataError> {
        let read = (&mut self.decoder)
            .take(slice as u64)
            .read_to_end(&mut self.content)
            .map_err(|error| DataError::Gzip(error.to_string()))?;
        if self.content.len() > self.limit {
            return Err(DataError::Gzip(format!("more than {} bytes of content", self.limit)));
        }
        Ok(read < slice)
    }

    /// The content so far.
    pub fn into_content(self) -> Vec<u8> {
        self.content
    }
}

/// Whether `bytes` begin like a gzip file.
pub fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&GZIP_MAGIC)
}

/// Unpacks all of `packed`, at most `limit` bytes of content.
///
/// # Errors
/// As [`Gunzip::advance`].
pub fn gunzip(packed: Vec<u8>, limit: usize) -> Result<Vec<u8>, DataError> {
    const SLICE: usize = 1 << 20;
    let mut unpacking = Gunzip::new(packed, limit);
    while !unpacking.advance(SLICE)? {}
    Ok(unpacking.into_content())
}

#[cfg(test)]
pub(crate) mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};
    use proptest::prelude::*;

    use super::*;

    pub(crate) fn gzip(content: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(content).expect("writing to memory");
        encoder.finish().expect("writing to memory")
    }

    #[test]
    fn a_bomb_stops_at_the_limit() {
        let bomb = gzip(&vec![0; 1 << 22]);
        assert!(matches!(gunzip(bomb, 1 << 16), Err(DataError::Gzip(_))));
    }

    proptest! {
        #[test]
        fn content_comes_back_and_a_truncated_file_does_not(
            content in proptest::collection::vec(any::<u8>(), 0..3000), slice in 1usize..700, cut in 1usize..20,
        ) {
            let packed = gzip(&content);
            let mut unpacking = Gunzip::new(packed.clone(), 3000);
            while !unpacking.advance(slice).expect("a sound file") {}
            prop_assert_eq!(unpacking.into_content(), content);
            let cut = packed[..packed.len() - cut].to_vec();
            prop_assert!(matches!(gunzip(cut, 3000), Err(DataError::Gzip(_))));
        }

        #[test]
        fn any_bytes_end_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = gunzip(bytes, 1000);
        }
    }
}
