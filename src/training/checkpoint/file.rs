//! Checkpoints as bytes.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
};

use half::{bf16, f16};
use safetensors::{Dtype, SafeTensorError, SafeTensors, View, tensor::Metadata};

use super::{CHECKPOINT_VERSION, Checkpoint, CheckpointError, Kind, Stored, names};
use crate::data::Form;

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
    /// As half precision, its last two binary digits rounded off: as large, but an eighth smaller once it is
    /// compressed, with weights within 0.2 %.
    Short,
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
            Precision::Short => {
                (Dtype::F16, values.flat_map(|&value| short(f16::from_f32(value)).to_le_bytes()).collect())
            }
        };
        Encoded { dtype, shape: stored.shape.clone(), bytes }
    }
}

/// The nearest number without the last two binary digits, of two equally near the even one; the largest ones,
/// which would become infinite, stay as they are.
fn short(value: f16) -> f16 {
    let bits = value.to_bits();
    let rounded = f16::from_bits((bits + 1 + (bits >> 2 & 1)) & !3);
    if rounded.is_finite() { rounded } else { value }
}

impl Checkpoint {
    /// The safetensors file.
    ///
    /// # Errors
    /// [`CheckpointError::NotFinite`] where a weight is NaN or infinite, or does not fit into half
    /// precision; [`CheckpointError::File`] where the header would be too long.
    pub fn to_bytes(&self, precision: Precision) -> Result<Vec<u8>, CheckpointError> {
        let largest = if precision == Precision::Full { f32::MAX } else { f16::MAX.to_f32() };
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

    /// Reads a safetensors file, also one that PyTorch wrote: without this program's notes in its header it
    /// is taken for what its tensors' names say, which may begin with what wrappers put before them; numbers
    /// may be in double, single, half or brain precision. Whole numbers (counters of batches) are left out.
    ///
    /// # Errors
    /// [`CheckpointError`] for anything that is not a whole, known, finite file. Shapes are checked
    /// when a model is made.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CheckpointError> {
        let metadata = metadata(bytes)?;
        let file = SafeTensors::deserialize(bytes).map_err(broken)?;
        let names = names::plain(file.names());
        let (mut tensors, mut left_out) = (BTreeMap::new(), BTreeMap::new());
        for (name, view) in file.iter() {
            let plain = names.get(name).cloned().unwrap_or_else(|| name.to_owned());
            let Some(values) = decode(view.dtype(), view.data()) else {
                left_out.insert(plain, format!("{:?}", view.dtype()));
                continue;
            };
            check(&plain, &values, f32::MAX)?;
            let stored = Stored { shape: view.shape().to_vec(), values };
            if tensors.insert(plain.clone(), stored).is_some() {
                return Err(CheckpointError::File(format!("two tensors are called {plain}")));
            }
        }
        let mut notes = notes(&metadata);
        match notes.remove(VERSION_KEY) {
            Some(version) if version != CHECKPOINT_VERSION => return Err(CheckpointError::Version(version)),
            _ => {}
        }
        let kind = kind(notes.remove(KIND_KEY), &tensors)?;
        Ok(Self { kind, tensors, left_out, notes })
    }
}

fn broken(error: SafeTensorError) -> CheckpointError {
    CheckpointError::File(error.to_string())
}

/// The header, once it is known that all it speaks of is there.
fn metadata(bytes: &[u8]) -> Result<Metadata, CheckpointError> {
    match Form::of("", bytes) {
        Form::Safetensors => {}
        form => return Err(CheckpointError::Form(form)),
    }
    let header = bytes.first_chunk::<8>().map_or(0, |length| u64::from_le_bytes(*length));
    if header > LONGEST_HEADER {
        return Err(CheckpointError::File(format!("its header has {header} bytes")));
    }
    if (bytes.len() as u64) < header + 8 {
        return Err(CheckpointError::CutShort);
    }
    match SafeTensors::read_metadata(bytes) {
        Ok((_, metadata)) => Ok(metadata),
        // The header speaks of more bytes than there are; of fewer, too, but nobody adds bytes to a file.
        Err(SafeTensorError::MetadataIncompleteBuffer) => Err(CheckpointError::CutShort),
        Err(error) => Err(broken(error)),
    }
}

fn notes(metadata: &Metadata) -> BTreeMap<String, String> {
    let mut notes = BTreeMap::new();
    notes.extend(metadata.metadata().iter().flatten().map(|(key, value)| (key.clone(), value.clone())));
    notes
}

fn kind(noted: Option<String>, tensors: &BTreeMap<String, Stored>) -> Result<Kind, CheckpointError> {
    let kinds = [Kind::Autoencoder, Kind::Encoder, Kind::Classifier, Kind::Sketch];
    if let Some(found) = noted {
        let known = kinds.into_iter().find(|kind| kind.name() == found);
        return known.ok_or(CheckpointError::Kind { wanted: "known to this program", found });
    }
    let has = |prefix: &str| tensors.keys().any(|name| name.starts_with(prefix));
    if has("conv") || has("novelty.") {
        return Ok(Kind::Sketch);
    }
    match (has("encoder."), has("decoder."), has("head.")) {
        (_, true, _) => Ok(Kind::Autoencoder),
        (_, _, true) => Ok(Kind::Classifier),
        (true, _, _) => Ok(Kind::Encoder),
        _ => Err(tensors.keys().next().map_or_else(
            || CheckpointError::File("it holds no tensors".to_owned()),
            |name| CheckpointError::Unknown(name.clone()),
        )),
    }
}

/// Values of any floating-point type in single precision; `None` for whole numbers.
fn decode(dtype: Dtype, bytes: &[u8]) -> Option<Vec<f32>> {
    let values = match dtype {
        Dtype::F32 => bytes.as_chunks().0.iter().map(|&chunk| f32::from_le_bytes(chunk)).collect(),
        Dtype::F64 => bytes.as_chunks().0.iter().map(|&chunk| f64::from_le_bytes(chunk) as f32).collect(),
        Dtype::F16 => bytes.as_chunks().0.iter().map(|&chunk| f16::from_le_bytes(chunk).to_f32()).collect(),
        Dtype::BF16 => bytes.as_chunks().0.iter().map(|&chunk| bf16::from_le_bytes(chunk).to_f32()).collect(),
        _ => return None,
    };
    Some(values)
}

fn check(name: &str, values: &[f32], largest: f32) -> Result<(), CheckpointError> {
    let bad = values.iter().position(|value| value.is_nan() || value.abs() > largest);
    bad.map_or(Ok(()), |position| Err(CheckpointError::NotFinite { name: name.to_owned(), position }))
}
