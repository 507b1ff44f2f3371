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
pub struct Carried {
    kept: Vec<Weights>,
    /// Given to an engine, which may still refuse them.
    offered: Vec<Weights>,
}

impl Carried {
    /// Keeps weights that an engine holds.
    pub fn keep(&mut self, weights: Weights) {
        put(&mut self.kept, weights);
    }

    /// Weights are given to an engine; a file's are kept once it has taken them.
    pub fn offer(&mut self, weights: &Weights) {
        if weights.origin == WeightsOrigin::File {
            put(&mut self.offered, weights.clone());
        }
    }

    /// An engine tells of other weights in a slot.
    pub fn changed(&mut self, slot: ModelSlot, origin: WeightsOrigin) {
        let taken = self.offered.iter().position(|weights| weights.slot == slot && weights.origin == origin);
        if let Some(place) = taken {
            let weights = self.offered.remove(place);
            self.keep(weights);
        }
    }

    /// An engine refused weights, or is gone.
    pub fn refused(&mut self) {
        self.offered.clear();
    }

    /// The weights of a slot.
    pub fn of(&self, slot: ModelSlot) -> Option<Weights> {
        self.kept.iter().find(|weights| weights.slot == slot).cloned()
    }

    /// All of them.
    pub fn all(&self) -> Vec<Weights> {
        self.kept.clone()
    }
}

fn put(list: &mut Vec<Weights>, weights: Weights) {
    list.retain(|known| known.slot != weights.slot);
    list.push(weights);
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
        let file = weights(WeightsOrigin::File, 2);
        carried.offer(&file);
        assert_eq!(carried.of(SLOT), Some(weights(WeightsOrigin::Trained, 1)), "not yet taken");
        carried.changed(SLOT, WeightsOrigin::Shipped);
        assert_eq!(carried.of(SLOT), Some(weights(WeightsOrigin::Trained, 1)), "others were");
        carried.changed(SLOT, WeightsOrigin::File);
        assert_eq!(carried.all(), [file]);
        carried.keep(weights(WeightsOrigin::Partial, 3));
        assert_eq!(carried.all(), [weights(WeightsOrigin::Partial, 3)], "the newest of a slot");
        assert_eq!(carried.of(ModelSlot::Shipped), None);
    }

    #[test]
    fn refused_weights_are_not_carried_and_shipped_ones_need_not_be() {
        let mut carried = Carried::default();
        carried.offer(&weights(WeightsOrigin::File, 1));
        carried.refused();
        carried.changed(SLOT, WeightsOrigin::File);
        carried.offer(&weights(WeightsOrigin::Shipped, 2));
        carried.changed(SLOT, WeightsOrigin::Shipped);
        assert!(carried.all().is_empty());
    }
}
