//! The images and labels that everything downstream reads.

use super::Split;

/// Pixels on each side of an image.
pub const IMAGE_SIDE: usize = 28;
/// Pixels of one image, row by row, 0 is background.
pub const IMAGE_PIXELS: usize = IMAGE_SIDE * IMAGE_SIDE;
/// Number of garment classes.
pub const CLASS_COUNT: usize = 10;
/// Fashion-MNIST's class names in label order (Xiao, Rasul and Vollgraf, 2017).
pub const CLASS_NAMES: [&str; CLASS_COUNT] = [
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
];

/// Images with their labels: `pixels.len() == labels.len() * IMAGE_PIXELS`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labelled {
    /// All images, one after the other, one byte a pixel.
    pub pixels: Vec<u8>,
    /// One label an image, 0 to 9.
    pub labels: Vec<u8>,
}

impl Labelled {
    /// Number of images.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there is no image.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// The pixels of image `index`; panics where `index >= len()`.
    pub fn image(&self, index: usize) -> &[u8] {
        &self.pixels[index * IMAGE_PIXELS..(index + 1) * IMAGE_PIXELS]
    }

    /// Adds the images of `more` at the end.
    pub fn append(&mut self, more: Self) {
        self.pixels.extend(more.pixels);
        self.labels.extend(more.labels);
    }
}

/// Training and test images, as the files give them. The validation split is taken from `train`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dataset {
    /// 60,000 images in Fashion-MNIST.
    pub train: Labelled,
    /// 10,000 images in Fashion-MNIST; touched only by final tests.
    pub test: Labelled,
}

impl Dataset {
    /// One of the two sets.
    pub fn of(&self, split: Split) -> &Labelled {
        match split {
            Split::Train => &self.train,
            Split::Test => &self.test,
        }
    }
}
