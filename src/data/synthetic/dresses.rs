//! Dresses: a narrow bodice and a skirt.

use super::{
    cloth::{Cloth, any_pattern, any_tone},
    dice::Dice,
    drawing::Drawing,
    outline::{band, closed, rectangle, stroked, symmetric},
};

/// Half widths of a dress and the height of its waist.
struct Shape {
    bust: f32,
    waist: f32,
    hem: f32,
    waist_y: f32,
    top: f32,
}

impl Shape {
    fn roll(dice: &mut Dice) -> Self {
        let bust = dice.range(0.12, 0.17);
        Self {
            bust,
            waist: bust * dice.range(0.75, 1.0),
            hem: bust * dice.range(0.95, 1.8),
            waist_y: dice.range(0.33, 0.45),
            top: dice.range(0.03, 0.12),
        }
    }

    fn body(&self, dice: &mut Dice) -> tiny_skia::Path {
        let drop = self.top + dice.range(0.03, 0.14);
        symmetric(&[
            (0.0, drop, if dice.chance(0.4) { 0.0 } else { 0.5 }),
            (self.bust * 0.55, self.top, 0.1),
            (self.bust * 0.85, self.top, 0.1),
            (self.bust, 0.24, 0.3),
            (self.waist, self.waist_y, 0.3),
            (self.hem, 0.98, 0.08),
            (0.0, 1.0, 0.3),
        ])
    }
}

/// With straps, short or long sleeves; straight or flared; belted, pleated, patterned.
pub(super) fn dress(dice: &mut Dice) -> Drawing {
    let shape = Shape::roll(dice);
    let tone = any_tone(dice);
    let cloth = Cloth { pattern: any_pattern(0.55, dice), ..Cloth::plain(tone, dice) };
    let mut drawing = Drawing::default();
    match dice.below(4) {
        0 | 1 => straps(&mut drawing, &shape, cloth, dice),
        2 => sleeves(&mut drawing, &shape, dice.range(0.2, 0.3), cloth),
        _ => sleeves(&mut drawing, &shape, dice.range(0.42, 0.58), cloth),
    }
    let body = shape.body(dice);
    let seam = cloth.toned(tone * dice.range(0.7, 1.25));
    drawing.fill(body.clone(), cloth).fill(stroked(&body, 0.012), seam);
    skirt(&mut drawing, &shape, cloth, dice);
    drawing.pose(dice.range(-0.03, 0.03), dice.range(-0.03, 0.03))
}

fn straps(drawing: &mut Drawing, shape: &Shape, cloth: Cloth, dice: &mut Dice) {
    let width = dice.range(0.02, 0.06);
    for side in [-1.0f32, 1.0] {
        let strap = [
            (side * shape.bust * 0.62, 0.0, 0.0),
            (side * shape.bust * 0.7, shape.top, 0.3),
            (side * shape.bust * 0.72, shape.top + 0.06, 0.0),
        ];
        drawing.fill(band(&strap, width), cloth.shaded(0.9));
    }
}

fn sleeves(drawing: &mut Drawing, shape: &Shape, reach: f32, cloth: Cloth) {
    let out = shape.bust + 0.05 + 0.12 * reach;
    for side in [-1.0f32, 1.0] {
        let sleeve = closed(&[
            (side * shape.bust * 0.5, 0.0, 0.1),
            (side * (shape.bust + 0.02), 0.04, 0.3),
            (side * out, reach, 0.05),
            (side * (out - 0.075), reach + 0.01, 0.05),
            (side * shape.bust * 0.95, 0.25, 0.2),
            (side * shape.bust * 0.5, 0.2, 0.0),
        ]);
        drawing.fill(sleeve, cloth.shaded(0.9));
    }
}

fn skirt(drawing: &mut Drawing, shape: &Shape, cloth: Cloth, dice: &mut Dice) {
    let dark = cloth.toned(cloth.tone * dice.range(0.45, 0.85));
    if dice.chance(0.45) {
        let (waist, y) = (shape.waist + 0.004, shape.waist_y);
        drawing.fill(rectangle(-waist, y - 0.02, waist, y + 0.02), dark);
    }
    if dice.chance(0.5) {
        for pleat in [-0.6f32, -0.2, 0.2, 0.6] {
            let line = [(pleat * shape.waist, shape.waist_y + 0.03, 0.0), (pleat * shape.hem, 0.97, 0.0)];
            drawing.fill(band(&line, 0.014), dark.shaded(1.15));
        }
    }
}
