//! The four Fashion-MNIST files: names, sizes, sums.

use super::{IMAGE_PIXELS, Split, idx};

/// One of the four files, in the order in which they are fetched: the test set first, so that
/// there is something to see early.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FashionFile {
    /// Labels of the test set.
    TestLabels,
    /// Images of the test set.
    TestImages,
    /// Labels of the training set.
    TrainLabels,
    /// Images of the training set.
    TrainImages,
}

impl FashionFile {
    /// All four in the order of fetching.
    pub const ALL: [FashionFile; 4] = [
        FashionFile::TestLabels,
        FashionFile::TestImages,
        FashionFile::TrainLabels,
        FashionFile::TrainImages,
    ];

    /// Bytes of the four packed files together.
    pub const TOTAL_BYTES: u32 = 26_421_880 + 29_515 + 4_422_102 + 5_148;

    /// The name that the publishers gave it.
    pub fn name(self) -> &'static str {
        match self {
            FashionFile::TestLabels => "t10k-labels-idx1-ubyte.gz",
            FashionFile::TestImages => "t10k-images-idx3-ubyte.gz",
            FashionFile::TrainLabels => "train-labels-idx1-ubyte.gz",
            FashionFile::TrainImages => "train-images-idx3-ubyte.gz",
        }
    }

    /// Bytes of the gzip file.
    pub fn packed_bytes(self) -> u32 {
        match self {
            FashionFile::TestLabels => 5_148,
            FashionFile::TestImages => 4_422_102,
            FashionFile::TrainLabels => 29_515,
            FashionFile::TrainImages => 26_421_880,
        }
    }

    /// SHA-256 of the gzip file, hexadecimal.
    pub fn packed_sum(self) -> &'static str {
        match self {
            FashionFile::TestLabels => "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
            FashionFile::TestImages => "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
            FashionFile::TrainLabels => "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
            FashionFile::TrainImages => "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
        }
    }

    /// SHA-256 of the unpacked file, computed from the gzip files of the sums above; whoever packs
    /// the files anew still has the same content.
    pub fn plain_sum(self) -> &'static str {
        match self {
            FashionFile::TestLabels => "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
            FashionFile::TestImages => "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
            FashionFile::TrainLabels => "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
            FashionFile::TrainImages => "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
        }
    }

    /// Bytes of the unpacked file.
    pub fn plain_bytes(self) -> usize {
        match self.holds_images() {
            true => idx::IMAGES_HEADER + self.count() * IMAGE_PIXELS,
            false => idx::LABELS_HEADER + self.count(),
        }
    }

    /// How many of [`Self::packed_bytes`] have come where `received` bytes have, `packed` or unpacked on
    /// their way; never more than all.
    pub fn packed_share(self, received: usize, packed: bool) -> u32 {
        let (all, expected) = (u64::from(self.packed_bytes()), self.plain_bytes() as u64);
        let share = if packed { received as u64 } else { received as u64 * all / expected };
        share.min(all) as u32
    }

    /// Images or labels in it.
    pub fn count(self) -> usize {
        match self.split() {
            Split::Train => 60_000,
            Split::Test => 10_000,
        }
    }

    /// The split that it belongs to.
    pub fn split(self) -> Split {
        match self {
            FashionFile::TestLabels | FashionFile::TestImages => Split::Test,
            FashionFile::TrainLabels | FashionFile::TrainImages => Split::Train,
        }
    }

    /// Images, not labels.
    pub fn holds_images(self) -> bool {
        matches!(self, FashionFile::TestImages | FashionFile::TrainImages)
    }

    /// The other file of the same split.
    pub fn partner(self) -> FashionFile {
        match self {
            FashionFile::TestLabels => FashionFile::TestImages,
            FashionFile::TestImages => FashionFile::TestLabels,
            FashionFile::TrainLabels => FashionFile::TrainImages,
            FashionFile::TrainImages => FashionFile::TrainLabels,
        }
    }

    /// The file whose unpacked content begins like `plain`: by magic number and count.
    pub fn by_content(plain: &[u8]) -> Option<FashionFile> {
        let (magic, count) = idx::peek(plain)?;
        Self::ALL.into_iter().find(|file| {
            let expected = if file.holds_images() { idx::IMAGES_MAGIC } else { idx::LABELS_MAGIC };
            magic == expected && count as usize == file.count()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unpacked_bytes_fill_the_bar_and_never_more() {
        let file = FashionFile::TrainImages;
        let all = file.packed_bytes();
        assert_eq!(file.packed_share(file.plain_bytes(), false), all);
        assert_eq!(file.packed_share(file.plain_bytes() / 2, false), all / 2);
        assert_eq!(file.packed_share(1000, true), 1000);
        assert_eq!(file.packed_share(usize::MAX >> 8, true), all);
    }

    #[test]
    fn sizes_add_up() {
        let total: u32 = FashionFile::ALL.iter().map(|file| file.packed_bytes()).sum();
        assert_eq!(total, FashionFile::TOTAL_BYTES);
    }
}
