//! Tops: T-shirt, pullover, coat, shirt. Told apart by sleeves and front.

use super::details::{self, Front};
use super::hand::Hand;
use super::top::Top;

/// Short sleeves, a neckline, now and then something printed.
pub(super) fn t_shirt(hand: &mut Hand) {
    let top = Top::new(hand, (0.1, 0.38), (0.0, 1.15), (0.6, 1.0));
    let sides = top.draw(hand);
    details::neckline(hand, &top);
    if hand.detail(0.18) {
        details::cuffs(hand, &sides);
    }
    if hand.detail(0.3) {
        details::print(hand, &top);
    }
    if hand.detail(0.1) {
        details::sleeve_seams(hand, &top);
    }
}

/// Long sleeves and a closed front; cuffs, hem and collar as bands, patterns.
pub(super) fn pullover(hand: &mut Hand) {
    let top = long_sleeved(hand, (0.65, 1.05));
    let sides = top.draw(hand);
    match hand.pick(0, 5) {
        0 => details::turtleneck(hand, &top),
        1 => details::hood(hand, &top),
        _ => details::neckline(hand, &top),
    }
    if hand.detail(0.45) {
        details::cuffs(hand, &sides);
    }
    if hand.detail(0.4) {
        details::hem_band(hand, &top);
    }
    if hand.detail(0.2) {
        details::sleeve_seams(hand, &top);
    }
    if hand.detail(0.4) {
        details::print(hand, &top);
    }
    if hand.detail(0.06) {
        details::front(hand, &top, Front::Buttons);
    }
}

/// Long sleeves and a front that opens: zip, buttons, lapels, two edges.
pub(super) fn coat(hand: &mut Hand) {
    let long = if hand.chance(0.25) { (0.95, 1.35) } else { (0.65, 1.05) };
    let top = long_sleeved(hand, long);
    let sides = top.draw(hand);
    match hand.pick(0, 6) {
        0 => details::hood(hand, &top),
        1 | 2 => details::collar(hand, &top),
        3 => details::lapels(hand, &top),
        _ => details::neckline(hand, &top),
    }
    let front = [Front::Line, Front::Line, Front::Zip, Front::Open, Front::Open, Front::Row][hand.pick(0, 6)];
    details::front(hand, &top, front);
    if hand.detail(0.4) {
        details::pockets(hand, &top);
    }
    if hand.detail(0.3) {
        details::cuffs(hand, &sides);
    }
    if hand.detail(0.25) {
        details::hem_band(hand, &top);
    }
    if hand.detail(0.15) {
        details::sleeve_seams(hand, &top);
    }
}

/// A collar with points, a row of buttons, a breast pocket.
pub(super) fn shirt(hand: &mut Hand) {
    let top = if hand.chance(0.5) {
        Top::new(hand, (0.14, 0.36), (0.2, 1.1), (0.7, 1.0))
    } else {
        long_sleeved(hand, (0.7, 1.0))
    };
    let sides = top.draw(hand);
    details::collar(hand, &top);
    details::front(hand, &top, Front::Buttons);
    if hand.detail(0.4) {
        details::breast_pocket(hand, &top);
    }
    if hand.detail(0.4) {
        details::cuffs(hand, &sides);
    }
}

/// Sleeves hanging at the side, held out, or, shorter then, spread like a T.
fn long_sleeved(hand: &mut Hand, length: (f32, f32)) -> Top {
    let spread = hand.chance(0.18);
    let angle = if spread { (0.0, 0.6) } else { (0.65, 1.35) };
    let sleeve = if spread { (0.32, 0.65) } else { (0.48, 0.95) };
    let mut top = Top::new(hand, sleeve, angle, length);
    if hand.chance(0.5) {
        top.cuff *= 0.75;
    }
    top
}
