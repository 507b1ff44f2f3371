//! A linear coordinate whose marks are set by hand.

use std::ops::Range;

use plotters::coord::{
    ranged1d::{KeyPointHint, NoDefaultFormatting, ValueFormatter},
    types::RangedCoordf64,
};
use plotters::prelude::Ranged;

/// From one value to another, marked at these.
pub struct Marked {
    inner: RangedCoordf64,
    marks: Vec<f64>,
}

impl Marked {
    /// The coordinate over `range`.
    pub fn new(range: Range<f64>, marks: Vec<f64>) -> Self {
        Self { inner: range.into(), marks }
    }
}

impl Ranged for Marked {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, limit: (i32, i32)) -> i32 {
        self.inner.map(value, limit)
    }

    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        if hint.weight().allow_light_points() { Vec::new() } else { self.marks.clone() }
    }

    fn range(&self) -> Range<f64> {
        self.inner.range()
    }
}

impl ValueFormatter<f64> for Marked {
    fn format(value: &f64) -> String {
        value.to_string()
    }
}
