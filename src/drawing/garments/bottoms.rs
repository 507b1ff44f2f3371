//! Trousers and dresses.

use super::hand::{Hand, Spot};

/// Two legs from a waistband; shorts, bell-bottoms, a fly, pockets, a belt.
pub(super) fn trouser(hand: &mut Hand) {
    let long = if hand.chance(0.1) { hand.between(0.45, 0.65) } else { hand.between(0.85, 1.3) };
    let waist = hand.between(0.16, 0.3);
    let hip = waist * hand.between(1.0, 1.2);
    let crotch = long * hand.between(0.22, 0.45);
    let spread = waist * hand.between(0.9, 1.9);
    let leg = waist * hand.between(0.4, 0.95);
    let inner = (spread - leg).max(0.02);
    let lift = 0.02 * hand.normal();
    let mut right: Vec<Spot> = vec![(waist, 0.0), (spread, long), (inner, long + lift), (0.0, crotch)];
    if hand.chance(0.3) {
        right.insert(1, (hip, crotch * 0.8));
    }
    let left: Vec<Spot> = right.iter().map(|&(x, y)| (-x, y)).collect();
    match hand.pick(0, 4) {
        0 => {
            hand.outline(&right);
            hand.outline(&left);
            hand.line(&[(-waist, 0.0), (waist, 0.0)]);
        }
        1 => {
            let around: Vec<Spot> = left.iter().chain(right.iter().rev()).copied().collect();
            hand.outline(&around);
            hand.line(&[(-waist, 0.0), (waist, 0.0)]);
        }
        _ => {
            let mut around: Vec<Spot> = left.iter().chain(right.iter().rev()).copied().collect();
            around.push(left[0]);
            hand.outline(&around);
        }
    }
    trouser_details(hand, waist, crotch, long, (inner, spread));
}

fn trouser_details(hand: &mut Hand, waist: f32, crotch: f32, long: f32, (inner, spread): Spot) {
    let band = hand.between(0.04, 0.12);
    if hand.detail(0.4) {
        hand.line(&[(-waist, band), (waist, band)]);
    }
    if hand.detail(0.3) {
        hand.line(&[(0.0, 0.02), (0.0, crotch * (0.5 + band * 4.0))]);
        if hand.chance(0.4) {
            hand.curve(&[(0.05, band), (0.05, crotch * 0.6), (0.0, crotch * 0.85)]);
        }
    }
    if hand.detail(0.35) {
        for side in [-1.0, 1.0] {
            let depth = band + 0.1;
            hand.curve(&[
                (side * waist * 0.5, band),
                (side * waist * 0.7, depth * 0.9),
                (side * waist, depth),
            ]);
        }
    }
    if hand.detail(0.15) {
        hand.button((0.0, band / 2.0));
    }
    if hand.detail(0.15) {
        for side in [-1.0, 1.0] {
            let y = long - hand.between(0.04, 0.1);
            hand.line(&[(side * inner, y), (side * spread, y)]);
        }
    }
    if hand.detail(0.08) {
        for side in [-1.0, 1.0] {
            hand.line(&[(side * waist * 0.5, band + 0.1), (side * (inner + spread) / 2.0, long * 0.95)]);
        }
    }
}

/// A fitted top and a skirt that widens; straps, short sleeves or none.
pub(super) fn dress(hand: &mut Hand) {
    let long = hand.between(0.85, 1.3);
    let waist_y = long * hand.between(0.28, 0.5);
    let bust = hand.between(0.12, 0.22);
    let waist = bust * hand.between(0.6, 1.0);
    let hem = waist * hand.between(1.3, 3.2);
    let top_y = hand.between(0.08, 0.2);
    let strap = hand.pick(0, 4);
    let mut right: Vec<Spot> = match strap {
        0 => vec![(bust, top_y)],
        1 => vec![(bust * 0.55, 0.0), (bust, top_y)],
        2 => {
            let sleeve = hand.between(0.08, 0.22);
            vec![
                (bust * 0.5, 0.0),
                (bust + sleeve, top_y * 0.9),
                (bust + sleeve * 0.7, top_y * 1.7),
                (bust, top_y * 1.4),
            ]
        }
        _ => vec![(bust * 0.6, 0.0), (bust * 0.95, 0.01), (bust * 0.9, top_y)],
    };
    right.push((waist, waist_y));
    right.push((hem, long));
    let left: Vec<Spot> = right.iter().map(|&(x, y)| (-x, y)).collect();
    let around: Vec<Spot> = left.iter().chain(right.iter().rev()).copied().collect();
    hand.outline(&around);
    dress_details(hand, &right, strap == 1, (waist, waist_y), (hem, long));
}

fn dress_details(hand: &mut Hand, right: &[Spot], straps: bool, waist: Spot, hem: Spot) {
    let (x, y) = right[0];
    let deep = y + hand.between(0.0, 0.12);
    match hand.pick(0, 3) {
        0 => hand.line(&[(-x, y), (0.0, deep), (x, y)]),
        _ => hand.curve(&[(-x, y), (0.0, deep), (x, y)]),
    }
    if straps && hand.chance(0.6) {
        let (bust, top) = right[1];
        hand.line(&[(-bust, top), (bust, top)]);
    }
    if hand.detail(0.5) {
        hand.curve(&[(-waist.0, waist.1), (0.0, waist.1 + 0.02), (waist.0, waist.1)]);
        if hand.chance(0.3) {
            hand.line(&[(-waist.0, waist.1 + 0.05), (waist.0, waist.1 + 0.05)]);
        }
    }
    if hand.detail(0.25) {
        for side in [-0.5, 0.0, 0.5] {
            hand.line(&[(side * waist.0, waist.1 + 0.05), (side * hem.0, hem.1 * 0.95)]);
        }
    }
    if hand.detail(0.2) {
        let count = hand.pick(5, 10);
        let ruffle: Vec<Spot> = (0..=count)
            .map(|i| {
                (hem.0 * (2.0 * i as f32 / count as f32 - 1.0), hem.1 + if i % 2 == 0 { 0.0 } else { 0.05 })
            })
            .collect();
        hand.curve(&ruffle);
    }
}
