//! What a hand leaves on the pad: strokes of points with a tool. Plain data, kept over reloads.

use serde::{Deserialize, Serialize};

/// Pressure of a pointer that reports none (the Pointer Events specification's value).
pub const DEFAULT_PRESSURE: f32 = 0.5;

/// A point of a stroke in pad coordinates, y downwards.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Across, 0 to [`Drawing::side`].
    pub x: f32,
    /// Down, 0 to [`Drawing::side`].
    pub y: f32,
    /// Pen pressure from 0 to 1; 0.5 draws the brush's own width.
    pub pressure: f32,
}

impl Point {
    /// A point at the default pressure.
    pub fn new(x: f32, y: f32) -> Self {
        Self { x, y, pressure: DEFAULT_PRESSURE }
    }

    /// Whether both coordinates are numbers that a raster can hold.
    pub fn is_drawable(&self) -> bool {
        self.x.abs() < 1e6 && self.y.abs() < 1e6
    }

    /// Whether it lies on a pad of `side`, its edge included.
    pub fn is_on(&self, side: f32) -> bool {
        (0.0..=side).contains(&self.x) && (0.0..=side).contains(&self.y)
    }
}

/// The pad's three brushes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BrushSize {
    /// A fine pen.
    Fine,
    /// The default.
    #[default]
    Medium,
    /// A broad marker.
    Broad,
}

impl BrushSize {
    /// Line width in pixels of the 28×28 picture, whatever the drawing's size on the pad.
    pub fn width(self) -> f32 {
        match self {
            BrushSize::Fine => 1.2,
            BrushSize::Medium => 1.8,
            BrushSize::Broad => 2.8,
        }
    }
}

/// What a stroke does.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tool {
    /// Draws a line.
    Brush {
        /// Its width.
        size: BrushSize,
        /// Its grey, 1 to 255; 255 is full ink.
        tone: u8,
    },
    /// Takes ink away.
    Eraser {
        /// Its width.
        size: BrushSize,
    },
    /// Fills the area that its points enclose.
    Fill {
        /// Its grey, 1 to 255.
        tone: u8,
    },
}

impl Default for Tool {
    fn default() -> Self {
        Tool::Brush { size: BrushSize::default(), tone: u8::MAX }
    }
}

/// Points joined in order by one tool.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Stroke {
    /// At least one point, or the stroke does nothing.
    pub points: Vec<Point>,
    /// What it does.
    pub tool: Tool,
}

impl Stroke {
    /// A line of the default brush.
    pub fn line(points: Vec<Point>) -> Self {
        Self { points, tool: Tool::default() }
    }

    /// The points that can be drawn: finite and not absurdly far away.
    pub fn drawable(&self) -> impl Iterator<Item = &Point> {
        self.points.iter().filter(|point| point.is_drawable())
    }
}

/// All strokes on a square pad, first drawn first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Drawing {
    /// Side of the pad in the unit of the points.
    pub side: f32,
    /// The strokes.
    pub strokes: Vec<Stroke>,
}

impl Default for Drawing {
    fn default() -> Self {
        Self { side: 256.0, strokes: Vec::new() }
    }
}

impl Drawing {
    /// The pad's side; that of a new pad where [`Drawing::side`] is no side of a pad.
    pub fn usable_side(&self) -> f32 {
        if (1.0..=1e6).contains(&self.side) { self.side } else { Self::default().side }
    }

    /// Turns left and right round.
    pub fn mirror(&mut self) {
        let side = self.side;
        for point in self.strokes.iter_mut().flat_map(|stroke| &mut stroke.points) {
            point.x = side - point.x;
        }
    }

    /// The stroke that fills what encloses `at`: the smallest single line round it, else all
    /// lines joined end to end; `None` where nothing encloses it.
    pub fn fill_at(&self, at: Point, tone: u8) -> Option<Stroke> {
        let lines = || self.strokes.iter().filter(|s| matches!(s.tool, Tool::Brush { .. }));
        let single = lines()
            .map(|stroke| stroke.drawable().copied().collect::<Vec<_>>())
            .filter(|outline| encloses(outline, at))
            .min_by(|a, b| area(a).total_cmp(&area(b)));
        let points = single.or_else(|| {
            let chained = chain(lines().map(|s| s.drawable().copied().collect()).collect());
            encloses(&chained, at).then_some(chained)
        })?;
        Some(Stroke { points, tool: Tool::Fill { tone } })
    }
}

/// Even-odd test of a point against a closed outline.
fn encloses(outline: &[Point], at: Point) -> bool {
    let mut inside = false;
    for (index, a) in outline.iter().enumerate() {
        let b = &outline[(index + 1) % outline.len()];
        if (a.y > at.y) != (b.y > at.y) {
            let x = a.x + (at.y - a.y) / (b.y - a.y) * (b.x - a.x);
            inside ^= at.x < x;
        }
    }
    inside
}

/// Area of a closed outline (shoelace formula).
fn area(outline: &[Point]) -> f32 {
    let edges = outline.iter().zip(outline.iter().cycle().skip(1));
    edges.map(|(a, b)| a.x * b.y - b.x * a.y).sum::<f32>().abs() / 2.0
}

/// Joins lines into one outline: always on to the nearest loose end, reversed where that is nearer.
fn chain(mut lines: Vec<Vec<Point>>) -> Vec<Point> {
    lines.retain(|line| !line.is_empty());
    if lines.is_empty() {
        return Vec::new();
    }
    let mut outline = lines.remove(0);
    while let Some(&end) = outline.last() {
        let reach = |point: &Point| (point.x - end.x).hypot(point.y - end.y);
        let nearest = |line: &Vec<Point>| reach(&line[0]).min(reach(&line[line.len() - 1]));
        let Some(index) = (0..lines.len()).min_by(|&a, &b| nearest(&lines[a]).total_cmp(&nearest(&lines[b])))
        else {
            break;
        };
        let mut line = lines.remove(index);
        if reach(&line[line.len() - 1]) < reach(&line[0]) {
            line.reverse();
        }
        outline.extend(line);
    }
    outline
}
