//! Every metric of a run, with its step, epoch and time.

use crate::runs::{Metric, MetricPoint};

/// The points of a run in order; remembers which of them were handed on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    points: Vec<MetricPoint>,
    taken: usize,
}

impl History {
    /// A history that begins with the points of an interrupted run, none of them handed on.
    pub fn new(points: Vec<MetricPoint>) -> Self {
        Self { taken: 0, points }
    }

    /// Adds a point.
    pub fn record(&mut self, point: MetricPoint) {
        self.points.push(point);
    }

    /// The points that were not taken before.
    pub fn take_new(&mut self) -> Vec<MetricPoint> {
        let new = self.points[self.taken..].to_vec();
        self.taken = self.points.len();
        new
    }

    /// All points.
    pub fn points(&self) -> &[MetricPoint] {
        &self.points
    }

    /// The latest value of `metric`.
    pub fn latest(&self, metric: Metric) -> Option<f64> {
        self.points.iter().rev().find(|point| point.metric == metric).map(|point| point.value)
    }
}
