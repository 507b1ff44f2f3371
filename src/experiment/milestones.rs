//! After which batches there is a validation: what a pretrained encoder brings along shows in the
//! first batches, so they come close together there and twice as far apart each time later.

use crate::runs::ExperimentConfig;

/// Batches before which the distance does not yet double.
const FIRST: [u32; 5] = [0, 5, 10, 25, 50];
/// The first of the doublings.
const DOUBLING: u32 = 100;
/// Validations at ends of epochs in all, where there are many.
const MOST_EPOCH_ENDS: u32 = 25;

/// When a comparison validates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Milestones {
    /// At batches 0, 5, 10, 25, 50, 100, 200, 400 and so on, and at the ends of epochs.
    Curve,
    /// Never: only the final test counts.
    None,
}

impl Milestones {
    /// Whether there is one after `step` batches, of which an epoch has `steps_per_epoch`.
    pub(super) fn due(self, step: u32, steps_per_epoch: u32, config: &ExperimentConfig) -> bool {
        if self == Milestones::None {
            return false;
        }
        let ended = step > 0 && step.is_multiple_of(steps_per_epoch);
        let doubling = step.is_multiple_of(DOUBLING) && (step / DOUBLING).is_power_of_two();
        FIRST.contains(&step) || doubling || ended && epoch_due(step / steps_per_epoch, config.epochs)
    }
}

/// The first and the last epoch, and every one between unless they are many.
fn epoch_due(done: u32, epochs: u32) -> bool {
    done == 1 || done == epochs || done.is_multiple_of(epochs.div_ceil(MOST_EPOCH_ENDS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(epochs: u32, steps_per_epoch: u32, milestones: Milestones) -> Vec<u32> {
        let config = ExperimentConfig { epochs, ..Default::default() };
        (0..=epochs * steps_per_epoch)
            .filter(|step| milestones.due(*step, steps_per_epoch, &config))
            .collect()
    }

    #[test]
    fn the_beginning_is_magnified_and_epochs_end_with_a_point() {
        let steps = due(2, 860, Milestones::Curve);
        assert_eq!(steps, [0, 5, 10, 25, 50, 100, 200, 400, 800, 860, 1600, 1720]);
        assert!(due(2, 860, Milestones::None).is_empty());
    }

    #[test]
    fn many_epochs_are_thinned_but_the_first_and_the_last_are_kept() {
        let steps = due(100, 7, Milestones::Curve);
        assert!(steps.contains(&7) && steps.contains(&700) && steps.contains(&28));
        assert!(!steps.contains(&14));
    }
}
