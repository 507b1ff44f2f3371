//! How a part is shaded: tone, pattern, folds and roundness, as a function of the place.

use super::dice::Dice;

/// Shading of one part, in garment units.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cloth {
    /// Mean tone, 0 (background) to 1.
    pub tone: f32,
    /// What is woven into it.
    pub pattern: Pattern,
    /// Strength of the folds, relative to the tone.
    pub folds: f32,
    /// How much darker the sides of the whole garment are, relative to the tone.
    pub round: f32,
    /// Where the folds and blotches begin.
    pub phase: u32,
}

/// What is woven into a cloth; periods in garment units, contrasts in tone.
#[derive(Clone, Copy, Debug)]
pub(super) enum Pattern {
    /// Nothing.
    Plain,
    /// Bands across (`upright` false) or along the garment.
    Stripes { period: f32, contrast: f32, upright: bool },
    /// Both at once.
    Checks { period: f32, contrast: f32 },
    /// Flowers, camouflage, leather: soft blotches.
    Blotches { period: f32, contrast: f32 },
    /// Lighter towards the bottom by `contrast`.
    Fade { contrast: f32 },
}

impl Cloth {
    /// A plain cloth of about `tone`, folded a little.
    pub fn plain(tone: f32, dice: &mut Dice) -> Self {
        let (folds, round) = (dice.range(0.02, 0.14), dice.range(0.0, 0.2));
        Self { tone, pattern: Pattern::Plain, folds, round, phase: dice.bits() }
    }

    /// The same cloth in another tone, without its pattern: seams, ribs, linings.
    pub fn toned(self, tone: f32) -> Self {
        Self { tone: tone.clamp(0.06, 1.0), pattern: Pattern::Plain, ..self }
    }

    /// The same cloth `factor` as bright.
    pub fn shaded(self, factor: f32) -> Self {
        Self { tone: (self.tone * factor).clamp(0.06, 1.0), ..self }
    }

    /// Tone at (`x`, `y`), 0 to 1.
    pub fn at(&self, x: f32, y: f32) -> f32 {
        let shift = (self.phase & 0xff) as f32 / 256.0;
        let folds = wave(x * 2.6 + y * 0.9 + shift) * 0.6 + wave(x * 4.3 - y * 1.9 + shift * 3.0) * 0.4;
        let sides = 1.0 - self.round * (4.0 * x * x).min(1.0);
        let tone = self.tone * (1.0 + self.folds * folds) * sides + self.woven(x, y);
        tone.clamp(0.02, 1.0)
    }

    fn woven(&self, x: f32, y: f32) -> f32 {
        match self.pattern {
            Pattern::Plain => 0.0,
            Pattern::Stripes { period, contrast, upright } => {
                contrast * square(if upright { x } else { y } / period)
            }
            Pattern::Checks { period, contrast } => {
                contrast * 0.5 * (square(x / period) + square(y / period))
            }
            Pattern::Blotches { period, contrast } => contrast * blotch(x / period, y / period, self.phase),
            Pattern::Fade { contrast } => contrast * (y - 0.5),
        }
    }
}

/// A tone as garments have them: mostly light (black cloth photographs bright, inverted).
pub(super) fn any_tone(dice: &mut Dice) -> f32 {
    if dice.chance(0.7) { dice.range(0.6, 0.95) } else { dice.range(0.2, 0.6) }
}

/// A random pattern that shows against `tone`; none with probability `plain`.
pub(super) fn any_pattern(plain: f32, dice: &mut Dice) -> Pattern {
    if dice.chance(plain) {
        return Pattern::Plain;
    }
    let contrast = dice.range(0.08, 0.3) * if dice.chance(0.5) { 1.0 } else { -1.0 };
    match dice.below(5) {
        0 => Pattern::Stripes { period: dice.range(0.08, 0.2), contrast, upright: false },
        1 => Pattern::Stripes { period: dice.range(0.08, 0.16), contrast, upright: true },
        2 => Pattern::Checks { period: dice.range(0.09, 0.18), contrast: contrast * 1.3 },
        3 => Pattern::Fade { contrast: contrast * 0.7 },
        _ => Pattern::Blotches { period: dice.range(0.04, 0.11), contrast: contrast * 1.4 },
    }
}

/// Leather or canvas: plain with probability `plain`, else blotched or fading.
pub(super) fn any_leather(plain: f32, dice: &mut Dice) -> Cloth {
    let tone = any_tone(dice);
    let contrast = dice.range(0.1, 0.35);
    let pattern = match (dice.chance(plain), dice.chance(0.6)) {
        (true, _) => Pattern::Plain,
        (false, true) => Pattern::Blotches { period: dice.range(0.05, 0.14), contrast },
        (false, false) => Pattern::Fade { contrast },
    };
    Cloth { pattern, ..Cloth::plain(tone, dice) }
}

/// A smooth wave of period 1 between −1 and 1, like a sine, of two parabolas.
fn wave(x: f32) -> f32 {
    let t = (x - x.floor()) * 2.0 - 1.0;
    4.0 * t * (1.0 - t.abs())
}

/// A square wave of period 1 with soft edges.
fn square(x: f32) -> f32 {
    (wave(x) * 2.5).clamp(-1.0, 1.0)
}

/// Value noise between −1 and 1, its cells one unit wide.
fn blotch(x: f32, y: f32, seed: u32) -> f32 {
    let (cell_x, cell_y) = (x.floor(), y.floor());
    let (u, v) = (smooth(x - cell_x), smooth(y - cell_y));
    let corner = |dx: i32, dy: i32| noise(cell_x as i32 + dx, cell_y as i32 + dy, seed);
    let top = corner(0, 0) * (1.0 - u) + corner(1, 0) * u;
    let bottom = corner(0, 1) * (1.0 - u) + corner(1, 1) * u;
    ((top * (1.0 - v) + bottom * v) * 1.8).clamp(-1.0, 1.0)
}

fn smooth(t: f32) -> f32 {
    t * t * (3.0 - 2.0 * t)
}

/// White noise between −1 and 1 at a lattice point (integer hash after Murmur3's finaliser).
pub(super) fn noise(x: i32, y: i32, seed: u32) -> f32 {
    let mut hash = seed ^ (x as u32).wrapping_mul(0x9e37_79b1) ^ (y as u32).wrapping_mul(0x85eb_ca77);
    hash = (hash ^ (hash >> 16)).wrapping_mul(0x85eb_ca6b);
    hash = (hash ^ (hash >> 13)).wrapping_mul(0xc2b2_ae35);
    hash ^= hash >> 16;
    (hash >> 8) as f32 / (1 << 23) as f32 - 1.0
}
