//! A shape for each class on the map, so that classes are told apart without their hues. No DOM, so that
//! native tests drive it.

use crate::data::CLASS_COUNT;

/// The shapes in label order as paths in a box of 10 by 10, for the legend (filled by the even-odd rule).
pub const PATHS: [&str; CLASS_COUNT] = [
    "M5 0a5 5 0 1 0 .01 0z",
    "M.5.5h9v9h-9z",
    "M5 .5l5 9H0z",
    "M5 9.5L0 .5h10z",
    "M5 0l5 5-5 5-5-5z",
    "M3.5 0h3v3.5H10v3H6.5V10h-3V6.5H0v-3h3.5z",
    "M2 0l3 3 3-3 2 2-3 3 3 3-2 2-3-3-3 3-2-2 3-3-3-3z",
    "M5 0a5 5 0 1 0 .01 0zm0 2.8a2.2 2.2 0 1 1-.01 0z",
    "M0 0h10v10H0zm2.6 2.6v4.8h4.8V2.6z",
    "M0 3h10v4H0z",
];

/// A shape's pixels in a box of `side` by `side`, as places (column, row).
pub fn pixels(class: u8, side: usize) -> Vec<(usize, usize)> {
    let centre = |place: usize| (2 * place + 1) as f32 / side as f32 - 1.0;
    let all = (0..side * side).map(|index| (index % side, index / side));
    all.filter(|(column, row)| inside(class, centre(*column), centre(*row))).collect()
}

/// Whether a place in the box from -1 to 1 (down is positive) belongs to the shape of a class.
fn inside(class: u8, x: f32, y: f32) -> bool {
    let (across, down) = (x.abs(), y.abs());
    let radius = x.hypot(y);
    match class {
        0 => radius <= 1.0,
        1 => across.max(down) <= 0.9,
        2 => across <= (y + 1.0) / 2.0,
        3 => across <= (1.0 - y) / 2.0,
        4 => across + down <= 1.0,
        5 => across.min(down) <= 0.3,
        6 => (across - down).abs() <= 0.3,
        7 => (0.5..=1.0).contains(&radius),
        8 => across.max(down) >= 0.5,
        _ => down <= 0.45,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_classes_have_the_same_shape_at_any_size_in_use() {
        for side in [5, 7, 9, 11, 15, 21] {
            let shapes: Vec<_> = (0..CLASS_COUNT as u8).map(|class| pixels(class, side)).collect();
            for (class, shape) in shapes.iter().enumerate() {
                assert!(!shape.is_empty(), "class {class} at {side}");
                assert!(!shapes[..class].contains(shape), "class {class} at {side}: {shape:?}");
            }
        }
        assert!((1..PATHS.len()).all(|class| !PATHS[..class].contains(&PATHS[class])));
    }
}
