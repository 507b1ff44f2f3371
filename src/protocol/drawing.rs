//! Drawing: a 28×28 picture in, verdicts and reasons out.

use serde::{Deserialize, Serialize};

use super::{ModelSlot, Pictures, RequestId};

/// What the page asks about a drawing.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum DrawingCommand {
    /// Classify one picture with every classifier there is; latest wins.
    Classify {
        /// Echoed in the answer.
        request: RequestId,
        /// One picture.
        picture: Pictures,
    },
    /// Say why: which pixels speak for and against, what the autoencoder sees, what is near.
    Explain {
        /// Echoed in the answer.
        request: RequestId,
        /// One picture.
        picture: Pictures,
        /// The classifier asked.
        slot: ModelSlot,
        /// The class explained; `None` is the verdict.
        class: Option<u8>,
    },
}

/// What a worker tells of a drawing.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum DrawingEvent {
    /// Answer to [`DrawingCommand::Classify`].
    Verdicts {
        /// As asked.
        request: RequestId,
        /// One a classifier.
        verdicts: Vec<Verdict>,
    },
    /// Answer to [`DrawingCommand::Explain`].
    Explanation {
        /// As asked.
        request: RequestId,
        /// The classifier asked.
        slot: ModelSlot,
        /// The class explained.
        class: u8,
        /// 784 values: how much each pixel speaks for (positive) or against the class.
        influence: Vec<f32>,
        /// The autoencoder's reconstruction of the picture; empty without an autoencoder.
        reconstruction: Pictures,
        /// The picture's latent point; empty without an autoencoder.
        latent: Vec<f32>,
        /// The nearest real garments in the latent space; empty without data.
        neighbours: Pictures,
    },
}

/// One classifier's verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// Which classifier.
    pub slot: ModelSlot,
    /// Ten probabilities.
    pub probabilities: Vec<f32>,
    /// How unlike anything known the picture is; above 1 it is flagged.
    pub novelty: f32,
}
