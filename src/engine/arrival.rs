//! What the loader puts into the mailbox.

use crate::{
    data::{Dataset, Labelled},
    protocol::DataSource,
};

/// What the loader delivers.
pub enum Arrival {
    /// The test set, ahead of the rest.
    Test(Labelled, DataSource),
    /// Both sets.
    Data(Dataset, DataSource),
    /// Nothing could be had; synthetic garments stand in unless there is better data already.
    Nothing,
}
