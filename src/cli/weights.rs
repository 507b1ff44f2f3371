//! `telar export` and `telar import`: files of weights, and a network's outputs to compare.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use clap::ValueEnum;
use safetensors::{Dtype, tensor::TensorView};
use serde_json::json;

use super::{
    CliError, Common, data,
    model::{self, Model},
    report,
};
use crate::{
    data::{IMAGE_PIXELS, IMAGE_SIDE},
    training::checkpoint::{Checkpoint, Precision},
};

/// Precisions by name.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum PrecisionName {
    /// 32 bits.
    Full,
    /// 16 bits.
    Half,
    /// 16 bits, the last two rounded off: smaller once compressed.
    Short,
}

impl From<PrecisionName> for Precision {
    fn from(name: PrecisionName) -> Self {
        match name {
            PrecisionName::Full => Precision::Full,
            PrecisionName::Half => Precision::Half,
            PrecisionName::Short => Precision::Short,
        }
    }
}

/// Arguments of `export`.
#[derive(clap::Args, Debug)]
pub(super) struct Export {
    /// A safetensors file
    #[arg(value_name = "FILE")]
    model: PathBuf,
    /// Where to write the network
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// How to store its values
    #[arg(long, value_enum, default_value_t = PrecisionName::Full)]
    precision: PrecisionName,
    /// Write the encoder alone
    #[arg(long)]
    encoder: bool,
    /// Also write test images and the network's outputs on them, as tensors `images` and `outputs`
    #[arg(long, value_name = "FILE")]
    outputs: Option<PathBuf>,
    /// How many test images that are
    #[arg(long, default_value_t = 100)]
    images: usize,
}

/// Arguments of `import`.
#[derive(clap::Args, Debug)]
pub(super) struct Import {
    /// A safetensors file, of this program or of PyTorch
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Where to write it with this program's header; nothing is written without
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Writes a network, and its outputs where asked for.
pub(super) fn export(common: &Common, arguments: &Export) -> Result<(), CliError> {
    let device = common.device()?;
    let mut checkpoint = model::read(&arguments.model)?;
    if arguments.encoder {
        let encoder = checkpoint.encoder(&device)?;
        checkpoint = pollster::block_on(Checkpoint::of_encoder(&encoder))?;
    }
    let network = Model::of(&checkpoint, &device).map_err(|error| CliError::file(&arguments.model, error))?;
    let bytes = checkpoint.to_bytes(arguments.precision.into())?;
    write(&arguments.out, &bytes)?;
    if let Some(path) = &arguments.outputs {
        let test = &data::load(common)?.test;
        let count = arguments.images.clamp(1, test.len());
        let pixels = &test.pixels[..count * IMAGE_PIXELS];
        write(path, &comparison(pixels, &network.outputs(pixels, &device)?)?)?;
    }
    let name = checkpoint.kind().name();
    report::print(
        common.json,
        &json!({ "kind": name, "parameters": network.parameters(), "bytes": bytes.len() }),
    );
    Ok(())
}

/// Images `[n, 1, 28, 28]`, pixels 0 to 1, and outputs `[n, …]` as a safetensors file.
fn comparison(pixels: &[u8], outputs: &[f32]) -> Result<Vec<u8>, CliError> {
    let count = pixels.len() / IMAGE_PIXELS;
    let images: Vec<u8> = pixels.iter().flat_map(|&p| (f32::from(p) / 255.0).to_le_bytes()).collect();
    let results: Vec<u8> = outputs.iter().flat_map(|value| value.to_le_bytes()).collect();
    let failed = |error: safetensors::SafeTensorError| CliError::Failed(error.to_string());
    let images =
        TensorView::new(Dtype::F32, vec![count, 1, IMAGE_SIDE, IMAGE_SIDE], &images).map_err(failed)?;
    let results =
        TensorView::new(Dtype::F32, vec![count, outputs.len() / count], &results).map_err(failed)?;
    safetensors::serialize([("images", images), ("outputs", results)], None::<HashMap<String, String>>)
        .map_err(failed)
}

/// Checks a file and says what it holds.
pub(super) fn import(common: &Common, arguments: &Import) -> Result<(), CliError> {
    let device = common.device()?;
    let checkpoint = model::read(&arguments.file)?;
    let network = Model::of(&checkpoint, &device).map_err(|error| CliError::file(&arguments.file, error))?;
    if let Some(out) = &arguments.out {
        write(out, &checkpoint.to_bytes(Precision::Full)?)?;
    }
    let (kind, parameters) = (checkpoint.kind().name(), network.parameters());
    report::print(common.json, &json!({ "kind": kind, "parameters": parameters, "notes": checkpoint.notes }));
    Ok(())
}

/// Writes a file, its folder included.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), CliError> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| CliError::file(folder, error))?;
    }
    std::fs::write(path, bytes).map_err(|error| CliError::file(path, error))
}

#[cfg(test)]
mod tests {
    use burn::tensor::Device;
    use serde_json::Value;

    use super::*;

    /// Written by `tests/interop/make_reference.py`, where PyTorch made these outputs.
    const REFERENCE: &str = include_str!("../../tests/interop/reference.json");

    /// A file as PyTorch writes it: no header of ours, weights by the script's formula.
    fn pytorch_file(shapes: &serde_json::Map<String, Value>) -> Vec<u8> {
        let tensors: Vec<(String, Vec<usize>, Vec<u8>)> = (0u32..)
            .zip(shapes)
            .map(|(k, (name, shape))| {
                let shape: Vec<usize> =
                    shape.as_array().unwrap().iter().map(|side| side.as_u64().unwrap() as usize).collect();
                let fan_in = shape[1..].iter().product::<usize>().max(1) as f64;
                let value = |i: usize| ((0.37 * i as f64 + f64::from(k)).sin() / fan_in.sqrt()) as f32;
                let count: usize = shape.iter().product();
                (name.clone(), shape, (0..count).flat_map(|i| value(i).to_le_bytes()).collect())
            })
            .collect();
        let views = tensors.iter().map(|(name, shape, bytes)| {
            (name.as_str(), TensorView::new(Dtype::F32, shape.clone(), bytes).unwrap())
        });
        safetensors::serialize(views, None::<HashMap<String, String>>).unwrap()
    }

    #[test]
    fn pytorchs_files_give_pytorchs_outputs() {
        let reference: Value = serde_json::from_str(REFERENCE).unwrap();
        let pixels: Vec<f32> = (0..784).map(|pixel| pixel as f32 / 784.0).collect();
        for (kind, expected) in reference.as_object().unwrap() {
            let file = pytorch_file(expected["shapes"].as_object().unwrap());
            let checkpoint = Checkpoint::from_bytes(&file).unwrap();
            assert_eq!(checkpoint.kind().name(), kind);
            let device = Device::flex();
            let picture =
                burn::tensor::Tensor::<1>::from_floats(&pixels[..], &device).reshape([1, 1, 28, 28]);
            let network = Model::of(&checkpoint, &device).unwrap();
            let outputs = network.forward(picture).into_data().try_into_vec::<f32>().unwrap();
            for (output, expected) in outputs.iter().zip(expected["outputs"].as_array().unwrap()) {
                let difference = f64::from(*output) - expected.as_f64().unwrap();
                assert!(difference.abs() < 1e-4, "{kind}: {output} is not {expected}");
            }
        }
    }

    /// The tensors of the shipped classifier in full precision, as PyTorch would save them.
    fn shipped() -> Vec<(String, Dtype, Vec<usize>, Vec<u8>)> {
        let checkpoint = model::read(&model::shipped("classifier")).unwrap();
        let bytes = checkpoint.to_bytes(Precision::Full).unwrap();
        let file = safetensors::SafeTensors::deserialize(&bytes).unwrap();
        file.tensors()
            .into_iter()
            .map(|(name, view)| (name, view.dtype(), view.shape().to_vec(), view.data().to_vec()))
            .collect()
    }

    fn file_of(tensors: &[(String, Dtype, Vec<usize>, Vec<u8>)]) -> Vec<u8> {
        let views = tensors.iter().map(|(name, dtype, shape, bytes)| {
            (name.as_str(), TensorView::new(*dtype, shape.clone(), bytes).unwrap())
        });
        safetensors::serialize(views, None::<HashMap<String, String>>).unwrap()
    }

    fn retyped(dtype: Dtype, write: impl Fn(f32) -> Vec<u8>) -> Vec<u8> {
        let value = |four: &[u8]| f32::from_le_bytes(four.try_into().unwrap());
        let tensors = shipped().into_iter().map(|(name, _, shape, bytes)| {
            (name, dtype, shape, bytes.chunks_exact(4).flat_map(|four| write(value(four))).collect())
        });
        file_of(&tensors.collect::<Vec<_>>())
    }

    fn renamed(prefix: &str) -> Vec<u8> {
        let tensors = shipped()
            .into_iter()
            .map(|(name, dtype, shape, bytes)| (format!("{prefix}{name}"), dtype, shape, bytes));
        file_of(&tensors.collect::<Vec<_>>())
    }

    /// What the importing command makes of a file: verdicts on a pair of trousers, or its one line of refusal.
    fn taken(bytes: &[u8]) -> Result<Vec<f32>, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("weights.safetensors");
        std::fs::write(&path, bytes).unwrap();
        let device = Device::flex();
        let checkpoint = model::read(&path).map_err(|error| error.to_string())?;
        let network =
            Model::of(&checkpoint, &device).map_err(|error| CliError::file(&path, error).to_string())?;
        let inside = |pixel: &usize| {
            let (across, down) = (pixel % IMAGE_SIDE, pixel / IMAGE_SIDE);
            (8..20).contains(&across) && (3..26).contains(&down) && !(across == 14 && down > 11)
        };
        let trousers: Vec<u8> = (0..IMAGE_PIXELS).map(|pixel| if inside(&pixel) { 200 } else { 0 }).collect();
        let answer = network.classify(&trousers, &device).map_err(|error| error.to_string())?.remove(0);
        Ok(answer.probabilities)
    }

    #[test]
    fn the_shipped_classifier_gives_its_verdicts_in_every_form_that_people_have() {
        let verdicts = taken(&renamed("")).unwrap();
        let distance = |bytes: &[u8]| {
            let found = taken(bytes).unwrap();
            verdicts.iter().zip(found).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
        };
        for prefix in ["module.", "_orig_mod.", "_orig_mod.module."] {
            assert_eq!(distance(&renamed(prefix)), 0.0, "{prefix}");
        }
        assert_eq!(distance(&retyped(Dtype::F64, |value| f64::from(value).to_le_bytes().to_vec())), 0.0);
        assert!(
            distance(&retyped(Dtype::BF16, |value| half::bf16::from_f32(value).to_le_bytes().to_vec()))
                < 1e-2
        );
        let mut counted = shipped();
        let counter = 12i64.to_le_bytes().to_vec();
        counted.push(("bn1.num_batches_tracked".into(), Dtype::I64, Vec::new(), counter));
        assert_eq!(distance(&file_of(&counted)), 0.0);
    }

    #[test]
    fn what_is_refused_is_named_with_its_tensor_or_as_what_it_is() {
        let refused = |bytes: &[u8]| taken(bytes).expect_err("refused");
        let mut tensors = shipped();
        let (first, ..) = tensors.remove(0);
        assert!(refused(&file_of(&tensors)).contains(&first), "the missing tensor");
        let mut tensors = shipped();
        tensors[1].3[..4].copy_from_slice(&f32::NAN.to_le_bytes());
        assert!(refused(&file_of(&tensors)).contains(&tensors[1].0), "the tensor with no number");
        let whole = renamed("");
        assert!(refused(&whole[..whole.len() / 2]).contains("cut short"));
        assert!(refused(b"PK\x03\x04\0\0archive/data.pkl").contains("safetensors.torch.save_file"));
        assert!(
            refused(b"version https://git-lfs.github.com/spec/v1\noid sha256:0").contains("git lfs pull")
        );
    }

    #[test]
    fn a_comparison_holds_images_and_outputs() {
        let bytes = comparison(&[255; 2 * IMAGE_PIXELS], &[1.0; 6]).unwrap();
        let file = safetensors::SafeTensors::deserialize(&bytes).unwrap();
        assert_eq!(file.tensor("images").unwrap().shape(), [2, 1, 28, 28]);
        assert_eq!(file.tensor("outputs").unwrap().shape(), [2, 3]);
    }
}
