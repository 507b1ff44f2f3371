//! Numbers that may be none: JSON knows neither NaN nor infinity, and has `null` for them. The bytes between page
//! and engine hold them as they are.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Writes a number, or `null` for one that is not finite where the form is read by people.
pub fn serialize<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    match serializer.is_human_readable() && !number.is_finite() {
        true => serializer.serialize_none(),
        false => number.serialize(serializer),
    }
}

/// Reads a number; `null` is NaN.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    match deserializer.is_human_readable() {
        true => Ok(Option::deserialize(deserializer)?.unwrap_or(f64::NAN)),
        false => f64::deserialize(deserializer),
    }
}
