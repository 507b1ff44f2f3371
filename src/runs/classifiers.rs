//! What is asked of the classifiers' comparison, the label study and the latent-size study.

use serde::{Deserialize, Serialize};

/// How a classifier gets its encoder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Encoder initialised anew; everything learns.
    Scratch,
    /// Pretrained encoder, kept as it is; only the head learns.
    Frozen,
    /// Pretrained encoder; everything learns, the encoder at its own rate.
    Finetuned,
}

impl Mode {
    /// All modes in the order of the page.
    pub const ALL: [Mode; 3] = [Mode::Scratch, Mode::Frozen, Mode::Finetuned];

    /// The name of the test contract.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Scratch => "scratch",
            Mode::Frozen => "frozen",
            Mode::Finetuned => "finetuned",
        }
    }
}

/// What of the autoencoder the pretrained modes reuse; the network from scratch has the same shape.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reuse {
    /// The whole encoder: the head reads the latent vector.
    #[default]
    Latent,
    /// The convolutions alone: the head reads the features that come before the linear layer.
    Features,
}

impl Reuse {
    /// Both, in the order of the page.
    pub const ALL: [Reuse; 2] = [Reuse::Latent, Reuse::Features];

    /// The name of the test contract.
    pub fn name(self) -> &'static str {
        match self {
            Reuse::Latent => "latent",
            Reuse::Features => "features",
        }
    }
}

/// The learning rate over a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Schedule {
    /// The same at every batch.
    #[default]
    Constant,
    /// One cycle: up to the peak, down to almost nothing.
    OneCycle,
}

impl Schedule {
    /// Both, in the order of the page.
    pub const ALL: [Schedule; 2] = [Schedule::Constant, Schedule::OneCycle];

    /// Its name in forms and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Schedule::Constant => "constant",
            Schedule::OneCycle => "one-cycle",
        }
    }
}

/// The initial weights of what is not pretrained.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Initial {
    /// Up to 1 / √fan-in in every layer, as PyTorch draws them by default.
    #[default]
    Plain,
    /// Scaled by what follows each layer (He et al., 2015): a network from scratch starts faster.
    Scaled,
}

impl Initial {
    /// Both, in the order of the page.
    pub const ALL: [Initial; 2] = [Initial::Plain, Initial::Scaled];

    /// Its name in forms and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Initial::Plain => "plain",
            Initial::Scaled => "scaled",
        }
    }
}

/// How classifiers are trained, by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Recipe {
    /// Plain Adam at a constant rate and plain initial weights, nothing else, as in the study that this
    /// page grew from: the head start of a pretrained encoder shows.
    #[default]
    Study,
    /// What gives the best accuracy at the end: its slow start and its disguised pictures hide the
    /// head start.
    Best,
    /// Neither: a setting was changed.
    Own,
}

impl Recipe {
    /// All, in the order of the page.
    pub const ALL: [Recipe; 3] = [Recipe::Study, Recipe::Best, Recipe::Own];

    /// The name of the test contract.
    pub fn name(self) -> &'static str {
        match self {
            Recipe::Study => "study",
            Recipe::Best => "best",
            Recipe::Own => "own",
        }
    }
}

/// Settings of one three-way comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExperimentConfig {
    /// Which modes take part, in order, without repeats.
    pub modes: Vec<Mode>,
    /// Labelled training images a class; `None` is all.
    pub labels_per_class: Option<u32>,
    /// What of the autoencoder is reused.
    pub reuse: Reuse,
    /// Epochs, 1 to 200: passes over the labelled images, several each where these are few.
    pub epochs: u32,
    /// Least number of batches in all, 1 to 10,000: few labelled images are passed through more often.
    pub least_batches: u32,
    /// Images a batch, 1 to 1024.
    pub batch: u32,
    /// Learning rate (the peak of one cycle) of head and scratch encoder.
    pub learning_rate: f64,
    /// Learning rate (the peak of one cycle) of the fine-tuned encoder.
    pub encoder_learning_rate: f64,
    /// The rate over the run.
    pub schedule: Schedule,
    /// Initial weights of heads and of the network from scratch.
    pub initial: Initial,
    /// Decoupled weight decay (Loshchilov and Hutter, 2019), 0 to 1; 0 is plain Adam.
    pub weight_decay: f64,
    /// Share of a target that is spread over all classes (Szegedy et al., 2016), 0 to 0.5.
    pub smoothing: f64,
    /// Move each training image by up to a pixel at random.
    pub nudging: bool,
    /// First seed; repetition `k` uses `seed + k`.
    pub seed: u64,
    /// Repetitions, 1 to 10.
    pub seeds: u32,
    /// Make training images look like drawings.
    pub sketch_augmentation: bool,
}

/// With ten labels a class, no mode has learnt what it can after fewer batches.
const LEAST_BATCHES: u32 = 320;

impl Default for ExperimentConfig {
    fn default() -> Self {
        Self::of(Recipe::Study)
    }
}

impl ExperimentConfig {
    /// All modes on all labels by `recipe`, with as many seeds as suit it; [`Recipe::Own`] is as
    /// [`Recipe::Study`].
    pub fn of(recipe: Recipe) -> Self {
        let study = Self {
            modes: Mode::ALL.to_vec(),
            labels_per_class: None,
            reuse: Reuse::Latent,
            epochs: 2,
            least_batches: LEAST_BATCHES,
            batch: 64,
            learning_rate: 1e-3,
            encoder_learning_rate: 1e-3,
            schedule: Schedule::Constant,
            initial: Initial::Plain,
            weight_decay: 0.0,
            smoothing: 0.0,
            nudging: false,
            seed: 42,
            seeds: 3,
            sketch_augmentation: false,
        };
        if recipe != Recipe::Best {
            return study;
        }
        Self {
            epochs: 15,
            learning_rate: 5e-3,
            encoder_learning_rate: 5e-3,
            schedule: Schedule::OneCycle,
            initial: Initial::Scaled,
            weight_decay: 0.02,
            smoothing: 0.05,
            nudging: true,
            seeds: 1,
            ..study
        }
    }

    /// Which recipe these settings are. Who takes part, what is reused, labels and seeds belong to the
    /// question, not to the recipe.
    pub fn recipe(&self) -> Recipe {
        let is = |recipe: &Recipe| {
            let asked = Self {
                modes: self.modes.clone(),
                labels_per_class: self.labels_per_class,
                reuse: self.reuse,
                seed: self.seed,
                seeds: self.seeds,
                ..Self::of(*recipe)
            };
            asked == *self
        };
        [Recipe::Study, Recipe::Best].into_iter().find(is).unwrap_or(Recipe::Own)
    }
}

/// Settings of the label study: the comparison once for each number of labels and each seed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LabelsConfig {
    /// Labels a class, ascending without repeats; `None`, the last, is all.
    pub counts: Vec<Option<u32>>,
    /// Modes, recipe, seeds and what is reused; its labels are not used.
    pub experiment: ExperimentConfig,
    /// Trainings that need not be done again: labels and repetition.
    pub known: Vec<(Option<u32>, u32)>,
}

impl LabelsConfig {
    /// Trainings that are to be done, where the data have labels enough.
    pub fn trainings(&self) -> u32 {
        let seeds = 0..self.experiment.seeds;
        let all = seeds.flat_map(|seed| self.counts.iter().map(move |labels| (*labels, seed)));
        all.filter(|training| !self.known.contains(training)).count() as u32
    }
}

impl Default for LabelsConfig {
    fn default() -> Self {
        let some = [1, 3, 10, 30, 100, 300, 1_000].map(Some);
        let counts = some.into_iter().chain([None]).collect();
        Self { counts, experiment: ExperimentConfig::default(), known: Vec::new() }
    }
}

/// Settings of the latent-size study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StudyConfig {
    /// Latent sizes, each 1 to 128.
    pub sizes: Vec<u32>,
    /// Passes over the training images for each size.
    pub epochs: u32,
    /// Images a batch.
    pub batch: u32,
    /// Peak learning rate.
    pub learning_rate: f64,
    /// Seed.
    pub seed: u64,
    /// Training images to use; `None` is all.
    pub limit: Option<u32>,
    /// As [`ExperimentConfig::least_batches`], of the classifiers.
    pub least_batches: u32,
}

impl Default for StudyConfig {
    fn default() -> Self {
        Self {
            sizes: vec![2, 4, 8, 16, 32, 64],
            epochs: 3,
            batch: 32,
            learning_rate: 3e-3,
            seed: 42,
            limit: None,
            least_batches: LEAST_BATCHES,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recipe_is_known_by_its_settings_and_a_changed_one_is_own() {
        for recipe in [Recipe::Study, Recipe::Best] {
            let config = ExperimentConfig::of(recipe);
            assert_eq!(config.recipe(), recipe);
            let asked = ExperimentConfig {
                labels_per_class: Some(10),
                reuse: Reuse::Features,
                modes: vec![Mode::Scratch],
                seed: 7,
                seeds: 5,
                ..config.clone()
            };
            assert_eq!(asked.recipe(), recipe, "another question, the same recipe");
            let changed = ExperimentConfig { smoothing: 0.1, ..config.clone() };
            assert_eq!(changed.recipe(), Recipe::Own);
            assert_eq!(ExperimentConfig { epochs: 3, ..config }.recipe(), Recipe::Own);
        }
    }

    #[test]
    fn the_study_is_plain_adam_at_a_constant_rate() {
        let study = ExperimentConfig::default();
        assert_eq!((study.learning_rate, study.encoder_learning_rate, study.batch), (1e-3, 1e-3, 64));
        assert_eq!((study.weight_decay, study.smoothing, study.nudging), (0.0, 0.0, false));
        assert_eq!(study.schedule, Schedule::Constant);
    }
}
