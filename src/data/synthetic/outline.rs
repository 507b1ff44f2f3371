//! Paths of garment parts from few control points. Lines and quadratic curves only: they are
//! stroked and filled without any trigonometric function.

use tiny_skia::{LineCap, LineJoin, Path, PathBuilder, Stroke};

/// A corner: x, y and how round it is, from 0 (sharp) to 0.5 (the curve reaches the middles of
/// both edges).
pub(super) type Corner = (f32, f32, f32);

/// The closed polygon through `corners`, rounded at each as it says.
pub(super) fn closed(corners: &[Corner]) -> Path {
    let count = corners.len();
    let mut builder = PathBuilder::new();
    for (index, &corner) in corners.iter().enumerate() {
        let enter = toward(corner, corners[(index + count - 1) % count]);
        let leave = toward(corner, corners[(index + 1) % count]);
        if index == 0 {
            builder.move_to(enter.0, enter.1);
        } else {
            builder.line_to(enter.0, enter.1);
        }
        builder.quad_to(corner.0, corner.1, leave.0, leave.1);
    }
    builder.close();
    builder.finish().expect("a closed outline has an area")
}

/// The closed outline whose right half (x ≥ 0) is `right`, from top to bottom; mirrored at x = 0.
pub(super) fn symmetric(right: &[Corner]) -> Path {
    let left = right.iter().rev().filter(|corner| corner.0 > 0.0).map(|&(x, y, round)| (-x, y, round));
    let corners: Vec<Corner> = right.iter().copied().chain(left).collect();
    closed(&corners)
}

/// An open line through `points`, rounded at the inner ones, as a band of `width`.
pub(super) fn band(points: &[Corner], width: f32) -> Path {
    let mut builder = PathBuilder::new();
    builder.move_to(points[0].0, points[0].1);
    for window in points.windows(3) {
        let (enter, leave) = (toward(window[1], window[0]), toward(window[1], window[2]));
        builder.line_to(enter.0, enter.1);
        builder.quad_to(window[1].0, window[1].1, leave.0, leave.1);
    }
    let last = points[points.len() - 1];
    builder.line_to(last.0, last.1);
    let line = builder.finish().expect("a band has at least two points");
    stroked(&line, width)
}

/// The outline of `path` as a band of `width`.
pub(super) fn stroked(path: &Path, width: f32) -> Path {
    let stroke = Stroke { width, line_cap: LineCap::Butt, line_join: LineJoin::Bevel, ..Stroke::default() };
    path.stroke(&stroke, RESOLUTION).expect("a band has a positive width")
}

/// An axis-parallel ellipse, by eight quadratic curves.
pub(super) fn ellipse(x: f32, y: f32, radius_x: f32, radius_y: f32) -> Path {
    /// tan(π/8): where the tangents of neighbouring eighths meet.
    const TANGENT: f32 = 0.414_213_56;
    let unit = [
        (1.0, -TANGENT),
        (1.0, TANGENT),
        (TANGENT, 1.0),
        (-TANGENT, 1.0),
        (-1.0, TANGENT),
        (-1.0, -TANGENT),
        (-TANGENT, -1.0),
        (TANGENT, -1.0),
    ];
    closed(&unit.map(|(u, v)| (x + radius_x * u, y + radius_y * v, 0.5)))
}

/// A rectangle from (`left`, `top`) to (`right`, `bottom`).
pub(super) fn rectangle(left: f32, top: f32, right: f32, bottom: f32) -> Path {
    closed(&[(left, top, 0.0), (right, top, 0.0), (right, bottom, 0.0), (left, bottom, 0.0)])
}

/// Pixels a garment unit, for the stroker's tolerance.
const RESOLUTION: f32 = 84.0;

fn toward(from: Corner, to: Corner) -> (f32, f32) {
    (from.0 + (to.0 - from.0) * from.2, from.1 + (to.1 - from.1) * from.2)
}
