//! The pad's edge: what lies beyond it is not seen, and so is not part of a drawing made on the pad.
//!
//! Only the pad cuts: drawings from files may use any coordinates, and lie nowhere but in their own
//! frame.

use super::{Drawing, Point, Stroke, Tool};

/// The part of a line from `a` to `b` on a pad of `side` (Liang and Barsky, 1984); `None` where no part
/// is. Pressure is mixed along the line.
pub fn segment(a: Point, b: Point, side: f32) -> Option<(Point, Point)> {
    let (across, down) = (b.x - a.x, b.y - a.y);
    let (mut enter, mut leave) = (0.0f32, 1.0f32);
    for (step, room) in [(-across, a.x), (across, side - a.x), (-down, a.y), (down, side - a.y)] {
        if step == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if step < 0.0 {
            enter = enter.max(room / step);
        } else {
            leave = leave.min(room / step);
        }
    }
    (enter <= leave).then(|| (along(a, b, enter, side), along(a, b, leave, side)))
}

/// A point between `a` (share 0) and `b` (share 1); rounding must not put it over the edge.
fn along(a: Point, b: Point, share: f32, side: f32) -> Point {
    if share == 0.0 && a.is_on(side) {
        return a;
    }
    if share == 1.0 && b.is_on(side) {
        return b;
    }
    let mix = |a: f32, b: f32| a + (b - a) * share;
    Point {
        x: mix(a.x, b.x).clamp(0.0, side),
        y: mix(a.y, b.y).clamp(0.0, side),
        pressure: mix(a.pressure, b.pressure),
    }
}

/// The drawing without what lies beyond its pad's edge. A line that leaves the pad and comes back
/// becomes two.
pub fn to_pad(drawing: Drawing) -> Drawing {
    let side = drawing.usable_side();
    let inside = |stroke: &Stroke| stroke.points.iter().all(|point| point.is_on(side));
    if drawing.strokes.iter().all(inside) {
        return drawing;
    }
    let cut = |stroke: Stroke| if inside(&stroke) { vec![stroke] } else { pieces(&stroke, side) };
    Drawing { side: drawing.side, strokes: drawing.strokes.into_iter().flat_map(cut).collect() }
}

fn pieces(stroke: &Stroke, side: f32) -> Vec<Stroke> {
    let points: Vec<Point> = stroke.drawable().copied().collect();
    let runs = match stroke.tool {
        Tool::Fill { .. } => vec![surface(points, side)],
        Tool::Brush { .. } | Tool::Eraser { .. } => runs(&points, side),
    };
    let some = runs.into_iter().filter(|points| !points.is_empty());
    some.map(|points| Stroke { points, tool: stroke.tool }).collect()
}

/// A line's runs on the pad.
fn runs(points: &[Point], side: f32) -> Vec<Vec<Point>> {
    if let [point] = points {
        return vec![if point.is_on(side) { vec![*point] } else { Vec::new() }];
    }
    let mut runs: Vec<Vec<Point>> = Vec::new();
    for pair in points.windows(2) {
        let Some((from, to)) = segment(pair[0], pair[1], side) else { continue };
        match runs.last_mut().filter(|run| run.last() == Some(&from)) {
            Some(run) => run.push(to),
            None => runs.push(vec![from, to]),
        }
    }
    runs
}

/// A surface cut at the pad's four edges, one after another (Sutherland and Hodgman, 1974).
fn surface(points: Vec<Point>, side: f32) -> Vec<Point> {
    /// How far a point is inside one edge.
    type Inside = fn(&Point, f32) -> f32;
    let edges: [Inside; 4] = [|p, _| p.x, |p, side| side - p.x, |p, _| p.y, |p, side| side - p.y];
    edges.into_iter().fold(points, |points, inside| {
        let mut kept = Vec::with_capacity(points.len() + 4);
        for (index, &b) in points.iter().enumerate() {
            let a = points[(index + points.len() - 1) % points.len()];
            let (from, to) = (inside(&a, side), inside(&b, side));
            if (from < 0.0) != (to < 0.0) {
                let share = from / (from - to);
                let mix = |a: f32, b: f32| a + (b - a) * share;
                kept.push(Point { x: mix(a.x, b.x), y: mix(a.y, b.y), pressure: b.pressure });
            }
            if to >= 0.0 {
                kept.push(b);
            }
        }
        kept
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(x: f32, y: f32) -> Point {
        Point::new(x, y)
    }

    #[test]
    fn a_line_over_the_edge_ends_there() {
        assert_eq!(segment(at(50.0, 50.0), at(150.0, 50.0), 100.0), Some((at(50.0, 50.0), at(100.0, 50.0))));
        assert_eq!(segment(at(-50.0, 0.0), at(50.0, 100.0), 100.0), Some((at(0.0, 50.0), at(50.0, 100.0))));
        assert_eq!(segment(at(110.0, 0.0), at(110.0, 90.0), 100.0), None);
        assert_eq!(segment(at(-30.0, 20.0), at(20.0, -40.0), 100.0), None);
        assert_eq!(segment(at(10.0, 10.0), at(10.0, 10.0), 100.0), Some((at(10.0, 10.0), at(10.0, 10.0))));
    }

    #[test]
    fn a_line_that_leaves_and_comes_back_becomes_two_and_one_outside_none() {
        let away = vec![at(10.0, 10.0), at(10.0, -20.0), at(90.0, -20.0), at(90.0, 40.0)];
        let outside = vec![at(-5.0, 3.0), at(-9.0, 90.0)];
        let strokes = vec![Stroke::line(away), Stroke::line(outside)];
        let cut = to_pad(Drawing { side: 100.0, strokes });
        let points: Vec<Vec<Point>> = cut.strokes.into_iter().map(|stroke| stroke.points).collect();
        assert_eq!(points, [vec![at(10.0, 10.0), at(10.0, 0.0)], vec![at(90.0, 0.0), at(90.0, 40.0)]]);
    }

    #[test]
    fn a_surface_over_the_corner_is_cut_to_the_corner() {
        let points = vec![at(50.0, 50.0), at(150.0, 50.0), at(150.0, 150.0), at(50.0, 150.0)];
        let strokes = vec![Stroke { points, tool: Tool::Fill { tone: 9 } }];
        let cut = to_pad(Drawing { side: 100.0, strokes });
        let (xs, ys): (Vec<f32>, Vec<f32>) = cut.strokes[0].points.iter().map(|p| (p.x, p.y)).unzip();
        let ends = |values: &[f32]| values.iter().fold((f32::MAX, 0f32), |(l, h), &v| (l.min(v), h.max(v)));
        assert_eq!((ends(&xs), ends(&ys)), ((50.0, 100.0), (50.0, 100.0)));
    }

    proptest! {
        #[test]
        fn nothing_is_left_beyond_the_edge(
            points in prop::collection::vec((-300f32..300.0, -300f32..300.0), 0..30), fill in any::<bool>(),
        ) {
            let tool = if fill { Tool::Fill { tone: 90 } } else { Tool::default() };
            let points = points.into_iter().map(|(x, y)| at(x, y)).collect();
            let cut = to_pad(Drawing { side: 100.0, strokes: vec![Stroke { points, tool }] });
            let on = |point: &Point| (-0.01..=100.01).contains(&point.x) && (-0.01..=100.01).contains(&point.y);
            prop_assert!(cut.strokes.iter().flat_map(|stroke| &stroke.points).all(on));
        }
    }
}
