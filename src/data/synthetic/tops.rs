//! T-shirts, pullovers, coats and shirts: one cut, worn differently.

use super::{
    cloth::{Cloth, Pattern, any_pattern, any_tone},
    dice::Dice,
    drawing::Drawing,
    outline::{Corner, band, closed, ellipse, rectangle, stroked, symmetric},
};

/// The right half of a top; x from the middle, y from the neck (0) to the hem (1).
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut {
    /// Half the width of the neck.
    pub neck: f32,
    /// How deep the neckline goes.
    pub drop: f32,
    /// A pointed neckline.
    pub vee: bool,
    /// Where the shoulder ends.
    pub shoulder: (f32, f32),
    /// Where the sleeve's seam meets the side.
    pub armpit: (f32, f32),
    /// Half widths at waist and hem.
    pub waist: f32,
    pub hem: f32,
    /// How much lower the hem is in the middle.
    pub tail: f32,
    /// The sleeve: outer end of the cuff and the cuff's width; none without.
    pub sleeve: Option<((f32, f32), f32)>,
}

impl Cut {
    /// The body's outline, neckline cut out.
    pub fn body(&self) -> tiny_skia::Path {
        let neckline: Corner = (0.0, self.drop, if self.vee { 0.0 } else { 0.5 });
        let mut right = vec![neckline];
        if !self.vee {
            right.push((self.neck * 0.85, self.drop, 0.45));
        }
        right.extend([
            (self.neck, 0.0, 0.05),
            (self.shoulder.0, self.shoulder.1, 0.15),
            (self.armpit.0, self.armpit.1, 0.2),
            (self.waist, 0.62, 0.4),
            (self.hem, 1.0 - self.tail, 0.06),
            (0.0, 1.0, 0.3),
        ]);
        symmetric(&right)
    }

    /// The back of the collar, seen through the neckline.
    pub fn back(&self) -> tiny_skia::Path {
        symmetric(&[(0.0, 0.01, 0.2), (self.neck, 0.0, 0.0), (self.neck * 0.7, self.drop, 0.3)])
    }

    /// Both sleeves.
    pub fn sleeves(&self) -> Vec<tiny_skia::Path> {
        let Some(((x, y), cuff)) = self.sleeve else { return Vec::new() };
        let (shoulder, armpit) = (self.shoulder, self.armpit);
        let (along_x, along_y) = (x - shoulder.0, y - shoulder.1);
        let length = (along_x * along_x + along_y * along_y).sqrt();
        let inner = (x - cuff * along_y / length, y + cuff * along_x / length);
        // A long sleeve bends outward at the elbow.
        let bend = 0.12 * along_y.max(0.0);
        let elbow = (shoulder.0 + along_x * 0.5 + bend, shoulder.1 + along_y * 0.42);
        [1.0f32, -1.0]
            .map(|side| {
                closed(&[
                    (side * (shoulder.0 - 0.03), shoulder.1, 0.2),
                    (side * elbow.0, elbow.1, 0.4),
                    (side * x, y, 0.05),
                    (side * inner.0, inner.1, 0.05),
                    (side * armpit.0, armpit.1 + 0.02, 0.2),
                    (side * (armpit.0 - 0.04), armpit.1 - 0.05, 0.0),
                ])
            })
            .to_vec()
    }

    /// Body, sleeves, collar's back and the seams between them.
    pub fn draw(&self, cloth: Cloth, sleeve: Cloth, dice: &mut Dice) -> Drawing {
        let mut drawing = Drawing::default();
        let seam = cloth.toned(cloth.tone * dice.range(0.75, 1.2));
        drawing.fill(self.back(), cloth.toned(cloth.tone * dice.range(0.4, 0.75)));
        for path in self.sleeves() {
            drawing.fill(path.clone(), sleeve).fill(stroked(&path, 0.012), seam);
        }
        let body = self.body();
        drawing.fill(body.clone(), cloth).fill(stroked(&body, 0.014), seam);
        drawing
    }
}

fn cloth(plain: f32, dice: &mut Dice) -> Cloth {
    let tone = any_tone(dice);
    Cloth { pattern: any_pattern(plain, dice), ..Cloth::plain(tone, dice) }
}

fn posed(drawing: Drawing, dice: &mut Dice) -> Drawing {
    drawing.pose(dice.range(-0.025, 0.025), dice.range(-0.02, 0.02))
}

/// Short or no sleeves, round or pointed neck, sometimes a print on the chest.
pub(super) fn t_shirt(dice: &mut Dice) -> Drawing {
    let side = dice.range(0.24, 0.29);
    let shoulder = (side + dice.range(-0.01, 0.03), dice.range(0.05, 0.1));
    let armpit = (side, dice.range(0.28, 0.36));
    let end = (shoulder.0 + dice.range(0.09, 0.17), dice.range(0.24, 0.4));
    let cut = Cut {
        neck: dice.range(0.09, 0.15),
        drop: dice.range(0.05, 0.15),
        vee: dice.chance(0.2),
        shoulder,
        armpit,
        waist: side + dice.range(-0.03, 0.01),
        hem: side + dice.range(-0.02, 0.04),
        tail: dice.range(0.0, 0.03),
        sleeve: (!dice.chance(0.1)).then_some((end, dice.range(0.12, 0.17))),
    };
    let cloth = cloth(0.72, dice);
    let sleeve = if dice.chance(0.15) { cloth.shaded(dice.range(0.5, 1.5)) } else { cloth.shaded(0.93) };
    let mut drawing = cut.draw(cloth, sleeve, dice);
    if dice.chance(0.4) {
        print(&mut drawing, cloth, dice);
    }
    posed(drawing, dice)
}

/// A picture or a line of letters on the chest.
fn print(drawing: &mut Drawing, cloth: Cloth, dice: &mut Dice) {
    let tone = if cloth.tone > 0.5 { dice.range(0.05, 0.35) } else { dice.range(0.6, 1.0) };
    let ink = Cloth {
        pattern: Pattern::Blotches { period: dice.range(0.03, 0.07), contrast: dice.range(0.1, 0.4) },
        ..cloth.toned(tone)
    };
    let (width, y) = (dice.range(0.06, 0.16), dice.range(0.26, 0.4));
    let height = if dice.chance(0.5) { dice.range(0.04, 0.07) } else { dice.range(0.12, 0.28) };
    if dice.chance(0.3) {
        drawing.fill(ellipse(0.0, y + height / 2.0, width, height / 2.0 + 0.03), ink);
    } else {
        drawing.fill(rectangle(-width, y, width, y + height), ink);
    }
}

/// The cut of a garment with long sleeves hanging at its sides.
fn long_sleeved(width: f32, reach: f32, dice: &mut Dice) -> Cut {
    let side = width * dice.range(0.24, 0.28);
    let shoulder = (side + dice.range(0.0, 0.02), dice.range(0.06, 0.11));
    let end = (width * dice.range(0.4, 0.48), reach);
    Cut {
        neck: width * dice.range(0.1, 0.14),
        drop: dice.range(0.03, 0.08),
        vee: false,
        shoulder,
        armpit: (side, dice.range(0.3, 0.37)),
        waist: side + width * dice.range(-0.025, 0.015),
        hem: side + width * dice.range(-0.02, 0.03),
        tail: 0.0,
        sleeve: Some((end, width * dice.range(0.1, 0.13))),
    }
}

/// Long sleeves, ribbed hem and cuffs, sometimes a hood or a print.
pub(super) fn pullover(dice: &mut Dice) -> Drawing {
    let reach = dice.range(0.85, 1.0);
    let mut cut = long_sleeved(dice.range(0.98, 1.12), reach, dice);
    cut.vee = dice.chance(0.2);
    cut.drop = if cut.vee { dice.range(0.12, 0.25) } else { cut.drop };
    let cloth = cloth(0.72, dice);
    let sleeve = cloth.shaded(if dice.chance(0.15) { dice.range(0.6, 1.4) } else { 0.94 });
    let mut drawing = Drawing::default();
    let hood = dice.chance(0.2);
    if hood {
        let side = cut.neck + 0.05;
        let outline =
            symmetric(&[(0.0, -0.1, 0.3), (side * 0.8, -0.09, 0.4), (side, 0.1, 0.3), (0.0, 0.18, 0.3)]);
        drawing.fill(outline, cloth.shaded(0.85));
    }
    let mut worn = cut.draw(cloth, sleeve, dice);
    let rib = cloth.toned(cloth.tone * dice.range(0.65, 0.95));
    let hem = cut.hem + 0.005;
    worn.fill(rectangle(-hem, 0.93, hem, 1.0), rib);
    if !cut.vee {
        let collar = [(-cut.neck, 0.0, 0.0), (0.0, cut.drop * 2.0, 0.5), (cut.neck, 0.0, 0.0)];
        worn.fill(band(&collar, 0.035), rib);
    }
    if dice.chance(0.3) {
        print(&mut worn, cloth, dice);
    }
    drawing.append(worn);
    posed(drawing, dice)
}

/// Long and open in front: lapels or a high collar, an edge, buttons or a zip, pockets.
pub(super) fn coat(dice: &mut Dice) -> Drawing {
    let reach = dice.range(0.68, 0.92);
    let mut cut = long_sleeved(dice.range(0.82, 1.0), reach, dice);
    cut.drop = dice.range(0.1, 0.3);
    cut.vee = true;
    cut.hem += dice.range(0.0, 0.04);
    let cloth = cloth(0.82, dice);
    let mut drawing = cut.draw(cloth, cloth.shaded(dice.range(0.85, 0.97)), dice);
    let dark = cloth.toned(cloth.tone * dice.range(0.2, 0.55));
    let middle = dice.range(-0.03, 0.03);
    drawing.fill(rectangle(middle - 0.012, cut.drop, middle + 0.012, 1.0), dark);
    lapels(&mut drawing, &cut, cloth.toned(cloth.tone * dice.range(0.7, 1.15)), dark);
    if dice.chance(0.6) {
        let aside = middle + dice.range(0.03, 0.07);
        buttons(&mut drawing, aside, cut.drop + 0.06, dice.range(0.75, 0.92), 4 + dice.below(3), dark);
    }
    for side in [-1.0f32, 1.0] {
        let (x, y) = (side * cut.waist * 0.6, dice.range(0.66, 0.7));
        drawing.fill(rectangle(x - 0.06, y, x + 0.06, y + 0.022), dark);
    }
    if dice.chance(0.25) {
        drawing.fill(rectangle(-cut.waist, 0.55, cut.waist, 0.6), dark);
    }
    posed(drawing, dice)
}

fn lapels(drawing: &mut Drawing, cut: &Cut, cloth: Cloth, edge: Cloth) {
    for side in [-1.0f32, 1.0] {
        let lapel = closed(&[
            (side * cut.neck, -0.01, 0.1),
            (side * (cut.neck + 0.045), 0.08, 0.1),
            (side * (cut.neck * 0.75), cut.drop * 0.9 + 0.06, 0.0),
            (0.0, cut.drop + 0.06, 0.0),
        ]);
        drawing.fill(lapel.clone(), cloth).fill(stroked(&lapel, 0.012), edge);
    }
}

fn buttons(drawing: &mut Drawing, x: f32, top: f32, bottom: f32, count: usize, cloth: Cloth) {
    for index in 0..count {
        let y = top + (bottom - top) * index as f32 / (count - 1).max(1) as f32;
        drawing.fill(ellipse(x, y, 0.018, 0.018), cloth);
    }
}

/// A folded collar, a button band with buttons, a curved tail, often a woven pattern.
pub(super) fn shirt(dice: &mut Dice) -> Drawing {
    let long = dice.chance(0.6);
    let reach = if long { dice.range(0.8, 0.98) } else { dice.range(0.35, 0.62) };
    let mut cut = long_sleeved(dice.range(0.8, 0.95), reach, dice);
    cut.drop = dice.range(0.08, 0.16);
    cut.vee = true;
    cut.tail = dice.range(0.03, 0.09);
    if !long {
        cut.sleeve = cut.sleeve.map(|((x, y), cuff)| ((x + 0.03, y), cuff + 0.02));
    }
    let cloth = cloth(0.45, dice);
    let mut drawing = cut.draw(cloth, cloth.shaded(0.94), dice);
    let bright = dice.chance(0.6);
    let edge = cloth.toned(cloth.tone * if bright { dice.range(1.15, 1.4) } else { dice.range(0.5, 0.8) });
    drawing.fill(rectangle(-0.025, cut.drop, 0.025, 0.99), edge);
    collar(&mut drawing, &cut, edge);
    buttons(&mut drawing, 0.0, cut.drop + 0.08, 0.9, 5 + dice.below(3), cloth.toned(cloth.tone * 0.45));
    if dice.chance(0.4) {
        let x = cut.waist * 0.35;
        drawing.fill(stroked(&rectangle(x, 0.33, x + 0.11, 0.46), 0.014), edge);
    }
    posed(drawing, dice)
}

fn collar(drawing: &mut Drawing, cut: &Cut, cloth: Cloth) {
    for side in [-1.0f32, 1.0] {
        let point = closed(&[
            (side * cut.neck * 0.9, -0.02, 0.1),
            (side * (cut.neck + 0.02), 0.05, 0.1),
            (side * cut.neck * 0.6, cut.drop + 0.06, 0.0),
            (0.0, cut.drop + 0.01, 0.0),
        ]);
        drawing.fill(point, cloth);
    }
}
