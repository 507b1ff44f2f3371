//! Unpacking in slices, with a bound, so that a broken or hostile file can neither fill the memory nor
//! hold the engine up.

use std::io::{Cursor, ErrorKind, Read};

use flate2::read::{DeflateDecoder, MultiGzDecoder};

use super::DataError;

/// A packed file on its way to its content.
pub struct Unpacking {
    decoder: Box<dyn Read>,
    content: Vec<u8>,
    limit: usize,
}

impl Unpacking {
    /// Begins to unpack a gzip file (RFC 1952), refusing content of more than `limit` bytes.
    pub fn gzip(packed: Vec<u8>, limit: usize) -> Self {
        Self { decoder: Box::new(MultiGzDecoder::new(Cursor::new(packed))), content: Vec::new(), limit }
    }

    /// Begins to unpack a bare deflate stream (RFC 1951), as zip archives hold them.
    pub fn deflate(packed: Vec<u8>, limit: usize) -> Self {
        Self { decoder: Box::new(DeflateDecoder::new(Cursor::new(packed))), content: Vec::new(), limit }
    }

    /// Unpacks up to `slice` bytes more; `true` once all is there.
    ///
    /// # Errors
    /// [`DataError::CutShort`] where the stream ends too early, [`DataError::Packing`] where it is broken or
    /// fails its own checksum, [`DataError::TooLarge`] where it holds more than the limit.
    pub fn advance(&mut self, slice: usize) -> Result<bool, DataError> {
        let read = self.decoder.as_mut().take(slice as u64).read_to_end(&mut self.content);
        let read = read.map_err(|error| match error.kind() {
            ErrorKind::UnexpectedEof => DataError::CutShort,
            _ => DataError::Packing(error.to_string()),
        })?;
        if self.content.len() > self.limit {
            return Err(DataError::TooLarge(self.limit as u64));
        }
        Ok(read < slice)
    }

    /// Makes room for content of `bytes` bytes in one go, so that memory, which a page never gives back, need
    /// not hold the content twice while it grows.
    pub fn expect(&mut self, bytes: usize) {
        let more = bytes.min(self.limit).saturating_sub(self.content.len());
        self.content.reserve_exact(more);
    }

    /// The content so far.
    pub fn content(&self) -> &[u8] {
        &self.content
    }

    /// The content so far, taken out.
    pub fn into_content(self) -> Vec<u8> {
        self.content
    }
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

    fn all(mut unpacking: Unpacking, slice: usize) -> Result<Vec<u8>, DataError> {
        while !unpacking.advance(slice)? {}
        Ok(unpacking.into_content())
    }

    #[test]
    fn a_bomb_stops_at_the_limit() {
        let bomb = gzip(&vec![0; 1 << 22]);
        assert_eq!(all(Unpacking::gzip(bomb, 1 << 16), 1 << 10), Err(DataError::TooLarge(1 << 16)));
    }

    #[test]
    fn a_changed_byte_is_told_from_a_file_cut_short() {
        let packed = gzip(b"many words that can be packed, many words that can be packed");
        let mut changed = packed.clone();
        let middle = packed.len() / 2;
        changed[middle] ^= 1;
        assert!(matches!(all(Unpacking::gzip(changed, 100), 9), Err(DataError::Packing(_))));
        let cut = packed[..middle].to_vec();
        assert_eq!(all(Unpacking::gzip(cut, 100), 9), Err(DataError::CutShort));
    }

    proptest! {
        #[test]
        fn content_comes_back_and_a_truncated_file_does_not(
            content in proptest::collection::vec(any::<u8>(), 0..3000), slice in 1usize..700, cut in 1usize..20,
        ) {
            let packed = gzip(&content);
            prop_assert_eq!(all(Unpacking::gzip(packed.clone(), 3000), slice), Ok(content.clone()));
            // Some tools write a file in several members.
            let twice = [packed.as_slice(), &packed].concat();
            prop_assert_eq!(all(Unpacking::gzip(twice, 6000), slice), Ok([content.as_slice(), &content].concat()));
            let cut = packed[..packed.len() - cut].to_vec();
            prop_assert_eq!(all(Unpacking::gzip(cut, 3000), slice), Err(DataError::CutShort));
        }

        #[test]
        fn any_bytes_end_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = all(Unpacking::gzip(bytes.clone(), 1000), 64);
            let _ = all(Unpacking::deflate(bytes, 1000), 64);
        }
    }
}
