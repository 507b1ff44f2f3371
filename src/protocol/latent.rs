//! The latent space: statistics of the encoded data, decoding, neighbours.

use serde::{Deserialize, Serialize};

use super::{DataSource, Pictures, RequestId};

/// What the page asks about the latent space of the autoencoder in use.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum LatentCommand {
    /// Encode the data anew and answer with [`LatentEvent::Space`].
    Describe,
    /// Decode points; of those that wait in one channel, the latest wins.
    Decode {
        /// Echoed in the answer.
        request: RequestId,
        /// What the pictures are for: a slider, a strip, a cell; chosen by the page.
        channel: u32,
        /// `n * latent` values, point by point.
        points: Vec<f32>,
    },
    /// Encode pictures.
    Encode {
        /// Echoed in the answer.
        request: RequestId,
        /// The pictures.
        pictures: Pictures,
    },
    /// Test garments nearest to a point.
    Neighbours {
        /// Echoed in the answer.
        request: RequestId,
        /// The point.
        point: Vec<f32>,
        /// How many.
        count: u32,
    },
    /// Test garments by index, for hovering over the map.
    Garments {
        /// Echoed in the answer.
        request: RequestId,
        /// Indices into the test set.
        indices: Vec<u32>,
    },
    /// Training garments by index; answered as [`LatentCommand::Garments`].
    TrainingGarments {
        /// Echoed in the answer.
        request: RequestId,
        /// Indices into the training set, validation images included, in file order.
        indices: Vec<u32>,
    },
}

/// What a worker tells of the latent space.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum LatentEvent {
    /// The encoded data described.
    Space(Box<LatentSpace>),
    /// Decoded pictures.
    Decoded {
        /// As asked.
        request: RequestId,
        /// One picture a point.
        pictures: Pictures,
    },
    /// Encoded pictures.
    Encoded {
        /// As asked.
        request: RequestId,
        /// `n * latent` values.
        points: Vec<f32>,
    },
    /// Nearest garments, nearest first.
    Neighbours {
        /// As asked.
        request: RequestId,
        /// Their indices in the test set.
        indices: Vec<u32>,
        /// Euclidean distances in the latent space.
        distances: Vec<f32>,
        /// Their pictures.
        pictures: Pictures,
    },
    /// Garments asked for by index.
    Garments {
        /// As asked.
        request: RequestId,
        /// Their pictures.
        pictures: Pictures,
    },
}

/// The encoded data, described: everything the sliders and the map need.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LatentSpace {
    /// Latent size.
    pub latent: u32,
    /// How many images were encoded for the statistics.
    pub encoded: u32,
    /// Where those images came from; synthetic garments stand in while there are none.
    pub source: DataSource,
    /// Mean squared error a pixel of the autoencoder on a part of those images.
    pub reconstruction_error: f32,
    /// The same error of always answering their mean image: an autoencoder that is no better has
    /// learned nothing yet.
    pub mean_error: f32,
    /// Mean point.
    pub mean: Vec<f32>,
    /// Mean point of each class, `10 * latent`; a class without images has the overall mean.
    pub class_means: Vec<f32>,
    /// 1st percentile, mean and 99th percentile along each dimension, `3 * latent`.
    pub dimension_ranges: Vec<f32>,
    /// Share of the variance of each dimension, summing to 1.
    pub dimension_shares: Vec<f32>,
    /// Principal directions, strongest first, unit length, `latent * latent`, row by row.
    pub directions: Vec<f32>,
    /// 1st percentile, mean (0) and 99th percentile of the centred data along each direction.
    pub direction_ranges: Vec<f32>,
    /// Share of the variance of each direction.
    pub direction_shares: Vec<f32>,
    /// Lower Cholesky factor of each class's covariance and of all data's (last), for random
    /// draws: `11 * latent * latent`.
    pub factors: Vec<f32>,
    /// Encoded test set, `n * latent`, for the map, as little-endian f32 bytes.
    #[serde(with = "serde_bytes")]
    pub map_points: Vec<u8>,
    /// Labels of the encoded test set.
    #[serde(with = "serde_bytes")]
    pub map_labels: Vec<u8>,
}
