//! Runs: what is asked of them and told of them, and the weights that they leave.

use serde::{Deserialize, Serialize};

use super::{Fault, RunId};
use crate::{
    data::Pictures,
    runs::{AutoencoderConfig, ExperimentConfig, LabelsConfig, MetricPoint, Phase, StudyConfig},
};

/// What a run does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum RunConfig {
    /// Train an autoencoder.
    Autoencoder(AutoencoderConfig),
    /// Compare classifiers.
    Experiment(ExperimentConfig),
    /// Compare latent sizes.
    Study(StudyConfig),
    /// Compare numbers of labels.
    Labels(LabelsConfig),
}

/// What the page asks of runs. One run at a time; starting another stops the one before.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum RunCommand {
    /// Start.
    Start {
        /// Chosen by the page, unique in a visit.
        run: RunId,
        /// What to do.
        config: RunConfig,
        /// Start paused, for stepping batch by batch.
        paused: bool,
    },
    /// Go on with an interrupted run; all that it measured is told again.
    GoOn {
        /// Chosen by the page, unique in a visit.
        run: RunId,
        /// What [`RunEvent::Kept`] gave.
        #[serde(with = "serde_bytes")]
        bytes: Vec<u8>,
        /// Paused, as it was.
        paused: bool,
    },
    /// Pause after the present unit of work.
    Pause,
    /// Go on.
    Resume,
    /// One batch, then pause again. Starts nothing by itself.
    Step,
    /// End now; what was measured stays, the test set stays untouched.
    Stop,
    /// Train a few batches of `config` on throw-away weights and report images/s.
    Measure {
        /// The work at hand.
        config: AutoencoderConfig,
    },
    /// One fixed training step on seeded data, for the GPU to be compared with the CPU.
    SelfTest,
}

/// What a worker tells of runs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum RunEvent {
    /// A run begins.
    Started {
        /// Which.
        run: RunId,
        /// Batches in all epochs.
        total_steps: u32,
        /// Batches an epoch.
        steps_per_epoch: u32,
        /// Training images in use.
        train: u32,
        /// Validation images.
        validation: u32,
    },
    /// Where the run stands; throttled to the screen.
    Progress(Progress),
    /// New points of the curves since the last event, in order.
    Metrics {
        /// Which.
        run: RunId,
        /// The points.
        points: Vec<MetricPoint>,
    },
    /// The same garments, as they are reconstructed now; latest wins.
    Reconstructions {
        /// Which.
        run: RunId,
        /// Batches done when it was taken.
        step: u32,
        /// The garments.
        originals: Pictures,
        /// Their reconstructions.
        reconstructions: Pictures,
    },
    /// The run as it stands, for an engine that is started anew and for the next visit.
    Kept {
        /// Which.
        run: RunId,
        /// A [`RunHead`](super::RunHead) and the engine's part ([`open_run`](super::open_run)).
        #[serde(with = "serde_bytes")]
        bytes: Vec<u8>,
    },
    /// Paused or resumed, as it took effect.
    Paused {
        /// Which.
        run: RunId,
        /// Paused now.
        paused: bool,
    },
    /// The run is over.
    Finished {
        /// Which.
        run: RunId,
        /// How it ended.
        outcome: Outcome,
        /// The final test's mean loss, where the run got there.
        test_loss: Option<f64>,
        /// Training wall time, pauses left out.
        seconds: f64,
    },
    /// Error of principal component analysis at each latent size 1 to 128 (index 0 is size 1):
    /// mean squared error a pixel on training images, the floor of every linear autoencoder.
    PcaReference {
        /// MSE by size.
        errors: Vec<f32>,
    },
    /// Answer to [`RunCommand::Measure`].
    Measured {
        /// Training images a second.
        images_per_second: f64,
    },
    /// Answer to [`RunCommand::SelfTest`].
    SelfTested(SelfTest),
}

/// Result of the fixed training step: compared between engines by the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SelfTest {
    /// Loss before each of the steps.
    pub losses: Vec<f32>,
    /// A few outputs of the network after the steps.
    pub outputs: Vec<f32>,
}

/// Where a run stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// Which.
    pub run: RunId,
    /// Batches done.
    pub step: u32,
    /// Batches in all.
    pub total_steps: u32,
    /// Epoch now running, from 1.
    pub epoch: u32,
    /// Training images a second, over the last seconds.
    pub images_per_second: f64,
    /// Seconds left at this speed.
    pub seconds_left: f64,
    /// What is being done.
    pub phase: Phase,
    /// Workers that calculate: the engine's own and its helpers.
    pub cores: u32,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// All epochs and the test.
    Completed,
    /// Stopped by the learner.
    Stopped,
    /// Ended by a fault, reported beside it.
    Failed,
}

/// Weights in and out of a worker.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum WeightsCommand {
    /// Load a safetensors file into its slot.
    Import {
        /// Which model it becomes.
        slot: ModelSlot,
        /// The safetensors file.
        #[serde(with = "serde_bytes")]
        bytes: Vec<u8>,
        /// Where it comes from.
        origin: WeightsOrigin,
    },
    /// Load a safetensors file that the learner chose into the slot that suits its content; answered by
    /// [`WeightsEvent::Opened`].
    Open {
        /// The file's name.
        name: String,
        /// Its content.
        #[serde(with = "serde_bytes")]
        bytes: Vec<u8>,
    },
    /// Ask for a model as safetensors.
    Export {
        /// Which.
        slot: ModelSlot,
        /// In half precision.
        half: bool,
    },
}

/// The models that a worker holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ModelSlot {
    /// The autoencoder in use: shipped at first, then the one trained or loaded last.
    Autoencoder,
    /// The shipped classifier, which knows drawings.
    Shipped,
    /// The experiment's classifier from scratch.
    Scratch,
    /// The experiment's classifier with a frozen encoder.
    Frozen,
    /// The experiment's classifier with a fine-tuned encoder.
    Finetuned,
}

impl ModelSlot {
    /// The name of the test contract, of attributes and of files.
    pub const fn name(self) -> &'static str {
        match self {
            ModelSlot::Autoencoder => "autoencoder",
            ModelSlot::Shipped => "shipped",
            ModelSlot::Scratch => "scratch",
            ModelSlot::Frozen => "frozen",
            ModelSlot::Finetuned => "finetuned",
        }
    }
}

/// What a worker tells of weights.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum WeightsEvent {
    /// A slot has new weights, by import or by training.
    Changed {
        /// Which.
        slot: ModelSlot,
        /// Where they come from.
        origin: WeightsOrigin,
        /// Latent size of its encoder.
        latent: u32,
        /// Number of parameters.
        parameters: u32,
    },
    /// Answer to [`WeightsCommand::Open`].
    Opened {
        /// The file's name.
        name: String,
        /// Where its model is now, or why it is nowhere; what was held before stays then.
        outcome: Result<ModelSlot, Fault>,
    },
    /// Answer to [`WeightsCommand::Export`]; also sent after each epoch by an engine that trains,
    /// so that the other engine can follow.
    Exported {
        /// Which.
        slot: ModelSlot,
        /// The safetensors file.
        #[serde(with = "serde_bytes")]
        bytes: Vec<u8>,
        /// Where the weights come from.
        origin: WeightsOrigin,
        /// Sent unasked after an epoch.
        snapshot: bool,
    },
}

/// Where a model's weights come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WeightsOrigin {
    /// Came with the page.
    Shipped,
    /// Trained in this visit.
    Trained,
    /// Trained in this visit, not to its end.
    Partial,
    /// Loaded from a file.
    File,
}
