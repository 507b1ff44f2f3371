//! Helpers that calculate beside an engine: units of pictures out, gradients and losses back.
//!
//! A batch is cut into units by the recipe, never by the number of cores. A [`Shift`] gives units to
//! helpers while the engine calculates others itself, and hands over all answers in the order of the
//! units. A helper holds no state of a training: every parcel brings the weights along. So a
//! training gives the same bits with no helper, with one, with three, and one that dies or answers
//! late costs time and nothing else: its unit is calculated by the engine.
//!
//! [`Crew`] keeps the books and knows no worker; who does the work is behind [`Helpers`] (Web Workers
//! in `engine::helpers`, threads in tests). [`Desk`] is the other end: a helper's answers.

mod desk;
mod growth;
mod parcel;
mod roster;
mod shift;
#[cfg(test)]
pub(crate) mod tests;

use std::{future::Future, pin::Pin, rc::Rc};

pub use desk::Desk;
pub use parcel::{ANSWER_HEAD_BYTES, answer, answer_bytes};
pub use roster::Crew;
pub use shift::{Progress, Shift, Task};

/// What is calculated of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Calculation {
    /// The gradients of an autoencoder's weights, and the reconstruction error.
    LearnAutoencoder,
    /// The reconstruction error of an autoencoder.
    TestAutoencoder,
    /// The latent points of an encoder.
    Encode,
    /// The gradients of a classifier's weights, and its cross-entropy.
    LearnClassifier,
    /// The gradients of the weights of a classifier's head, and its cross-entropy.
    LearnHead,
    /// A classifier's scores.
    Score,
}

impl Calculation {
    const ALL: [Self; 6] = [
        Self::LearnAutoencoder,
        Self::TestAutoencoder,
        Self::Encode,
        Self::LearnClassifier,
        Self::LearnHead,
        Self::Score,
    ];

    fn code(self) -> u32 {
        Self::ALL.iter().position(|calculation| *calculation == self).map_or(u32::MAX, |code| code as u32)
    }

    fn from_code(code: u32) -> Option<Self> {
        Self::ALL.get(code as usize).copied()
    }
}

/// By which weights something is calculated.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// What.
    pub calculation: Calculation,
    /// Latent size of the network; the number of features where its encoder ends with these.
    pub latent: u32,
    /// Share of a classifier's target that is spread over all classes, 0 to 1.
    pub smoothing: f64,
    /// All its weights, in the order of its parameters.
    pub weights: Rc<[f32]>,
}

/// Pictures that are worked on together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unit {
    /// Whole pictures, one after the other.
    pub pixels: Vec<u8>,
    /// Their labels, where the calculation needs them.
    pub labels: Vec<u8>,
    /// Share of the batch, 0 to 1, by which loss and gradients are multiplied.
    pub share: f64,
}

/// What was calculated of a unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// Mean loss over the unit times its share; 0 where there is none.
    pub loss: f32,
    /// Seconds that it took, wherever that was.
    pub seconds: f32,
    /// Gradients, points or scores.
    pub values: Vec<f32>,
}

/// Names a helper among those of a page's life.
pub type HelperId = u32;

/// Who calculates beside the engine. Nothing here blocks but what [`Helpers::wait`] gives.
pub trait Helpers {
    /// Most helpers that are worth trying here.
    fn most(&self) -> usize;
    /// Those that can be given something, in the order of their arrival.
    fn ready(&self) -> Vec<HelperId>;
    /// Begins to start one more; it may become ready, later or never.
    fn start(&self);
    /// Ends one.
    fn dismiss(&self, helper: HelperId);
    /// Hands a parcel over; `false` where that cannot be done now.
    fn post(&self, helper: HelperId, parcel: &[u8]) -> bool;
    /// The next answer that came in.
    fn receive(&self) -> Option<(HelperId, Vec<u8>)>;
    /// Ends when an answer has come, when a helper came or went, or after `seconds`.
    fn wait(&self, seconds: f64) -> Pin<Box<dyn Future<Output = ()> + '_>>;
}
