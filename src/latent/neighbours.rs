//! Nearest points.

/// One of the nearest points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Neighbour {
    /// Its place among the points.
    pub index: u32,
    /// Euclidean distance.
    pub distance: f32,
}

/// The `count` points nearest to `point`, nearest first; ties by place. NaN distances come last. A few are
/// wanted of many: each is put in its place among those found, and no more are kept.
pub fn nearest(points: &[f32], point: &[f32], count: usize) -> Vec<Neighbour> {
    let distance = |other: &[f32]| other.iter().zip(point).map(|(a, b)| (a - b) * (a - b)).sum::<f32>();
    let mut found: Vec<Neighbour> = Vec::new();
    for (index, other) in points.chunks_exact(point.len().max(1)).enumerate() {
        let distance = distance(other).sqrt();
        let place = found.partition_point(|known| known.distance.total_cmp(&distance).is_le());
        if place < count {
            found.truncate(count - 1);
            found.insert(place, Neighbour { index: index as u32, distance });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_come_first() {
        let points = [0.0, 0.0, 3.0, 4.0, 1.0, 0.0, 0.0, -1.0];
        let found = nearest(&points, &[0.0, 0.0], 3);
        let expected = [(0, 0.0), (2, 1.0), (3, 1.0)];
        assert_eq!(found.iter().map(|found| (found.index, found.distance)).collect::<Vec<_>>(), expected);
        assert_eq!(nearest(&points, &[0.0, 0.0], 9).last(), Some(&Neighbour { index: 1, distance: 5.0 }));
        assert!(nearest(&[], &[0.0], 3).is_empty());
    }
}
