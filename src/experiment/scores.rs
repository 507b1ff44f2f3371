//! Class scores of many pictures, gathered batch by batch: verdicts and loss.

use crate::data::CLASS_COUNT;

/// What a classifier said of the pictures so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Scores {
    pub(super) predictions: Vec<u8>,
    loss: f64,
}

impl Scores {
    /// Adds scores `[n, 10]`, row by row, for pictures with these `labels`.
    pub(super) fn add(&mut self, scores: &[f32], labels: &[u8]) {
        for (row, &label) in scores.chunks_exact(CLASS_COUNT).zip(labels) {
            let best = (0..CLASS_COUNT).max_by(|&a, &b| row[a].total_cmp(&row[b])).unwrap_or(0);
            self.predictions.push(best as u8);
            self.loss += cross_entropy(row, usize::from(label));
        }
    }

    /// Mean cross-entropy; 0 without pictures.
    pub(super) fn loss(&self) -> f64 {
        self.loss / self.predictions.len().max(1) as f64
    }

    /// Share of `labels` that were said.
    pub(super) fn accuracy(&self, labels: impl Iterator<Item = u8>) -> f64 {
        let right = self.predictions.iter().zip(labels).filter(|(said, label)| *said == label).count();
        right as f64 / self.predictions.len().max(1) as f64
    }
}

/// −log of the softmax of `row` at `label`, without overflow.
fn cross_entropy(row: &[f32], label: usize) -> f64 {
    let largest = f64::from(row.iter().copied().fold(f32::NEG_INFINITY, f32::max));
    let sum: f64 = row.iter().map(|&score| (f64::from(score) - largest).exp()).sum();
    largest + sum.ln() - f64::from(row[label])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gathers_verdicts_and_loss() {
        let mut scores = Scores::default();
        let mut rows = [0.0f32; 20];
        rows[3] = 1000.0; // Certain of class 3.
        scores.add(&rows, &[3, 7]); // The second row is undecided: loss ln 10.
        assert_eq!(scores.predictions[0], 3);
        assert!((scores.loss() - 10f64.ln() / 2.0).abs() < 1e-9);
        assert_eq!(scores.accuracy([3, 7].into_iter()), 0.5);
    }
}
