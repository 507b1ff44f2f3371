//! Means, covariance and percentiles of encoded data.

use crate::data::CLASS_COUNT;

/// First and second moments of a cloud of points.
#[derive(Clone, Debug, PartialEq)]
pub struct Moments {
    /// Mean point, `size` values.
    pub mean: Vec<f64>,
    /// Covariance (divided by the count), `size * size`, row by row.
    pub covariance: Vec<f64>,
}

/// Moments of `points` (`n * size` values). No points give zeros.
pub fn moments(points: &[f32], size: usize) -> Moments {
    let count = (points.len() / size).max(1) as f64;
    let mean = mean(points, size);
    let mut covariance = vec![0.0; size * size];
    let mut centred = vec![0.0; size];
    for point in points.chunks_exact(size) {
        for ((out, &value), mean) in centred.iter_mut().zip(point).zip(&mean) {
            *out = f64::from(value) - mean;
        }
        for (row, &left) in centred.iter().enumerate() {
            let sums = &mut covariance[row * size..(row + 1) * size];
            sums.iter_mut().zip(&centred).for_each(|(sum, right)| *sum += left * right);
        }
    }
    covariance.iter_mut().for_each(|sum| *sum /= count);
    Moments { mean, covariance }
}

fn mean(points: &[f32], size: usize) -> Vec<f64> {
    let mut sums = vec![0.0; size];
    for point in points.chunks_exact(size) {
        sums.iter_mut().zip(point).for_each(|(sum, &value)| *sum += f64::from(value));
    }
    let count = (points.len() / size).max(1) as f64;
    sums.into_iter().map(|sum| sum / count).collect()
}

/// Mean point of each class, `10 * size`; a class without points has the mean of all.
pub fn class_means(points: &[f32], labels: &[u8], size: usize) -> Vec<f32> {
    let overall = mean(points, size);
    let mut sums = vec![0.0; CLASS_COUNT * size];
    let mut counts = [0u32; CLASS_COUNT];
    for (point, &label) in points.chunks_exact(size).zip(labels) {
        let class = usize::from(label).min(CLASS_COUNT - 1);
        counts[class] += 1;
        let target = &mut sums[class * size..(class + 1) * size];
        target.iter_mut().zip(point).for_each(|(sum, &value)| *sum += f64::from(value));
    }
    let mean_of = |index: usize| match counts[index / size] {
        0 => overall[index % size] as f32,
        count => (sums[index] / f64::from(count)) as f32,
    };
    (0..CLASS_COUNT * size).map(mean_of).collect()
}

/// The value below which the share `fraction` (0 to 1) of `values` lies, with linear interpolation
/// between order statistics (Hyndman and Fan's type 7). Sorts `values`; 0 where there are none.
pub fn percentile(values: &mut [f32], fraction: f64) -> f32 {
    if values.is_empty() {
        return 0.0;
    }
    values.sort_unstable_by(f32::total_cmp);
    let place = fraction.clamp(0.0, 1.0) * (values.len() - 1) as f64;
    let (low, high) = (place.floor() as usize, place.ceil() as usize);
    values[low] + (values[high] - values[low]) * (place - place.floor()) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_of_four_points() {
        let found = moments(&[0.0, 0.0, 2.0, 0.0, 0.0, 4.0, 2.0, 4.0], 2);
        assert_eq!(found.mean, [1.0, 2.0]);
        assert_eq!(found.covariance, [1.0, 0.0, 0.0, 4.0]);
        assert_eq!(moments(&[], 2), Moments { mean: vec![0.0; 2], covariance: vec![0.0; 4] });
    }

    #[test]
    fn an_empty_class_has_the_mean_of_all() {
        let means = class_means(&[1.0, 3.0, 8.0], &[0, 0, 9], 1);
        assert_eq!(means[0], 2.0);
        assert_eq!(means[9], 8.0);
        assert_eq!(means[5], 4.0);
    }

    #[test]
    fn percentiles_interpolate_between_order_statistics() {
        let mut values = [40.0, 10.0, 30.0, 20.0, 50.0];
        assert_eq!(percentile(&mut values, 0.0), 10.0);
        assert_eq!(percentile(&mut values, 0.5), 30.0);
        assert_eq!(percentile(&mut values, 0.1), 14.0);
        assert_eq!(percentile(&mut values, 1.0), 50.0);
        assert_eq!(percentile(&mut [], 0.5), 0.0);
    }
}
