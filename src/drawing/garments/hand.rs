//! The hand that draws: turns corner points into strokes that are not quite where they should be.

use std::f32::consts::TAU;

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::drawing::{BrushSize, Drawing, Point, Stroke, Tool};

/// A point of a layout; a garment is about one unit large, y downwards.
pub(super) type Spot = (f32, f32);

/// Distance between the points of a finished stroke, in layout units.
const STRIDE: f32 = 0.025;

/// One person drawing one thing.
pub(super) struct Hand {
    rng: ChaCha8Rng,
    strokes: Vec<Vec<Spot>>,
    /// How far corners land from where they should, standard deviation.
    slack: f32,
    /// Amplitude of the slow shake along a line.
    wobble: f32,
    /// How far lines overshoot or stop short at their ends.
    ends: f32,
    /// Rounds of corner cutting.
    rounding: u32,
    /// Chance that a detail is left out.
    haste: f64,
    steady: bool,
}

impl Hand {
    /// A person by seed: careful or hasty, with a mouse or a finger.
    pub fn new(seed: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let care: f32 = rng.random();
        let slack = 0.008 + 0.035 * care * rng.random::<f32>();
        let wobble = 0.002 + 0.014 * care * rng.random::<f32>();
        let ends = 0.004 + 0.05 * care * rng.random::<f32>();
        let rounding = [0, 0, 1, 1, 2, 3][rng.random_range(0..6)];
        let haste = f64::from(0.35 * rng.random::<f32>());
        Self { rng, strokes: Vec::new(), slack, wobble, ends, rounding, haste, steady: false }
    }

    /// Someone who draws exactly.
    pub fn steady(seed: u64) -> Self {
        let rng = ChaCha8Rng::seed_from_u64(seed);
        let strokes = Vec::new();
        Self { rng, strokes, slack: 0.0, wobble: 0.0, ends: 0.0, rounding: 0, haste: 0.0, steady: true }
    }

    /// Uniform in `[low, high)`.
    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.rng.random::<f32>()
    }

    /// True with probability `share`.
    pub fn chance(&mut self, share: f64) -> bool {
        self.rng.random_bool(share)
    }

    /// A whole number in `[low, high)`.
    pub fn pick(&mut self, low: usize, high: usize) -> usize {
        self.rng.random_range(low..high)
    }

    /// Roughly normal with deviation 1 (Irwin–Hall with four terms).
    pub fn normal(&mut self) -> f32 {
        let sum: f32 = (0..4).map(|_| self.rng.random::<f32>() - 0.5).sum();
        sum * 3f32.sqrt()
    }

    /// A point near another.
    pub fn near(&mut self, (x, y): Spot, reach: f32) -> Spot {
        (x + self.normal() * reach, y + self.normal() * reach)
    }

    /// Whether a detail is drawn that `share` of people would draw.
    pub fn detail(&mut self, share: f64) -> bool {
        let kept = share * (1.0 - self.haste);
        self.chance(kept)
    }

    /// Straight pieces through some corners, in one stroke.
    pub fn line(&mut self, corners: &[Spot]) {
        let corners: Vec<Spot> = corners.iter().map(|&c| self.near(c, self.slack)).collect();
        let rounded = (0..self.rounding).fold(corners, |line, _| cut_corners(&line));
        self.put(&rounded);
    }

    /// A smooth line through some points, in one stroke.
    pub fn curve(&mut self, points: &[Spot]) {
        let points: Vec<Spot> = points.iter().map(|&p| self.near(p, self.slack * 0.7)).collect();
        let smooth = catmull_rom(&points);
        self.put(&smooth);
    }

    /// A long outline: in one stroke, or lifted at some corners; now and then a piece is missing.
    pub fn outline(&mut self, corners: &[Spot]) {
        let lifts = if self.steady { 0.0 } else { [0.0, 0.0, 0.08, 0.3, 0.7][self.pick(0, 5)] };
        let corners: Vec<Spot> = corners.iter().map(|&c| self.near(c, self.slack)).collect();
        let mut piece = vec![corners[0]];
        for (index, &corner) in corners.iter().enumerate().skip(1) {
            piece.push(corner);
            if index + 1 == corners.len() || self.chance(lifts) {
                if lifts == 0.0 || !self.chance(0.03) {
                    self.line(&piece);
                }
                piece = vec![corner];
            }
        }
    }

    /// A closed smooth loop; it overshoots or stays open a little.
    pub fn ring(&mut self, points: &[Spot]) {
        let mut closed = points.to_vec();
        closed.extend_from_slice(&points[..2.min(points.len())]);
        closed.truncate(points.len() + 1 + usize::from(self.chance(0.3)));
        self.curve(&closed);
    }

    /// An ellipse.
    pub fn ellipse(&mut self, (x, y): Spot, across: f32, down: f32) {
        let start = self.between(0.0, TAU);
        let turn = |i: usize| start + TAU * i as f32 / 10.0;
        let points: Vec<Spot> =
            (0..10).map(|i| (x + across * turn(i).cos(), y + down * turn(i).sin())).collect();
        self.ring(&points);
    }

    /// A button: a dot, a small ring or a short dash.
    pub fn button(&mut self, at: Spot) {
        match self.pick(0, 3) {
            0 => self.strokes.push(vec![at]),
            1 => self.ellipse(at, 0.02, 0.02),
            _ => self.line(&[(at.0 - 0.015, at.1), (at.0 + 0.015, at.1)]),
        }
    }

    /// Wobbles a path, lengthens or shortens its ends, and keeps it.
    fn put(&mut self, path: &[Spot]) {
        let mut path = resample(path);
        self.move_ends(&mut path);
        let phase: Vec<f32> = (0..4).map(|_| self.between(0.0, TAU)).collect();
        let pace = [self.between(4.0, 11.0), self.between(12.0, 30.0)];
        for (index, point) in path.iter_mut().enumerate() {
            let along = index as f32 * STRIDE;
            let sway =
                |k: usize| (along * pace[0] + phase[k]).sin() + 0.4 * (along * pace[1] + phase[k + 1]).sin();
            point.0 += self.wobble * sway(0);
            point.1 += self.wobble * sway(2);
        }
        self.strokes.push(path);
    }

    fn move_ends(&mut self, path: &mut Vec<Spot>) {
        for _ in 0..2 {
            let change = self.normal() * self.ends;
            if change < 0.0 && path.len() > 8 {
                path.truncate(path.len() - ((-change / STRIDE) as usize).min(path.len() / 4));
            } else if let [.., before, last] = path[..] {
                let length = (last.0 - before.0).hypot(last.1 - before.1).max(1e-6);
                let reach = change.max(0.0) / length;
                path.push((last.0 + (last.0 - before.0) * reach, last.1 + (last.1 - before.1) * reach));
            }
            path.reverse();
        }
    }

    /// Turns the whole drawing a little, scales and shears it, and puts it on a pad.
    pub fn finish(mut self) -> Drawing {
        let turn = if self.chance(0.12) { 0.3 } else { 0.06 } * self.normal();
        let (wide, shear) = ((0.13 * self.normal()).exp(), 0.05 * self.normal());
        let (turn, wide, shear) = if self.steady { (0.0, 1.0, 0.0) } else { (turn, wide, shear) };
        let place = |&(x, y): &Spot| {
            let (x, y) = (x * wide + y * shear, y);
            let (x, y) = (x * turn.cos() - y * turn.sin(), x * turn.sin() + y * turn.cos());
            Point::new(128.0 + x * 140.0, 128.0 + y * 140.0)
        };
        let size = match self.pick(0, 8) {
            0 | 1 => BrushSize::Fine,
            2 => BrushSize::Broad,
            _ => BrushSize::Medium,
        };
        let tool = Tool::Brush { size: if self.steady { BrushSize::Medium } else { size }, tone: 255 };
        let strokes = std::mem::take(&mut self.strokes);
        let strokes: Vec<Stroke> =
            strokes.iter().map(|path| Stroke { points: path.iter().map(place).collect(), tool }).collect();
        let mut drawing = Drawing { strokes, ..Drawing::default() };
        if !self.steady && self.chance(0.1) {
            self.colour_in(&mut drawing);
        }
        drawing
    }

    /// Fills the outline in a grey, under the lines.
    fn colour_in(&mut self, drawing: &mut Drawing) {
        let tone = self.pick(60, 230) as u8;
        let at = Point::new(128.0 + self.normal() * 15.0, 128.0 + self.normal() * 15.0);
        if let Some(fill) = drawing.fill_at(at, tone) {
            drawing.strokes.insert(0, fill);
        }
    }
}

/// Chaikin's corner cutting, ends kept.
fn cut_corners(line: &[Spot]) -> Vec<Spot> {
    let (Some(&first), Some(&last)) = (line.first(), line.last()) else { return Vec::new() };
    let mix = |a: Spot, b: Spot, t: f32| (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t);
    let cut = line.windows(2).flat_map(|p| [mix(p[0], p[1], 0.22), mix(p[0], p[1], 0.78)]);
    std::iter::once(first).chain(cut).chain([last]).collect()
}

/// A Catmull–Rom spline through the points, ends doubled.
fn catmull_rom(points: &[Spot]) -> Vec<Spot> {
    let at = |i: isize| points[i.clamp(0, points.len() as isize - 1) as usize];
    let blend = |p: [f32; 4], t: f32| {
        let (a, b) = (2.0 * p[1], p[2] - p[0]);
        let (c, d) = (2.0 * p[0] - 5.0 * p[1] + 4.0 * p[2] - p[3], 3.0 * (p[1] - p[2]) + p[3] - p[0]);
        0.5 * (a + t * (b + t * (c + t * d)))
    };
    let spans = 0..points.len().saturating_sub(1) as isize;
    let inner = spans.flat_map(|i| {
        let p = [at(i - 1), at(i), at(i + 1), at(i + 2)];
        (0..8).map(move |k| {
            let t = k as f32 / 8.0;
            (blend(p.map(|q| q.0), t), blend(p.map(|q| q.1), t))
        })
    });
    inner.chain(points.last().copied()).collect()
}

/// Points every [`STRIDE`] along a path.
fn resample(path: &[Spot]) -> Vec<Spot> {
    let mut points = path.first().map_or_else(Vec::new, |&first| vec![first]);
    for pair in path.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let count = ((b.0 - a.0).hypot(b.1 - a.1) / STRIDE).ceil().max(1.0);
        let share = |i: u32| i as f32 / count;
        let along = |i: u32| (a.0 + (b.0 - a.0) * share(i), a.1 + (b.1 - a.1) * share(i));
        points.extend((1..=count as u32).map(along));
    }
    points
}
