//! Shoes from the side: sneakers, low shoes and heels; boots with a shaft. Either facing.

use super::hand::{Hand, Spot};

/// A side view's measures; the toe points left, x from 0 (toe) to 1 (heel), y 0 is the ground.
struct Shoe {
    /// Height of the toe box.
    toe: f32,
    /// Where the instep ends at the opening.
    throat: Spot,
    /// The back of the opening.
    back: Spot,
    /// Thickness of the sole.
    sole: f32,
}

/// Turns a layout round half the time, and moves it to the middle.
fn facing(hand: &mut Hand) -> impl Fn(&[Spot]) -> Vec<Spot> + use<> {
    let side = if hand.chance(0.5) { 1.0 } else { -1.0 };
    move |points: &[Spot]| points.iter().map(|&(x, y)| (side * (x - 0.5), y)).collect()
}

/// A low shoe with a sole, laces, a stripe; pumps with a heel among the boots.
pub(super) fn sneaker(hand: &mut Hand) {
    let turn = facing(hand);
    let tall = hand.between(0.3, 0.75);
    let shoe = Shoe {
        toe: tall * hand.between(0.3, 0.7),
        throat: (hand.between(0.4, 0.68), -tall * 0.95),
        back: (hand.between(0.9, 1.02), -tall * hand.between(0.8, 1.1)),
        sole: hand.between(0.03, 0.1),
    };
    upper(hand, &shoe, &turn);
    sole(hand, &shoe, &turn);
    if hand.detail(0.65) {
        laces(hand, &shoe, &turn);
    }
    if hand.detail(0.25) {
        let at = hand.between(0.14, 0.26);
        hand.curve(&turn(&[(at, -shoe.toe * 1.2), (at + 0.05, -shoe.toe * 0.5), (at + 0.03, -shoe.sole)]));
    }
    if hand.detail(0.3) {
        stripe(hand, &shoe, &turn);
    }
    if hand.detail(0.2) {
        let (x, y) = shoe.back;
        hand.line(&turn(&[(x - 0.14, y * 0.95), (x - 0.12, -shoe.sole)]));
    }
}

fn upper(hand: &mut Hand, shoe: &Shoe, turn: &impl Fn(&[Spot]) -> Vec<Spot>) {
    let (throat, back, s) = (shoe.throat, shoe.back, shoe.sole);
    let dip = hand.between(0.0, 0.12);
    let bulge = (throat.0 * 0.55, -shoe.toe - (-throat.1 - shoe.toe) * hand.between(0.1, 0.5));
    let front = [(0.03, -s), (0.0, -shoe.toe * 0.6), (0.08, -shoe.toe), bulge, throat];
    let opening = [throat, ((throat.0 + back.0) / 2.0, (throat.1 + back.1) / 2.0 + dip), back];
    let heel = [back, (back.0 + hand.between(-0.04, 0.05), back.1 * 0.5), (back.0, -s)];
    match hand.pick(0, 3) {
        0 => {
            hand.curve(&turn(&front));
            hand.curve(&turn(&opening));
            hand.curve(&turn(&heel));
        }
        1 => {
            let corners = [(0.0, -s), (0.0, -shoe.toe), throat, back, (back.0, -s)];
            hand.outline(&turn(&corners));
        }
        _ => {
            let around: Vec<Spot> = front.iter().chain(&opening[1..]).chain(&heel[1..]).copied().collect();
            hand.curve(&turn(&around));
        }
    }
    if hand.detail(0.3) {
        // The tongue.
        let (x, y) = throat;
        hand.line(&turn(&[(x, y), (x - 0.02, y - 0.1), (x + 0.08, y - 0.09), (x + 0.09, y + dip)]));
    }
}

fn sole(hand: &mut Hand, shoe: &Shoe, turn: &impl Fn(&[Spot]) -> Vec<Spot>) {
    let (end, s) = (shoe.back.0, shoe.sole);
    match hand.pick(0, 4) {
        0 => hand.line(&turn(&[(0.0, -s), (end, -s)])),
        1 => {
            hand.line(&turn(&[(0.0, -s), (end, -s)]));
            hand.outline(&turn(&[(0.0, -s), (0.0, 0.0), (end + 0.02, 0.0), (end, -s)]));
        }
        2 => hand.outline(&turn(&[(0.0, -s), (0.02, 0.0), (end, 0.0), (end, -s)])),
        _ => {
            hand.curve(&turn(&[(0.02, -s), (0.3, -s * 0.4), (0.6, -s), (end, -s)]));
            if hand.chance(0.6) {
                hand.curve(&turn(&[(0.02, -s), (0.0, 0.0), (0.35, 0.02), (end, 0.0), (end + 0.02, -s)]));
            }
        }
    }
}

/// Short strokes across the instep, crosses, a zigzag, or a bow.
fn laces(hand: &mut Hand, shoe: &Shoe, turn: &impl Fn(&[Spot]) -> Vec<Spot>) {
    let (start, end) = ((shoe.throat.0 * 0.5, -shoe.toe * 1.15), shoe.throat);
    let count = hand.pick(2, 6);
    let at = |t: f32| (start.0 + (end.0 - start.0) * t, start.1 + (end.1 - start.1) * t);
    let (dx, dy) = (hand.between(0.03, 0.1), hand.between(0.03, 0.12));
    let style = hand.pick(0, 4);
    let mut zigzag = Vec::new();
    for index in 0..count {
        let (x, y) = at((index as f32 + 0.6) / count as f32);
        match style {
            0 | 1 => hand.line(&turn(&[(x - dx * 0.3, y - dy * 0.3), (x + dx, y + dy)])),
            2 => {
                hand.line(&turn(&[(x - dx * 0.3, y), (x + dx, y + dy)]));
                hand.line(&turn(&[(x + dx, y), (x - dx * 0.3, y + dy)]));
            }
            _ => zigzag.extend([(x, y), (x + dx, y + dy)]),
        }
    }
    if !zigzag.is_empty() {
        hand.line(&turn(&zigzag));
    }
    if hand.chance(0.15) {
        hand.ellipse(turn(&[(end.0 - 0.05, end.1 - 0.05)])[0], 0.07, 0.04);
    }
}

fn stripe(hand: &mut Hand, shoe: &Shoe, turn: &impl Fn(&[Spot]) -> Vec<Spot>) {
    let low = -shoe.sole - 0.03;
    match hand.pick(0, 3) {
        0 => hand.curve(&turn(&[(0.4, low - 0.1), (0.5, low), (0.85, low - 0.2)])),
        1 => {
            for x in [0.5, 0.58, 0.66] {
                hand.line(&turn(&[(x, low), (x + 0.08, shoe.throat.1 * 0.6)]));
            }
        }
        _ => hand.curve(&turn(&[(0.3, low), (0.55, low - 0.12), (0.9, low - 0.06)])),
    }
}

/// A shaft over the ankle, flat or with a heel; sometimes a pump, whose nearest class this is.
pub(super) fn boot(hand: &mut Hand) {
    let turn = facing(hand);
    if hand.chance(0.18) {
        return pump(hand, &turn);
    }
    let shaft = hand.between(0.5, 1.15);
    let toe = hand.between(0.12, 0.28);
    let front = hand.between(0.45, 0.62);
    let back = hand.between(0.9, 1.02);
    let heel = if hand.chance(0.4) { hand.between(0.08, 0.25) } else { 0.0 };
    let lean = hand.between(-0.06, 0.08);
    let ankle = (front - hand.between(0.0, 0.06), -toe - hand.between(0.08, 0.2));
    let outline = [
        (front - lean, -shaft),
        ankle,
        (0.1, -toe),
        (0.0, -toe * 0.45),
        (0.02, 0.0),
        (0.55, -heel * 0.3),
        (0.68, -heel),
        (0.68, 0.0),
        (back, 0.0),
        (back, -toe),
        (back + lean * 0.5, -shaft),
    ];
    let corners: Vec<Spot> = outline
        .iter()
        .enumerate()
        .filter(|(i, _)| heel > 0.0 || !(5..8).contains(i))
        .map(|(_, &c)| c)
        .collect();
    if hand.chance(0.6) {
        hand.outline(&turn(&corners));
    } else {
        hand.curve(&turn(&corners));
    }
    boot_details(hand, &turn, (front - lean, back + lean * 0.5), shaft, (toe, ankle));
}

fn boot_details(
    hand: &mut Hand,
    turn: &impl Fn(&[Spot]) -> Vec<Spot>,
    (front, back): Spot,
    shaft: f32,
    (toe, ankle): (f32, Spot),
) {
    if hand.chance(0.85) {
        let sag = hand.between(-0.03, 0.06);
        hand.curve(&turn(&[(front, -shaft), ((front + back) / 2.0, -shaft + sag), (back, -shaft)]));
    }
    if hand.detail(0.25) {
        let y = -shaft + hand.between(0.06, 0.15);
        hand.line(&turn(&[(front, y), (back, y)]));
    }
    if hand.detail(0.4) {
        let thick = hand.between(0.03, 0.08);
        hand.line(&turn(&[(0.0, -thick), (back, -thick)]));
    }
    if hand.detail(0.4) {
        let count = hand.pick(2, 6);
        for index in 0..count {
            let t = (index as f32 + 0.5) / count as f32;
            let (x, y) = (ankle.0 * (0.75 + 0.25 * t), -toe * 1.2 - (shaft - toe) * 0.8 * t);
            hand.line(&turn(&[(x, y), (x + 0.12, y + 0.03)]));
        }
    }
    if hand.detail(0.12) {
        hand.line(&turn(&[((front + back) / 2.0, -shaft), ((front + back) / 2.0, -toe)]));
    }
}

/// A closed shoe on a high heel.
fn pump(hand: &mut Hand, turn: &impl Fn(&[Spot]) -> Vec<Spot>) {
    let tall = hand.between(0.3, 0.6);
    let toe = hand.between(0.06, 0.14);
    let thick = hand.between(0.03, 0.12);
    hand.curve(&turn(&[
        (0.0, 0.0),
        (0.05, -toe),
        (0.28, -toe * 1.3),
        (0.55, -tall * 0.55),
        (0.8, -tall * 0.95),
        (0.95, -tall * 1.25),
    ]));
    hand.line(&turn(&[
        (0.95, -tall * 1.25),
        (0.97, -tall * 0.7),
        (0.93, 0.0),
        (0.93 - thick, 0.0),
        (0.82, -tall * 0.6),
    ]));
    hand.curve(&turn(&[(0.82, -tall * 0.6), (0.55, -tall * 0.25), (0.3, 0.0), (0.0, 0.0)]));
    if hand.detail(0.3) {
        hand.curve(&turn(&[(0.2, -toe * 1.2), (0.35, -toe * 0.6), (0.5, -tall * 0.5)]));
    }
}
