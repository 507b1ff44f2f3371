//! Principal component analysis of the pictures: the best that any linear autoencoder can do, as a
//! reference for the real one. Computed in slices, so that it can run behind other work.
//!
//! The covariance is summed over the images; its strongest directions are found by subspace
//! iteration (Halko, Martinsson and Tropp, 2011), which needs 784 × 160 numbers at a time instead of
//! a whole decomposition in one go.

use std::sync::Arc;

use burn::tensor::{Device, Tensor, TensorData};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{
    TrainingError,
    batch::{picture_tensor, read},
};
use crate::{
    data::{Dataset, IMAGE_PIXELS, Labelled},
    latent::principal_directions,
    network::LATENT_MAX,
};

/// Components kept: one for every latent size.
pub const PCA_COMPONENTS: usize = LATENT_MAX as usize;
/// Directions that are iterated; the surplus makes the last kept ones converge.
const WIDTH: usize = PCA_COMPONENTS + 32;
/// Multiplications by the covariance.
const ITERATIONS: usize = 12;
/// Images a slice.
const SLICE_IMAGES: usize = 256;

/// The strongest directions of some pictures.
#[derive(Clone, Debug, PartialEq)]
pub struct Pca {
    /// Mean picture, 784 values, pixels 0 to 1.
    pub mean: Vec<f32>,
    /// [`PCA_COMPONENTS`] directions of length 1, strongest first, 784 values each.
    pub components: Vec<f32>,
    /// Variance along each direction.
    pub variances: Vec<f32>,
    /// Variance of all pixels together.
    pub total: f32,
}

impl Pca {
    /// What the strongest components leave unexplained of the pictures themselves: mean squared error
    /// a pixel, by number of components, 1 first.
    pub fn unexplained(&self) -> Vec<f32> {
        let left = self.variances.iter().scan(self.total, |left, variance| {
            *left = (*left - variance).max(0.0);
            Some(*left / IMAGE_PIXELS as f32)
        });
        left.collect()
    }
}

/// Mean squared error a pixel of a [`Pca`]'s reconstructions by number of components, slice by
/// slice. Reconstructions are clipped to 0 to 1, as an autoencoder's are by its sigmoid: the stronger
/// and fairer reference.
pub struct PcaTest {
    pca: Arc<Pca>,
    /// Summed squared error by number of components, 1 first.
    squares: Vec<f64>,
    images: usize,
}

impl PcaTest {
    /// A test of `pca`.
    pub fn new(pca: Arc<Pca>) -> Self {
        Self { squares: vec![0.0; pca.variances.len()], pca, images: 0 }
    }

    /// Adds one picture.
    pub fn add(&mut self, picture: &[u8]) {
        let target: Vec<f32> = picture.iter().map(|&pixel| f32::from(pixel) / 255.0).collect();
        let centred: Vec<f32> = target.iter().zip(&self.pca.mean).map(|(pixel, mean)| pixel - mean).collect();
        let mut reconstruction = self.pca.mean.clone();
        let components = self.pca.components.chunks_exact(IMAGE_PIXELS);
        for (component, squares) in components.zip(&mut self.squares) {
            let score: f32 = component.iter().zip(&centred).map(|(a, b)| a * b).sum();
            let mut error = 0.0f32;
            for ((value, &direction), &pixel) in reconstruction.iter_mut().zip(component).zip(&target) {
                *value += score * direction;
                let difference = value.clamp(0.0, 1.0) - pixel;
                error += difference * difference;
            }
            *squares += f64::from(error);
        }
        self.images += 1;
    }

    /// Errors by number of components, 1 first; zeros without pictures.
    pub fn errors(&self) -> Vec<f32> {
        let values = (self.images.max(1) * IMAGE_PIXELS) as f64;
        self.squares.iter().map(|&squares| (squares / values) as f32).collect()
    }
}

/// Computes a [`Pca`] slice by slice.
pub struct PcaJob {
    dataset: Arc<Dataset>,
    indices: Vec<u32>,
    device: Device,
    stage: Stage,
}

enum Stage {
    /// Sums of pixels `[1, 784]` and of products of pixels `[784, 784]` over the images done.
    Sum {
        done: usize,
        pixels: Tensor<2>,
        products: Tensor<2>,
    },
    /// Subspace iteration with the covariance `[784, 784]` on directions `[784, WIDTH]`.
    Iterate {
        round: usize,
        mean: Vec<f32>,
        covariance: Tensor<2>,
        directions: Tensor<2>,
    },
    Finished,
}

impl PcaJob {
    /// Of at most `most` training images of `dataset`, evenly spread over the file.
    pub fn new(dataset: Arc<Dataset>, most: usize, device: &Device) -> Self {
        let every = dataset.train.len().div_ceil(most.max(1)).max(1);
        let indices = (0..dataset.train.len() as u32).step_by(every).collect();
        let device = device.clone().inner();
        let pixels = Tensor::zeros([1, IMAGE_PIXELS], &device);
        let products = Tensor::zeros([IMAGE_PIXELS, IMAGE_PIXELS], &device);
        Self { dataset, indices, stage: Stage::Sum { done: 0, pixels, products }, device }
    }

    /// One slice of work; the result once there is one, and never again after that.
    ///
    /// # Errors
    /// [`TrainingError::NoData`] without images, [`TrainingError::Device`] where the device fails.
    pub async fn advance(&mut self) -> Result<Option<Pca>, TrainingError> {
        match std::mem::replace(&mut self.stage, Stage::Finished) {
            _ if self.indices.is_empty() => Err(TrainingError::NoData),
            Stage::Sum { done, pixels, products } => {
                self.stage = self.sum(done, pixels, products).await?;
                Ok(None)
            }
            Stage::Iterate { round, mean, covariance, directions } if round < ITERATIONS => {
                let next = read(covariance.clone().matmul(directions)).await?;
                let directions = matrix(orthonormal(&next), &self.device);
                self.stage = Stage::Iterate { round: round + 1, mean, covariance, directions };
                Ok(None)
            }
            Stage::Iterate { mean, covariance, directions, .. } => {
                finish(mean, covariance, directions).await.map(Some)
            }
            Stage::Finished => Ok(None),
        }
    }

    async fn sum(&self, done: usize, pixels: Tensor<2>, products: Tensor<2>) -> Result<Stage, TrainingError> {
        let end = (done + SLICE_IMAGES).min(self.indices.len());
        let slice = flat(&self.dataset.train, &self.indices[done..end], &self.device);
        let pixels = pixels + slice.clone().sum_dim(0);
        let products = products + slice.clone().transpose().matmul(slice);
        if end < self.indices.len() {
            return Ok(Stage::Sum { done: end, pixels, products });
        }
        let mean = pixels / end as f64;
        let covariance = products / end as f64 - mean.clone().transpose().matmul(mean.clone());
        let directions = matrix(orthonormal(&random_directions()), &self.device);
        Ok(Stage::Iterate { round: 0, mean: read(mean).await?, covariance, directions })
    }
}

/// Rayleigh and Ritz: the best directions within the subspace that was found.
async fn finish(mean: Vec<f32>, covariance: Tensor<2>, directions: Tensor<2>) -> Result<Pca, TrainingError> {
    let image = covariance.clone().matmul(directions.clone());
    let within: Vec<f64> = wide(read(directions.clone().transpose().matmul(image)).await?);
    let diagonal = wide(read(covariance).await?).into_iter().step_by(IMAGE_PIXELS + 1);
    let best = principal_directions(&within, WIDTH);
    let turns = best.directions.iter().take(PCA_COMPONENTS * WIDTH).map(|&turn| turn as f32).collect();
    let turns = TensorData::new::<f32, _>(turns, [PCA_COMPONENTS, WIDTH]);
    let turns = Tensor::<2>::from_data(turns, &directions.device());
    let components = read(turns.matmul(directions.transpose())).await?;
    let variances = best.variances.iter().take(PCA_COMPONENTS).map(|&variance| variance as f32).collect();
    Ok(Pca { mean, components, variances, total: diagonal.sum::<f64>() as f32 })
}

fn wide(values: Vec<f32>) -> Vec<f64> {
    values.into_iter().map(f64::from).collect()
}

/// `[784, WIDTH]`, row by row: an orthonormal basis of the same span, by modified Gram-Schmidt.
fn orthonormal(directions: &[f32]) -> Vec<f32> {
    let column =
        |index| directions.iter().skip(index).step_by(WIDTH).map(|&value| f64::from(value)).collect();
    let mut columns: Vec<Vec<f64>> = (0..WIDTH).map(column).collect();
    for index in 0..WIDTH {
        let (done, rest) = columns.split_at_mut(index + 1);
        let current = &mut done[index];
        let length = dot(current, current).sqrt().max(f64::MIN_POSITIVE);
        current.iter_mut().for_each(|value| *value /= length);
        for other in rest {
            let common = dot(current, other);
            other.iter_mut().zip(current.iter()).for_each(|(value, unit)| *value -= common * unit);
        }
    }
    (0..IMAGE_PIXELS).flat_map(|row| columns.iter().map(move |column| column[row] as f32)).collect()
}

fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(a, b)| a * b).sum()
}

fn random_directions() -> Vec<f32> {
    let mut generator = ChaCha8Rng::seed_from_u64(0);
    (0..IMAGE_PIXELS * WIDTH).map(|_| generator.random_range(-1.0..1.0)).collect()
}

fn matrix(values: Vec<f32>, device: &Device) -> Tensor<2> {
    let width = values.len() / IMAGE_PIXELS;
    Tensor::from_data(TensorData::new(values, [IMAGE_PIXELS, width]), device)
}

/// Pictures as rows `[n, 784]`.
fn flat(set: &Labelled, indices: &[u32], device: &Device) -> Tensor<2> {
    picture_tensor(set, indices, device).flatten::<3>(2, 3).flatten(1, 2)
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use super::*;
    use crate::data::synthetic::garments;

    fn pca(dataset: &Arc<Dataset>) -> Pca {
        let mut job = PcaJob::new(dataset.clone(), usize::MAX, &Device::flex());
        loop {
            if let Some(pca) = block_on(job.advance()).expect("advances") {
                return pca;
            }
        }
    }

    fn tested(pca: &Pca, set: &Labelled) -> Vec<f32> {
        let mut test = PcaTest::new(Arc::new(pca.clone()));
        (0..set.len()).for_each(|index| test.add(set.image(index)));
        test.errors()
    }

    #[test]
    fn agrees_with_a_whole_decomposition() {
        let dataset = Arc::new(Dataset { train: garments(3, 200), test: garments(4, 20) });
        let pca = pca(&dataset);
        // The products of pictures have the same eigenvalues as those of pixels, and are fewer.
        let count = dataset.train.len();
        let centred = |index: usize| -> Vec<f64> {
            let pixels = dataset.train.image(index).iter().zip(&pca.mean);
            pixels.map(|(&pixel, &mean)| f64::from(pixel) / 255.0 - f64::from(mean)).collect()
        };
        let rows: Vec<Vec<f64>> = (0..count).map(centred).collect();
        let products = |a: &Vec<f64>| rows.iter().map(|b| dot(a, b) / count as f64).collect::<Vec<_>>();
        let gram: Vec<f64> = rows.iter().flat_map(products).collect();
        let exact = principal_directions(&gram, count).variances;
        let total: f64 = exact.iter().sum();
        assert!((f64::from(pca.total) - total).abs() < 1e-3 * total);
        let pairs = pca.variances.iter().zip(&exact);
        assert_eq!(pairs.len(), PCA_COMPONENTS);
        assert!(pairs.clone().all(|(&found, exact)| (f64::from(found) - exact).abs() < 1e-2 * exact + 1e-6));
    }

    #[test]
    fn the_test_on_the_pictures_themselves_gives_their_own_errors() {
        let dataset = Arc::new(Dataset { train: garments(3, 300), test: garments(4, 100) });
        let pca = pca(&dataset);
        let errors = tested(&pca, &dataset.train);
        let mut pairs = errors.iter().zip(pca.unexplained());
        assert!(pairs.all(|(&tested, own)| tested < own + 1e-6 && tested > 0.7 * own));
        assert!(errors.is_sorted_by(|fewer, more| fewer > more));
    }

    #[test]
    fn no_images_is_an_error() {
        let mut job = PcaJob::new(Arc::default(), 100, &Device::flex());
        assert_eq!(block_on(job.advance()), Err(TrainingError::NoData));
    }

    /// The design's figures, where the real data are at hand.
    #[test]
    fn the_real_data_give_the_known_errors() {
        let folder = std::path::Path::new("../shared/data/fashion-mnist");
        let Ok(dataset) = crate::data::load_directory(folder) else { return };
        let dataset = Arc::new(dataset);
        let pca = pca(&dataset);
        let errors = tested(&pca, &dataset.test);
        for (size, known) in [(2, 0.0456), (4, 0.0359), (8, 0.0260), (16, 0.0198), (32, 0.0145), (64, 0.0098)]
        {
            assert!(
                (errors[size - 1] - known).abs() < 1e-4,
                "{size}: {} instead of {known}",
                errors[size - 1]
            );
        }
    }
}
