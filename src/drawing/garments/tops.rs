//! Tops: T-shirt, pullover, coat, shirt. One body with sleeves, told apart by sleeves and front.

use super::details::{self, Front};
use super::hand::{Hand, Spot};

/// A top's measures; x is counted from the middle, y from the neck downwards.
pub(super) struct Top {
    /// Half the neck's width.
    pub neck: f32,
    /// Where the sleeve begins above.
    pub shoulder: Spot,
    /// Half the width under the arms, and its height.
    pub armpit: Spot,
    /// Half the hem's width, and the garment's length.
    pub hem: Spot,
    /// Sleeve length.
    pub sleeve: f32,
    /// Sleeve's angle below the horizontal, radians.
    pub angle: f32,
    /// Width of the sleeve's opening.
    pub cuff: f32,
}

impl Top {
    fn new(hand: &mut Hand, sleeve: (f32, f32), angle: (f32, f32), length: (f32, f32)) -> Self {
        let half = hand.between(0.2, 0.38);
        let drop = hand.between(0.0, 0.12);
        let neck = half * hand.between(0.25, 0.6);
        let shoulder = (half * hand.between(0.9, 1.15), drop);
        let depth = hand.between(0.14, 0.3);
        let armpit = (half, drop + depth);
        let long = hand.between(length.0, length.1);
        let hem = (half * hand.between(0.85, 1.2), long);
        let cuff = depth * hand.between(0.55, 1.05);
        Self {
            neck,
            shoulder,
            armpit,
            hem,
            sleeve: hand.between(sleeve.0, sleeve.1),
            angle: hand.between(angle.0, angle.1),
            cuff,
        }
    }

    /// Outer and inner end of the right sleeve, each side a little different.
    fn sleeve_end(&self, hand: &mut Hand) -> [Spot; 2] {
        let angle = self.angle + 0.06 * hand.normal();
        let length = self.sleeve * (1.0 + 0.06 * hand.normal());
        let (cos, sin) = (angle.cos(), angle.sin());
        let outer = (self.shoulder.0 + length * cos, self.shoulder.1 + length * sin);
        let inner = (outer.0 - self.cuff * sin, outer.1 + self.cuff * cos);
        [outer, (inner.0.max(self.armpit.0 * 0.9), inner.1)]
    }

    /// From the neck to the hem along the right side.
    pub fn side(&self, hand: &mut Hand) -> Vec<Spot> {
        let [outer, inner] = self.sleeve_end(hand);
        let mut side = vec![(self.neck, 0.0)];
        if hand.chance(0.7) {
            side.push(self.shoulder);
        }
        side.extend([outer, inner, self.armpit, self.hem]);
        side
    }

    /// Draws body and sleeves; returns both sides for the details, right first.
    fn draw(&self, hand: &mut Hand) -> [Vec<Spot>; 2] {
        let right = self.side(hand);
        let left: Vec<Spot> = self.side(hand).iter().map(|&(x, y)| (-x, y)).collect();
        match hand.pick(0, 10) {
            0 | 1 => self.separate(hand, &right, &left),
            2 | 3 => {
                hand.outline(&right);
                hand.outline(&left);
                self.hem_line(hand);
            }
            4 => {
                // An open front or hem: the sides only.
                let around: Vec<Spot> = left.iter().rev().chain(&right).copied().collect();
                hand.outline(&around);
                if hand.chance(0.6) {
                    self.hem_line(hand);
                }
            }
            _ => {
                let around: Vec<Spot> = left.iter().chain(right.iter().rev()).copied().collect();
                hand.outline(&around);
            }
        }
        [right, left]
    }

    /// The body as a box, the sleeves put on.
    fn separate(&self, hand: &mut Hand, right: &[Spot], left: &[Spot]) {
        let (x, y) = (self.shoulder.0, self.shoulder.1);
        let (hem, long) = self.hem;
        hand.outline(&[(-x, y), (-hem, long), (hem, long), (x, y)]);
        hand.line(&[(-x, y), (-self.neck, 0.0)]);
        hand.line(&[(x, y), (self.neck, 0.0)]);
        for side in [right, left] {
            let count = side.len();
            let at = (self.shoulder.0 * side[0].0.signum(), self.shoulder.1);
            hand.outline(&[at, side[count - 4], side[count - 3], side[count - 2]]);
        }
    }

    fn hem_line(&self, hand: &mut Hand) {
        let (x, y) = self.hem;
        let sag = hand.between(-0.01, 0.05);
        hand.curve(&[(-x, y), (0.0, y + sag), (x, y)]);
    }
}

/// Short sleeves, a neckline, now and then something printed.
pub(super) fn t_shirt(hand: &mut Hand) {
    let top = Top::new(hand, (0.1, 0.38), (0.0, 1.15), (0.6, 1.0));
    let sides = top.draw(hand);
    details::neckline(hand, &top);
    if hand.detail(0.18) {
        details::cuffs(hand, &sides);
    }
    if hand.detail(0.3) {
        details::print(hand, &top);
    }
    if hand.detail(0.1) {
        details::sleeve_seams(hand, &top);
    }
}

/// Long sleeves and a closed front; cuffs, hem and collar as bands, patterns.
pub(super) fn pullover(hand: &mut Hand) {
    let top = long_sleeved(hand, (0.65, 1.05));
    let sides = top.draw(hand);
    match hand.pick(0, 5) {
        0 => details::turtleneck(hand, &top),
        1 => details::hood(hand, &top),
        _ => details::neckline(hand, &top),
    }
    if hand.detail(0.45) {
        details::cuffs(hand, &sides);
    }
    if hand.detail(0.4) {
        details::hem_band(hand, &top);
    }
    if hand.detail(0.2) {
        details::sleeve_seams(hand, &top);
    }
    if hand.detail(0.4) {
        details::print(hand, &top);
    }
    if hand.detail(0.06) {
        details::front(hand, &top, Front::Buttons);
    }
}

/// Long sleeves and a front that opens: zip, buttons, lapels, two edges.
pub(super) fn coat(hand: &mut Hand) {
    let long = if hand.chance(0.25) { (0.95, 1.35) } else { (0.65, 1.05) };
    let top = long_sleeved(hand, long);
    let sides = top.draw(hand);
    match hand.pick(0, 6) {
        0 => details::hood(hand, &top),
        1 | 2 => details::collar(hand, &top),
        3 => details::lapels(hand, &top),
        _ => details::neckline(hand, &top),
    }
    let front = [Front::Line, Front::Line, Front::Zip, Front::Open, Front::Open, Front::Row][hand.pick(0, 6)];
    details::front(hand, &top, front);
    if hand.detail(0.4) {
        details::pockets(hand, &top);
    }
    if hand.detail(0.3) {
        details::cuffs(hand, &sides);
    }
    if hand.detail(0.25) {
        details::hem_band(hand, &top);
    }
    if hand.detail(0.15) {
        details::sleeve_seams(hand, &top);
    }
}

/// A collar with points, a row of buttons, a breast pocket.
pub(super) fn shirt(hand: &mut Hand) {
    let top = if hand.chance(0.5) {
        Top::new(hand, (0.14, 0.36), (0.2, 1.1), (0.7, 1.0))
    } else {
        long_sleeved(hand, (0.7, 1.0))
    };
    let sides = top.draw(hand);
    details::collar(hand, &top);
    details::front(hand, &top, Front::Buttons);
    if hand.detail(0.4) {
        details::breast_pocket(hand, &top);
    }
    if hand.detail(0.4) {
        details::cuffs(hand, &sides);
    }
}

/// Sleeves hanging at the side, held out, or, shorter then, spread like a T.
fn long_sleeved(hand: &mut Hand, length: (f32, f32)) -> Top {
    let spread = hand.chance(0.18);
    let angle = if spread { (0.0, 0.6) } else { (0.65, 1.35) };
    let sleeve = if spread { (0.32, 0.65) } else { (0.48, 0.95) };
    let mut top = Top::new(hand, sleeve, angle, length);
    if hand.chance(0.5) {
        top.cuff *= 0.75;
    }
    top
}
