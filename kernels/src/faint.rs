//! Gradients that are too faint to move any weight: they are taken for 0 before anything is multiplied
//! with them.
//!
//! Not for what it leaves out but for what that would cost. Where a picture is black, the decoder's
//! output comes ever nearer to 0 in training, and the gradient with its square. Below 1.2e-38 numbers
//! are subnormal, and a product with one takes a processor some hundred times as long: after three
//! epochs, half of the time.

use crate::quad::Quad;

/// Magnitude below which a gradient counts as 0. A weight's gradient is a sum of at most some millions of
/// such products, and Adam divides it by its root mean square plus 1e-8: 1e-14 / 1e-8 of a step.
const FAINT: f32 = 1e-20;

/// Whether a gradient counts as 0; what is no number does not.
#[inline(always)]
pub(crate) fn is_faint(gradient: f32) -> bool {
    gradient.abs() <= FAINT
}

/// Four gradients, 0 in place of the faint ones.
#[inline(always)]
pub(crate) fn without_faint(gradients: Quad) -> Quad {
    gradients.magnitudes().if_above(Quad::splat(FAINT), gradients, Quad::splat(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_faint_is_taken_for_nothing() {
        let gradients = [1e-39, -1e-21, -1e-19, f32::NAN];
        let mut kept = [1.0; 4];
        without_faint(Quad::load(&gradients)).store(&mut kept);
        assert_eq!(kept[..3], [0.0, 0.0, -1e-19]);
        assert!(kept[3].is_nan());
        assert_eq!(gradients.map(is_faint), [true, true, false, false]);
    }
}
