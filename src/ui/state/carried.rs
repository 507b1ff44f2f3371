//! Weights that engines started anew must get: what an engine trained, and what the learner opened. No DOM,
//! so that native tests drive it.

use crate::protocol::{ModelSlot, WeightsOrigin};

/// A model on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weights {
    /// Which model it is.
    pub slot: ModelSlot,
    /// The safetensors file.
    pub bytes: Vec<u8>,
    /// Where it comes from.
    pub origin: WeightsOrigin,
}

/// The last weights of each slot but those that come with the page, which is asked for them anew.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carried(Vec<Weights>);

impl Carried {
    /// Keeps weights that an engine holds: it hands out what it trained, and what it took from a file.
    pub fn keep(&mut self, weights: Weights) {
        self.0.retain(|known| known.slot != weights.slot);
        self.0.push(weights);
    }

    /// The weights of a slot.
    pub fn of(&self, slot: ModelSlot) -> Option<Weights> {
        self.0.iter().find(|weights| weights.slot == slot).cloned()
    }

    /// All of them.
    pub fn all(&self) -> Vec<Weights> {
        self.0.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SLOT: ModelSlot = ModelSlot::Autoencoder;

    fn weights(origin: WeightsOrigin, byte: u8) -> Weights {
        Weights { slot: SLOT, bytes: vec![byte], origin }
    }

    #[test]
    fn a_files_weights_reach_new_engines_as_trained_ones_do() {
        let mut carried = Carried::default();
        carried.keep(weights(WeightsOrigin::Trained, 1));
        assert_eq!(carried.of(SLOT), Some(weights(WeightsOrigin::Trained, 1)));
        let file = weights(WeightsOrigin::File, 2);
        carried.keep(file.clone());
        assert_eq!(carried.all(), [file]);
        carried.keep(weights(WeightsOrigin::Partial, 3));
        assert_eq!(carried.all(), [weights(WeightsOrigin::Partial, 3)], "the newest of a slot");
        assert_eq!(carried.of(ModelSlot::Shipped), None);
    }
}
