//! A drawing means the same wherever and however large it is drawn, and nothing on the pad panics.

use proptest::prelude::*;

use super::frame::FRAME_SIDE;
use super::{BrushSize, Drawing, DrawingError, Picture, Point, Stroke, Tool, photo, seen, steps};

/// Largest difference of a pixel between a drawing and its moved or scaled copy.
const TOLERANCE: u8 = 12;

fn shirt() -> Vec<Vec<(f32, f32)>> {
    vec![
        vec![(60.0, 20.0), (10.0, 60.0), (30.0, 90.0), (55.0, 70.0), (55.0, 200.0), (150.0, 200.0)],
        vec![(150.0, 200.0), (150.0, 70.0), (175.0, 90.0), (195.0, 60.0), (145.0, 20.0)],
        vec![(60.0, 20.0), (100.0, 40.0), (145.0, 20.0)],
    ]
}

fn drawing(scale: f32, across: f32, down: f32) -> Drawing {
    let place = |(x, y): &(f32, f32)| Point::new(x * scale + across, y * scale + down);
    let strokes = shirt().iter().map(|line| Stroke::line(line.iter().map(place).collect())).collect();
    Drawing { strokes, ..Drawing::default() }
}

fn largest_difference(a: &Picture, b: &Picture) -> u8 {
    a.iter().zip(b).map(|(a, b)| a.abs_diff(*b)).max().unwrap_or(0)
}

proptest! {
    #[test]
    fn a_moved_and_scaled_drawing_gives_the_same_picture(
        scale in 0.15f32..1.1, across in -60f32..60.0, down in -60f32..60.0,
    ) {
        let reference = seen(&drawing(1.0, 0.0, 0.0)).unwrap();
        let other = seen(&drawing(scale, across, down)).unwrap();
        prop_assert!(largest_difference(&reference, &other) <= TOLERANCE);
    }

    #[test]
    fn no_stroke_panics(
        points in prop::collection::vec((any::<f32>(), any::<f32>(), any::<f32>()), 0..40),
        side in any::<f32>(), kind in 0..3,
    ) {
        let tool = match kind {
            0 => Tool::default(),
            1 => Tool::Eraser { size: BrushSize::Broad },
            _ => Tool::Fill { tone: 90 },
        };
        let points = points.iter().map(|&(x, y, pressure)| Point { x, y, pressure }).collect();
        let mut drawing = drawing(0.5, 0.0, 0.0);
        drawing.side = side;
        drawing.strokes.push(Stroke { points, tool });
        let _ = steps(&drawing);
    }

    #[test]
    fn no_photograph_panics(
        width in 0u32..50, height in 0u32..50, bytes in prop::collection::vec(any::<u8>(), 0..4000),
    ) {
        let _ = photo::from_rgba(width, height, &bytes);
        let fitting = bytes.repeat(3);
        let needed = (width * height * 4) as usize;
        if needed <= fitting.len() {
            let _ = photo::from_rgba(width, height, &fitting[..needed]);
        }
    }
}

#[test]
fn the_longer_side_fills_the_frame_and_the_shorter_is_centred() {
    let tall = [(100.0, 30.0), (140.0, 30.0), (140.0, 230.0), (100.0, 230.0), (100.0, 30.0)];
    let line = Stroke::line(tall.map(|(x, y)| Point::new(x, y)).to_vec());
    let all = steps(&Drawing { strokes: vec![line], ..Drawing::default() }).unwrap();
    let bounds = all.toned.bounds(60).unwrap();
    assert_eq!((bounds.y, bounds.height), (0, 28));
    assert!(bounds.x.abs_diff(28 - bounds.x - bounds.width) <= 1, "{bounds:?}");
    assert_eq!(all.centred.width(), FRAME_SIDE);
    assert_eq!(all.toned.pixels().iter().max(), Some(&255));
}

#[test]
fn a_pad_too_small_to_be_one_is_drawn_all_the_same() {
    let line = vec![Point::new(0.0, 0.0), Point::new(0.0, 7.4)];
    let tiny = Drawing { side: 4.1e-17, strokes: vec![Stroke::line(line)] };
    assert!(steps(&tiny).is_ok());
}

#[test]
fn a_blank_or_wholly_erased_pad_is_said_to_be_blank() {
    assert_eq!(seen(&Drawing::default()), Err(DrawingError::Blank));
    let line = vec![Point::new(20.0, 20.0), Point::new(200.0, 20.0)];
    let rubbed = Stroke { points: line.clone(), tool: Tool::Eraser { size: BrushSize::Broad } };
    let drawing = Drawing { strokes: vec![Stroke::line(line), rubbed], ..Drawing::default() };
    assert_eq!(seen(&drawing), Err(DrawingError::Blank));
}

#[test]
fn erasing_a_part_frames_what_is_left() {
    let mut erased = drawing(0.5, 0.0, 0.0);
    let far = vec![Point::new(200.0, 240.0), Point::new(240.0, 240.0)];
    erased.strokes.push(Stroke::line(far.clone()));
    erased.strokes.push(Stroke { points: far, tool: Tool::Eraser { size: BrushSize::Broad } });
    let plain = seen(&drawing(0.5, 0.0, 0.0)).unwrap();
    let different = plain.iter().zip(&seen(&erased).unwrap()).filter(|(a, b)| a.abs_diff(**b) > 100).count();
    assert!(different < 20, "{different} pixels differ");
}

#[test]
fn a_dot_stays_a_dot_and_a_black_pad_is_full() {
    let dot = Drawing { strokes: vec![Stroke::line(vec![Point::new(3.0, 250.0)])], ..Drawing::default() };
    let inked = seen(&dot).unwrap().iter().filter(|&&pixel| pixel > 0).count();
    assert!((1..=16).contains(&inked), "{inked}");
    let corners = [(0.0, 0.0), (256.0, 0.0), (256.0, 256.0), (0.0, 256.0)];
    let points = corners.map(|(x, y)| Point::new(x, y)).to_vec();
    let full = Stroke { points, tool: Tool::Fill { tone: 255 } };
    let black = Drawing { strokes: vec![full], ..Drawing::default() };
    assert!(seen(&black).unwrap().iter().all(|&pixel| pixel > 250));
}

#[test]
fn ten_thousand_points_are_drawn() {
    let spiral = (0..10_000).map(|i| {
        let (angle, radius) = (i as f32 * 0.05, 5.0 + i as f32 * 0.01);
        Point::new(128.0 + radius * angle.cos(), 128.0 + radius * angle.sin())
    });
    let long = Drawing { strokes: vec![Stroke::line(spiral.collect())], ..Drawing::default() };
    assert!(seen(&long).is_ok());
}

#[test]
fn filling_takes_the_smallest_outline_round_the_point() {
    let square = |low: f32, high: f32| {
        let corners = [(low, low), (high, low), (high, high), (low, high)];
        Stroke::line(corners.map(|(x, y)| Point::new(x, y)).to_vec())
    };
    let drawing = Drawing { strokes: vec![square(10.0, 240.0), square(80.0, 160.0)], side: 256.0 };
    let inner = drawing.fill_at(Point::new(100.0, 100.0), 128).unwrap();
    assert_eq!(inner.points, drawing.strokes[1].points);
    assert_eq!(drawing.fill_at(Point::new(250.0, 250.0), 128), None);
}

#[test]
fn a_dark_garment_on_light_ground_comes_out_light_centred_and_large() {
    let (width, height) = (300u32, 200u32);
    let inside = |x: u32, y: u32| (30..90).contains(&x) && (40..160).contains(&y);
    let shade = |i: u32| if inside(i % width, i / width) { 40 } else { 230 };
    let rgba: Vec<u8> = (0..width * height).flat_map(|i| [shade(i), shade(i), shade(i), 255]).collect();
    let toned = photo::from_rgba(width, height, &rgba).unwrap().toned;
    let bounds = toned.bounds(128).unwrap();
    assert_eq!((bounds.x, bounds.y, bounds.width, bounds.height), (7, 0, 14, 28));
    let transparent = vec![0; (width * height * 4) as usize];
    assert_eq!(photo::from_rgba(width, height, &transparent), Err(DrawingError::Blank));
    assert!(matches!(photo::from_rgba(3, 3, &[0; 35]), Err(DrawingError::Size { .. })));
    assert!(matches!(photo::from_rgba(0, 3, &[]), Err(DrawingError::Extent { .. })));
}

#[test]
fn a_garment_on_transparent_ground_is_seen_whether_it_is_black_or_white() {
    let (width, height) = (80u32, 60u32);
    let inside = |i: u32| (20..40).contains(&(i % width)) && (10..50).contains(&(i / width));
    let picture = |shade: u8| -> Vec<u8> {
        (0..width * height)
            .flat_map(|i| if inside(i) { [shade, shade, shade, 255] } else { [0; 4] })
            .collect()
    };
    let seen = [0, 255].map(|shade| photo::from_rgba(width, height, &picture(shade)).unwrap().seen());
    assert_eq!(seen[0], seen[1]);
}

#[test]
fn a_mirrored_photograph_is_turned_round_at_every_stage() {
    let rgba: Vec<u8> = (0..40 * 40)
        .flat_map(|i| if i % 40 < 12 && i / 40 > 9 { [0, 0, 0, 255] } else { [255; 4] })
        .collect();
    let steps = photo::from_rgba(40, 40, &rgba).unwrap();
    let mirrored = steps.mirrored();
    let row = |picture: &Picture| picture[14 * 28..15 * 28].to_vec();
    assert_eq!(row(&mirrored.seen()), row(&steps.seen()).into_iter().rev().collect::<Vec<u8>>());
    assert_eq!(mirrored.mirrored(), steps);
    assert!(mirrored.gray != steps.gray);
}
