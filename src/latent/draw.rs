//! Random points from the fitted normal distribution.

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{RngCore, SeedableRng},
};

use crate::{data::CLASS_COUNT, protocol::LatentSpace};

/// Whose distribution is drawn from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// All data.
    All,
    /// One class, 0 to 9.
    Class(u8),
}

/// A point drawn from the normal distribution with the mean and covariance of `origin`: the mean
/// plus its Cholesky factor times standard normal values. The seed fixes the point.
pub fn random_point(space: &LatentSpace, origin: Origin, seed: u64) -> Vec<f32> {
    let size = space.latent as usize;
    let (mean, block) = match origin {
        Origin::All => (&space.mean[..], CLASS_COUNT),
        Origin::Class(class) => {
            let class = usize::from(class).min(CLASS_COUNT - 1);
            (&space.class_means[class * size..(class + 1) * size], class)
        }
    };
    let factor = &space.factors[block * size * size..(block + 1) * size * size];
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    let normal: Vec<f32> = (0..size).map(|_| standard_normal(&mut generator)).collect();
    let row = |index: usize| -> f32 {
        factor[index * size..=index * size + index].iter().zip(&normal).map(|(a, b)| a * b).sum()
    };
    mean.iter().enumerate().map(|(index, middle)| middle + row(index)).collect()
}

/// A standard normal value by Marsaglia's polar method (1964).
fn standard_normal(generator: &mut ChaCha8Rng) -> f32 {
    let mut symmetric = || (generator.next_u32() >> 8) as f32 / (1 << 23) as f32 - 1.0;
    loop {
        let (x, y) = (symmetric(), symmetric());
        let square = x * x + y * y;
        if square > 0.0 && square < 1.0 {
            return x * (-2.0 * square.ln() / square).sqrt();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mean (1, 2), covariance [[4, 2], [2, 10]]: factor [[2, 0], [1, 3]].
    fn space() -> LatentSpace {
        let factor = [2.0, 0.0, 1.0, 3.0];
        let mut factors = vec![0.0; 11 * 4];
        factors[40..].copy_from_slice(&factor);
        let mut class_means = vec![0.0; 20];
        class_means[6..8].copy_from_slice(&[-5.0, 5.0]);
        LatentSpace { latent: 2, mean: vec![1.0, 2.0], factors, class_means, ..LatentSpace::default() }
    }

    #[test]
    fn draws_have_the_fitted_mean_and_covariance() {
        let space = space();
        let draws: Vec<Vec<f32>> = (0..4000).map(|seed| random_point(&space, Origin::All, seed)).collect();
        let mean = |value: &dyn Fn(&[f32]) -> f32| draws.iter().map(|draw| value(draw)).sum::<f32>() / 4000.0;
        assert!((mean(&|draw| draw[0]) - 1.0).abs() < 0.1);
        assert!((mean(&|draw| draw[1]) - 2.0).abs() < 0.2);
        assert!((mean(&|draw| (draw[0] - 1.0).powi(2)) - 4.0).abs() < 0.4);
        assert!((mean(&|draw| (draw[0] - 1.0) * (draw[1] - 2.0)) - 2.0).abs() < 0.4);
        assert!((mean(&|draw| (draw[1] - 2.0).powi(2)) - 10.0).abs() < 1.0);
    }

    #[test]
    fn a_class_draws_around_its_own_mean() {
        assert_eq!(random_point(&space(), Origin::Class(3), 1), [-5.0, 5.0]);
        assert_eq!(random_point(&space(), Origin::All, 7), random_point(&space(), Origin::All, 7));
    }
}
