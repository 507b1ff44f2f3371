//! Small changes of training pictures, and the seeds that fix them.

use crate::data::{IMAGE_PIXELS, IMAGE_SIDE};

/// `picture` (784 bytes) moved by `(dx, dy)` pixels to the right and down, and mirrored where
/// `mirrored`; background comes in at the edges.
pub fn moved(picture: &[u8], (dx, dy): (i32, i32), mirrored: bool) -> [u8; IMAGE_PIXELS] {
    let side = IMAGE_SIDE as i32;
    std::array::from_fn(|place| {
        let (x, y) = (place as i32 % side - dx, place as i32 / side - dy);
        let x = if mirrored { side - 1 - x } else { x };
        let inside = (0..side).contains(&x) && (0..side).contains(&y);
        if inside { picture[(y * side + x) as usize] } else { 0 }
    })
}

/// Spreads a seed and a number over 64 bits (SplitMix64's finaliser).
pub fn mix(seed: u64, number: u64) -> u64 {
    let mut z = seed.wrapping_add(number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_go_right_and_down_and_to_the_other_side() {
        let mut picture = [0; IMAGE_PIXELS];
        picture[5 * IMAGE_SIDE + 3] = 9;
        assert_eq!(moved(&picture, (2, 1), false)[6 * IMAGE_SIDE + 5], 9);
        assert_eq!(moved(&picture, (0, 0), true)[5 * IMAGE_SIDE + 24], 9);
        assert!(moved(&picture, (-4, 0), false).iter().all(|&pixel| pixel == 0));
    }
}
