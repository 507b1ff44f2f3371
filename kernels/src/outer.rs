//! The inner loop of a transposed convolution's gradient for its weights: sums of outer products over
//! the positions of a picture.

use crate::quad::{LANES, Quad};

/// Rows of a block of sums.
pub(crate) const ROWS: usize = 4;
/// Columns of a block of sums.
pub(crate) const COLUMNS: usize = 2 * LANES;

/// Numbers by position, at `begin + row · down + column · right`, and those right after.
#[derive(Clone, Copy)]
pub(crate) struct Walk<'a> {
    pub(crate) values: &'a [f32],
    pub(crate) begin: usize,
    pub(crate) down: usize,
    pub(crate) right: usize,
}

impl Walk<'_> {
    fn at(&self, row: usize, column: usize) -> usize {
        self.begin + row * self.down + column * self.right
    }

    fn reaches(&self, height: usize, width: usize, count: usize) -> bool {
        self.at(height - 1, width - 1) + count <= self.values.len()
    }
}

/// Adds to each of the 4×8 `sums` (rows `apart`) the products of `left`'s numbers (as many as rows)
/// and `right`'s (as many as columns) at all positions.
pub(crate) fn add_products(
    left: Walk,
    right: Walk,
    [height, width]: [usize; 2],
    sums: &mut [f32],
    apart: usize,
) {
    assert!(left.reaches(height, width, ROWS) && right.reaches(height, width, COLUMNS));
    assert!((ROWS - 1) * apart + COLUMNS <= sums.len());
    let mut block = [[Quad::splat(0.0); 2]; ROWS];
    for (row, quads) in block.iter_mut().enumerate() {
        *quads = [Quad::load(&sums[row * apart..]), Quad::load(&sums[row * apart + LANES..])];
    }
    for row in 0..height {
        for column in 0..width {
            // SAFETY: asserted above for the last position, which reaches farthest.
            let (left, right) = unsafe {
                (
                    left.values.as_ptr().add(left.at(row, column)),
                    right.values.as_ptr().add(right.at(row, column)),
                )
            };
            // SAFETY: as above.
            let pair = unsafe { [Quad::read(right), Quad::read(right.add(LANES))] };
            for (index, quads) in block.iter_mut().enumerate() {
                // SAFETY: as above.
                let value = Quad::splat(unsafe { *left.add(index) });
                *quads = [quads[0].plus_product(value, pair[0]), quads[1].plus_product(value, pair[1])];
            }
        }
    }
    for (row, quads) in block.iter().enumerate() {
        quads[0].store(&mut sums[row * apart..]);
        quads[1].store(&mut sums[row * apart + LANES..]);
    }
}
