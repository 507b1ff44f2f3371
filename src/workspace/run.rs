//! A run as it is kept: what was asked, how it ended, what it measured.

use serde::{Deserialize, Serialize};

use crate::protocol::{
    EngineKind, Fault, LabelPoint, MetricPoint, Mode, ModePoint, ModeResult, Outcome, Pictures, RunConfig,
    StudyResult,
};

/// A run, kept. What later versions add has a default, so that older ones can be read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptRun {
    /// The engine that did it.
    pub engine: EngineKind,
    /// What was asked.
    pub config: RunConfig,
    /// Synthetic garments were in use.
    pub synthetic: bool,
    /// How it ended; nothing where it was under way.
    pub outcome: Option<Outcome>,
    /// Batches in all.
    pub total_steps: u32,
    /// Training images in use.
    pub train: u32,
    /// Validation images.
    pub validation: u32,
    /// An autoencoder's curves.
    pub points: Vec<MetricPoint>,
    /// Batches done, garments, and their reconstructions then.
    pub reconstructions: Option<(u32, Pictures, Pictures)>,
    /// The final test's loss.
    pub test_loss: Option<f64>,
    /// Training wall time in seconds.
    pub seconds: Option<f64>,
    /// What ended it, where it failed.
    pub fault: Option<Fault>,
    /// A comparison's curves.
    pub mode_points: Vec<ModePoint>,
    /// A comparison's final figures.
    pub mode_results: Vec<ModeResult>,
    /// Modes that failed while the others went on.
    pub mode_faults: Vec<(Mode, Fault)>,
    /// A study's figures, by latent size.
    pub study: Vec<StudyResult>,
    /// A label study's figures.
    pub label_points: Vec<LabelPoint>,
    /// Labels a class that the data lack, and how many they have.
    pub labels_lacking: Vec<(u32, u32)>,
}
