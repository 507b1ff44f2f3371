//! One file on its way from bytes to checked content: unpacked where it is packed, called by its form where
//! it is something else, summed. What it is called and how it came do not matter; its content does.

use super::{DataError, FashionFile, Form, Sum, Unpacking, form::HEAD, idx};

/// Most bytes that the content of any of the four files has.
pub const LARGEST: usize = idx::IMAGES_HEADER + 60_000 * super::IMAGE_PIXELS;
/// How often a file may be packed: by its authors, and once more by a server on its way.
const LAYERS: u32 = 2;
/// Bytes worked off in one go where nobody waits.
const SLICE: usize = 1 << 20;

/// A file being recognised.
pub struct Recognition {
    name: String,
    stage: Stage,
    layers: u32,
    sum: Sum,
    /// Bytes of the content summed so far.
    summed: usize,
}

enum Stage {
    Unpacking(Unpacking),
    Plain(Vec<u8>),
}

impl Recognition {
    /// Begins with the bytes of a file called `name`.
    ///
    /// # Errors
    /// [`DataError::Form`] where they are plainly something else.
    pub fn new(name: &str, bytes: Vec<u8>) -> Result<Self, DataError> {
        let recognition =
            |stage| Self { name: name.to_owned(), stage, layers: 0, sum: Sum::default(), summed: 0 };
        match Form::of(name, &bytes) {
            Form::Gzip => Ok(recognition(Stage::Unpacking(Unpacking::gzip(bytes, LARGEST)))),
            Form::Idx => Ok(recognition(Stage::Plain(bytes))),
            form => Err(DataError::Form(form)),
        }
    }

    /// Works on up to `slice` bytes more; which file it is and its content, once that is known.
    ///
    /// # Errors
    /// [`DataError::CutShort`], [`DataError::Packing`] or [`DataError::TooLarge`] for a broken file,
    /// [`DataError::Form`] for one that holds something else, [`DataError::OtherSet`] or [`DataError::Sum`]
    /// for IDX files of other data, and what the parser finds where that says more.
    pub fn advance(&mut self, slice: usize) -> Result<Option<(FashionFile, Vec<u8>)>, DataError> {
        let ended = match &mut self.stage {
            Stage::Unpacking(unpacking) => unpacking.advance(slice)?,
            Stage::Plain(_) => true,
        };
        let content = match &self.stage {
            Stage::Unpacking(unpacking) => unpacking.content(),
            Stage::Plain(content) => content,
        };
        let packed_again = match Form::of(&self.name, content) {
            _ if !ended && content.len() < HEAD => return Ok(None),
            Form::Idx => false,
            Form::Gzip if self.layers + 1 < LAYERS => true,
            form => return Err(DataError::Form(form)),
        };
        if packed_again {
            if ended {
                self.unpack_again();
            }
            return Ok(None);
        }
        let expected = FashionFile::by_content(content).map_or(0, FashionFile::plain_bytes);
        let end = content.len().min(self.summed + slice);
        self.sum.update(&content[self.summed..end]);
        self.summed = end;
        let all = ended && end == content.len();
        if let Stage::Unpacking(unpacking) = &mut self.stage {
            unpacking.expect(expected);
        }
        if all { self.judge().map(Some) } else { Ok(None) }
    }

    /// How much of the content is worked off, 0 to 1; 0 until it is known which file this is.
    pub fn progress(&self) -> f64 {
        let content = match &self.stage {
            Stage::Unpacking(unpacking) => unpacking.content(),
            Stage::Plain(content) => content,
        };
        let file = FashionFile::by_content(content);
        file.map_or(0.0, |file| (self.summed as f64 / file.plain_bytes() as f64).min(1.0))
    }

    fn take_content(&mut self) -> Vec<u8> {
        match std::mem::replace(&mut self.stage, Stage::Plain(Vec::new())) {
            Stage::Unpacking(unpacking) => unpacking.into_content(),
            Stage::Plain(content) => content,
        }
    }

    fn unpack_again(&mut self) {
        let packed = self.take_content();
        self.stage = Stage::Unpacking(Unpacking::gzip(packed, LARGEST));
        self.layers += 1;
    }

    fn judge(&mut self) -> Result<(FashionFile, Vec<u8>), DataError> {
        let plain = self.take_content();
        // A parser's reason says more than a sum.
        if idx::holds_images(&plain) {
            idx::parse_images(&plain)?;
        } else {
            idx::parse_labels(&plain)?;
        }
        let file = FashionFile::by_content(&plain).ok_or(DataError::OtherSet)?;
        std::mem::take(&mut self.sum).check(file.plain_sum())?;
        Ok((file, plain))
    }
}

/// Which of the four files some bytes are, by their content, unpacked and checked against its sum.
///
/// # Errors
/// As [`Recognition::new`] and [`Recognition::advance`].
pub fn recognise(name: &str, bytes: Vec<u8>) -> Result<(FashionFile, Vec<u8>), DataError> {
    let mut recognition = Recognition::new(name, bytes)?;
    loop {
        if let Some(found) = recognition.advance(SLICE)? {
            return Ok(found);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::idx::tests::{image_file, label_file};
    use super::super::unpacking::tests::gzip;
    use super::*;
    use crate::data::IMAGE_PIXELS;

    fn refused(name: &str, bytes: &[u8]) -> DataError {
        recognise(name, bytes.to_vec()).map(drop).expect_err("refused")
    }

    #[test]
    fn a_file_that_is_something_else_is_called_by_its_form() {
        let page = b"<!DOCTYPE html><title>Log in to the school network</title>".as_slice();
        assert_eq!(refused("train-labels-idx1-ubyte.gz", page), DataError::Form(Form::WebPage));
        assert_eq!(refused("train-labels-idx1-ubyte.gz", &gzip(page)), DataError::Form(Form::WebPage));
        assert_eq!(refused("t10k-labels-idx1-ubyte.gz", &[]), DataError::Form(Form::Empty));
        assert_eq!(refused("holiday.jpg", &[0xff, 0xd8, 0xff]), DataError::Form(Form::Picture));
        assert_eq!(refused("nothing.gz", &gzip(&[])), DataError::Form(Form::Empty));
        let thrice = gzip(&gzip(&gzip(&label_file(&[1]))));
        assert_eq!(refused("onion.gz", &thrice), DataError::Form(Form::Gzip));
    }

    #[test]
    fn a_file_with_the_right_form_and_another_content_is_told_from_a_broken_one() {
        let name = "t10k-labels-idx1-ubyte.gz";
        let digits = label_file(&[1; 10_000]);
        assert!(matches!(refused(name, &gzip(&digits)), DataError::Sum { .. }));
        assert!(matches!(refused(name, &digits), DataError::Sum { .. }));
        assert!(matches!(refused(name, &image_file(&[0; IMAGE_PIXELS])), DataError::OtherSet));
        assert!(matches!(refused(name, &label_file(&[1, 2, 30])), DataError::Label { .. }));
        assert_eq!(refused(name, &gzip(&digits)[..30]), DataError::CutShort);
        assert!(matches!(refused(name, &digits[..9]), DataError::Truncated { .. }));
        assert!(matches!(refused(name, &digits[..5]), DataError::Truncated { .. }));
        assert!(matches!(refused(name, &[digits.as_slice(), &[0]].concat()), DataError::Trailing(1)));
    }

    #[test]
    fn what_is_far_too_large_is_given_up() {
        let mut huge = label_file(&[]);
        huge.resize(LARGEST + 2, 0);
        assert_eq!(refused("huge.gz", &gzip(&huge)), DataError::TooLarge(LARGEST as u64));
    }

    proptest! {
        /// Sound files of other data come to the same end whatever the slices and however packed.
        #[test]
        fn slices_and_layers_change_nothing(
            labels in proptest::collection::vec(0u8..10, 0..2000), slice in 1usize..900, layers in 0u32..3,
        ) {
            let file = (0..layers).fold(label_file(&labels), |file, _| gzip(&file));
            let mut recognition = Recognition::new("a", file).expect("packed or plain");
            let end = loop {
                match recognition.advance(slice) {
                    Ok(None) => {}
                    end => break end,
                }
            };
            prop_assert_eq!(end.map(drop), Err(DataError::OtherSet));
        }

        #[test]
        fn any_bytes_end_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(recognise("a", bytes.clone()).is_err());
            prop_assert!(recognise("a", gzip(&bytes)).is_err());
        }
    }
}
