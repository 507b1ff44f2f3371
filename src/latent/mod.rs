//! The geometry of the latent space: what the sliders, the map, the morphs and the arithmetic need.
//!
//! Points are `&[f32]` of the latent size; many points are stored one after the other. The page and
//! the engine share this module, so it knows neither Burn nor the browser. Encoded data flows in
//! through [`describe()`], which makes the
//! [`LatentSpace`](crate::protocol::LatentSpace) that everything else reads.

mod basis;
mod describe;
mod draw;
mod grid;
mod moments;
mod neighbours;
mod paths;
mod principal;

pub use basis::{Basis, DEAD_SHARE, Range, encode_points, map_points};
pub use describe::{EncodedSet, describe};
pub use draw::{Origin, random_point};
pub use grid::{plane_grid, sheet_row};
pub use moments::{Moments, class_means, moments, percentile};
pub use neighbours::{Neighbour, nearest};
pub use paths::{Walk, arithmetic, strip, walk};
pub use principal::{Principal, cholesky_factor, principal_directions};
