//! From single files to a [`Dataset`]: recognised ones are parsed, and images paired with labels.

use super::{DataError, Dataset, FashionFile, Labelled, Split, idx};

/// Files taken in so far, parsed: any subset of the four.
#[derive(Clone, Debug, Default)]
pub struct Assembly {
    test_images: Option<Vec<u8>>,
    test_labels: Option<Vec<u8>>,
    train_images: Option<Vec<u8>>,
    train_labels: Option<Vec<u8>>,
}

impl Assembly {
    /// Takes in the unpacked content of `file`, parsed. Its sum is the caller's to check.
    ///
    /// # Errors
    /// What [`idx::parse_images`] or [`idx::parse_labels`] find.
    pub fn insert(&mut self, file: FashionFile, mut plain: Vec<u8>) -> Result<(), DataError> {
        let content =
            if file.holds_images() { idx::parse_images(&plain)? } else { idx::parse_labels(&plain)? };
        let header = plain.len() - content.len();
        plain.drain(..header);
        *self.slot(file) = Some(plain);
        Ok(())
    }

    /// Whether `file` is in.
    pub fn has(&self, file: FashionFile) -> bool {
        self.content(file).is_some()
    }

    /// Whether all four are in.
    pub fn is_complete(&self) -> bool {
        FashionFile::ALL.into_iter().all(|file| self.has(file))
    }

    /// The images of a split with their labels, taken out; `None` while one of the two files is missing.
    ///
    /// # Errors
    /// [`DataError::Counts`] where there are more of one than of the other; both stay in.
    pub fn take(&mut self, split: Split) -> Result<Option<Labelled>, DataError> {
        let (images, labels) = match split {
            Split::Train => (&mut self.train_images, &mut self.train_labels),
            Split::Test => (&mut self.test_images, &mut self.test_labels),
        };
        if let (Some(pixels), Some(classes)) = (&images, &labels) {
            let counted = pixels.len() / super::IMAGE_PIXELS;
            if counted != classes.len() {
                return Err(DataError::Counts { images: counted as u32, labels: classes.len() as u32 });
            }
        }
        Ok(match (images.take(), labels.take()) {
            (Some(pixels), Some(labels)) => Some(Labelled { pixels, labels }),
            (pixels, classes) => {
                (*images, *labels) = (pixels, classes);
                None
            }
        })
    }

    /// The test images with their labels, where both are in.
    pub fn test(&self) -> Option<Labelled> {
        let (pixels, labels) = (self.test_images.clone()?, self.test_labels.clone()?);
        Some(Labelled { pixels, labels })
    }

    /// Both splits, taken out; a split that is not complete is empty.
    ///
    /// # Errors
    /// As [`Self::take`].
    pub fn into_dataset(mut self) -> Result<Dataset, DataError> {
        let test = self.take(Split::Test)?.unwrap_or_default();
        let train = self.take(Split::Train)?.unwrap_or_default();
        Ok(Dataset { train, test })
    }

    fn content(&self, file: FashionFile) -> &Option<Vec<u8>> {
        match file {
            FashionFile::TestLabels => &self.test_labels,
            FashionFile::TestImages => &self.test_images,
            FashionFile::TrainLabels => &self.train_labels,
            FashionFile::TrainImages => &self.train_images,
        }
    }

    fn slot(&mut self, file: FashionFile) -> &mut Option<Vec<u8>> {
        match file {
            FashionFile::TestLabels => &mut self.test_labels,
            FashionFile::TestImages => &mut self.test_images,
            FashionFile::TrainLabels => &mut self.train_labels,
            FashionFile::TrainImages => &mut self.train_images,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::idx::tests::{image_file, label_file};
    use super::*;
    use crate::data::IMAGE_PIXELS;

    #[test]
    fn a_split_is_there_once_both_files_are() {
        let mut assembly = Assembly::default();
        assembly.insert(FashionFile::TestImages, image_file(&[7; 2 * IMAGE_PIXELS])).expect("sound");
        assert_eq!(assembly.take(Split::Test), Ok(None));
        assert!(assembly.has(FashionFile::TestImages), "an incomplete split stays in");
        assembly.insert(FashionFile::TestLabels, label_file(&[3, 4])).expect("sound");
        let test = assembly.take(Split::Test).expect("counts agree").expect("complete");
        assert_eq!((test.len(), test.image(1)[5], test.labels[1]), (2, 7, 4));
    }

    #[test]
    fn counts_that_differ_are_refused() {
        let mut assembly = Assembly::default();
        assembly.insert(FashionFile::TrainImages, image_file(&[0; 3 * IMAGE_PIXELS])).expect("sound");
        assembly.insert(FashionFile::TrainLabels, label_file(&[3, 4])).expect("sound");
        assert_eq!(assembly.take(Split::Train), Err(DataError::Counts { images: 3, labels: 2 }));
    }
}
