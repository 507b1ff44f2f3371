//! Seeded choices: validation split, order of an epoch, labelled subsets. The same seed gives the
//! same choice on every platform: ChaCha8 and 32-bit indices throughout.

use rand::{SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

use super::{CLASS_COUNT, DataError};

/// Validation images taken from the full training set.
pub const VALIDATION_IMAGES: usize = 5_000;

/// Streams of the generator, so that one seed makes independent choices.
const SPLIT_STREAM: u64 = 1 << 32;
const SUBSET_STREAM: u64 = 2 << 32;

/// The training files' images, divided. Indices into [`super::Dataset::train`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Partition {
    /// Images to learn from, in ascending order.
    pub train: Vec<u32>,
    /// Images to validate on, in ascending order.
    pub validation: Vec<u32>,
}

/// Takes [`VALIDATION_IMAGES`] of `count` images, or a tenth of smaller sets (at least one of two).
pub fn split_validation(count: usize, seed: u64) -> Partition {
    let held_out = if count < 2 { 0 } else { (count / 10).clamp(1, VALIDATION_IMAGES) };
    let mut order: Vec<u32> = (0..count as u32).collect();
    order.shuffle(&mut generator(seed, SPLIT_STREAM));
    let mut train = order.split_off(held_out);
    train.sort_unstable();
    order.sort_unstable();
    Partition { train, validation: order }
}

/// `indices` in the order of epoch `epoch`.
pub fn shuffled(indices: &[u32], seed: u64, epoch: u32) -> Vec<u32> {
    let mut order = indices.to_vec();
    order.shuffle(&mut generator(seed, u64::from(epoch)));
    order
}

/// At most `count` of `indices`, drawn by seed; `stream` sets the draw apart from orders of epochs and
/// from other draws.
pub fn drawn(indices: &[u32], seed: u64, stream: u32, count: usize) -> Vec<u32> {
    let mut drawn = shuffled(indices, seed, stream);
    drawn.truncate(count);
    drawn
}

/// `per_class` of `indices` for each class, drawn by seed, in ascending order; all where `None`.
/// `labels` has the label of every image that `indices` may name.
///
/// # Errors
/// [`DataError::LabelBudget`] where a class has fewer images than asked for.
pub fn stratified(
    labels: &[u8],
    indices: &[u32],
    per_class: Option<u32>,
    seed: u64,
) -> Result<Vec<u32>, DataError> {
    let Some(wanted) = per_class else { return Ok(indices.to_vec()) };
    let order = shuffled_by(indices, &mut generator(seed, SUBSET_STREAM));
    let mut chosen = Vec::with_capacity(wanted as usize * CLASS_COUNT);
    for class in 0..CLASS_COUNT as u8 {
        let of_class = order.iter().copied().filter(|&index| labels[index as usize] == class);
        let before = chosen.len();
        chosen.extend(of_class.take(wanted as usize));
        let available = (chosen.len() - before) as u32;
        if available < wanted {
            return Err(DataError::LabelBudget { class, available, wanted });
        }
    }
    chosen.sort_unstable();
    Ok(chosen)
}

/// How many of `indices` the class with fewest of them has. `labels` has the label of every image that
/// `indices` may name.
pub fn fewest_of_a_class(labels: &[u8], indices: &[u32]) -> u32 {
    let mut counts = [0; CLASS_COUNT];
    indices.iter().for_each(|&index| counts[usize::from(labels[index as usize])] += 1);
    counts.into_iter().min().unwrap_or(0)
}

fn shuffled_by(indices: &[u32], generator: &mut ChaCha8Rng) -> Vec<u32> {
    let mut order = indices.to_vec();
    order.shuffle(generator);
    order
}

fn generator(seed: u64, stream: u64) -> ChaCha8Rng {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    generator.set_stream(stream);
    generator
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_split_is_complete_disjoint_and_the_seeds() {
        let partition = split_validation(60_000, 42);
        assert_eq!((partition.train.len(), partition.validation.len()), (55_000, 5_000));
        let mut all = [partition.train.clone(), partition.validation.clone()].concat();
        all.sort_unstable();
        assert!(all.iter().copied().eq(0..60_000));
        assert_eq!(partition, split_validation(60_000, 42));
        assert_ne!(partition, split_validation(60_000, 43));
    }

    #[test]
    fn small_sets_keep_something_to_validate_on() {
        let sizes = [0, 1, 2, 9, 1000].map(|count| split_validation(count, 1).validation.len());
        assert_eq!(sizes, [0, 0, 1, 1, 100]);
    }

    #[test]
    fn every_epoch_has_its_own_order_of_the_same_images() {
        let indices: Vec<u32> = (0..100).collect();
        let first = shuffled(&indices, 7, 0);
        assert_eq!(first, shuffled(&indices, 7, 0));
        let mut second = shuffled(&indices, 7, 1);
        assert_ne!(first, second);
        second.sort_unstable();
        assert_eq!(second, indices);
    }

    #[test]
    fn subsets_have_the_same_number_of_each_class() {
        let labels: Vec<u8> = (0..200).map(|index| (index % 10) as u8).collect();
        let indices: Vec<u32> = (0..190).collect();
        let subset = stratified(&labels, &indices, Some(7), 3).expect("enough of each");
        let counts = (0..10u8).map(|class| subset.iter().filter(|&&i| labels[i as usize] == class).count());
        assert!(counts.into_iter().all(|count| count == 7));
        let refused = stratified(&labels, &indices[..95], Some(10), 3);
        assert_eq!(refused, Err(DataError::LabelBudget { class: 5, available: 9, wanted: 10 }));
        assert_eq!(stratified(&labels, &indices, None, 3), Ok(indices));
    }
}
