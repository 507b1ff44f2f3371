//! Sandals: flip-flops from above, alone or in pairs, with thong straps; sandals from the side.

use super::hand::{Hand, Spot};

/// One of the views that people choose.
pub(super) fn sandal(hand: &mut Hand) {
    match hand.pick(0, 10) {
        0 => side_view(hand),
        1 => heeled(hand),
        2..=4 => single(hand),
        _ => pair(hand),
    }
}

/// A sole's measures: drawn upright, toe up, then turned.
struct Sole {
    centre: Spot,
    /// Half the length.
    long: f32,
    /// Half the width at the ball and at the heel.
    wide: f32,
    heel: f32,
    /// Turn in radians.
    turn: f32,
    /// 1 for a right foot, -1 for a left one.
    foot: f32,
}

impl Sole {
    fn place(&self, (x, y): Spot) -> Spot {
        let (x, y) = (x * self.foot, y);
        let (cos, sin) = (self.turn.cos(), self.turn.sin());
        (self.centre.0 + x * cos - y * sin, self.centre.1 + x * sin + y * cos)
    }

    fn all(&self, points: &[Spot]) -> Vec<Spot> {
        points.iter().map(|&point| self.place(point)).collect()
    }
}

fn single(hand: &mut Hand) {
    let turn = if hand.chance(0.25) { hand.between(-1.7, 1.7) } else { 0.15 * hand.normal() };
    let wide = hand.between(0.15, 0.26);
    let sole =
        Sole { centre: (0.0, 0.0), long: 0.5, wide, heel: wide * hand.between(0.6, 1.05), turn, foot: 1.0 };
    let strap = Strap::choose(hand);
    flip_flop(hand, &sole, &strap);
}

fn pair(hand: &mut Hand) {
    let wide = hand.between(0.12, 0.25);
    let heel = wide * hand.between(0.6, 1.05);
    let apart = wide * hand.between(1.05, 1.7);
    let splay = 0.12 * hand.normal();
    let lean = if hand.chance(0.3) { hand.between(-1.6, 1.6) } else { 0.0 };
    let strap = Strap::choose(hand);
    let shift = if hand.chance(0.3) { hand.between(-0.2, 0.2) } else { 0.0 };
    for foot in [-1.0, 1.0] {
        let (cos, sin) = (lean.cos(), lean.sin());
        let at = (foot * apart, foot * shift);
        let sole = Sole {
            centre: (at.0 * cos - at.1 * sin, at.0 * sin + at.1 * cos),
            long: 0.5 * (1.0 + 0.05 * hand.normal()),
            wide: wide * (1.0 + 0.06 * hand.normal()),
            heel,
            turn: lean + foot * splay,
            foot,
        };
        flip_flop(hand, &sole, &strap);
    }
}

/// How the strap is drawn, the same on both feet.
struct Strap {
    style: usize,
    /// The toe post's distance from the middle, towards the toe.
    post: f32,
    /// Where the straps meet the edge.
    reach: f32,
    double: bool,
}

impl Strap {
    fn choose(hand: &mut Hand) -> Self {
        Self {
            style: hand.pick(0, 9),
            post: hand.between(0.18, 0.38),
            reach: hand.between(-0.22, 0.12),
            double: hand.chance(0.25),
        }
    }
}

fn flip_flop(hand: &mut Hand, sole: &Sole, strap: &Strap) {
    let (l, w, h) = (sole.long, sole.wide, sole.heel);
    let waist = (w + h) / 2.0 * hand.between(0.7, 1.0);
    let around = [
        (0.0, -l),
        (w * 0.8, -l * 0.8),
        (w, -l * 0.4),
        (waist, l * 0.15),
        (h, l * 0.65),
        (h * 0.5, l * 0.97),
        (-h * 0.5, l * 0.97),
        (-h, l * 0.65),
        (-waist, l * 0.15),
        (-w, -l * 0.4),
        (-w * 0.75, -l * 0.8),
    ];
    if hand.chance(0.12) {
        hand.ellipse(sole.centre, w * 0.9, l);
    } else {
        hand.ring(&sole.all(&around));
    }
    draw_strap(hand, sole, strap, waist);
    if hand.detail(0.1) {
        // The sole's thickness.
        hand.curve(&sole.all(&[(w * 1.12, -l * 0.3), (waist * 1.2, l * 0.15), (h * 1.15, l * 0.7)]));
    }
}

fn draw_strap(hand: &mut Hand, sole: &Sole, strap: &Strap, waist: f32) {
    let (post, low) = ((0.0, -strap.post), strap.reach);
    let (left, right) = ((-waist, low), (waist, low));
    match strap.style {
        0..=3 => hand.line(&sole.all(&[left, post, right])),
        4 | 5 => {
            let bow = (strap.post + low) * 0.6;
            hand.curve(&sole.all(&[left, (-waist * 0.6, low - bow), post]));
            hand.curve(&sole.all(&[post, (waist * 0.6, low - bow), right]));
        }
        6 => {
            let fork = -strap.post * 0.5;
            hand.line(&sole.all(&[post, (0.0, fork)]));
            hand.line(&sole.all(&[left, (0.0, fork), right]));
        }
        7 => {
            hand.curve(&sole.all(&[(-sole.wide, -0.22), (0.0, -0.3), (sole.wide, -0.22)]));
            hand.curve(&sole.all(&[(-sole.wide, -0.05), (0.0, -0.12), (sole.wide, -0.05)]));
        }
        _ => {
            hand.line(&sole.all(&[(-sole.wide, -0.3), right]));
            hand.line(&sole.all(&[(sole.wide, -0.3), left]));
        }
    }
    if strap.double && strap.style < 6 {
        let gap = hand.between(0.05, 0.1);
        hand.line(&sole.all(&[(-waist, low + gap), (0.0, -strap.post + gap * 1.3), (waist, low + gap)]));
    }
    if strap.style < 6 && hand.chance(0.2) {
        hand.button(sole.place(post));
    }
}

/// A flat sole with straps over it, seen from the side.
fn side_view(hand: &mut Hand) {
    let side = if hand.chance(0.5) { 1.0 } else { -1.0 };
    let turn =
        |points: &[Spot]| -> Vec<Spot> { points.iter().map(|&(x, y)| (side * (x - 0.5), y)).collect() };
    let thick = hand.between(0.04, 0.12);
    hand.outline(&turn(&[(0.0, 0.0), (0.02, -thick), (1.0, -thick), (1.0, 0.0), (0.0, 0.0)]));
    let tall = hand.between(0.15, 0.35);
    hand.curve(&turn(&[(0.18, -thick), (0.35, -thick - tall), (0.55, -thick - tall * 0.8), (0.65, -thick)]));
    if hand.chance(0.5) {
        hand.curve(&turn(&[(0.3, -thick), (0.42, -thick - tall * 0.6), (0.52, -thick)]));
    }
    if hand.detail(0.5) {
        hand.curve(&turn(&[
            (0.75, -thick),
            (0.85, -thick - tall),
            (0.98, -thick - tall * 1.2),
            (1.0, -thick),
        ]));
    }
}

/// An open shoe on a heel.
fn heeled(hand: &mut Hand) {
    let side = if hand.chance(0.5) { 1.0 } else { -1.0 };
    let turn =
        |points: &[Spot]| -> Vec<Spot> { points.iter().map(|&(x, y)| (side * (x - 0.5), y)).collect() };
    let tall = hand.between(0.2, 0.55);
    hand.curve(&turn(&[(0.0, 0.0), (0.3, -0.02), (0.6, -tall * 0.6), (0.9, -tall)]));
    hand.line(&turn(&[(0.9, -tall), (0.92, 0.0), (0.84, 0.0), (0.8, -tall * 0.75)]));
    for x in [0.1, 0.2, 0.35].into_iter().take(1 + usize::from(tall > 0.3)) {
        hand.curve(&turn(&[(x, -0.01), (x + 0.1, -0.18), (x + 0.2, -0.03)]));
    }
    if hand.chance(0.7) {
        let y = -tall - hand.between(0.12, 0.3);
        hand.curve(&turn(&[(0.9, -tall), (0.95, y), (0.78, y + 0.02), (0.72, -tall * 0.9)]));
    }
}
