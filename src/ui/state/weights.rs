//! What became of the file of weights that the learner opened last.

use crate::protocol::{Fault, ModelSlot};

/// A file of weights that the learner opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// Its name.
    pub name: String,
    /// Where its model is now, or why it is nowhere; `None` while it is being read.
    pub outcome: Option<Result<ModelSlot, Fault>>,
}

impl Opened {
    /// One that is being read.
    pub fn reading(name: String) -> Self {
        Self { name, outcome: None }
    }
}

/// Whether a dropped file of this name is for the models, not for the data: weights, also those in forms that
/// cannot be read, so that they are called what they are.
pub fn names_weights(name: &str) -> bool {
    let name = name.to_lowercase();
    [".safetensors", ".pt", ".pth", ".ckpt", ".bin", ".onnx", ".h5"]
        .iter()
        .any(|ending| name.ends_with(ending))
}

/// Whether a file of this name is a whole workspace.
pub fn names_workspace(name: &str) -> bool {
    name.to_lowercase().ends_with(".telar")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_told_from_data_by_their_names() {
        assert!(names_weights("Encoder.SafeTensors") && names_weights("model.pth"));
        assert!(!names_weights("train-images-idx3-ubyte.gz") && !names_weights("archive.zip"));
    }
}
