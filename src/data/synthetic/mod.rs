//! The built-in garments: parametric drawings of the ten classes, for a page, a test or a machine
//! that cannot get Fashion-MNIST. Always labelled as synthetic where they are used.
//!
//! Each garment is a list of filled parts in garment units ([`drawing`]), shaded like cloth
//! ([`cloth`]), framed as Fashion-MNIST frames its photographs and box-filtered down to 28×28.
//! Only additions, products and roots are used on the way, never a platform's sine, so that a seed
//! gives the same bytes in the page and natively.

mod bags;
mod cloth;
mod dice;
mod drawing;
mod dresses;
mod outline;
mod shoes;
mod tops;
mod trousers;

use super::{CLASS_COUNT, IMAGE_PIXELS, Labelled};
use dice::Dice;
use drawing::{Drawing, Renderer};

/// Stream of the label order, beyond every image's own stream.
const ORDER_STREAM: u64 = u64::MAX;

/// `count` synthetic garments of the ten classes in random order, 0 is background.
///
/// Class sizes differ by at most one. The same seed gives the same bytes on every platform, and
/// image `k` of a seed does not depend on `count` except by its label.
pub fn garments(seed: u64, count: usize) -> Labelled {
    let labels = balanced_labels(seed, count);
    let mut pixels = Vec::with_capacity(count * IMAGE_PIXELS);
    let mut renderer = Renderer::new();
    for (index, &label) in labels.iter().enumerate() {
        let mut dice = Dice::new(seed, index as u64);
        let drawing = draw(label, &mut dice);
        pixels.extend_from_slice(&renderer.render(&drawing, &mut dice));
    }
    Labelled { pixels, labels }
}

/// Garments in parts, for those who cannot wait until all are drawn. Each part has a seed of its own.
#[derive(Clone, Debug)]
pub struct Parts {
    /// Seed of the next part.
    seed: u64,
    left: usize,
    size: usize,
}

impl Parts {
    /// `count` garments, at most `size` a part.
    pub fn new(seed: u64, count: usize, size: usize) -> Self {
        Self { seed, left: count, size }
    }
}

impl Iterator for Parts {
    type Item = Labelled;

    fn next(&mut self) -> Option<Labelled> {
        let count = self.left.min(self.size);
        let part = (count > 0).then(|| garments(self.seed, count));
        self.seed = self.seed.wrapping_add(1 << 32);
        self.left -= count;
        part
    }
}

/// Labels 0 to 9 in turn, shuffled (Fisher and Yates).
fn balanced_labels(seed: u64, count: usize) -> Vec<u8> {
    let mut labels: Vec<u8> = (0..count).map(|index| (index % CLASS_COUNT) as u8).collect();
    let mut dice = Dice::new(seed, ORDER_STREAM);
    for last in (1..count).rev() {
        labels.swap(last, dice.below(last + 1));
    }
    labels
}

fn draw(label: u8, dice: &mut Dice) -> Drawing {
    match label {
        0 => tops::t_shirt(dice),
        1 => trousers::trousers(dice),
        2 => tops::pullover(dice),
        3 => dresses::dress(dice),
        4 => tops::coat(dice),
        5 => shoes::sandal(dice),
        6 => tops::shirt(dice),
        7 => shoes::sneaker(dice),
        8 => bags::bag(dice),
        _ => shoes::ankle_boot(dice),
    }
}

#[cfg(test)]
mod tests;
