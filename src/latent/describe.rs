//! Encoded data in, [`LatentSpace`] out.

use crate::{data::CLASS_COUNT, protocol::LatentSpace};

use super::{cholesky_factor, class_means, encode_points, moments, percentile, principal_directions};

/// Encoded images with their labels: `points.len() == labels.len() * size`.
#[derive(Clone, Copy, Debug)]
pub struct EncodedSet<'a> {
    /// Latent points, one after the other.
    pub points: &'a [f32],
    /// One label a point.
    pub labels: &'a [u8],
}

/// Lower and upper end of every slider, as shares of the data: the 1st and 99th percentile.
const SLIDER_ENDS: [f64; 2] = [0.01, 0.99];

/// Describes a latent space of `size` dimensions: statistics from `sample` (training data), map
/// from `map` (the test set). Source and errors are left to the caller.
pub fn describe(size: usize, sample: EncodedSet, map: EncodedSet) -> LatentSpace {
    let overall = moments(sample.points, size);
    let principal = principal_directions(&overall.covariance, size);
    let variances: Vec<f64> = (0..size).map(|index| overall.covariance[index * (size + 1)]).collect();
    LatentSpace {
        latent: size as u32,
        encoded: sample.labels.len() as u32,
        mean: narrow(&overall.mean),
        class_means: class_means(sample.points, sample.labels, size),
        dimension_ranges: dimension_ranges(sample.points, size, &overall.mean),
        dimension_shares: shares(&variances),
        direction_ranges: direction_ranges(sample.points, size, &overall.mean, &principal.directions),
        direction_shares: shares(&principal.variances),
        directions: narrow(&principal.directions),
        factors: factors(size, sample, &overall.covariance),
        map_points: encode_points(map.points),
        map_labels: map.labels.to_vec(),
        ..LatentSpace::default()
    }
}

fn narrow(values: &[f64]) -> Vec<f32> {
    values.iter().map(|&value| value as f32).collect()
}

fn shares(variances: &[f64]) -> Vec<f32> {
    let total: f64 = variances.iter().sum();
    let share = |&variance: &f64| if total > 0.0 { (variance / total) as f32 } else { 0.0 };
    variances.iter().map(share).collect()
}

fn dimension_ranges(points: &[f32], size: usize, mean: &[f64]) -> Vec<f32> {
    let along = |index: usize| points.iter().skip(index).step_by(size).copied().collect();
    (0..size).flat_map(|index| range(along(index), mean[index] as f32)).collect()
}

fn direction_ranges(points: &[f32], size: usize, mean: &[f64], directions: &[f64]) -> Vec<f32> {
    let along = |direction: &[f64]| -> Vec<f32> {
        let project = |point: &[f32]| -> f32 {
            let terms = point.iter().zip(mean).zip(direction);
            terms.map(|((&value, mean), weight)| (f64::from(value) - mean) * weight).sum::<f64>() as f32
        };
        points.chunks_exact(size).map(project).collect()
    };
    directions.chunks_exact(size).flat_map(|direction| range(along(direction), 0.0)).collect()
}

fn range(mut values: Vec<f32>, mean: f32) -> [f32; 3] {
    let [low, high] = SLIDER_ENDS.map(|end| percentile(&mut values, end));
    [low, mean, high]
}

/// Cholesky factors of the ten classes and of all; a class too small for a covariance of its own
/// (fewer than two points) draws like all data.
fn factors(size: usize, sample: EncodedSet, overall: &[f64]) -> Vec<f32> {
    let of_all = cholesky_factor(overall, size);
    let mut factors = Vec::with_capacity((CLASS_COUNT + 1) * size * size);
    for class in 0..CLASS_COUNT as u8 {
        let chosen =
            sample.points.chunks_exact(size).zip(sample.labels).filter(|(_, label)| **label == class);
        let points: Vec<f32> = chosen.flat_map(|(point, _)| point.iter().copied()).collect();
        if points.len() < 2 * size {
            factors.extend_from_slice(&of_all);
        } else {
            factors.extend(cholesky_factor(&moments(&points, size).covariance, size));
        }
    }
    factors.extend(of_all);
    factors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::latent::{Basis, map_points};

    /// Points on the line y = x, from (−1, −1) to (1, 1), 201 of them; one dimension more is dead.
    fn line() -> (Vec<f32>, Vec<u8>) {
        let points = (0..201).flat_map(|step| {
            let at = step as f32 / 100.0 - 1.0;
            [at, at, 7.0]
        });
        (points.collect(), (0..201).map(|step| (step % 10) as u8).collect())
    }

    #[test]
    fn a_line_has_one_direction() {
        let (points, labels) = line();
        let set = EncodedSet { points: &points, labels: &labels };
        let space = describe(3, set, set);
        assert!((space.direction_shares[0] - 1.0).abs() < 1e-6);
        assert!((space.directions[0] - 0.5f32.sqrt()).abs() < 1e-6);
        // 1st and 99th percentile of −1..1 are ∓0.98; along the diagonal √2 of it.
        let end = 0.98 * 2f32.sqrt();
        assert!((space.direction_ranges[0] + end).abs() < 1e-5);
        assert!((space.direction_ranges[2] - end).abs() < 1e-5);
        assert_eq!(&space.dimension_ranges[6..9], &[7.0, 7.0, 7.0]);
        assert!(Basis::Dimensions.is_dead(&space, 2) && !Basis::Dimensions.is_dead(&space, 0));
        assert!(Basis::Directions.is_dead(&space, 1));
        assert_eq!(map_points(&space), points);
        assert_eq!(space.factors.len(), 11 * 9);
    }

    #[test]
    fn no_data_describes_a_point() {
        let none = EncodedSet { points: &[], labels: &[] };
        let space = describe(1, none, none);
        assert_eq!((space.mean.as_slice(), space.direction_shares.as_slice()), (&[0.0][..], &[0.0][..]));
    }
}
