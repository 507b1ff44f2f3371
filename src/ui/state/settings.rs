//! Settings as the learner types them, and what they mean once they are in range.

use serde::{Deserialize, Serialize};

use crate::protocol::{AutoencoderConfig, Fault};

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

pub(super) const fn whole(name: &'static str, min: f64, max: f64) -> Field {
    Field { name, min, max, whole: true, optional: false }
}

pub(super) const fn rate(name: &'static str) -> Field {
    Field { name, min: 1e-5, max: 0.1, whole: false, optional: false }
}

/// Seeds that a JavaScript number, a `u32` and a person can all hold.
pub(super) const LARGEST_SEED: f64 = 4_294_967_295.0;

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

    pub(super) fn number(&self, text: &str, faults: &mut Vec<Fault>) -> f64 {
        self.optional_number(text, faults).unwrap_or(self.min)
    }

    pub(super) fn optional_number(&self, text: &str, faults: &mut Vec<Fault>) -> Option<f64> {
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
}
