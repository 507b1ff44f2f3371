//! From parts to pixels: pose, framing, painting at three times the size, box filter, grain.

use tiny_skia::{FillRule, Mask, Path, Rect, Transform};

use super::{
    super::{IMAGE_PIXELS, IMAGE_SIDE},
    cloth::{Cloth, noise},
    dice::Dice,
};

/// Canvas pixels a picture pixel.
const SCALE: usize = 3;
const CANVAS: usize = IMAGE_SIDE * SCALE;

/// One filled part.
struct Part {
    path: Path,
    cloth: Cloth,
}

/// A garment: parts from back to front, in garment units.
#[derive(Default)]
pub(super) struct Drawing {
    parts: Vec<Part>,
}

impl Drawing {
    /// Lays a part over those before.
    pub fn fill(&mut self, path: Path, cloth: Cloth) -> &mut Self {
        self.parts.push(Part { path, cloth });
        self
    }

    /// Lays all parts of `other` over those before.
    pub fn append(&mut self, other: Self) {
        self.parts.extend(other.parts);
    }

    /// Tilts and slants the garment a little; both as tangents of the angle.
    pub fn pose(mut self, tilt: f32, slant: f32) -> Self {
        let length = (1.0 + tilt * tilt).sqrt();
        let (cosine, sine) = (1.0 / length, tilt / length);
        let turn = Transform::from_row(cosine, sine, slant * cosine - sine, slant * sine + cosine, 0.0, 0.0);
        for part in &mut self.parts {
            part.path = part.path.clone().transform(turn).expect("a turned path stays finite");
        }
        self
    }

    fn bounds(&self) -> Rect {
        let tight = |part: &Part| part.path.compute_tight_bounds().unwrap_or(part.path.bounds());
        let mut parts = self.parts.iter().map(tight);
        let first = parts.next().expect("a garment has parts");
        parts.fold(first, |all, next| {
            let (left, right) = (all.left().min(next.left()), all.right().max(next.right()));
            let (top, bottom) = (all.top().min(next.top()), all.bottom().max(next.bottom()));
            Rect::from_ltrb(left, top, right, bottom).unwrap_or(all)
        })
    }
}

/// Paints drawings; keeps its buffers between them.
pub(super) struct Renderer {
    mask: Mask,
    tone: Vec<f32>,
    cover: Vec<f32>,
}

impl Renderer {
    pub fn new() -> Self {
        let side = CANVAS as u32;
        let mask = Mask::new(side, side).expect("the canvas has a size");
        Self { mask, tone: vec![0.0; CANVAS * CANVAS], cover: vec![0.0; CANVAS * CANVAS] }
    }

    /// The 28×28 picture of `drawing`, with a little grain.
    pub fn render(&mut self, drawing: &Drawing, dice: &mut Dice) -> [u8; IMAGE_PIXELS] {
        self.tone.fill(0.0);
        self.cover.fill(0.0);
        let frame = Frame::of(drawing.bounds());
        for part in &drawing.parts {
            self.paint(part, frame);
        }
        self.shrink(dice.range(0.0, 0.035), dice.bits())
    }

    fn paint(&mut self, part: &Part, frame: Frame) {
        self.mask.clear();
        self.mask.fill_path(&part.path, FillRule::Winding, true, frame.transform());
        let bounds = part.path.bounds();
        let (left, right) = frame.pixels(bounds.left(), bounds.right(), frame.x);
        let (top, bottom) = frame.pixels(bounds.top(), bounds.bottom(), frame.y);
        for row in top..bottom {
            for index in row * CANVAS + left..row * CANVAS + right {
                let alpha = f32::from(self.mask.data()[index]) / 255.0;
                if alpha > 0.0 {
                    let (x, y) = frame.units(index - row * CANVAS, row);
                    self.tone[index] += (part.cloth.at(x, y) - self.tone[index]) * alpha;
                    self.cover[index] += (1.0 - self.cover[index]) * alpha;
                }
            }
        }
    }

    /// Box filter; `tone` is already weighted by the cover, for it began at background 0.
    fn shrink(&self, grain: f32, seed: u32) -> [u8; IMAGE_PIXELS] {
        let mut picture = [0; IMAGE_PIXELS];
        for (pixel, out) in picture.iter_mut().enumerate() {
            let (x, y) = (pixel % IMAGE_SIDE, pixel / IMAGE_SIDE);
            let (mut tone, mut cover) = (0.0, 0.0);
            for row in y * SCALE..(y + 1) * SCALE {
                let start = row * CANVAS + x * SCALE;
                tone += self.tone[start..start + SCALE].iter().sum::<f32>();
                cover += self.cover[start..start + SCALE].iter().sum::<f32>();
            }
            let area = (SCALE * SCALE) as f32;
            let value = tone / area + grain * noise(x as i32, y as i32, seed) * cover / area;
            *out = (value.clamp(0.0, 1.0) * 255.0 + 0.5) as u8;
        }
        picture
    }
}

/// Where the garment lies on the canvas: its longer side fills it, as in Fashion-MNIST.
#[derive(Clone, Copy)]
struct Frame {
    scale: f32,
    x: f32,
    y: f32,
}

impl Frame {
    fn of(bounds: Rect) -> Self {
        let side = CANVAS as f32;
        let scale = side / bounds.width().max(bounds.height());
        let centre = |low: f32, high: f32| side / 2.0 - scale * (low + high) / 2.0;
        Self { scale, x: centre(bounds.left(), bounds.right()), y: centre(bounds.top(), bounds.bottom()) }
    }

    fn transform(self) -> Transform {
        Transform::from_row(self.scale, 0.0, 0.0, self.scale, self.x, self.y)
    }

    /// Canvas pixels from `low` to `high`, cut to the canvas.
    fn pixels(self, low: f32, high: f32, offset: f32) -> (usize, usize) {
        let at = |value: f32| (value * self.scale + offset).clamp(0.0, CANVAS as f32);
        (at(low).floor() as usize, at(high).ceil() as usize)
    }

    /// The middle of a canvas pixel, in garment units.
    fn units(self, column: usize, row: usize) -> (f32, f32) {
        ((column as f32 + 0.5 - self.x) / self.scale, (row as f32 + 0.5 - self.y) / self.scale)
    }
}
