//! Made-up drawings of the ten classes, as people draw them: bare outlines with a hand's wobble.
//!
//! Every drawing comes from a seed. A class's file lays out corner points in a frame of about one
//! unit; [`hand`] turns them into strokes that shake, overshoot, stop short and leave things out.
//! The strokes then take the same way to 28×28 as those on the pad.

mod bags;
mod bottoms;
mod details;
mod hand;
mod sandals;
mod scribbles;
mod shoes;
mod top;
mod tops;

use hand::Hand;

use super::{Drawing, Picture, seen};

/// A drawing of class `class` (0 to 9, [`crate::data::CLASS_NAMES`]); the same seed, the same
/// strokes. Any other class is a tangle of lines.
pub fn draw(class: u8, seed: u64) -> Drawing {
    let mut hand = Hand::new(seed.wrapping_mul(16).wrapping_add(u64::from(class)));
    lay_out(class, &mut hand);
    hand.finish()
}

/// A tidy drawing of a class to begin from: no wobble, nothing left out.
pub fn starter(class: u8) -> Drawing {
    let mut hand = Hand::steady(u64::from(class) + 7);
    lay_out(class, &mut hand);
    hand.finish()
}

/// [`draw`] as the network sees it.
pub fn picture(class: u8, seed: u64) -> Picture {
    // A drawing whose every stroke was left out is drawn anew.
    (0..8)
        .find_map(|attempt| seen(&draw(class, seed ^ (attempt << 48))).ok())
        .unwrap_or([0; crate::data::IMAGE_PIXELS])
}

/// Kinds of [`scribble`]s.
pub const SCRIBBLES: usize = scribbles::KINDS;

/// Lines that are no garment, of kind `number` (0 to [`SCRIBBLES`]): tangles, zigzags, stars,
/// letters, houses.
pub fn scribble(number: usize, seed: u64) -> Picture {
    let mut hand = Hand::new(seed ^ 0x5c21_bb1e);
    scribbles::scribble(number, &mut hand);
    seen(&hand.finish()).unwrap_or([0; crate::data::IMAGE_PIXELS])
}

fn lay_out(class: u8, hand: &mut Hand) {
    match class {
        0 => tops::t_shirt(hand),
        1 => bottoms::trouser(hand),
        2 => tops::pullover(hand),
        3 => bottoms::dress(hand),
        4 => tops::coat(hand),
        5 => sandals::sandal(hand),
        6 => tops::shirt(hand),
        7 => shoes::sneaker(hand),
        8 => bags::bag(hand),
        9 => shoes::boot(hand),
        _ => scribbles::scribble(0, hand),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_seed_fixes_a_drawing_and_seeds_differ() {
        for class in 0..10 {
            assert_eq!(draw(class, 5), draw(class, 5));
            let pictures: HashSet<Vec<u8>> = (0..50).map(|seed| picture(class, seed).to_vec()).collect();
            assert_eq!(pictures.len(), 50, "class {class}");
        }
    }

    #[test]
    fn drawings_are_lines_rather_than_surfaces_and_fill_the_frame() {
        for class in 0..10 {
            let inked: usize =
                (0..100).map(|seed| picture(class, seed).iter().filter(|&&pixel| pixel > 64).count()).sum();
            let mean = inked / 100;
            assert!((60..420).contains(&mean), "class {class}: {mean}");
        }
    }

    #[test]
    fn starters_are_not_blank() {
        assert!((0..10).all(|class| seen(&starter(class)).is_ok()));
    }
}
