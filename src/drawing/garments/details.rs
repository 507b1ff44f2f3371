//! What people add to a top: necklines, collars, fronts, bands, prints, pockets.

use super::hand::{Hand, Spot};
use super::top::Top;

/// How a front opens.
#[derive(Clone, Copy)]
pub(super) enum Front {
    /// One line down the middle.
    Line,
    /// A line with teeth.
    Zip,
    /// Two edges apart, as worn open.
    Open,
    /// A line with buttons beside it.
    Row,
    /// Buttons alone, or between two lines.
    Buttons,
}

/// Round, pointed, straight, or with a band; sometimes none.
pub(super) fn neckline(hand: &mut Hand, top: &Top) {
    let (n, style) = (top.neck, hand.pick(0, 9));
    let deep = hand.between(0.03, 0.16);
    match style {
        0 => {}
        1 => hand.line(&[(-n, 0.0), (n, 0.0)]),
        2 | 3 => hand.line(&[(-n, 0.0), (0.0, deep * 1.3), (n, 0.0)]),
        _ => hand.curve(&[(-n, 0.0), (-n * 0.6, deep * 0.75), (0.0, deep), (n * 0.6, deep * 0.75), (n, 0.0)]),
    }
    if style > 5 && hand.detail(0.7) {
        let lower = deep + hand.between(0.03, 0.06);
        hand.curve(&[
            (-n - 0.03, 0.01),
            (-n * 0.6, lower * 0.8),
            (0.0, lower),
            (n * 0.6, lower * 0.8),
            (n + 0.03, 0.01),
        ]);
    }
    if style == 8 && hand.detail(0.6) {
        hand.curve(&[(-n, 0.0), (0.0, -0.03), (n, 0.0)]);
    }
}

/// A tube standing on the neck.
pub(super) fn turtleneck(hand: &mut Hand, top: &Top) {
    let (n, tall) = (top.neck, hand.between(0.06, 0.14));
    hand.outline(&[(-n, 0.0), (-n, -tall), (n, -tall), (n, 0.0)]);
    if hand.detail(0.7) {
        hand.curve(&[(-n, 0.0), (0.0, 0.03), (n, 0.0)]);
    }
}

/// A hood behind the neck, now and then with its strings.
pub(super) fn hood(hand: &mut Hand, top: &Top) {
    let (n, tall) = (top.neck * 1.2, hand.between(0.12, 0.24));
    hand.curve(&[(-n, 0.02), (-n, -tall * 0.7), (0.0, -tall), (n, -tall * 0.7), (n, 0.02)]);
    hand.curve(&[(-n, 0.0), (0.0, tall * 0.45), (n, 0.0)]);
    if hand.detail(0.4) {
        let long = hand.between(0.12, 0.25);
        hand.line(&[(-0.04, 0.06), (-0.05, long)]);
        hand.line(&[(0.04, 0.06), (0.05, long)]);
    }
}

/// Two flaps with points.
pub(super) fn collar(hand: &mut Hand, top: &Top) {
    let (n, deep) = (top.neck, hand.between(0.06, 0.15));
    let out = n + hand.between(0.0, 0.05);
    for side in [-1.0, 1.0] {
        hand.line(&[(side * n, -0.01), (side * out * 0.85, deep), (0.0, deep * 0.5)]);
        if hand.chance(0.6) {
            hand.line(&[(side * n, -0.01), (0.0, deep * 0.5)]);
        }
    }
    if hand.chance(0.5) {
        hand.curve(&[(-n, -0.01), (0.0, -0.04), (n, -0.01)]);
    }
}

/// A deep V with turned edges.
pub(super) fn lapels(hand: &mut Hand, top: &Top) {
    let (n, deep) = (top.neck, top.hem.1 * hand.between(0.3, 0.55));
    let notch = deep * hand.between(0.3, 0.5);
    for side in [-1.0, 1.0] {
        hand.line(&[(side * n, 0.0), (0.0, deep)]);
        if hand.detail(0.8) {
            hand.line(&[
                (side * n, 0.0),
                (side * (n + 0.07), notch),
                (side * (n - 0.01), notch * 1.1),
                (0.0, deep),
            ]);
        }
    }
}

/// A front of some kind from neck to hem.
pub(super) fn front(hand: &mut Hand, top: &Top, front: Front) {
    let start = hand.between(0.0, 0.12);
    let end = top.hem.1 * if hand.chance(0.85) { 1.0 } else { hand.between(0.7, 1.0) };
    let lean = 0.015 * hand.normal();
    match front {
        Front::Line => hand.line(&[(lean, start), (-lean, end)]),
        Front::Zip => {
            hand.line(&[(lean, start), (-lean, end)]);
            teeth(hand, start, end);
        }
        Front::Open => {
            let (above, below) = (hand.between(0.01, top.neck), hand.between(0.01, 0.14));
            hand.line(&[(-above, start * 0.4), (-below, end)]);
            hand.line(&[(above, start * 0.4), (below, end)]);
            if hand.detail(0.3) {
                buttons(hand, below + 0.04, start + 0.15, end);
            }
        }
        Front::Row => {
            hand.line(&[(lean, start), (-lean, end)]);
            let side = [-0.05, 0.05][hand.pick(0, 2)];
            buttons(hand, side, start + 0.06, end);
            if hand.chance(0.2) {
                buttons(hand, -side, start + 0.06, end);
            }
        }
        Front::Buttons => {
            if hand.chance(0.35) {
                let half = hand.between(0.02, 0.05);
                hand.line(&[(-half, start + 0.04), (-half, end)]);
                hand.line(&[(half, start + 0.04), (half, end)]);
            }
            buttons(hand, 0.0, start + 0.08, end);
        }
    }
}

fn teeth(hand: &mut Hand, start: f32, end: f32) {
    let count = hand.pick(4, 12);
    for index in 0..count {
        let y = start + (end - start) * (index as f32 + 0.5) / count as f32;
        hand.line(&[(-0.025, y), (0.025, y)]);
    }
}

fn buttons(hand: &mut Hand, x: f32, start: f32, end: f32) {
    let count = hand.pick(2, 7);
    for index in 0..count {
        let y = start + (end - start) * (index as f32 + 0.4) / count as f32;
        hand.button((x, y));
    }
}

/// A line across each sleeve's end, sometimes with ribs.
pub(super) fn cuffs(hand: &mut Hand, sides: &[Vec<Spot>; 2]) {
    let back = hand.between(0.1, 0.25);
    for side in sides {
        let count = side.len();
        let (outer, inner, armpit) = (side[count - 4], side[count - 3], side[count - 2]);
        let start = if count == 6 { side[1] } else { side[0] };
        let toward = |a: Spot, b: Spot| (a.0 + (b.0 - a.0) * back, a.1 + (b.1 - a.1) * back);
        let (upper, lower) = (toward(outer, start), toward(inner, armpit));
        hand.line(&[upper, lower]);
        if hand.chance(0.15) {
            let middle = |a: Spot, b: Spot| ((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0);
            hand.line(&[middle(outer, inner), middle(upper, lower)]);
        }
    }
}

/// A line above the hem, sometimes with ribs.
pub(super) fn hem_band(hand: &mut Hand, top: &Top) {
    let (x, y) = top.hem;
    let tall = hand.between(0.05, 0.12);
    hand.line(&[(-x, y - tall), (x, y - tall)]);
    if hand.chance(0.3) {
        let count = hand.pick(4, 10);
        for index in 0..count {
            let at = x * (2.0 * (index as f32 + 0.5) / count as f32 - 1.0);
            hand.line(&[(at, y - tall), (at, y)]);
        }
    }
}

/// Lines where the sleeves are sewn on.
pub(super) fn sleeve_seams(hand: &mut Hand, top: &Top) {
    for side in [-1.0, 1.0] {
        hand.line(&[(side * top.shoulder.0, top.shoulder.1), (side * top.armpit.0, top.armpit.1)]);
    }
}

/// Something on the chest or across the body: stripes, zigzag, a shape, writing.
pub(super) fn print(hand: &mut Hand, top: &Top) {
    let (width, long) = (top.armpit.0 * 0.9, top.hem.1);
    let y = long * hand.between(0.3, 0.6);
    match hand.pick(0, 7) {
        0 => {
            let count = hand.pick(1, 5);
            for index in 0..count {
                let at = long * (0.35 + 0.5 * index as f32 / count as f32);
                hand.line(&[(-width, at), (width, at)]);
            }
        }
        1 => {
            let tall = hand.between(0.03, 0.08);
            let count = hand.pick(4, 9);
            let zigzag: Vec<Spot> = (0..=count)
                .map(|i| {
                    (width * (2.0 * i as f32 / count as f32 - 1.0), y + if i % 2 == 0 { tall } else { -tall })
                })
                .collect();
            hand.line(&zigzag);
        }
        2 => {
            let size = hand.between(0.04, 0.12);
            hand.ellipse((0.0, y), size, size);
        }
        3 => {
            let r = hand.between(0.05, 0.12);
            hand.line(&[
                (-r, y),
                (0.0, y + r * 1.2),
                (r, y),
                (r * 0.5, y - r * 0.6),
                (0.0, y - r * 0.1),
                (-r * 0.5, y - r * 0.6),
                (-r, y),
            ]);
        }
        4 => {
            let r = hand.between(0.05, 0.12);
            hand.line(&[(-r, y - r), (r, y - r), (r, y + r), (-r, y + r), (-r, y - r)]);
        }
        5 => breast_pocket(hand, top),
        _ => {
            let count = hand.pick(5, 12);
            let writing: Vec<Spot> = (0..count)
                .map(|i| (width * (1.4 * i as f32 / count as f32 - 0.7), y + 0.05 * hand.normal()))
                .collect();
            hand.line(&writing);
        }
    }
}

/// A small pocket on one side of the chest.
pub(super) fn breast_pocket(hand: &mut Hand, top: &Top) {
    let side = [-1.0, 1.0][hand.pick(0, 2)];
    let (x, y) = (side * top.armpit.0 * 0.5, top.hem.1 * 0.33);
    let (w, h) = (hand.between(0.04, 0.07), hand.between(0.07, 0.12));
    hand.line(&[(x - w, y), (x + w, y), (x + w, y + h), (x - w, y + h), (x - w, y)]);
}

/// Pockets low on both sides: slits or boxes.
pub(super) fn pockets(hand: &mut Hand, top: &Top) {
    let (x, y) = (top.hem.0 * hand.between(0.45, 0.65), top.hem.1 * hand.between(0.6, 0.75));
    let (w, h) = (hand.between(0.04, 0.09), hand.between(0.06, 0.14));
    let slit = hand.chance(0.5);
    for side in [-1.0, 1.0] {
        let at = side * x;
        if slit {
            hand.line(&[(at - side * w, y), (at + side * w, y + h)]);
        } else {
            hand.outline(&[(at - w, y), (at + w, y), (at + w, y + h), (at - w, y + h), (at - w, y)]);
        }
    }
}
