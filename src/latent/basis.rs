//! Two ways to put sliders on a latent space: its dimensions, or the principal directions of the
//! encoded data.

use serde::{Deserialize, Serialize};

use crate::protocol::LatentSpace;

/// Below this share of the variance a slider is marked as dead: it does nothing to be seen.
pub const DEAD_SHARE: f32 = 1e-4;

/// Which axes the sliders follow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Basis {
    /// The principal directions, strongest first; 0 is the mean.
    #[default]
    Directions,
    /// The latent dimensions as the encoder gives them.
    Dimensions,
}

/// Where a slider begins, has its mark and ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// 1st percentile of the data.
    pub low: f32,
    /// Mean of the data.
    pub mean: f32,
    /// 99th percentile of the data.
    pub high: f32,
}

impl Basis {
    /// Slider positions of a latent point.
    pub fn coordinates(self, space: &LatentSpace, point: &[f32]) -> Vec<f32> {
        match self {
            Basis::Dimensions => point.to_vec(),
            Basis::Directions => {
                let centred: Vec<f32> =
                    point.iter().zip(&space.mean).map(|(value, mean)| value - mean).collect();
                space.directions.chunks_exact(centred.len().max(1)).map(|row| dot(row, &centred)).collect()
            }
        }
    }

    /// The latent point of slider positions; the inverse of [`Basis::coordinates`].
    pub fn point(self, space: &LatentSpace, coordinates: &[f32]) -> Vec<f32> {
        if self == Basis::Dimensions {
            return coordinates.to_vec();
        }
        let mut point = space.mean.clone();
        for (row, &step) in space.directions.chunks_exact(point.len().max(1)).zip(coordinates) {
            point.iter_mut().zip(row).for_each(|(value, part)| *value += step * part);
        }
        point
    }

    /// Range of slider `index`; a range without width is widened a little, so that it can move.
    pub fn range(self, space: &LatentSpace, index: usize) -> Range {
        let ranges = match self {
            Basis::Directions => &space.direction_ranges,
            Basis::Dimensions => &space.dimension_ranges,
        };
        let (low, mean, high) = (ranges[index * 3], ranges[index * 3 + 1], ranges[index * 3 + 2]);
        if high - low > 1e-6 {
            Range { low, mean, high }
        } else {
            Range { low: mean - 1e-3, mean, high: mean + 1e-3 }
        }
    }

    /// Share of the variance along slider `index`, 0 to 1.
    pub fn share(self, space: &LatentSpace, index: usize) -> f32 {
        match self {
            Basis::Directions => space.direction_shares[index],
            Basis::Dimensions => space.dimension_shares[index],
        }
    }

    /// Whether slider `index` has next to no variance.
    pub fn is_dead(self, space: &LatentSpace, index: usize) -> bool {
        self.share(space, index) < DEAD_SHARE
    }
}

fn dot(left: &[f32], right: &[f32]) -> f32 {
    left.iter().zip(right).map(|(a, b)| a * b).sum()
}

/// Points as the little-endian bytes that travel in [`LatentSpace::map_points`].
pub fn encode_points(points: &[f32]) -> Vec<u8> {
    points.iter().flat_map(|value| value.to_le_bytes()).collect()
}

/// The encoded test set of a space, `n * latent` values.
pub fn map_points(space: &LatentSpace) -> Vec<f32> {
    let value = |bytes: &[u8]| f32::from_le_bytes(bytes.try_into().expect("chunks of four bytes"));
    space.map_points.chunks_exact(4).map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn space() -> LatentSpace {
        let half = 0.5f32.sqrt();
        LatentSpace {
            latent: 2,
            mean: vec![1.0, 2.0],
            directions: vec![half, half, half, -half],
            direction_ranges: vec![-2.0, 0.0, 3.0, 0.0, 0.0, 0.0],
            direction_shares: vec![1.0, 0.0],
            ..LatentSpace::default()
        }
    }

    /// (2, 3) is √2 along the diagonal from the mean (1, 2).
    #[test]
    fn directions_measure_from_the_mean() {
        let space = space();
        let found = Basis::Directions.coordinates(&space, &[2.0, 3.0]);
        assert!((found[0] - 2f32.sqrt()).abs() < 1e-6 && found[1].abs() < 1e-6);
        let back = Basis::Directions.point(&space, &found);
        assert!((back[0] - 2.0).abs() < 1e-6 && (back[1] - 3.0).abs() < 1e-6);
        assert_eq!(Basis::Dimensions.coordinates(&space, &[2.0, 3.0]), [2.0, 3.0]);
    }

    #[test]
    fn a_dead_slider_can_still_move() {
        let space = space();
        assert_eq!(Basis::Directions.range(&space, 0), Range { low: -2.0, mean: 0.0, high: 3.0 });
        let dead = Basis::Directions.range(&space, 1);
        assert!(dead.low < dead.mean && dead.mean < dead.high);
        assert!(Basis::Directions.is_dead(&space, 1));
    }
}
