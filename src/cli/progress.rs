//! A bar with images a second and time left, on a terminal; nothing elsewhere.

use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};

/// Progress over batches.
pub(super) struct Progress {
    bar: ProgressBar,
    since: Instant,
    images: u64,
}

impl Progress {
    /// Nothing of `steps` done.
    pub fn new(steps: u32) -> Self {
        let bar = ProgressBar::new(u64::from(steps));
        let template = "{bar:32} {pos}/{len} batches, {eta} left, {msg}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self { bar, since: Instant::now(), images: 0 }
    }

    /// `step` batches are done, the last one with `images` images.
    pub fn advance(&mut self, step: u32, images: u32) {
        self.images += u64::from(images);
        let speed = self.images as f64 / self.since.elapsed().as_secs_f64().max(1e-9);
        self.bar.set_message(format!("{speed:.0} images/s"));
        self.bar.set_position(u64::from(step));
    }

    /// A line above the bar, on standard error.
    pub fn say(&self, line: &str) {
        self.aside(|| eprintln!("{line}"));
    }

    /// Something printed above the bar.
    pub fn aside(&self, print: impl FnOnce()) {
        self.bar.suspend(print);
    }

    /// Takes the bar away.
    pub fn finish(self) {
        self.bar.finish_and_clear();
    }
}
