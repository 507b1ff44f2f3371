//! Four numbers that are calculated with at once: the only place that knows of wasm's SIMD.
//!
//! Both implementations round alike, so that results are the same bit for bit.

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use portable::Quad;
#[cfg(target_arch = "wasm32")]
pub(crate) use simd128::Quad;

/// Numbers in a [`Quad`].
pub(crate) const LANES: usize = 4;

impl Quad {
    /// The first four of `values`.
    #[inline(always)]
    pub(crate) fn load(values: &[f32]) -> Self {
        assert!(values.len() >= LANES);
        // SAFETY: there are four.
        unsafe { Self::read(values.as_ptr()) }
    }

    /// Puts the four in front of `target`.
    #[inline(always)]
    pub(crate) fn store(self, target: &mut [f32]) {
        assert!(target.len() >= LANES);
        // SAFETY: there is room for four.
        unsafe { self.write(target.as_mut_ptr()) }
    }
}

#[cfg(target_arch = "wasm32")]
mod simd128 {
    use core::arch::wasm32::{
        f32x4_abs, f32x4_add, f32x4_gt, f32x4_mul, f32x4_ne, f32x4_pmax, f32x4_splat, i16x8_narrow_i32x4,
        i32x4_extract_lane, i32x4_shuffle, u8x16_narrow_i16x8, v128, v128_bitselect, v128_load, v128_or,
        v128_store,
    };

    use super::LANES;

    /// Four numbers.
    #[derive(Clone, Copy)]
    pub(crate) struct Quad(v128);

    impl Quad {
        #[inline(always)]
        pub(crate) fn splat(value: f32) -> Self {
            Self(f32x4_splat(value))
        }

        /// Four numbers from `pointer` on.
        ///
        /// # Safety
        /// All four must lie in one slice.
        #[inline(always)]
        pub(crate) unsafe fn read(pointer: *const f32) -> Self {
            // SAFETY: promised by the caller; wasm loads need no alignment.
            Self(unsafe { v128_load(pointer.cast()) })
        }

        /// Puts the four where `pointer` points.
        ///
        /// # Safety
        /// All four places must lie in one slice.
        #[inline(always)]
        pub(crate) unsafe fn write(self, pointer: *mut f32) {
            // SAFETY: promised by the caller; wasm stores need no alignment.
            unsafe { v128_store(pointer.cast(), self.0) }
        }

        /// `self + other`.
        #[inline(always)]
        pub(crate) fn plus(self, other: Self) -> Self {
            Self(f32x4_add(self.0, other.0))
        }

        /// `self + left · right`, the product rounded first.
        #[inline(always)]
        pub(crate) fn plus_product(self, left: Self, right: Self) -> Self {
            Self(f32x4_add(self.0, f32x4_mul(left.0, right.0)))
        }

        /// 0 for what is below it; NaN stays.
        #[inline(always)]
        pub(crate) fn rectified(self) -> Self {
            Self(f32x4_pmax(self.0, f32x4_splat(0.0)))
        }

        /// Without signs; NaN stays.
        #[inline(always)]
        pub(crate) fn magnitudes(self) -> Self {
            Self(f32x4_abs(self.0))
        }

        /// `above` where `self` exceeds `bound` or is no number, else `otherwise`.
        #[inline(always)]
        pub(crate) fn if_above(self, bound: Self, above: Self, otherwise: Self) -> Self {
            let is_above = v128_or(f32x4_gt(self.0, bound.0), f32x4_ne(self.0, self.0));
            Self(v128_bitselect(above.0, otherwise.0, is_above))
        }

        /// The numbers at even places of eight, and those at odd places.
        #[inline(always)]
        pub(crate) fn split(first: Self, second: Self) -> (Self, Self) {
            let evens = i32x4_shuffle::<0, 2, 4, 6>(first.0, second.0);
            let odds = i32x4_shuffle::<1, 3, 5, 7>(first.0, second.0);
            (Self(evens), Self(odds))
        }

        /// The first two of each, by turns.
        #[inline(always)]
        pub(crate) fn alternate(evens: Self, odds: Self) -> Self {
            Self(i32x4_shuffle::<0, 4, 1, 5>(evens.0, odds.0))
        }

        /// Rows to columns.
        #[inline(always)]
        pub(crate) fn transposed([a, b, c, d]: [Self; 4]) -> [Self; 4] {
            let low = i32x4_shuffle::<0, 4, 1, 5>;
            let high = i32x4_shuffle::<2, 6, 3, 7>;
            let (ac, bd) = ((low(a.0, c.0), high(a.0, c.0)), (low(b.0, d.0), high(b.0, d.0)));
            [Self(low(ac.0, bd.0)), Self(high(ac.0, bd.0)), Self(low(ac.1, bd.1)), Self(high(ac.1, bd.1))]
        }

        /// The lowest byte of each number's bits.
        #[inline(always)]
        pub(crate) fn low_bytes(self) -> [u8; LANES] {
            let halves = i16x8_narrow_i32x4(self.0, self.0);
            i32x4_extract_lane::<0>(u8x16_narrow_i16x8(halves, halves)).to_le_bytes()
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod portable {
    use super::LANES;

    /// Four numbers.
    #[derive(Clone, Copy)]
    pub(crate) struct Quad([f32; LANES]);

    impl Quad {
        #[inline(always)]
        pub(crate) fn splat(value: f32) -> Self {
            Self([value; LANES])
        }

        /// Four numbers from `pointer` on.
        ///
        /// # Safety
        /// All four must lie in one slice.
        #[inline(always)]
        pub(crate) unsafe fn read(pointer: *const f32) -> Self {
            // SAFETY: promised by the caller; the read needs no alignment.
            Self(unsafe { pointer.cast::<[f32; LANES]>().read_unaligned() })
        }

        /// Puts the four where `pointer` points.
        ///
        /// # Safety
        /// All four places must lie in one slice.
        #[inline(always)]
        pub(crate) unsafe fn write(self, pointer: *mut f32) {
            // SAFETY: promised by the caller; the write needs no alignment.
            unsafe { pointer.cast::<[f32; LANES]>().write_unaligned(self.0) }
        }

        /// `self + other`.
        #[inline(always)]
        pub(crate) fn plus(self, other: Self) -> Self {
            let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
            Self([a + e, b + f, c + g, d + h])
        }

        /// `self + left · right`, the product rounded first.
        #[inline(always)]
        pub(crate) fn plus_product(self, left: Self, right: Self) -> Self {
            let ([a, b, c, d], [e, f, g, h]) = (left.0, right.0);
            self.plus(Self([a * e, b * f, c * g, d * h]))
        }

        /// 0 for what is below it; NaN stays.
        #[inline(always)]
        pub(crate) fn rectified(self) -> Self {
            let [a, b, c, d] = self.0;
            let rectified = |value: f32| if value < 0.0 { 0.0 } else { value };
            Self([rectified(a), rectified(b), rectified(c), rectified(d)])
        }

        /// Without signs; NaN stays.
        #[inline(always)]
        pub(crate) fn magnitudes(self) -> Self {
            Self(self.0.map(f32::abs))
        }

        /// `above` where `self` exceeds `bound` or is no number, else `otherwise`.
        #[inline(always)]
        pub(crate) fn if_above(self, bound: Self, above: Self, otherwise: Self) -> Self {
            let chosen = |lane: usize| {
                let is_above = self.0[lane] > bound.0[lane] || self.0[lane].is_nan();
                if is_above { above.0[lane] } else { otherwise.0[lane] }
            };
            Self([chosen(0), chosen(1), chosen(2), chosen(3)])
        }

        /// The numbers at even places of eight, and those at odd places.
        #[inline(always)]
        pub(crate) fn split(Self(a): Self, Self(b): Self) -> (Self, Self) {
            (Self([a[0], a[2], b[0], b[2]]), Self([a[1], a[3], b[1], b[3]]))
        }

        /// The first two of each, by turns.
        #[inline(always)]
        pub(crate) fn alternate(Self(evens): Self, Self(odds): Self) -> Self {
            Self([evens[0], odds[0], evens[1], odds[1]])
        }

        /// Rows to columns.
        #[inline(always)]
        pub(crate) fn transposed([a, b, c, d]: [Self; 4]) -> [Self; 4] {
            let column = |at: usize| Self([a.0[at], b.0[at], c.0[at], d.0[at]]);
            [column(0), column(1), column(2), column(3)]
        }

        /// The lowest byte of each number's bits.
        #[inline(always)]
        pub(crate) fn low_bytes(self) -> [u8; LANES] {
            let [a, b, c, d] = self.0;
            [a.to_bits() as u8, b.to_bits() as u8, c.to_bits() as u8, d.to_bits() as u8]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(quad: Quad) -> [f32; 4] {
        let mut values = [0.0; 4];
        quad.store(&mut values);
        values
    }

    #[test]
    fn lanes_go_where_they_are_said_to_go() {
        let rows: [[f32; 4]; 4] = std::array::from_fn(|row| std::array::from_fn(|c| (4 * row + c) as f32));
        let quads = rows.map(|row| Quad::load(&row));
        let columns = Quad::transposed(quads).map(numbers);
        assert_eq!(columns[1], [1.0, 5.0, 9.0, 13.0]);
        let (evens, odds) = Quad::split(quads[0], quads[1]);
        assert_eq!((numbers(evens), numbers(odds)), ([0.0, 2.0, 4.0, 6.0], [1.0, 3.0, 5.0, 7.0]));
        assert_eq!(numbers(Quad::alternate(quads[0], quads[1])), [0.0, 4.0, 1.0, 5.0]);
        let bits = Quad::load(&[0, 3, 4, 1].map(f32::from_bits));
        assert_eq!(bits.low_bytes(), [0, 3, 4, 1]);
    }

    #[test]
    fn what_is_no_number_is_kept_and_wins() {
        let values = Quad::load(&[f32::NAN, -1.0, 2.0, f32::NEG_INFINITY]);
        assert!(numbers(values.rectified())[0].is_nan());
        assert_eq!(numbers(values.rectified())[1..], [0.0, 2.0, 0.0]);
        let chosen = values.if_above(Quad::splat(0.0), Quad::splat(1.0), Quad::splat(7.0));
        assert_eq!(numbers(chosen), [1.0, 7.0, 1.0, 7.0]);
    }
}
