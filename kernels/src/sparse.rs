//! The inner loop of gradients that come from few places.

use crate::quad::{LANES, Quad};

/// One place and the number that it contributes with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) place: usize,
    pub(crate) value: f32,
}

/// Adds to `sums` (a whole number of quads), for every entry, `value` times the numbers of `source` that
/// begin at `place · apart`. Sums stay in registers while all entries go by.
pub(crate) fn add_all(entries: &[Entry], source: &[f32], apart: usize, sums: &mut [f32]) {
    assert!(sums.len().is_multiple_of(LANES));
    let farthest = entries.iter().map(|entry| entry.place).max().unwrap_or(0);
    assert!(farthest * apart + sums.len() <= source.len());
    let mut begin = 0;
    // As many sums as a processor has registers for; then what is left.
    begin = add_wide::<12>(entries, source, apart, sums, begin);
    begin = add_wide::<4>(entries, source, apart, sums, begin);
    add_wide::<1>(entries, source, apart, sums, begin);
}

/// Goes on from `begin`, `N` quads at a time, as far as they fit; returns where it ends.
#[inline(always)]
fn add_wide<const N: usize>(
    entries: &[Entry],
    source: &[f32],
    apart: usize,
    sums: &mut [f32],
    mut begin: usize,
) -> usize {
    while begin + N * LANES <= sums.len() {
        let mut quads = [Quad::splat(0.0); N];
        for (index, quad) in quads.iter_mut().enumerate() {
            *quad = Quad::load(&sums[begin + LANES * index..]);
        }
        for entry in entries {
            let value = Quad::splat(entry.value);
            // SAFETY: asserted by the caller for the farthest place and all sums.
            let from = unsafe { source.as_ptr().add(entry.place * apart + begin) };
            for (index, quad) in quads.iter_mut().enumerate() {
                // SAFETY: as above.
                *quad = quad.plus_product(value, unsafe { Quad::read(from.add(LANES * index)) });
            }
        }
        for (index, quad) in quads.iter().enumerate() {
            quad.store(&mut sums[begin + LANES * index..]);
        }
        begin += N * LANES;
    }
    begin
}
