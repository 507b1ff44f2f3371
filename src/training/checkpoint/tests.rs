//! Files of weights: there and back, and everything that must be refused.

use burn::tensor::{Device, Tensor};
use pollster::block_on;
use proptest::prelude::*;
use safetensors::{Dtype, tensor::TensorView};

use super::*;
use crate::data::Form;

fn model() -> Autoencoder {
    AutoencoderConfig::new().with_latent(3).init(&Initializer::new(5, &Device::flex()))
}

fn checkpoint() -> Checkpoint {
    block_on(Checkpoint::of_autoencoder(&model())).expect("reads")
}

fn output(model: &Autoencoder) -> Vec<f32> {
    let ramp: Vec<f32> = (0..784).map(|pixel| pixel as f32 / 784.0).collect();
    let pictures = Tensor::<1>::from_floats(&ramp[..], &Device::flex()).reshape([1, 1, 28, 28]);
    model.forward(pictures).into_data().try_to_vec().expect("f32")
}

#[test]
fn a_file_gives_the_same_model_back() {
    let noted = checkpoint().with_note("settings.epochs", 5);
    let bytes = noted.to_bytes(Precision::Full).expect("writes");
    let read = Checkpoint::from_bytes(&bytes).expect("reads");
    assert_eq!(read, noted);
    assert_eq!(output(&read.autoencoder(&Device::flex()).expect("fits")), output(&model()));
}

#[test]
fn half_precision_is_half_the_size_and_nearly_the_same() {
    let full = checkpoint().to_bytes(Precision::Full).expect("writes");
    let half = checkpoint().to_bytes(Precision::Half).expect("writes");
    assert!(half.len() < full.len() * 11 / 20);
    let read = Checkpoint::from_bytes(&half).expect("reads").autoencoder(&Device::flex()).expect("fits");
    let pairs = output(&read).into_iter().zip(output(&model()));
    assert!(pairs.map(|(half, full)| (half - full).abs()).fold(0.0, f32::max) < 1e-2);
}

#[test]
fn short_numbers_are_nearly_the_same_and_compress() {
    let packed = |precision| {
        let bytes = checkpoint().to_bytes(precision).expect("writes");
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::Write::write_all(&mut packer, &bytes).expect("memory takes it");
        (bytes, packer.finish().expect("memory takes it").len())
    };
    let ((bytes, short), (_, half)) = (packed(Precision::Short), packed(Precision::Half));
    assert!(short * 100 < half * 93, "{short} and {half} bytes");
    let read = Checkpoint::from_bytes(&bytes).expect("reads");
    for (name, stored) in &checkpoint().tensors {
        for (short, full) in read.tensors[name].values.iter().zip(&stored.values) {
            assert!((short - full).abs() <= full.abs() / 400.0 + 1e-6, "{name}: {short} for {full}");
        }
    }
    assert_eq!(read.to_bytes(Precision::Short).expect("writes").len(), bytes.len(), "once is enough");
}

#[test]
fn names_and_layouts_are_pytorchs() {
    let checkpoint = checkpoint();
    let shape = |name: &str| checkpoint.tensors[name].shape.clone();
    let [first, second] = crate::network::ENCODER_CHANNELS;
    assert_eq!(shape("encoder.conv1.weight"), [first, 1, 3, 3]);
    assert_eq!(shape("encoder.linear.weight"), [3, second * 49]);
    assert_eq!(shape("encoder.linear.bias"), [3]);
    let [first, second] = crate::network::DECODER_CHANNELS;
    assert_eq!(shape("decoder.linear.weight"), [first * 49, 3]);
    assert_eq!(shape("decoder.deconv1.weight"), [first, second, 4, 4]);
}

#[test]
fn an_encoder_comes_out_of_any_file_and_goes_into_its_own() {
    let encoder = checkpoint().encoder(&Device::flex()).expect("fits");
    let alone = block_on(Checkpoint::of_encoder(&encoder)).expect("reads");
    assert!(alone.tensors.keys().all(|name| name.starts_with("encoder.")));
    assert!(alone.encoder(&Device::flex()).is_ok());
    assert!(matches!(alone.autoencoder(&Device::flex()), Err(CheckpointError::Kind { .. })));
}

#[test]
fn a_classifier_comes_back_on_the_latent_vector_or_on_the_features() {
    let device = Device::flex();
    let initializer = Initializer::new(5, &device);
    for encoder in [model().encoder, model().encoder.convolutions()] {
        let classifier = ClassifierConfig::new().with_encoder(encoder, &initializer);
        let written = block_on(Checkpoint::of_classifier(&classifier)).expect("reads");
        let read =
            Checkpoint::from_bytes(&written.to_bytes(Precision::Full).expect("writes")).expect("reads");
        let read = read.classifier(&device).expect("fits");
        assert_eq!(read.encoder.latent(), classifier.encoder.latent());
        let pictures = || Tensor::<1>::from_floats(&[0.25; 784][..], &device).reshape([1, 1, 28, 28]);
        let scores =
            |model: &Classifier| model.forward(pictures()).into_data().try_to_vec::<f32>().expect("f32");
        assert_eq!(scores(&read), scores(&classifier));
    }
}

#[test]
fn what_does_not_fit_is_named() {
    let device = Device::flex();
    let refused = |change: fn(&mut Checkpoint)| {
        let mut changed = checkpoint();
        change(&mut changed);
        changed.autoencoder(&device).map(drop).expect_err("refused")
    };
    let missing = refused(|checkpoint| drop(checkpoint.tensors.remove("decoder.deconv2.bias")));
    assert_eq!(missing, CheckpointError::Missing("decoder.deconv2.bias".to_owned()));
    let unknown = refused(|checkpoint| {
        checkpoint.tensors.insert("extra".to_owned(), Stored { shape: vec![1], values: vec![0.0] });
    });
    assert_eq!(unknown, CheckpointError::Unknown("extra".to_owned()));
    let reshaped = refused(|checkpoint| {
        let stored = checkpoint.tensors.get_mut("encoder.conv1.bias").expect("there");
        stored.shape.push(1);
    });
    assert!(matches!(reshaped, CheckpointError::Shape { name, .. } if name == "encoder.conv1.bias"));
}

#[test]
fn broken_contents_are_refused() {
    let mut poisoned = checkpoint();
    poisoned.tensors.get_mut("encoder.conv2.bias").expect("there").values[2] = f32::NAN;
    let expected = CheckpointError::NotFinite { name: "encoder.conv2.bias".to_owned(), position: 2 };
    assert_eq!(poisoned.to_bytes(Precision::Full), Err(expected));

    let bytes = checkpoint().to_bytes(Precision::Full).expect("writes");
    assert_eq!(Checkpoint::from_bytes(&bytes[..bytes.len() - 1]), Err(CheckpointError::CutShort));
    let mut nan = bytes.clone();
    let last = nan.len() - 4;
    nan[last..].copy_from_slice(&f32::NAN.to_le_bytes());
    assert!(matches!(Checkpoint::from_bytes(&nan), Err(CheckpointError::NotFinite { .. })));
    let mut giant = bytes;
    giant[..8].copy_from_slice(&(4u64 << 30).to_le_bytes());
    assert_eq!(Checkpoint::from_bytes(&giant), Err(CheckpointError::Form(Form::Unknown)));

    let other = safetensors::serialize(
        std::iter::empty::<(String, TensorView)>(),
        Some([("telar.version".to_owned(), "9".to_owned())].into()),
    );
    let refused = Checkpoint::from_bytes(&other.expect("writes"));
    assert_eq!(refused, Err(CheckpointError::Version("9".to_owned())));
}

/// A file as another program would write it: every tensor under another name, as another type.
fn written(
    rename: impl Fn(&str) -> String,
    dtype: Dtype,
    encode: impl Fn(f32) -> Vec<u8>,
    extra: Option<(&str, Dtype, Vec<u8>)>,
) -> Vec<u8> {
    let checkpoint = checkpoint();
    let mut tensors: Vec<(String, Dtype, Vec<usize>, Vec<u8>)> = Vec::new();
    for (name, stored) in &checkpoint.tensors {
        let bytes = stored.values.iter().flat_map(|&value| encode(value)).collect();
        tensors.push((rename(name), dtype, stored.shape.clone(), bytes));
    }
    tensors.extend(extra.map(|(name, dtype, bytes)| (name.to_owned(), dtype, Vec::new(), bytes)));
    let views = tensors.iter().map(|(name, dtype, shape, bytes)| {
        (name, TensorView::new(*dtype, shape.clone(), bytes).expect("bytes for the shape"))
    });
    safetensors::serialize(views, Some([("format".to_owned(), "pt".to_owned())].into())).expect("writes")
}

fn single(value: f32) -> Vec<u8> {
    value.to_le_bytes().to_vec()
}

fn distance(bytes: &[u8]) -> f32 {
    let read = Checkpoint::from_bytes(bytes).expect("reads").autoencoder(&Device::flex()).expect("fits");
    output(&read).into_iter().zip(output(&model())).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

#[test]
fn files_of_pytorch_are_read_whatever_wrapped_or_rounded_them() {
    for prefix in ["", "module.", "_orig_mod.", "_orig_mod.module.", "model."] {
        assert_eq!(distance(&written(|name| format!("{prefix}{name}"), Dtype::F32, single, None)), 0.0);
    }
    let double = |value: f32| f64::from(value).to_le_bytes().to_vec();
    assert_eq!(distance(&written(str::to_owned, Dtype::F64, double, None)), 0.0);
    let brain = |value: f32| half::bf16::from_f32(value).to_le_bytes().to_vec();
    assert!(distance(&written(str::to_owned, Dtype::BF16, brain, None)) < 1e-2);
    let counter = Some(("encoder.bn1.num_batches_tracked", Dtype::I64, 12i64.to_le_bytes().to_vec()));
    assert_eq!(distance(&written(str::to_owned, Dtype::F32, single, counter)), 0.0);
}

#[test]
fn weights_of_whole_numbers_are_refused_by_the_tensors_name() {
    let whole = |value: f32| (value as i32).to_le_bytes().to_vec();
    let bytes = written(str::to_owned, Dtype::I32, whole, Some(("head.x", Dtype::F32, vec![0; 4])));
    let read = Checkpoint::from_bytes(&bytes).expect("reads");
    let refused = read.fill(model()).map(drop);
    assert!(matches!(refused, Err(CheckpointError::Type { found, .. }) if found == "I32"));
}

#[test]
fn what_is_no_safetensors_file_is_called_what_it_is() {
    let form = |bytes: &[u8]| match Checkpoint::from_bytes(bytes) {
        Err(CheckpointError::Form(form)) => form,
        other => panic!("{other:?}"),
    };
    assert_eq!(form(b"PK\x03\x04\0\0\0\0\0\0archive/data.pkl\x80\x02"), Form::Pickle);
    assert_eq!(form(b"\x80\x02}q\0."), Form::Pickle);
    assert_eq!(form(b"version https://git-lfs.github.com/spec/v1\noid sha256:0"), Form::LfsPointer);
    assert_eq!(form(b"<!DOCTYPE html><title>404</title>"), Form::WebPage);
    assert_eq!(form(b""), Form::Empty);
    let message = CheckpointError::Form(Form::Pickle).to_string();
    assert!(message.contains("safetensors.torch.save_file"), "{message}");
}

#[test]
fn a_strange_network_is_known_by_a_name() {
    let strange = Some(("bert.pooler.weight", Dtype::F32, vec![0; 4]));
    let bytes =
        written(|name| name.replace("encoder", "a").replace("decoder", "b"), Dtype::F32, single, strange);
    assert!(matches!(Checkpoint::from_bytes(&bytes), Err(CheckpointError::Unknown(_))));
}

proptest! {
    /// A file may end anywhere: never a panic, never a model, and beyond the header always the true reason.
    #[test]
    fn a_cut_file_is_told_as_one(cut in 0.0f64..1.0) {
        let bytes = checkpoint().to_bytes(Precision::Half).expect("writes");
        let end = (cut * bytes.len() as f64) as usize;
        let refused = Checkpoint::from_bytes(&bytes[..end]).expect_err("refused");
        prop_assert!(end < 9 || refused == CheckpointError::CutShort, "{refused}");
    }

    #[test]
    fn garbage_is_refused_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Checkpoint::from_bytes(&bytes).is_err());
    }

    #[test]
    fn a_changed_byte_is_refused_or_harmless(position in 0usize..3000, value in any::<u8>()) {
        let mut bytes = block_on(Checkpoint::of_encoder(&model().encoder)).expect("reads")
            .to_bytes(Precision::Half).expect("writes");
        let position = position % bytes.len();
        bytes[position] = value;
        if let Ok(read) = Checkpoint::from_bytes(&bytes) {
            let _ = read.encoder(&Device::flex());
        }
    }
}
