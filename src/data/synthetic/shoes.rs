//! Sandals, sneakers and ankle boots, seen from the side: toe at the left (x = 0), heel at the
//! right (x = 1), the ground at y = 0, up is negative.

use super::{
    cloth::{Cloth, any_leather, any_tone},
    dice::Dice,
    drawing::Drawing,
    outline::{Corner, band, closed, ellipse, stroked},
};

fn posed(drawing: Drawing, dice: &mut Dice) -> Drawing {
    drawing.pose(dice.range(-0.04, 0.04), 0.0)
}

/// A flat sole from toe to heel, turned up at the toe.
fn sole(height: f32, spring: f32) -> tiny_skia::Path {
    closed(&[
        (0.0, -height - spring, 0.3),
        (0.02, -spring * 0.4, 0.4),
        (0.2, 0.0, 0.3),
        (0.97, 0.0, 0.2),
        (1.0, -height, 0.2),
        (0.3, -height, 0.2),
    ])
}

/// A low shoe with a thick sole, laces, a stripe on the side.
pub(super) fn sneaker(dice: &mut Dice) -> Drawing {
    let thick = dice.range(0.06, 0.11);
    let toe = thick + dice.range(0.07, 0.12);
    let throat: (f32, f32) = (dice.range(0.4, 0.5), -dice.range(0.28, 0.36));
    let heel = -dice.range(0.3, 0.42);
    let cloth = any_leather(0.7, dice);
    let upper = closed(&[
        (0.01, -thick + 0.01, 0.1),
        (0.02, -toe, 0.4),
        (0.22, -toe - 0.05, 0.4),
        (throat.0, throat.1, 0.2),
        (throat.0 + 0.12, throat.1 - 0.04, 0.2),
        (0.76, heel + 0.08, 0.4),
        (0.93, heel, 0.2),
        (0.99, heel + 0.02, 0.3),
        (0.98, -thick + 0.01, 0.1),
    ]);
    let mut drawing = Drawing::default();
    let dark = cloth.toned(cloth.tone * dice.range(0.3, 0.7));
    let rubber = cloth.toned(dice.range(0.1, 0.95));
    drawing.fill(upper.clone(), cloth).fill(stroked(&upper, 0.014), dark.shaded(1.3));
    for lace in 0..4 {
        let along = lace as f32 / 3.0;
        let x = 0.26 + (throat.0 - 0.24) * along;
        let y = -toe - 0.06 + (throat.1 + toe + 0.06) * along;
        drawing.fill(band(&[(x, y, 0.0), (x + 0.07, y + 0.06, 0.0)], 0.02), dark);
    }
    if dice.chance(0.65) {
        let stripe: [Corner; 3] = [
            (0.45, -thick - 0.03, 0.0),
            (0.62, -thick - dice.range(0.05, 0.14), 0.4),
            (0.9, heel + 0.1, 0.0),
        ];
        let contrast =
            cloth.toned(if cloth.tone > 0.55 { dice.range(0.1, 0.4) } else { dice.range(0.7, 1.0) });
        drawing.fill(band(&stripe, dice.range(0.025, 0.07)), contrast);
    }
    if dice.chance(0.4) {
        let cap =
            closed(&[(0.01, -thick, 0.1), (0.02, -toe, 0.4), (0.2, -toe - 0.04, 0.2), (0.26, -thick, 0.0)]);
        drawing.fill(cap, cloth.toned(cloth.tone * dice.range(0.6, 1.3)));
    }
    drawing.fill(sole(thick, dice.range(0.0, 0.05)), rubber);
    posed(drawing, dice)
}

/// A shaft over the ankle, flat or high heeled; laced, elastic or zipped.
pub(super) fn ankle_boot(dice: &mut Dice) -> Drawing {
    let rise = if dice.chance(0.35) { dice.range(0.12, 0.3) } else { dice.range(0.04, 0.1) };
    let thick = dice.range(0.035, 0.07);
    let shaft = rise * 0.6 + dice.range(0.62, 0.88);
    let instep = (dice.range(0.42, 0.5), -dice.range(0.34, 0.42) - rise * 0.6);
    let cloth = any_leather(0.75, dice);
    let (top_x, back) = (instep.0 + dice.range(0.02, 0.1), dice.range(0.94, 0.99));
    let upper = closed(&[
        (0.0, -thick, 0.2),
        (0.02, -thick - 0.12, 0.45),
        (0.22, -thick - 0.17 - rise * 0.2, 0.4),
        (instep.0, instep.1, 0.4),
        (top_x, -shaft, 0.08),
        (back, -shaft - dice.range(-0.05, 0.05), 0.08),
        (back - 0.02, -0.45, 0.4),
        (0.98, -rise - 0.05, 0.2),
        (0.7, -rise - 0.01, 0.3),
        (0.35, -thick, 0.3),
    ]);
    let mut drawing = Drawing::default();
    let dark = cloth.toned(cloth.tone * dice.range(0.35, 0.75));
    let rubber = cloth.toned(dice.range(0.15, 0.9));
    let heel = closed(&[
        (0.72, -rise - 0.04, 0.0),
        (0.99, -rise - 0.07, 0.0),
        (0.96, 0.0, 0.05),
        (0.76 + rise * 0.4, 0.0, 0.05),
    ]);
    drawing.fill(heel, rubber);
    drawing.fill(upper.clone(), cloth).fill(stroked(&upper, 0.014), dark.shaded(1.3));
    let tread =
        [(0.0, -thick * 0.5, 0.0), (0.36, -thick * 0.5, 0.3), (0.72, -rise, 0.3), (0.99, -rise - 0.02, 0.0)];
    drawing.fill(band(&tread, thick), rubber);
    closure(&mut drawing, instep, (top_x, shaft), dark, dice);
    posed(drawing, dice)
}

fn closure(drawing: &mut Drawing, instep: (f32, f32), top: (f32, f32), dark: Cloth, dice: &mut Dice) {
    match dice.below(4) {
        0 => {
            for lace in 0..5 {
                let along = lace as f32 / 4.0;
                let x = instep.0 - 0.02 + (top.0 - instep.0) * along;
                let y = instep.1 + 0.04 + (-top.1 - instep.1) * along * 0.9;
                drawing.fill(band(&[(x, y, 0.0), (x + 0.13, y + 0.02, 0.0)], 0.024), dark);
            }
        }
        1 => {
            let middle = (top.0 + 0.97) / 2.0;
            let elastic = closed(&[
                (middle - 0.09, -top.1 + 0.01, 0.0),
                (middle + 0.09, -top.1 + 0.01, 0.0),
                (middle + 0.03, instep.1 + 0.02, 0.3),
                (middle - 0.03, instep.1 + 0.02, 0.3),
            ]);
            drawing.fill(elastic, dark);
        }
        2 => {
            drawing.fill(band(&[(0.75, -top.1, 0.0), (0.72, instep.1 + 0.15, 0.0)], 0.02), dark);
        }
        _ => {
            let strap = [
                (instep.0 - 0.02, instep.1 + 0.02, 0.0),
                (0.7, instep.1 - 0.04, 0.4),
                (0.96, instep.1 + 0.02, 0.0),
            ];
            drawing.fill(band(&strap, 0.05), dark);
            drawing.fill(ellipse(0.62, instep.1, 0.03, 0.03), dark.shaded(1.8));
        }
    }
}

/// A sole and straps with nothing between: flat, with a wedge, or on a high heel.
pub(super) fn sandal(dice: &mut Dice) -> Drawing {
    let drawing = if dice.chance(0.35) { heeled(dice) } else { flat(dice) };
    posed(drawing, dice)
}

fn flat(dice: &mut Dice) -> Drawing {
    let thick = dice.range(0.04, 0.1);
    let wedge = if dice.chance(0.3) { dice.range(0.05, 0.16) } else { 0.0 };
    let cloth = any_leather(0.7, dice);
    let mut drawing = Drawing::default();
    let rubber = cloth.toned(any_tone(dice));
    let base = closed(&[
        (0.0, -thick, 0.3),
        (0.02, 0.0, 0.3),
        (0.97, 0.0, 0.1),
        (1.0, -thick - wedge, 0.2),
        (0.6, -thick - wedge * 0.6, 0.4),
        (0.25, -thick, 0.3),
    ]);
    drawing.fill(base, rubber);
    let width = dice.range(0.03, 0.09);
    let arch = dice.range(0.13, 0.22);
    let low = -thick + 0.01;
    let front = [(0.1, low, 0.0), (0.24, low - arch * 1.4, 0.5), (0.48, low - wedge * 0.4, 0.0)];
    drawing.fill(band(&front, width), cloth);
    if dice.chance(0.6) {
        let cross = [(0.14, low - 0.03, 0.0), (0.42, low - arch * 1.7, 0.45), (0.62, low - wedge * 0.6, 0.0)];
        drawing.fill(band(&cross, width * dice.range(0.6, 1.1)), cloth.shaded(0.85));
    }
    if dice.chance(0.6) {
        let lift = dice.range(0.14, 0.26);
        let ankle = [
            (0.55, low - wedge * 0.6, 0.0),
            (0.72, low - wedge - lift, 0.4),
            (0.98, low - wedge - lift, 0.3),
            (0.96, low - wedge, 0.0),
        ];
        drawing.fill(band(&ankle, width * 0.8), cloth.shaded(0.92));
    }
    drawing
}

fn heeled(dice: &mut Dice) -> Drawing {
    let rise = dice.range(0.35, 0.62);
    let cloth = any_leather(0.85, dice);
    let mut drawing = Drawing::default();
    let dark = cloth.shaded(dice.range(0.7, 1.1));
    let stem = dice.range(0.03, 0.1);
    let heel = closed(&[
        (0.8, -rise, 0.1),
        (1.0, -rise - 0.03, 0.1),
        (0.96, 0.0, 0.0),
        (0.95 - stem, 0.0, 0.0),
        (0.9 - stem, -rise * 0.7, 0.3),
    ]);
    drawing.fill(heel, dark);
    let platform = if dice.chance(0.4) { 0.08 } else { 0.03 };
    let arch = [(0.0, -0.03, 0.0), (0.3, -0.03, 0.3), (0.68, -rise * 0.85, 0.3), (0.99, -rise - 0.02, 0.0)];
    drawing.fill(band(&arch, 0.05), dark);
    drawing.fill(
        closed(&[
            (0.0, -platform - 0.02, 0.3),
            (0.01, 0.0, 0.2),
            (0.3, 0.0, 0.2),
            (0.34, -platform - 0.02, 0.2),
        ]),
        dark,
    );
    let width = dice.range(0.03, 0.07);
    let vamp = [(0.06, -0.05, 0.0), (0.2, -dice.range(0.22, 0.32), 0.5), (0.38, -0.12, 0.0)];
    drawing.fill(band(&vamp, width), cloth);
    let lift = rise + dice.range(0.16, 0.34);
    let ankle = [(0.66, -lift + 0.03, 0.0), (0.8, -lift - 0.02, 0.3), (0.97, -lift, 0.3), (0.97, -rise, 0.0)];
    drawing.fill(band(&ankle, width * 0.8), cloth);
    if dice.chance(0.5) {
        let link = [(0.3, -0.2, 0.0), (0.52, -lift * 0.75, 0.4), (0.7, -lift, 0.0)];
        drawing.fill(band(&link, width * 0.6), cloth.shaded(0.9));
    }
    drawing
}
