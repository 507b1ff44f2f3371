//! Trousers: a waistband and two legs with a gap between them.

use super::{
    cloth::{Cloth, Pattern, any_tone},
    dice::Dice,
    drawing::Drawing,
    outline::{band, closed, rectangle, stroked},
};

/// Jeans, leggings, chinos; slim or wide, plain, faded or printed.
pub(super) fn trousers(dice: &mut Dice) -> Drawing {
    let hip = dice.range(0.16, 0.21);
    let waist = hip * dice.range(0.78, 0.95);
    let crotch = dice.range(0.26, 0.36);
    let knee = hip * dice.range(0.42, 0.58);
    let ankle = knee * dice.range(0.65, 1.15);
    let spread = hip * dice.range(0.95, 1.12);
    let tone = any_tone(dice);
    let contrast = dice.range(0.1, 0.35);
    let pattern = match dice.below(8) {
        0 => Pattern::Blotches { period: dice.range(0.03, 0.09), contrast },
        1 => Pattern::Fade { contrast },
        2 => Pattern::Stripes { period: dice.range(0.05, 0.1), contrast: contrast * 0.5, upright: true },
        _ => Pattern::Plain,
    };
    let cloth = Cloth { pattern, ..Cloth::plain(tone, dice) };
    let mut drawing = Drawing::default();
    let seam = cloth.toned(tone * dice.range(0.55, 1.2));
    for side in [-1.0f32, 1.0] {
        let leg = closed(&[
            (0.0, 0.02, 0.0),
            (side * waist, 0.0, 0.05),
            (side * hip, crotch * 0.75, 0.4),
            (side * spread, 0.6, 0.3),
            (side * (spread + 0.01), 1.0, 0.04),
            (side * (spread + 0.01 - ankle), 1.0, 0.04),
            (side * (spread - knee), 0.62, 0.3),
            (side * 0.012, crotch + 0.03, 0.2),
            (0.0, crotch, 0.0),
        ]);
        drawing.fill(leg.clone(), cloth.shaded(1.0 - 0.04 * side)).fill(stroked(&leg, 0.012), seam);
        if dice.chance(0.5) {
            let pocket =
                [(side * waist * 0.6, 0.06, 0.0), (side * waist * 0.75, 0.13, 0.4), (side * hip, 0.14, 0.0)];
            drawing.fill(band(&pocket, 0.014), seam);
        }
    }
    let belt = cloth.toned(tone * dice.range(0.5, 1.2));
    drawing.fill(rectangle(-waist - 0.005, 0.0, waist + 0.005, 0.045), belt);
    drawing.fill(band(&[(0.0, 0.04, 0.0), (0.0, crotch, 0.0)], 0.014), seam);
    drawing.pose(dice.range(-0.03, 0.03), dice.range(-0.03, 0.03))
}
