//! Accuracy, precision, recall and F1 from a confusion matrix.

use crate::data::CLASS_COUNT;

/// Counts of predictions: row the true class, column the predicted one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confusion {
    counts: Vec<u32>,
}

impl Confusion {
    /// Of `predictions` for images with these `labels`; both 0 to 9.
    pub fn new(labels: &[u8], predictions: &[u8]) -> Self {
        let mut counts = vec![0; CLASS_COUNT * CLASS_COUNT];
        for (&label, &prediction) in labels.iter().zip(predictions) {
            counts[usize::from(label) * CLASS_COUNT + usize::from(prediction)] += 1;
        }
        Self { counts }
    }

    /// 10×10 counts, row by row.
    pub fn counts(&self) -> &[u32] {
        &self.counts
    }

    /// Share of predictions that are right; 0 without any.
    pub fn accuracy(&self) -> f64 {
        share((0..CLASS_COUNT).map(|class| self.right(class)).sum(), self.counts.iter().sum())
    }

    /// By class: the share of its predictions that are right; 0 where it was never predicted.
    pub fn precision(&self) -> Vec<f64> {
        self.by_class(|class| (0..CLASS_COUNT).map(|row| self.counts[row * CLASS_COUNT + class]).sum())
    }

    /// By class: the share of its images that were recognised; 0 where it has none.
    pub fn recall(&self) -> Vec<f64> {
        self.by_class(|class| self.counts[class * CLASS_COUNT..][..CLASS_COUNT].iter().sum())
    }

    /// Mean over the classes of the harmonic mean of precision and recall.
    pub fn macro_f1(&self) -> f64 {
        let pairs = self.precision().into_iter().zip(self.recall());
        let f1 = |(precision, recall): (f64, f64)| match precision + recall {
            0.0 => 0.0,
            sum => 2.0 * precision * recall / sum,
        };
        pairs.map(f1).sum::<f64>() / CLASS_COUNT as f64
    }

    fn right(&self, class: usize) -> u32 {
        self.counts[class * (CLASS_COUNT + 1)]
    }

    fn by_class(&self, whole: impl Fn(usize) -> u32) -> Vec<f64> {
        (0..CLASS_COUNT).map(|class| share(self.right(class), whole(class))).collect()
    }
}

fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Worked by hand. Class 0: 3 images, 2 right, 1 taken for class 1. Class 1: 2 images, 1 right,
    /// 1 taken for class 0. Class 2: 1 image, right. Precision 2/3, 1/2, 1; recall 2/3, 1/2, 1.
    #[test]
    fn agrees_with_values_worked_by_hand() {
        let confusion = Confusion::new(&[0, 0, 0, 1, 1, 2], &[0, 0, 1, 1, 0, 2]);
        assert_eq!(confusion.counts()[..3], [2, 1, 0]);
        assert_eq!(confusion.counts()[10..13], [1, 1, 0]);
        assert!((confusion.accuracy() - 4.0 / 6.0).abs() < 1e-12);
        let expected = [2.0 / 3.0, 0.5, 1.0];
        assert_eq!(confusion.precision()[..3], expected);
        assert_eq!(confusion.recall()[..3], expected);
        assert!((confusion.macro_f1() - (2.0 / 3.0 + 0.5 + 1.0) / 10.0).abs() < 1e-12);
    }

    #[test]
    fn f1_is_the_harmonic_mean() {
        // Class 3: predicted 4 times, right once; 2 images, 1 recognised: 1/4 and 1/2, F1 = 1/3.
        let confusion = Confusion::new(&[3, 3, 4, 4, 4], &[3, 4, 3, 3, 3]);
        assert!((confusion.macro_f1() - (1.0 / 3.0) / 10.0).abs() < 1e-12);
    }

    #[test]
    fn nothing_is_zero_not_nan() {
        let confusion = Confusion::new(&[], &[]);
        assert_eq!((confusion.accuracy(), confusion.macro_f1()), (0.0, 0.0));
    }
}
