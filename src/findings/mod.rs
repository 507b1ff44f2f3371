//! What measured points say: means with their spread, when a curve reached an accuracy, what
//! pretraining is worth in labels. Plain arithmetic on `runs`'s types, the same for the page, its
//! files and the command line.

mod reached;
mod stat;
mod worth;

pub use reached::{Arrival, Curves, TARGETS};
pub use stat::Stat;
pub use worth::{Worth, label_curve, worth};
