//! The settings of the classifiers' comparison, the label study and the latent-size study, as typed.

use serde::{Deserialize, Serialize};

use super::settings::{Field, LARGEST_SEED, rate, whole};
use crate::protocol::{
    ExperimentConfig, Fault, Initial, LabelPoint, LabelsConfig, Mode, Recipe, Reuse, Schedule, StudyConfig,
};

/// Labels a class.
pub const CLF_LABELS: Field = Field { optional: true, ..whole("clf-labels", 1.0, 6_000.0) };
/// Epochs of the classifiers.
pub const CLF_EPOCHS: Field = whole("clf-epochs", 1.0, 200.0);
/// Least number of batches in all.
pub const CLF_LEAST: Field = whole("clf-least", 1.0, 10_000.0);
/// Images a batch of the classifiers.
pub const CLF_BATCH: Field = whole("clf-batch", 1.0, 1024.0);
/// Learning rate of the classifiers.
pub const CLF_RATE: Field = rate("clf-lr");
/// Learning rate of the fine-tuned encoder.
pub const CLF_ENCODER_RATE: Field = rate("clf-encoder-lr");
/// Weight decay of the classifiers.
pub const CLF_DECAY: Field = Field { whole: false, ..whole("clf-decay", 0.0, 1.0) };
/// Smoothing of the classifiers' targets.
pub const CLF_SMOOTHING: Field = Field { whole: false, ..whole("clf-smoothing", 0.0, 0.5) };
/// First seed of the experiment.
pub const CLF_SEED: Field = whole("clf-seed", 0.0, LARGEST_SEED);
/// Repetitions.
pub const CLF_SEEDS: Field = whole("clf-seeds", 1.0, 10.0);
/// Labels a class of the label study, apart by commas; a word stands for all.
pub const LABELS_COUNTS: Field = whole("labels-counts", 1.0, 6_000.0);
/// Repetitions of the label study.
pub const LABELS_SEEDS: Field = whole("labels-seeds", 1.0, 10.0);
/// Latent sizes of the study, apart by commas.
pub const STUDY_SIZES: Field = whole("study-sizes", 1.0, 128.0);
/// Epochs of the study.
pub const STUDY_EPOCHS: Field = whole("study-epochs", 1.0, 100.0);
/// Training images of the study.
pub const STUDY_LIMIT: Field = Field { optional: true, ..whole("study-limit", 1.0, 55_000.0) };

/// The experiment's form, as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExperimentForm {
    /// Modes that take part.
    pub modes: Vec<Mode>,
    /// `clf-labels`.
    pub labels: String,
    /// `clf-reuse`.
    pub reuse: Reuse,
    /// `clf-epochs`.
    pub epochs: String,
    /// `clf-least`.
    pub least: String,
    /// `clf-batch`.
    pub batch: String,
    /// `clf-lr`.
    pub rate: String,
    /// `clf-encoder-lr`.
    pub encoder_rate: String,
    /// `clf-schedule`.
    pub schedule: Schedule,
    /// `clf-initial`.
    pub initial: Initial,
    /// `clf-decay`.
    pub decay: String,
    /// `clf-smoothing`.
    pub smoothing: String,
    /// `clf-nudging`.
    pub nudging: bool,
    /// `clf-seed`.
    pub seed: String,
    /// `clf-seeds`.
    pub seeds: String,
    /// Make training images look like drawings.
    pub sketch: bool,
}

impl Default for ExperimentForm {
    fn default() -> Self {
        Self::from(&ExperimentConfig::default())
    }
}

impl From<&ExperimentConfig> for ExperimentForm {
    fn from(config: &ExperimentConfig) -> Self {
        Self {
            modes: config.modes.clone(),
            labels: config.labels_per_class.map(|labels| labels.to_string()).unwrap_or_default(),
            reuse: config.reuse,
            epochs: config.epochs.to_string(),
            least: config.least_batches.to_string(),
            batch: config.batch.to_string(),
            rate: config.learning_rate.to_string(),
            encoder_rate: config.encoder_learning_rate.to_string(),
            schedule: config.schedule,
            initial: config.initial,
            decay: config.weight_decay.to_string(),
            smoothing: config.smoothing.to_string(),
            nudging: config.nudging,
            seed: config.seed.to_string(),
            seeds: config.seeds.to_string(),
            sketch: config.sketch_augmentation,
        }
    }
}

impl ExperimentForm {
    /// What the form asks for.
    ///
    /// # Errors
    /// One [`Fault::Setting`] for each field out of range; `clf-modes` where no mode is chosen.
    pub fn config(&self) -> Result<ExperimentConfig, Vec<Fault>> {
        let mut faults = Vec::new();
        let labels = CLF_LABELS.optional_number(&self.labels, &mut faults);
        let config = ExperimentConfig {
            modes: Mode::ALL.into_iter().filter(|mode| self.modes.contains(mode)).collect(),
            labels_per_class: labels.map(|labels| labels as u32),
            reuse: self.reuse,
            epochs: CLF_EPOCHS.number(&self.epochs, &mut faults) as u32,
            least_batches: CLF_LEAST.number(&self.least, &mut faults) as u32,
            batch: CLF_BATCH.number(&self.batch, &mut faults) as u32,
            learning_rate: CLF_RATE.number(&self.rate, &mut faults),
            encoder_learning_rate: CLF_ENCODER_RATE.number(&self.encoder_rate, &mut faults),
            schedule: self.schedule,
            initial: self.initial,
            weight_decay: CLF_DECAY.number(&self.decay, &mut faults),
            smoothing: CLF_SMOOTHING.number(&self.smoothing, &mut faults),
            nudging: self.nudging,
            seed: CLF_SEED.number(&self.seed, &mut faults) as u64,
            seeds: CLF_SEEDS.number(&self.seeds, &mut faults) as u32,
            sketch_augmentation: self.sketch,
        };
        if config.modes.is_empty() {
            faults.push(Fault::Setting { field: "clf-modes".into(), min: 1.0, max: 3.0 });
        }
        if faults.is_empty() { Ok(config) } else { Err(faults) }
    }

    /// Which recipe is in the form; a form that cannot be read is none of them.
    pub fn recipe(&self) -> Recipe {
        self.config().map_or(Recipe::Own, |config| config.recipe())
    }

    /// Takes a recipe's settings over; the question (who, what is reused, labels, first seed) stays.
    pub fn follow(&mut self, recipe: Recipe) {
        if recipe == Recipe::Own {
            return;
        }
        let asked = self.clone();
        let Self { modes, labels, reuse, seed, .. } = asked;
        *self = Self { modes, labels, reuse, seed, ..Self::from(&ExperimentConfig::of(recipe)) };
    }
}

/// The label study's form, as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LabelsForm {
    /// `labels-counts`.
    pub counts: String,
    /// `labels-seeds`.
    pub seeds: String,
}

/// What stands for all labels in [`LabelsForm::counts`], in any language of the page.
const ALL_LABELS: [&str; 4] = ["all", "todas", "todos", "*"];

impl Default for LabelsForm {
    fn default() -> Self {
        let config = LabelsConfig::default();
        let count = |labels: &Option<u32>| labels.map_or("*".to_owned(), |labels| labels.to_string());
        let counts: Vec<_> = config.counts.iter().map(count).collect();
        Self { counts: counts.join(", "), seeds: config.experiment.seeds.to_string() }
    }
}

impl LabelsForm {
    /// What the form asks for with the settings of the comparison's form; numbers in ascending order
    /// without repeats. What `known` holds is not done again.
    ///
    /// # Errors
    /// One [`Fault::Setting`] for each field out of range, those of `experiment` included.
    pub fn config(
        &self,
        experiment: &ExperimentForm,
        known: &[LabelPoint],
    ) -> Result<LabelsConfig, Vec<Fault>> {
        let (experiment, mut faults) = match experiment.config() {
            Ok(config) => (config, Vec::new()),
            Err(faults) => (ExperimentConfig::default(), faults),
        };
        let one = |part: &str| match ALL_LABELS.contains(&part.to_lowercase().as_str()) {
            true => Ok(None),
            false => LABELS_COUNTS.read(part).map(|labels| labels.map(|labels| labels as u32)),
        };
        let read: Result<Vec<_>, _> = parts(&self.counts).map(one).collect();
        let mut counts = read.unwrap_or_default();
        counts.sort_unstable_by_key(|labels| labels.map_or(u64::MAX, u64::from));
        counts.dedup();
        if counts.is_empty() {
            faults.push(LABELS_COUNTS.fault());
        }
        let seeds = LABELS_SEEDS.number(&self.seeds, &mut faults) as u32;
        let experiment =
            ExperimentConfig { seeds, labels_per_class: None, sketch_augmentation: false, ..experiment };
        let mut known: Vec<_> = known.iter().map(|point| (point.labels, point.repetition)).collect();
        known.dedup();
        if faults.is_empty() { Ok(LabelsConfig { counts, experiment, known }) } else { Err(faults) }
    }
}

/// The study's form, as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StudyForm {
    /// `study-sizes`.
    pub sizes: String,
    /// `study-epochs`.
    pub epochs: String,
    /// `study-limit`.
    pub limit: String,
}

impl Default for StudyForm {
    fn default() -> Self {
        let config = StudyConfig::default();
        let sizes: Vec<_> = config.sizes.iter().map(u32::to_string).collect();
        Self { sizes: sizes.join(", "), epochs: config.epochs.to_string(), limit: String::new() }
    }
}

impl StudyForm {
    /// What the form asks for; sizes in ascending order without repeats.
    ///
    /// # Errors
    /// One [`Fault::Setting`] for each field out of range.
    pub fn config(&self) -> Result<StudyConfig, Vec<Fault>> {
        let mut faults = Vec::new();
        let read: Result<Vec<_>, _> = parts(&self.sizes).map(|part| STUDY_SIZES.read(part)).collect();
        let mut sizes: Vec<u32> = read.unwrap_or_default().into_iter().flatten().map(|s| s as u32).collect();
        sizes.sort_unstable();
        sizes.dedup();
        if sizes.is_empty() {
            faults.push(STUDY_SIZES.fault());
        }
        let epochs = STUDY_EPOCHS.number(&self.epochs, &mut faults) as u32;
        let limit = STUDY_LIMIT.optional_number(&self.limit, &mut faults).map(|limit| limit as u32);
        let config = StudyConfig { sizes, epochs, limit, ..StudyConfig::default() };
        if faults.is_empty() { Ok(config) } else { Err(faults) }
    }
}

/// The parts of a list, apart by commas, semicolons or spaces.
fn parts(list: &str) -> impl Iterator<Item = &str> {
    let apart = |sign: char| sign == ',' || sign == ';' || sign.is_whitespace();
    list.split(apart).filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(faults: Vec<Fault>) -> Vec<String> {
        let name = |fault| match fault {
            Fault::Setting { field, .. } => field,
            other => other.to_string(),
        };
        faults.into_iter().map(name).collect()
    }

    #[test]
    fn the_forms_begin_with_the_defaults() {
        assert_eq!(ExperimentForm::default().config(), Ok(ExperimentConfig::default()));
        assert_eq!(StudyForm::default().config(), Ok(StudyConfig::default()));
        let labels = LabelsForm::default().config(&ExperimentForm::default(), &[]);
        assert_eq!(labels, Ok(LabelsConfig::default()));
    }

    #[test]
    fn a_recipe_is_followed_and_a_changed_setting_makes_it_own() {
        let mut form = ExperimentForm { labels: "10".into(), reuse: Reuse::Features, ..Default::default() };
        assert_eq!(form.recipe(), Recipe::Study);
        form.follow(Recipe::Best);
        assert_eq!(form.recipe(), Recipe::Best);
        assert_eq!((form.labels.as_str(), form.reuse, form.seeds.as_str()), ("10", Reuse::Features, "1"));
        form.smoothing = "0,1".into();
        assert_eq!(form.recipe(), Recipe::Own);
        let own = form.clone();
        form.follow(Recipe::Own);
        assert_eq!(form, own);
        form.rate = "fast".into();
        assert_eq!(form.recipe(), Recipe::Own);
    }

    #[test]
    fn an_experiment_needs_a_mode_and_a_study_sizes() {
        let form = ExperimentForm { modes: Vec::new(), ..Default::default() };
        assert_eq!(form.config().map_err(fields), Err(vec!["clf-modes".to_owned()]));
        let study = StudyForm { sizes: "16; 2 2,".into(), ..Default::default() };
        assert_eq!(study.config().map(|c| c.sizes), Ok(vec![2, 16]));
        let study = StudyForm { sizes: "16, 400".into(), ..Default::default() };
        assert_eq!(study.config().map_err(fields), Err(vec!["study-sizes".to_owned()]));
    }

    #[test]
    fn label_numbers_are_sorted_and_all_comes_last() {
        let form = LabelsForm { counts: "Todas, 30; 3 30".into(), seeds: "2".into() };
        let config = form.config(&ExperimentForm::default(), &[]).expect("in range");
        assert_eq!(config.counts, [Some(3), Some(30), None]);
        assert_eq!((config.experiment.seeds, config.experiment.labels_per_class), (2, None));
        let wrong = LabelsForm { counts: "0".into(), seeds: "11".into() };
        let found = wrong.config(&ExperimentForm::default(), &[]).map_err(fields);
        assert_eq!(found, Err(vec!["labels-counts".to_owned(), "labels-seeds".to_owned()]));
    }
}
