//! Strokes, photographs, undo.

use super::*;
use crate::drawing::Tool;

fn at(x: f32, y: f32) -> Point {
    Point::new(x, y)
}

fn square() -> Pad {
    let mut pad = Pad::default();
    pad.press(Settings::default(), at(50.0, 50.0));
    for (x, y) in [(200.0, 50.0), (200.0, 200.0), (50.0, 200.0), (50.0, 52.0)] {
        assert!(pad.draw(at(x, y)));
    }
    pad.lift();
    pad
}

#[test]
fn a_stroke_is_one_step_back() {
    let mut pad = square();
    assert_eq!((pad.drawing().strokes.len(), pad.drawing().strokes[0].points.len()), (1, 5));
    assert!(!pad.draw(at(10.0, 10.0)), "the pen is up");
    assert!(pad.undo() && pad.is_blank() && !pad.undo());
    assert!(pad.redo() && !pad.redo());
    assert_eq!(pad, square());
}

#[test]
fn points_that_tell_nothing_are_left_out() {
    let mut pad = Pad::default();
    pad.press(Settings::default(), at(10.0, 10.0));
    assert!(!pad.draw(at(10.1, 10.1)) && !pad.draw(at(f32::NAN, 3.0)));
    (0..30_000).for_each(|step| {
        pad.draw(at((step % 200) as f32, (step % 7) as f32));
    });
    assert!(pad.drawing().strokes[0].points.len() <= MOST_POINTS);
}

#[test]
fn fill_needs_an_outline_round_the_place() {
    let fill = Settings { kind: Kind::Fill, ..Settings::default() };
    let mut pad = square();
    assert_eq!(pad.press(fill, at(10.0, 10.0)), Pressed::NothingToFill);
    assert_eq!(pad.press(fill, at(100.0, 100.0)), Pressed::Done);
    assert!(!pad.is_stroking());
    assert!(matches!(pad.drawing().strokes[1].tool, Tool::Fill { tone: 255 }));
}

#[test]
fn clear_and_mirror_can_be_undone() {
    let mut pad = square();
    pad.mirror();
    assert_eq!(pad.drawing().strokes[0].points[0].x, pad.drawing().side - 50.0);
    pad.clear();
    pad.clear();
    assert!(pad.is_blank() && pad.undo() && pad.undo());
    assert_eq!(pad.drawing(), square().drawing());
}

fn photograph() -> Arc<PhotoSteps> {
    let dark = |i: u32| i % 40 < 12 && i / 40 > 9;
    let rgba: Vec<u8> = (0..40 * 40).flat_map(|i| if dark(i) { [0, 0, 0, 255] } else { [255; 4] }).collect();
    Arc::new(crate::drawing::photo::from_rgba(40, 40, &rgba).expect("a garment on white ground"))
}

#[test]
fn a_line_over_the_edge_is_cut_there_and_is_still_one_step_back() {
    let mut pad = square();
    let before = pad.drawing().clone();
    pad.press(Settings::default(), at(200.0, 100.0));
    assert!(pad.draw(at(300.0, 100.0)), "the way to the edge is seen");
    assert!(!pad.draw(at(300.0, 700.0)) && !pad.draw(at(280.0, 120.0)), "nothing beside the pad is");
    assert!(pad.draw(at(210.0, 120.0)));
    pad.lift();
    let drawn: Vec<Vec<(f32, f32)>> =
        pad.drawing().strokes[1..].iter().map(|s| s.points.iter().map(|p| (p.x, p.y)).collect()).collect();
    assert_eq!(drawn, [vec![(200.0, 100.0), (256.0, 100.0)], vec![(256.0, 120.0), (210.0, 120.0)]]);
    assert!(pad.undo());
    assert_eq!(*pad.drawing(), before);
    let far = vec![at(100.0, 100.0), at(100.0, 9000.0)];
    let kept = Pad::new(Drawing { strokes: vec![Stroke::line(far)], ..Drawing::default() });
    assert_eq!(kept.drawing().strokes[0].points[1], at(100.0, 256.0));
}

#[test]
fn a_palms_ink_goes_when_the_pen_comes_and_a_lost_line_stays() {
    let mut pad = square();
    pad.press(Settings::default(), at(20.0, 20.0));
    pad.draw(at(90.0, 90.0));
    pad.abandon();
    assert_eq!(pad, square());
    pad.press(Settings::default(), at(20.0, 20.0));
    pad.draw(at(22.0, 25.0));
    pad.lose();
    assert_eq!(pad, square(), "a blot goes");
    pad.press(Settings::default(), at(20.0, 20.0));
    pad.draw(at(90.0, 90.0));
    pad.lose();
    pad.lose();
    assert_eq!(pad.drawing().strokes.len(), 2);
    assert!(!pad.draw(at(120.0, 120.0)));
}

#[test]
fn a_photograph_takes_the_strokes_place_and_every_change_is_of_what_is_seen() {
    let (mut pad, photo) = (square(), photograph());
    pad.place(photo.clone());
    assert!(pad.drawing().strokes.is_empty() && !pad.is_blank());
    assert_eq!(pad.press(Settings::default(), at(10.0, 10.0)), Pressed::OnPhoto);
    assert!(!pad.draw(at(90.0, 90.0)));
    pad.mirror();
    assert_eq!(**pad.photo().expect("it stays"), photo.mirrored());
    assert!(pad.undo() && pad.photo() == Some(&photo));
    pad.clear();
    assert!(pad.is_blank() && pad.undo() && pad.photo() == Some(&photo));
    assert!(pad.undo());
    assert_eq!((pad.photo(), pad.drawing()), (None, square().drawing()));
}
