//! Checkpoints as bytes.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
};

use half::f16;
use safetensors::{Dtype, SafeTensors, View, tensor::Metadata};

use super::{CHECKPOINT_VERSION, Checkpoint, CheckpointError, Kind, Stored};

/// Longest header accepted; ours have a few thousand bytes.
const LONGEST_HEADER: u64 = 1 << 20;
const VERSION_KEY: &str = "telar.version";
const KIND_KEY: &str = "telar.kind";

/// How values are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// 32 bits: exact.
    Full,
    /// 16 bits: half the size, about three decimal digits.
    Half,
}

/// A tensor encoded for the file.
struct Encoded {
    dtype: Dtype,
    shape: Vec<usize>,
    bytes: Vec<u8>,
}

impl View for Encoded {
    fn dtype(&self) -> Dtype {
        self.dtype
    }

    fn shape(&self) -> &[usize] {
        &self.shape
    }

    fn data(&self) -> Cow<'_, [u8]> {
        Cow::Borrowed(&self.bytes)
    }

    fn data_len(&self) -> usize {
        self.bytes.len()
    }
}

impl Precision {
    fn encode(self, stored: &Stored) -> Encoded {
        let values = stored.values.iter();
        let (dtype, bytes) = match self {
            Precision::Full => (Dtype::F32, values.flat_map(|value| value.to_le_bytes()).collect()),
            Precision::Half => {
                (Dtype::F16, values.flat_map(|&value| f16::from_f32(value).to_le_bytes()).collect())
            }
        };
        Encoded { dtype, shape: stored.shape.clone(), bytes }
    }
}

impl Checkpoint {
    /// The safetensors file.
    ///
    /// # Errors
    /// [`CheckpointError::NotFinite`] where a weight is NaN or infinite, or does not fit into half
    /// precision; [`CheckpointError::File`] where the header would be too long.
    pub fn to_bytes(&self, precision: Precision) -> Result<Vec<u8>, CheckpointError> {
        let largest = if precision == Precision::Half { f16::MAX.to_f32() } else { f32::MAX };
        for (name, stored) in &self.tensors {
            check(name, &stored.values, largest)?;
        }
        let mut header: HashMap<String, String> = self.notes.clone().into_iter().collect();
        header.insert(VERSION_KEY.to_owned(), CHECKPOINT_VERSION.to_owned());
        header.insert(KIND_KEY.to_owned(), self.kind.name().to_owned());
        let tensors = self.tensors.iter().map(|(name, stored)| (name, precision.encode(stored)));
        safetensors::serialize(tensors, Some(header))
            .map_err(|error| CheckpointError::File(error.to_string()))
    }

    /// Reads a safetensors file. A file without this program's notes in its header (written by
    /// PyTorch) is taken for what its tensors' names say.
    ///
    /// # Errors
    /// [`CheckpointError`] for anything that is not a whole, known, finite file. Shapes are checked
    /// when a model is made.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CheckpointError> {
        check_header_length(bytes)?;
        let broken = |error: safetensors::SafeTensorError| CheckpointError::File(error.to_string());
        let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(broken)?;
        let file = SafeTensors::deserialize(bytes).map_err(broken)?;
        let mut tensors = BTreeMap::new();
        for (name, view) in file.iter() {
            let values = decode(name, view.dtype(), view.data())?;
            check(name, &values, f32::MAX)?;
            tensors.insert(name.to_owned(), Stored { shape: view.shape().to_vec(), values });
        }
        let mut notes = notes(&metadata);
        match notes.remove(VERSION_KEY) {
            Some(version) if version != CHECKPOINT_VERSION => return Err(CheckpointError::Version(version)),
            _ => {}
        }
        let kind = kind(notes.remove(KIND_KEY), &tensors)?;
        Ok(Self { kind, tensors, notes })
    }
}

fn check_header_length(bytes: &[u8]) -> Result<(), CheckpointError> {
    let Some(length) = bytes.first_chunk::<8>().map(|length| u64::from_le_bytes(*length)) else {
        return Err(CheckpointError::File("it is shorter than eight bytes".to_owned()));
    };
    if length > LONGEST_HEADER { Err(CheckpointError::Header(length)) } else { Ok(()) }
}

fn notes(metadata: &Metadata) -> BTreeMap<String, String> {
    metadata.metadata().iter().flatten().map(|(key, value)| (key.clone(), value.clone())).collect()
}

fn kind(noted: Option<String>, tensors: &BTreeMap<String, Stored>) -> Result<Kind, CheckpointError> {
    let kinds = [Kind::Autoencoder, Kind::Encoder, Kind::Classifier, Kind::Sketch];
    if let Some(found) = noted {
        let known = kinds.into_iter().find(|kind| kind.name() == found);
        return known.ok_or(CheckpointError::Kind { wanted: "known to this program", found });
    }
    let has = |prefix: &str| tensors.keys().any(|name| name.starts_with(prefix));
    if has("conv1.") {
        return Ok(Kind::Sketch);
    }
    Ok(match (has("decoder."), has("head.")) {
        (true, _) => Kind::Autoencoder,
        (false, true) => Kind::Classifier,
        (false, false) => Kind::Encoder,
    })
}

fn decode(name: &str, dtype: Dtype, bytes: &[u8]) -> Result<Vec<f32>, CheckpointError> {
    match dtype {
        Dtype::F32 => Ok(bytes.as_chunks().0.iter().map(|&chunk| f32::from_le_bytes(chunk)).collect()),
        Dtype::F16 => {
            Ok(bytes.as_chunks().0.iter().map(|&chunk| f16::from_le_bytes(chunk).to_f32()).collect())
        }
        other => Err(CheckpointError::Type { name: name.to_owned(), found: format!("{other:?}") }),
    }
}

fn check(name: &str, values: &[f32], largest: f32) -> Result<(), CheckpointError> {
    let bad = values.iter().position(|value| value.is_nan() || value.abs() > largest);
    bad.map_or(Ok(()), |position| Err(CheckpointError::NotFinite { name: name.to_owned(), position }))
}
