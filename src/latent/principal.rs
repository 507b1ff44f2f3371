//! Principal directions of a covariance and its Cholesky factor.
//!
//! A latent covariance has at most 128 rows, so two textbook methods of a few lines do: cyclic Jacobi
//! and Cholesky (Golub and Van Loan, Matrix Computations, 4th edition, sections 8.5 and 4.2). A
//! linear-algebra crate would weigh more in the engine's download than both.

/// Eigenvectors and eigenvalues of a covariance, largest eigenvalue first.
#[derive(Clone, Debug, PartialEq)]
pub struct Principal {
    /// Unit directions, `size * size`, row by row. Of the two signs, that which makes the largest
    /// component positive, so that the same data gives the same sliders.
    pub directions: Vec<f64>,
    /// Variance along each direction, never negative.
    pub variances: Vec<f64>,
}

/// Sweeps over all pairs; Jacobi converges quadratically, in six to ten sweeps.
const MOST_SWEEPS: usize = 30;

/// Diagonalises the symmetric matrix `covariance` (`size * size`) by cyclic Jacobi rotations.
pub fn principal_directions(covariance: &[f64], size: usize) -> Principal {
    let mut matrix = covariance.to_vec();
    let mut vectors = vec![0.0; size * size];
    (0..size).for_each(|index| vectors[index * (size + 1)] = 1.0);
    let scale: f64 = matrix.iter().map(|value| value * value).sum();
    for _ in 0..MOST_SWEEPS {
        if off_diagonal(&matrix, size) <= scale * 1e-24 {
            break;
        }
        for first in 0..size {
            for second in first + 1..size {
                rotate(&mut matrix, &mut vectors, size, first, second);
            }
        }
    }
    sorted(&matrix, &vectors, size)
}

fn off_diagonal(matrix: &[f64], size: usize) -> f64 {
    let off = matrix.iter().enumerate().filter(|(at, _)| at / size != at % size);
    off.map(|(_, value)| value * value).sum()
}

/// Turns the plane of two rows so that their common element becomes 0. The rows of `vectors` are
/// the eigenvectors.
fn rotate(matrix: &mut [f64], vectors: &mut [f64], size: usize, first: usize, second: usize) {
    let common = matrix[first * size + second];
    if common.abs() < f64::MIN_POSITIVE {
        return;
    }
    let slope = (matrix[second * (size + 1)] - matrix[first * (size + 1)]) / (2.0 * common);
    let tangent = slope.signum() / (slope.abs() + (slope * slope + 1.0).sqrt());
    let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
    let sine = tangent * cosine;
    for column in 0..size {
        turn(matrix, first * size + column, second * size + column, cosine, sine);
    }
    for row in 0..size {
        turn(matrix, row * size + first, row * size + second, cosine, sine);
    }
    for column in 0..size {
        turn(vectors, first * size + column, second * size + column, cosine, sine);
    }
}

fn turn(values: &mut [f64], left: usize, right: usize, cosine: f64, sine: f64) {
    let (a, b) = (values[left], values[right]);
    values[left] = cosine * a - sine * b;
    values[right] = sine * a + cosine * b;
}

fn sorted(matrix: &[f64], vectors: &[f64], size: usize) -> Principal {
    let variance = |index: usize| matrix[index * (size + 1)].max(0.0);
    let mut order: Vec<usize> = Vec::with_capacity(size);
    for index in 0..size {
        order.insert(order.partition_point(|&other| variance(other) >= variance(index)), index);
    }
    let mut directions = Vec::with_capacity(size * size);
    for &row in &order {
        let direction = &vectors[row * size..(row + 1) * size];
        let largest = direction.iter().copied().fold(0.0f64, |a, b| if b.abs() > a.abs() { b } else { a });
        directions.extend(direction.iter().map(|value| value * largest.signum()));
    }
    Principal { directions, variances: order.into_iter().map(variance).collect() }
}

/// The lower triangular factor L with L·Lᵀ = `covariance`, `size * size`, for random draws.
///
/// A covariance of fewer points than dimensions, or with dead dimensions, is not positive definite:
/// its diagonal is raised by the smallest power of ten of its mean variance that makes it so.
pub fn cholesky_factor(covariance: &[f64], size: usize) -> Vec<f32> {
    let trace: f64 = (0..size).map(|index| covariance[index * (size + 1)]).sum();
    let scale = (trace / size as f64).max(1e-12);
    let factor = (-9..=0).find_map(|exponent| factorise(covariance, size, scale * 10f64.powi(exponent)));
    factor.unwrap_or_else(|| vec![0.0; size * size]).into_iter().map(|value| value as f32).collect()
}

/// Cholesky's factor of `matrix` plus `ridge` on its diagonal; `None` if not positive definite.
fn factorise(matrix: &[f64], size: usize, ridge: f64) -> Option<Vec<f64>> {
    let mut lower = vec![0.0; size * size];
    for row in 0..size {
        for column in 0..=row {
            let (left, right) = (&lower[row * size..][..column], &lower[column * size..][..column]);
            let known: f64 = left.iter().zip(right).map(|(a, b)| a * b).sum();
            let rest = matrix[row * size + column] - known;
            lower[row * size + column] = if row == column {
                let square = rest + ridge;
                (square > 0.0).then(|| square.sqrt())?
            } else {
                rest / lower[column * (size + 1)]
            };
        }
    }
    Some(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// [[5, 3], [3, 5]]: eigenvalues 8 along (1, 1)/√2 and 2 along (1, −1)/√2.
    #[test]
    fn directions_of_a_two_by_two_covariance() {
        let found = principal_directions(&[5.0, 3.0, 3.0, 5.0], 2);
        let half = 0.5f64.sqrt();
        assert!((found.variances[0] - 8.0).abs() < 1e-12 && (found.variances[1] - 2.0).abs() < 1e-12);
        assert!(found.directions[..2].iter().all(|value| (value - half).abs() < 1e-12));
        assert!((found.directions[2] * found.directions[3] + 0.5).abs() < 1e-12);
    }

    /// Largest latent size: A·v = λ·v for every pair, directions orthonormal, variances falling.
    #[test]
    fn directions_of_the_largest_covariance() {
        let size = 128;
        let points: Vec<f32> = (0..400 * size)
            .map(|at| ((at * at * 31 + at * 7) % 1009) as f32 / 1009.0 * (at % size) as f32)
            .collect();
        let covariance = super::super::moments(&points, size).covariance;
        let found = principal_directions(&covariance, size);
        assert!(found.variances.windows(2).all(|pair| pair[0] >= pair[1]));
        for (direction, variance) in found.directions.chunks_exact(size).zip(&found.variances) {
            let length: f64 = direction.iter().map(|value| value * value).sum();
            assert!((length - 1.0).abs() < 1e-9);
            for (row, value) in covariance.chunks_exact(size).zip(direction) {
                let image: f64 = row.iter().zip(direction).map(|(a, b)| a * b).sum();
                assert!((image - variance * value).abs() < 1e-7 * found.variances[0]);
            }
        }
    }

    #[test]
    fn factor_of_a_two_by_two_covariance() {
        let factor = cholesky_factor(&[4.0, 2.0, 2.0, 10.0], 2);
        for (found, expected) in factor.iter().zip([2.0, 0.0, 1.0, 3.0]) {
            assert!((found - expected).abs() < 1e-4, "{factor:?}");
        }
    }

    /// One point, or a dead dimension: the factor is finite and as small as the data.
    #[test]
    fn a_singular_covariance_still_has_a_factor() {
        let factor = cholesky_factor(&[1.0, 1.0, 1.0, 1.0], 2);
        assert!((factor[0] - 1.0).abs() < 1e-3 && (factor[2] - 1.0).abs() < 1e-3);
        assert!(factor[3].abs() < 1e-2);
        assert!(cholesky_factor(&[0.0; 9], 3).iter().all(|value| value.abs() < 1e-3));
    }
}
