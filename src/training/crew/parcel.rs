//! What travels between an engine and its helpers, as bytes: a unit with the weights to calculate it
//! by, and its answer. Both ends are the same program, so numbers stay in the machine's order.

use web_time::Instant;

use super::{Answer, Calculation, Order, Unit};
use crate::training::TrainingError;

/// Numbers of four bytes before the weights.
const HEAD: usize = 10;
/// Numbers of four bytes before an answer's values.
const ANSWER_HEAD: usize = 5;
/// Bytes of a number.
const WORD: usize = 4;
/// Bytes before an answer's values.
pub const ANSWER_HEAD_BYTES: usize = ANSWER_HEAD * WORD;

/// A unit as a helper gets it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Parcel {
    /// What names it in the answer.
    pub ticket: u32,
    /// What to calculate, and by which weights.
    pub order: Order,
    /// Of which pictures.
    pub unit: Unit,
}

/// Writes a unit into `bytes`, whose old content is lost.
pub(super) fn write(bytes: &mut Vec<u8>, ticket: u32, order: &Order, unit: &Unit) {
    let [share, smoothing] = [unit.share, order.smoothing].map(f64::to_bits);
    let lengths = [order.weights.len(), unit.labels.len(), unit.pixels.len()].map(|length| length as u32);
    let halves = [share, share >> 32, smoothing, smoothing >> 32].map(|bits| bits as u32);
    let head = [ticket, order.calculation.code(), order.latent];
    bytes.clear();
    head.iter().chain(&halves).chain(&lengths).for_each(|word| bytes.extend_from_slice(&word.to_ne_bytes()));
    bytes.extend_from_slice(bytemuck::cast_slice(&order.weights));
    bytes.extend_from_slice(&unit.labels);
    bytes.extend_from_slice(&unit.pixels);
}

/// Reads what [`write`] wrote; bytes after it do not matter. `None` where it is no such thing.
pub(super) fn read(bytes: &[u8]) -> Option<Parcel> {
    let head = words(bytes, HEAD)?;
    let [ticket, code, latent, halves @ .., weights, labels, pixels] = <[u32; HEAD]>::try_from(head).ok()?;
    let (weights, rest) = split(&bytes[HEAD * WORD..], (weights as usize).checked_mul(WORD)?)?;
    let (labels, rest) = split(rest, labels as usize)?;
    let (pixels, _) = split(rest, pixels as usize)?;
    let [share, smoothing] = [0, 2].map(|at| u64::from(halves[at + 1]) << 32 | u64::from(halves[at]));
    let [share, smoothing] = [share, smoothing].map(f64::from_bits);
    let (calculation, weights) = (Calculation::from_code(code)?, numbers(weights).into());
    let order = Order { calculation, latent, smoothing, weights };
    Some(Parcel { ticket, order, unit: Unit { pixels: pixels.to_vec(), labels: labels.to_vec(), share } })
}

/// Replaces a parcel's bytes by those of the answer that `calculate` gives. `false` where they are no
/// parcel.
pub fn answer(
    bytes: &mut Vec<u8>,
    calculate: impl FnOnce(&Order, &Unit) -> Result<Answer, TrainingError>,
) -> bool {
    let Some(parcel) = read(bytes) else { return false };
    let begun = Instant::now();
    let mut answer = calculate(&parcel.order, &parcel.unit).ok();
    if let Some(answer) = &mut answer {
        answer.seconds = begun.elapsed().as_secs_f32();
    }
    write_answer(bytes, parcel.ticket, answer.as_ref());
    true
}

/// Writes an answer into `bytes`, whose old content is lost; `None` says that there is none.
fn write_answer(bytes: &mut Vec<u8>, ticket: u32, answer: Option<&Answer>) {
    let values = answer.map_or(&[][..], |answer| &answer.values);
    let [loss, seconds] = answer.map_or([0.0; 2], |answer| [answer.loss, answer.seconds]).map(f32::to_bits);
    let head = [ticket, u32::from(answer.is_some()), values.len() as u32, loss, seconds];
    bytes.clear();
    head.iter().for_each(|word| bytes.extend_from_slice(&word.to_ne_bytes()));
    bytes.extend_from_slice(bytemuck::cast_slice(values));
}

/// The ticket and the answer to it, if the helper could give one; bytes after it do not matter.
pub(super) fn read_answer(bytes: &[u8]) -> Option<(u32, Option<Answer>)> {
    let head = words(bytes, ANSWER_HEAD)?;
    let [ticket, given, values, loss, seconds] = <[u32; ANSWER_HEAD]>::try_from(head).ok()?;
    let (values, _) = split(&bytes[ANSWER_HEAD * WORD..], (values as usize).checked_mul(WORD)?)?;
    let [loss, seconds] = [loss, seconds].map(f32::from_bits);
    let answer = Answer { loss, seconds, values: numbers(values) };
    Some((ticket, (given == 1).then_some(answer)))
}

/// Bytes of an answer, by its first [`ANSWER_HEAD_BYTES`].
pub fn answer_bytes(head: &[u8]) -> Option<usize> {
    let head = words(head, ANSWER_HEAD)?;
    (head[2] as usize).checked_mul(WORD)?.checked_add(ANSWER_HEAD * WORD)
}

fn words(bytes: &[u8], count: usize) -> Option<Vec<u32>> {
    let bytes = bytes.get(..count * WORD)?;
    let word = |bytes: &[u8]| u32::from_ne_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    Some(bytes.chunks_exact(WORD).map(word).collect())
}

/// Not a cast: the bytes of a message begin where they like.
fn numbers(bytes: &[u8]) -> Vec<f32> {
    bytemuck::pod_collect_to_vec(bytes)
}

fn split(bytes: &[u8], at: usize) -> Option<(&[u8], &[u8])> {
    (at <= bytes.len()).then(|| bytes.split_at(at))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_written_is_read(
            ticket: u32,
            latent in 1u32..=128,
            bits in proptest::collection::vec(any::<u32>(), 0..40),
            labels in proptest::collection::vec(any::<u8>(), 0..5),
            pixels in proptest::collection::vec(any::<u8>(), 0..20),
            share in 0.0f64..=1.0,
            smoothing in 0.0f64..=1.0,
            rest in 0usize..9,
        ) {
            let weights: Vec<f32> = bits.into_iter().map(f32::from_bits).collect();
            let as_bits = |values: &[f32]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
            let order = Order {
                calculation: Calculation::LearnClassifier,
                latent,
                smoothing,
                weights: weights.clone().into(),
            };
            let unit = Unit { pixels, labels, share };
            let mut bytes = vec![7; 3];
            write(&mut bytes, ticket, &order, &unit);
            let length = bytes.len();
            bytes.resize(length + rest, 9);
            let parcel = read(&bytes).expect("whole");
            prop_assert_eq!((parcel.ticket, parcel.order.calculation, &parcel.unit), (ticket, order.calculation, &unit));
            prop_assert_eq!(parcel.order.smoothing, smoothing);
            prop_assert_eq!(as_bits(&parcel.order.weights), as_bits(&weights));
            prop_assert!((0..length).all(|end| read(&bytes[..end]).is_none()));

            let answer = Answer { loss: 0.5, seconds: 0.25, values: weights.clone() };
            write_answer(&mut bytes, ticket, Some(&answer));
            prop_assert_eq!(answer_bytes(&bytes), Some(bytes.len()));
            let (found, read) = read_answer(&bytes).expect("whole");
            let read = read.expect("given");
            prop_assert_eq!((found, read.loss, read.seconds), (ticket, 0.5, 0.25));
            prop_assert_eq!(as_bits(&read.values), as_bits(&weights));
        }

        #[test]
        fn anything_else_is_refused_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = (read(&bytes), read_answer(&bytes), answer_bytes(&bytes));
        }
    }
}
