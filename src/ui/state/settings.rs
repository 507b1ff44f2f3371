//! Settings as the learner types them, and what they mean once they are in range.

use serde::{Deserialize, Serialize};

use crate::protocol::{AutoencoderConfig, ExperimentConfig, Fault, Mode, StudyConfig};

/// A field of the forms, by its name in the test contract, with its range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Field {
    /// The name, `ae-latent` and so on.
    pub name: &'static str,
    /// Smallest value allowed.
    pub min: f64,
    /// Largest value allowed.
    pub max: f64,
    /// Whole numbers only.
    pub whole: bool,
    /// May be left empty, for «all».
    pub optional: bool,
}

const fn whole(name: &'static str, min: f64, max: f64) -> Field {
    Field { name, min, max, whole: true, optional: false }
}

const fn rate(name: &'static str) -> Field {
    Field { name, min: 1e-5, max: 0.1, whole: false, optional: false }
}

/// Seeds that a JavaScript number, a `u32` and a person can all hold.
const LARGEST_SEED: f64 = 4_294_967_295.0;

/// Latent size.
pub const LATENT: Field = whole("ae-latent", 1.0, 128.0);
/// Epochs of the autoencoder.
pub const EPOCHS: Field = whole("ae-epochs", 1.0, 100.0);
/// Images a batch.
pub const BATCH: Field = whole("ae-batch", 1.0, 1024.0);
/// Peak learning rate.
pub const RATE: Field = rate("ae-lr");
/// Seed.
pub const SEED: Field = whole("ae-seed", 0.0, LARGEST_SEED);
/// Training images to use.
pub const LIMIT: Field = Field { optional: true, ..whole("ae-limit", 1.0, 55_000.0) };
/// Labels a class.
pub const CLF_LABELS: Field = Field { optional: true, ..whole("clf-labels", 1.0, 6_000.0) };
/// Epochs of the classifiers.
pub const CLF_EPOCHS: Field = whole("clf-epochs", 1.0, 200.0);
/// Images a batch of the classifiers.
pub const CLF_BATCH: Field = whole("clf-batch", 1.0, 1024.0);
/// Peak learning rate of the classifiers.
pub const CLF_RATE: Field = rate("clf-lr");
/// Peak learning rate of the fine-tuned encoder.
pub const CLF_ENCODER_RATE: Field = rate("clf-encoder-lr");
/// First seed of the experiment.
pub const CLF_SEED: Field = whole("clf-seed", 0.0, LARGEST_SEED);
/// Repetitions.
pub const CLF_SEEDS: Field = whole("clf-seeds", 1.0, 10.0);
/// Latent sizes of the study, apart by commas.
pub const STUDY_SIZES: Field = whole("study-sizes", 1.0, 128.0);
/// Epochs of the study.
pub const STUDY_EPOCHS: Field = whole("study-epochs", 1.0, 100.0);
/// Training images of the study.
pub const STUDY_LIMIT: Field = Field { optional: true, ..whole("study-limit", 1.0, 55_000.0) };

impl Field {
    /// Reads a value; `None` is an optional field left empty.
    ///
    /// # Errors
    /// [`Fault::Setting`] with the field's range.
    pub fn read(&self, text: &str) -> Result<Option<f64>, Fault> {
        let text = text.trim();
        if text.is_empty() && self.optional {
            return Ok(None);
        }
        let value: f64 = text.replace(',', ".").parse().map_err(|_| self.fault())?;
        let fits = (self.min..=self.max).contains(&value) && (!self.whole || value.fract() == 0.0);
        if fits { Ok(Some(value)) } else { Err(self.fault()) }
    }

    /// The fault of a value out of range.
    pub fn fault(&self) -> Fault {
        Fault::Setting { field: self.name.into(), min: self.min, max: self.max }
    }

    fn number(&self, text: &str, faults: &mut Vec<Fault>) -> f64 {
        self.optional_number(text, faults).unwrap_or(self.min)
    }

    fn optional_number(&self, text: &str, faults: &mut Vec<Fault>) -> Option<f64> {
        self.read(text).unwrap_or_else(|fault| {
            faults.push(fault);
            None
        })
    }
}

/// The autoencoder's form, as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AutoencoderForm {
    /// `ae-latent`.
    pub latent: String,
    /// `ae-epochs`.
    pub epochs: String,
    /// `ae-batch`.
    pub batch: String,
    /// `ae-lr`.
    pub rate: String,
    /// `ae-seed`.
    pub seed: String,
    /// `ae-limit`.
    pub limit: String,
}

impl Default for AutoencoderForm {
    fn default() -> Self {
        Self::from(&AutoencoderConfig::default())
    }
}

impl From<&AutoencoderConfig> for AutoencoderForm {
    fn from(config: &AutoencoderConfig) -> Self {
        Self {
            latent: config.latent.to_string(),
            epochs: config.epochs.to_string(),
            batch: config.batch.to_string(),
            rate: config.learning_rate.to_string(),
            seed: config.seed.to_string(),
            limit: config.limit.map(|limit| limit.to_string()).unwrap_or_default(),
        }
    }
}

impl AutoencoderForm {
    /// What the form asks for.
    ///
    /// # Errors
    /// One [`Fault::Setting`] for each field out of range.
    pub fn config(&self) -> Result<AutoencoderConfig, Vec<Fault>> {
        let mut faults = Vec::new();
        let config = AutoencoderConfig {
            latent: LATENT.number(&self.latent, &mut faults) as u32,
            epochs: EPOCHS.number(&self.epochs, &mut faults) as u32,
            batch: BATCH.number(&self.batch, &mut faults) as u32,
            learning_rate: RATE.number(&self.rate, &mut faults),
            seed: SEED.number(&self.seed, &mut faults) as u64,
            limit: LIMIT.optional_number(&self.limit, &mut faults).map(|limit| limit as u32),
        };
        if faults.is_empty() { Ok(config) } else { Err(faults) }
    }
}

/// The experiment's form, as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExperimentForm {
    /// Modes that take part.
    pub modes: Vec<Mode>,
    /// `clf-labels`.
    pub labels: String,
    /// `clf-epochs`.
    pub epochs: String,
    /// `clf-batch`.
    pub batch: String,
    /// `clf-lr`.
    pub rate: String,
    /// `clf-encoder-lr`.
    pub encoder_rate: String,
    /// `clf-seed`.
    pub seed: String,
    /// `clf-seeds`.
    pub seeds: String,
    /// Make training images look like drawings.
    pub sketch: bool,
}

impl Default for ExperimentForm {
    fn default() -> Self {
        let config = ExperimentConfig::default();
        Self {
            modes: config.modes,
            labels: config.labels_per_class.map(|labels| labels.to_string()).unwrap_or_default(),
            epochs: config.epochs.to_string(),
            batch: config.batch.to_string(),
            rate: config.learning_rate.to_string(),
            encoder_rate: config.encoder_learning_rate.to_string(),
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
            epochs: CLF_EPOCHS.number(&self.epochs, &mut faults) as u32,
            batch: CLF_BATCH.number(&self.batch, &mut faults) as u32,
            learning_rate: CLF_RATE.number(&self.rate, &mut faults),
            encoder_learning_rate: CLF_ENCODER_RATE.number(&self.encoder_rate, &mut faults),
            seed: CLF_SEED.number(&self.seed, &mut faults) as u64,
            seeds: CLF_SEEDS.number(&self.seeds, &mut faults) as u32,
            sketch_augmentation: self.sketch,
        };
        if config.modes.is_empty() {
            faults.push(Fault::Setting { field: "clf-modes".into(), min: 1.0, max: 3.0 });
        }
        if faults.is_empty() { Ok(config) } else { Err(faults) }
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
        let apart = |sign: char| sign == ',' || sign == ';' || sign.is_whitespace();
        let written = self.sizes.split(apart).filter(|part| !part.is_empty());
        let read: Result<Vec<_>, _> = written.map(|part| STUDY_SIZES.read(part)).collect();
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
    fn forms_and_settings_are_each_others_inverse() {
        let config = AutoencoderConfig { latent: 7, limit: Some(640), ..Default::default() };
        assert_eq!(AutoencoderForm::from(&config).config(), Ok(config));
        assert_eq!(AutoencoderForm::default().config(), Ok(AutoencoderConfig::default()));
        assert_eq!(ExperimentForm::default().config(), Ok(ExperimentConfig::default()));
        assert_eq!(StudyForm::default().config(), Ok(StudyConfig::default()));
    }

    #[test]
    fn each_field_out_of_range_is_named() {
        let form = AutoencoderForm {
            latent: "129".into(),
            epochs: "2.5".into(),
            batch: "0".into(),
            rate: "1".into(),
            seed: "-1".into(),
            limit: "many".into(),
        };
        let names = ["ae-latent", "ae-epochs", "ae-batch", "ae-lr", "ae-seed", "ae-limit"];
        assert_eq!(form.config().map_err(fields), Err(names.map(String::from).to_vec()));
    }

    #[test]
    fn a_comma_is_a_decimal_sign_and_an_empty_limit_is_all() {
        let form = AutoencoderForm { rate: "0,003".into(), limit: " ".into(), ..Default::default() };
        assert_eq!(form.config().map(|c| (c.learning_rate, c.limit)), Ok((0.003, None)));
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
}
