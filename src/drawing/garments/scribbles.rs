//! What is no garment: for judging «this does not look like a garment I know».

use std::f32::consts::TAU;

use super::hand::{Hand, Spot};

/// Kinds of [`scribble`]s.
pub(super) const KINDS: usize = 12;

/// A scribble, a shape, letters or another object, by number.
pub(super) fn scribble(number: usize, hand: &mut Hand) {
    match number {
        0 => tangle(hand),
        1 => zigzag(hand),
        2 => spiral(hand),
        3 => star(hand),
        4 => strokes(hand),
        5 => house(hand),
        6 => face(hand),
        7 => flower(hand),
        8 => writing(hand),
        9 => hatching(hand),
        10 => loops(hand),
        _ => person(hand),
    }
}

fn tangle(hand: &mut Hand) {
    let count = hand.pick(8, 40);
    let points: Vec<Spot> = (0..count).map(|_| (hand.normal() * 0.3, hand.normal() * 0.3)).collect();
    hand.curve(&points);
}

fn zigzag(hand: &mut Hand) {
    let count = hand.pick(6, 20);
    let points: Vec<Spot> = (0..count)
        .map(|i| {
            (i as f32 / count as f32, hand.between(0.0, 0.5) + if i.is_multiple_of(2) { 0.5 } else { 0.0 })
        })
        .collect();
    hand.line(&points);
}

fn spiral(hand: &mut Hand) {
    let turns = hand.between(2.0, 5.0);
    let at = |i: usize| (i as f32 / 60.0, turns * TAU * i as f32 / 60.0);
    let points: Vec<Spot> = (0..60).map(at).map(|(r, a)| (0.5 * r * a.cos(), 0.5 * r * a.sin())).collect();
    hand.curve(&points);
}

fn star(hand: &mut Hand) {
    let step = if hand.chance(0.5) { 2 } else { 1 };
    let inner = if step == 2 { 1.0 } else { hand.between(0.3, 0.6) };
    let corners = if step == 2 { 5 } else { 10 };
    let at = |i: usize| {
        let angle = TAU * (i * step) as f32 / corners as f32;
        let radius = if i.is_multiple_of(2) { 0.5 } else { 0.5 * inner };
        (radius * angle.sin(), -radius * angle.cos())
    };
    hand.line(&(0..=corners).map(at).collect::<Vec<_>>());
}

fn strokes(hand: &mut Hand) {
    for _ in 0..hand.pick(3, 14) {
        let a = (hand.between(-0.5, 0.5), hand.between(-0.5, 0.5));
        let b = (hand.between(-0.5, 0.5), hand.between(-0.5, 0.5));
        hand.line(&[a, b]);
    }
}

fn house(hand: &mut Hand) {
    let (w, h) = (hand.between(0.3, 0.5), hand.between(0.4, 0.7));
    hand.outline(&[(-w, 0.0), (-w, h), (w, h), (w, 0.0), (-w, 0.0)]);
    hand.line(&[(-w - 0.05, 0.0), (0.0, -h * 0.8), (w + 0.05, 0.0)]);
    hand.line(&[(-0.08, h), (-0.08, h * 0.5), (0.08, h * 0.5), (0.08, h)]);
    hand.ellipse((w * 0.55, h * 0.35), 0.08, 0.08);
}

fn face(hand: &mut Hand) {
    hand.ellipse((0.0, 0.0), 0.45, 0.5);
    hand.ellipse((-0.17, -0.1), 0.06, 0.06);
    hand.ellipse((0.17, -0.1), 0.06, 0.06);
    hand.curve(&[(-0.2, 0.2), (0.0, 0.3), (0.2, 0.2)]);
    hand.line(&[(0.0, -0.02), (0.04, 0.1)]);
}

fn flower(hand: &mut Hand) {
    let petals = hand.pick(4, 8);
    for index in 0..petals {
        let angle = TAU * index as f32 / petals as f32;
        hand.ellipse((0.25 * angle.cos(), 0.25 * angle.sin()), 0.13, 0.13);
    }
    hand.line(&[(0.0, 0.3), (0.02, 0.9)]);
}

/// Strokes of letters and digits, one large or a few in a row.
fn writing(hand: &mut Hand) {
    let count = hand.pick(1, 4);
    for letter in 0..count {
        let left = letter as f32 * 0.5;
        let strokes = hand.pick(2, 5);
        for _ in 0..strokes {
            let grid = |hand: &mut Hand| (left + 0.2 * hand.pick(0, 3) as f32, 0.3 * hand.pick(0, 4) as f32);
            let (a, b, c) = (grid(hand), grid(hand), grid(hand));
            if hand.chance(0.5) {
                hand.line(&[a, b]);
            } else {
                hand.curve(&[a, b, c]);
            }
        }
    }
}

/// Back and forth, as one fills a page.
fn hatching(hand: &mut Hand) {
    let count = hand.pick(6, 25);
    let lean = hand.between(-0.4, 0.4);
    let points: Vec<Spot> = (0..count)
        .map(|i| {
            let y = i as f32 / count as f32;
            let end = if i.is_multiple_of(2) { 0.0 } else { 1.0 };
            (end + lean * y + 0.1 * hand.normal(), y + 0.03 * hand.normal())
        })
        .collect();
    hand.curve(&points);
}

/// A row of loops.
fn loops(hand: &mut Hand) {
    let turns = hand.between(2.5, 6.0);
    let (forward, radius) = (hand.between(0.1, 0.25), hand.between(0.15, 0.4));
    let at = |i: usize| turns * TAU * i as f32 / 80.0;
    let points: Vec<Spot> =
        (0..80).map(at).map(|a| (forward * a / TAU + radius * a.cos(), radius * a.sin())).collect();
    hand.curve(&points);
}

fn person(hand: &mut Hand) {
    hand.ellipse((0.0, 0.0), 0.14, 0.14);
    hand.line(&[(0.0, 0.14), (0.0, 0.6)]);
    hand.line(&[(-0.3, 0.35), (0.0, 0.28), (0.3, 0.3)]);
    hand.line(&[(-0.22, 1.0), (0.0, 0.6), (0.22, 1.0)]);
}
