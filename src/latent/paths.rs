//! Ways through the latent space: from one point to another, and A − B + C.

use serde::{Deserialize, Serialize};

/// How to go from one point to another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Walk {
    /// Straight.
    #[default]
    Linear,
    /// Along the arc about the mean: direction and distance from the mean change evenly
    /// (slerp: Shoemake, 1985; for latent spaces White, 2016).
    Spherical,
}

/// The point at share `along` (0 to 1) of the way from `from` to `to`; `centre` is the mean.
pub fn walk(walk: Walk, centre: &[f32], from: &[f32], to: &[f32], along: f32) -> Vec<f32> {
    match walk {
        Walk::Linear => linear(from, to, along),
        Walk::Spherical => spherical(centre, from, to, along),
    }
}

/// `count` points (at least 2) evenly along the way, ends included, one after the other.
pub fn strip(kind: Walk, centre: &[f32], from: &[f32], to: &[f32], count: usize) -> Vec<f32> {
    let step = 1.0 / (count.max(2) - 1) as f32;
    (0..count.max(2)).flat_map(|index| walk(kind, centre, from, to, index as f32 * step)).collect()
}

/// `first` − `minus` + `plus`.
pub fn arithmetic(first: &[f32], minus: &[f32], plus: &[f32]) -> Vec<f32> {
    first.iter().zip(minus).zip(plus).map(|((a, b), c)| a - b + c).collect()
}

fn linear(from: &[f32], to: &[f32], along: f32) -> Vec<f32> {
    from.iter().zip(to).map(|(a, b)| a + (b - a) * along).collect()
}

/// Straight where there is no arc: an end at the centre, or ends on one ray or opposite rays.
fn spherical(centre: &[f32], from: &[f32], to: &[f32], along: f32) -> Vec<f32> {
    let centred = |point: &[f32]| -> Vec<f32> { point.iter().zip(centre).map(|(a, b)| a - b).collect() };
    let (start, end) = (centred(from), centred(to));
    let (near, far) = (norm(&start), norm(&end));
    let cosine =
        start.iter().zip(&end).map(|(a, b)| a * b).sum::<f32>() / (near * far).max(f32::MIN_POSITIVE);
    let angle = cosine.clamp(-1.0, 1.0).acos();
    let sine = angle.sin();
    if near * far < 1e-12 || sine < 1e-4 {
        return linear(from, to, along);
    }
    let (left, right) = (((1.0 - along) * angle).sin() / sine, (along * angle).sin() / sine);
    let length = near + (far - near) * along;
    let blend = |(a, b): (&f32, &f32)| length * (left * a / near + right * b / far);
    start.iter().zip(&end).map(blend).zip(centre).map(|(step, middle)| middle + step).collect()
}

fn norm(values: &[f32]) -> f32 {
    values.iter().map(|value| value * value).sum::<f32>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_near(found: &[f32], expected: &[f32]) {
        let near =
            found.len() == expected.len() && found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-5);
        assert!(near, "{found:?} instead of {expected:?}");
    }

    #[test]
    fn a_straight_strip_has_even_steps() {
        let found = strip(Walk::Linear, &[0.0, 0.0], &[0.0, 2.0], &[4.0, 0.0], 5);
        assert_near(&found, &[0.0, 2.0, 1.0, 1.5, 2.0, 1.0, 3.0, 0.5, 4.0, 0.0]);
    }

    /// From east at distance 1 to north at distance 3: halfway is north-east at distance 2.
    #[test]
    fn an_arc_turns_evenly_about_the_mean() {
        let half = 2.0 * 0.5f32.sqrt();
        let found = walk(Walk::Spherical, &[5.0, 5.0], &[6.0, 5.0], &[5.0, 8.0], 0.5);
        assert_near(&found, &[5.0 + half, 5.0 + half]);
    }

    #[test]
    fn an_arc_reaches_both_ends_and_survives_none() {
        let (from, to) = ([1.0, 0.5, -2.0], [0.0, 3.0, 1.0]);
        assert_near(&walk(Walk::Spherical, &[0.1, 0.2, 0.3], &from, &to, 0.0), &from);
        assert_near(&walk(Walk::Spherical, &[0.1, 0.2, 0.3], &from, &to, 1.0), &to);
        assert_near(&walk(Walk::Spherical, &[0.0], &[1.0], &[-1.0], 0.25), &[0.5]);
        assert_near(&walk(Walk::Spherical, &[2.0], &[2.0], &[3.0], 0.5), &[2.5]);
    }

    #[test]
    fn arithmetic_adds_and_takes_away() {
        assert_near(&arithmetic(&[3.0, 1.0], &[1.0, 1.0], &[0.5, 2.0]), &[2.5, 2.0]);
    }
}
