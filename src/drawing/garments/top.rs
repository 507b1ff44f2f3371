//! What all tops share: one body with sleeves.

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
    pub fn new(hand: &mut Hand, sleeve: (f32, f32), angle: (f32, f32), length: (f32, f32)) -> Self {
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
    pub fn draw(&self, hand: &mut Hand) -> [Vec<Spot>; 2] {
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
