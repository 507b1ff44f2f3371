//! Bags: totes, clutches, satchels; a body, a handle or a strap, a flap, a clasp.

use super::{
    cloth::{Cloth, any_pattern, any_tone},
    dice::Dice,
    drawing::Drawing,
    outline::{band, closed, ellipse, rectangle, stroked, symmetric},
};

/// The body from y = 0 (mouth) to `depth`; half widths at mouth and bottom.
struct Body {
    mouth: f32,
    bottom: f32,
    depth: f32,
}

/// Any bag; handles arch above the mouth, straps hang at the side.
pub(super) fn bag(dice: &mut Dice) -> Drawing {
    let bottom = dice.range(0.42, 0.5);
    let body = Body { mouth: bottom * dice.range(0.78, 1.04), bottom, depth: dice.range(0.5, 0.95) };
    let tone = any_tone(dice);
    let cloth = Cloth { pattern: any_pattern(0.75, dice), ..Cloth::plain(tone, dice) };
    let dark = cloth.toned(tone * dice.range(0.4, 0.8));
    let mut drawing = Drawing::default();
    carry(&mut drawing, &body, cloth.shaded(dice.range(0.6, 1.0)), dice);
    let round = dice.range(0.03, 0.3);
    let outline = symmetric(&[
        (0.0, 0.0, 0.0),
        (body.mouth, 0.0, round * 0.5),
        (body.bottom, body.depth, round),
        (0.0, body.depth, 0.0),
    ]);
    drawing.fill(outline.clone(), cloth).fill(stroked(&outline, 0.018), dark.shaded(1.3));
    if dice.chance(0.45) {
        flap(&mut drawing, &body, cloth, dark, dice);
    } else {
        drawing.fill(rectangle(-body.mouth, 0.02, body.mouth, 0.05 + dice.range(0.0, 0.06)), dark);
    }
    details(&mut drawing, &body, dark, dice);
    drawing.pose(dice.range(-0.02, 0.02), dice.range(-0.05, 0.05))
}

fn carry(drawing: &mut Drawing, body: &Body, cloth: Cloth, dice: &mut Dice) {
    let (reach, width) = (body.mouth * dice.range(0.4, 0.75), dice.range(0.03, 0.06));
    match dice.below(5) {
        0..=2 => {
            let height = dice.range(0.18, 0.45);
            let handle = [
                (-reach, 0.04, 0.0),
                (-reach * 0.85, -height, 0.45),
                (reach * 0.85, -height, 0.45),
                (reach, 0.04, 0.0),
            ];
            drawing.fill(band(&handle, width), cloth);
        }
        3 => {
            let height = dice.range(0.4, 0.75);
            let edge = body.mouth * 0.95;
            let strap = [
                (-edge, 0.03, 0.0),
                (-edge * 0.4, -height, 0.4),
                (edge * 0.4, -height, 0.4),
                (edge, 0.03, 0.0),
            ];
            drawing.fill(band(&strap, width * 0.7), cloth);
        }
        _ if dice.chance(0.6) => {
            let out = body.bottom + dice.range(0.04, 0.1);
            let strap = [
                (-body.mouth * 0.9, 0.03, 0.0),
                (-out, 0.1, 0.3),
                (-out, body.depth * 0.8, 0.4),
                (-body.bottom * 0.8, body.depth, 0.0),
            ];
            drawing.fill(band(&strap, width * 0.7), cloth);
        }
        _ => {}
    }
}

fn flap(drawing: &mut Drawing, body: &Body, cloth: Cloth, dark: Cloth, dice: &mut Dice) {
    let reach = body.depth * dice.range(0.35, 0.7);
    let side = body.mouth * dice.range(0.85, 1.0);
    let round = dice.range(0.05, 0.4);
    let path = closed(&[
        (-body.mouth, 0.0, 0.0),
        (body.mouth, 0.0, 0.0),
        (side, reach, round),
        (-side, reach, round),
    ]);
    drawing.fill(path.clone(), cloth.shaded(dice.range(0.65, 1.3))).fill(stroked(&path, 0.016), dark);
    drawing.fill(ellipse(0.0, reach, 0.045, 0.04), dark.shaded(dice.range(0.3, 1.6)));
}

fn details(drawing: &mut Drawing, body: &Body, dark: Cloth, dice: &mut Dice) {
    if dice.chance(0.35) {
        let (width, top) = (body.bottom * dice.range(0.45, 0.75), body.depth * dice.range(0.45, 0.6));
        drawing.fill(stroked(&rectangle(-width, top, width, body.depth * 0.9), 0.016), dark);
    }
    if dice.chance(0.35) {
        for side in [-1.0f32, 1.0] {
            let x = side * body.mouth * 0.5;
            drawing.fill(rectangle(x - 0.02, 0.0, x + 0.02, body.depth * dice.range(0.4, 0.98)), dark);
        }
    }
    if dice.chance(0.25) {
        drawing.fill(ellipse(dice.range(-0.1, 0.1), body.depth * 0.4, 0.05, 0.05), dark.shaded(1.7));
    }
}
