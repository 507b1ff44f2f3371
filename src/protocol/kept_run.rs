//! An interrupted run as bytes: a mark, a sum, a head that says what it is, and the engine's own part. The
//! page keeps them in memory and in the browser's storage; what comes back is checked before it is used.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{DataSource, Fault, RunConfig};

/// What such bytes begin with.
const MARK: &[u8; 8] = b"telarrun";
/// Raised whenever the content changes its meaning.
const VERSION: u32 = 1;
/// Most bytes that are looked at: a hundred times the largest run's.
const LARGEST: usize = 256 << 20;
/// Mark, version, sum, and the head's length.
const FRONT: usize = 24;

/// What an interrupted run is, for the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunHead {
    /// What was asked for.
    pub config: RunConfig,
    /// The epoch, size or training that was running, from 1.
    pub part: u32,
    /// How many there are.
    pub parts: u32,
    /// Batches done.
    pub step: u32,
    /// Where its data came from.
    pub source: DataSource,
    /// Training images of its data.
    pub train: u32,
    /// Test images of its data.
    pub test: u32,
}

impl RunHead {
    /// Whether these data may be its own: real ones are the same wherever they come from.
    pub fn fits(&self, source: DataSource, train: u32, test: u32) -> bool {
        let synthetic = |source| source == DataSource::Synthetic;
        (self.train, self.test) == (train, test) && synthetic(self.source) == synthetic(source)
    }
}

/// Why bytes are no interrupted run.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum KeptRunError {
    /// Something else, or cut short.
    #[error("no kept run")]
    Form,
    /// Of another version of this program.
    #[error("version {0}")]
    Version(u32),
    /// More bytes than any run has.
    #[error("too large")]
    Size,
    /// Changed on its way.
    #[error("damaged")]
    Sum,
    /// Its parts cannot be read.
    #[error("unreadable")]
    Content,
}

impl From<KeptRunError> for Fault {
    fn from(error: KeptRunError) -> Self {
        Fault::Unresumable(error.to_string())
    }
}

/// A head and the engine's part of it as bytes.
///
/// # Errors
/// [`KeptRunError::Content`] where either cannot be written.
pub fn seal<B: Serialize>(head: &RunHead, body: &B) -> Result<Vec<u8>, KeptRunError> {
    let bytes = postcard::to_extend(head, vec![0; FRONT]).map_err(|_| KeptRunError::Content)?;
    let length = (bytes.len() - FRONT) as u32;
    let mut bytes = postcard::to_extend(body, bytes).map_err(|_| KeptRunError::Content)?;
    bytes[..8].copy_from_slice(MARK);
    bytes[8..12].copy_from_slice(&VERSION.to_le_bytes());
    bytes[20..24].copy_from_slice(&length.to_le_bytes());
    let sum = sum(&bytes[20..]).to_le_bytes();
    bytes[12..20].copy_from_slice(&sum);
    Ok(bytes)
}

/// The head of kept bytes, and the engine's part.
///
/// # Errors
/// [`KeptRunError`] for anything that [`seal`] of this version did not write.
pub fn open(bytes: &[u8]) -> Result<(RunHead, &[u8]), KeptRunError> {
    let (front, rest) = bytes.split_first_chunk::<FRONT>().ok_or(KeptRunError::Form)?;
    let number =
        |from: usize| u32::from_le_bytes([front[from], front[from + 1], front[from + 2], front[from + 3]]);
    if front[..8] != MARK[..] {
        return Err(KeptRunError::Form);
    }
    if number(8) != VERSION {
        return Err(KeptRunError::Version(number(8)));
    }
    if bytes.len() > LARGEST {
        return Err(KeptRunError::Size);
    }
    if sum(&bytes[20..]).to_le_bytes() != front[12..20] {
        return Err(KeptRunError::Sum);
    }
    let (head, body) = rest.split_at_checked(number(20) as usize).ok_or(KeptRunError::Form)?;
    Ok((postcard::from_bytes(head).map_err(|_| KeptRunError::Content)?, body))
}

/// FNV-1a, eight bytes at a time: against accidents, not against people.
pub fn sum(bytes: &[u8]) -> u64 {
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let mix = |sum: u64, word: u64| (sum ^ word).wrapping_mul(PRIME).rotate_left(23);
    let (words, rest) = bytes.as_chunks::<8>();
    let sum = words.iter().fold(0xcbf2_9ce4_8422_2325, |sum, &word| mix(sum, u64::from_le_bytes(word)));
    rest.iter().fold(sum ^ bytes.len() as u64, |sum, &byte| mix(sum, byte.into()))
}
