//! Bags: bodies of several shapes, handles of all sorts, flaps and clasps.

use super::hand::{Hand, Spot};

/// A body with what people put on it.
pub(super) fn bag(hand: &mut Hand) {
    let half = hand.between(0.3, 0.5);
    let tall = hand.between(0.35, 0.8);
    let mouth = half * hand.between(0.55, 1.1);
    body(hand, half, mouth, tall);
    handle(hand, half, mouth, tall);
    if hand.detail(0.4) {
        flap(hand, half, mouth, tall);
    }
    if hand.detail(0.4) {
        clasp(hand, tall);
    }
    if hand.detail(0.2) {
        let (x, y) = (half * hand.between(0.4, 0.7), tall * hand.between(0.5, 0.65));
        hand.outline(&[(-x, y), (x, y), (x, tall * 0.92), (-x, tall * 0.92), (-x, y)]);
    }
    if hand.detail(0.12) {
        let y = tall * hand.between(0.1, 0.25);
        hand.line(&[(-mouth, y), (mouth, y)]);
        hand.line(&[(-mouth, y + 0.03), (mouth, y + 0.03)]);
    }
}

fn body(hand: &mut Hand, half: f32, mouth: f32, tall: f32) {
    match hand.pick(0, 8) {
        0 => {
            // A half moon.
            hand.curve(&[
                (-half, 0.0),
                (-half * 0.95, tall * 0.5),
                (0.0, tall),
                (half * 0.95, tall * 0.5),
                (half, 0.0),
            ]);
            hand.line(&[(-half, 0.0), (half, 0.0)]);
        }
        1 => {
            // A pouch, wide below.
            let points = [
                (-mouth * 0.7, 0.0),
                (-half, tall * 0.5),
                (-half * 0.8, tall),
                (half * 0.8, tall),
                (half, tall * 0.5),
                (mouth * 0.7, 0.0),
            ];
            hand.curve(&points);
            hand.curve(&[(-mouth * 0.7, 0.0), (0.0, 0.03), (mouth * 0.7, 0.0)]);
        }
        2 => {
            let r = hand.between(0.03, 0.12);
            let points = [
                (-mouth, r),
                (-mouth + r, 0.0),
                (mouth - r, 0.0),
                (mouth, r),
                (half, tall - r),
                (half - r, tall),
                (-half + r, tall),
                (-half, tall - r),
                (-mouth, r),
            ];
            hand.outline(&points);
        }
        3 => {
            // A box seen a little from the side.
            hand.outline(&[(-half, 0.0), (-half, tall), (half, tall), (half, 0.0), (-half, 0.0)]);
            let (dx, dy) = (hand.between(0.08, 0.2), -hand.between(0.04, 0.14));
            hand.line(&[(half, 0.0), (half + dx, dy), (half + dx, tall + dy), (half, tall)]);
            hand.line(&[(-half, 0.0), (-half + dx, dy), (half + dx, dy)]);
        }
        _ => hand.outline(&[(-mouth, 0.0), (-half, tall), (half, tall), (mouth, 0.0), (-mouth, 0.0)]),
    }
}

fn handle(hand: &mut Hand, half: f32, mouth: f32, tall: f32) {
    let high = hand.between(0.12, 0.75);
    let grip = mouth * hand.between(0.3, 0.98);
    let arch = |g: f32, h: f32| -> Vec<Spot> {
        vec![(-g, 0.0), (-g * 0.85, -h * 0.7), (0.0, -h), (g * 0.85, -h * 0.7), (g, 0.0)]
    };
    match hand.pick(0, 12) {
        0 => {}
        1 | 2 => hand.curve(&[
            (-half, 0.02),
            (-half * 0.7, -high),
            (0.0, -high * 1.35),
            (half * 0.7, -high),
            (half, 0.02),
        ]),
        3 => hand.outline(&[(-grip, 0.0), (-grip, -high * 0.6), (grip, -high * 0.6), (grip, 0.0)]),
        4 => hand.line(&[(-grip, 0.0), (0.05 * high, -high), (grip, 0.0)]),
        5 => {
            // Worn on the shoulder: the strap falls beside the body.
            hand.curve(&[
                (-half, 0.05),
                (-half * 1.3, tall * 0.4),
                (-half * 1.1, -high * 0.4),
                (0.0, -high * 0.7),
                (half, 0.05),
            ]);
        }
        6..=8 => {
            hand.curve(&arch(grip, high));
            hand.curve(&arch(grip * 0.82, high * 0.8));
        }
        9 => {
            hand.curve(&arch(grip, high));
            let shifted: Vec<Spot> = arch(grip, high).iter().map(|&(x, y)| (x + 0.08, y - 0.05)).collect();
            hand.curve(&shifted);
        }
        _ => hand.curve(&arch(grip, high)),
    }
    if hand.detail(0.2) {
        hand.button((-grip, 0.03));
        hand.button((grip, 0.03));
    }
}

fn flap(hand: &mut Hand, half: f32, mouth: f32, tall: f32) {
    let low = tall * hand.between(0.2, 0.6);
    let edge = mouth + (half - mouth) * 0.3;
    match hand.pick(0, 4) {
        0 => hand.line(&[(-mouth, 0.0), (0.0, low), (mouth, 0.0)]),
        1 => hand.line(&[(-edge, low * 0.5), (edge, low * 0.5)]),
        2 => hand.line(&[(-mouth, 0.0), (-mouth * 0.6, low), (mouth * 0.6, low), (mouth, 0.0)]),
        _ => hand.curve(&[
            (-mouth, 0.0),
            (-mouth * 0.7, low * 0.8),
            (0.0, low),
            (mouth * 0.7, low * 0.8),
            (mouth, 0.0),
        ]),
    }
}

fn clasp(hand: &mut Hand, tall: f32) {
    let y = tall * hand.between(0.15, 0.55);
    let r = hand.between(0.02, 0.07);
    if hand.chance(0.6) {
        hand.ellipse((0.0, y), r, r);
    } else {
        hand.line(&[(-r, y - r), (r, y - r), (r, y + r), (-r, y + r), (-r, y - r)]);
    }
}
