//! What a workspace says of itself.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::WorkspaceError;
use crate::protocol::{ModelSlot, WeightsOrigin};

/// How a workspace is recognised.
pub const FORMAT: &str = "telar workspace";
/// Raised whenever what is kept changes its form in a way that older pages would misread.
pub const VERSION: u32 = 1;

/// The head of a workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// [`FORMAT`].
    pub format: String,
    /// The version of its form.
    pub version: u32,
    /// Where each model comes from.
    pub models: BTreeMap<ModelSlot, WeightsOrigin>,
}

impl Default for About {
    fn default() -> Self {
        Self { format: FORMAT.to_owned(), version: VERSION, models: BTreeMap::new() }
    }
}

/// The part that every version has.
#[derive(Deserialize)]
struct Head {
    format: String,
    version: u32,
}

impl About {
    /// Reads the head of a workspace, once its version is known to be one that can be read. Version 1 is the
    /// first; an older form would be brought up to date here.
    ///
    /// # Errors
    /// [`WorkspaceError::Stranger`] where it is of something else, [`WorkspaceError::Version`] where it is of a
    /// version that this program does not know, [`WorkspaceError::Damaged`] where it is broken.
    pub fn read(bytes: &[u8]) -> Result<Self, WorkspaceError> {
        let damaged = |error: serde_json::Error| WorkspaceError::damaged("telar.json", error);
        let head: Head = serde_json::from_slice(bytes).map_err(damaged)?;
        match head {
            Head { format, .. } if format != FORMAT => Err(WorkspaceError::Stranger),
            Head { version, .. } if version != VERSION => Err(WorkspaceError::Version(version)),
            _ => serde_json::from_slice(bytes).map_err(damaged),
        }
    }

    /// As bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        // Plain names and numbers: there is nothing that JSON could refuse.
        serde_json::to_vec(self).unwrap_or_default()
    }
}
