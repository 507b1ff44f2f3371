//! Files of weights: there and back, and everything that must be refused.

use burn::tensor::{Device, Tensor};
use pollster::block_on;
use proptest::prelude::*;

use super::*;

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
    assert!(matches!(Checkpoint::from_bytes(&bytes[..bytes.len() - 1]), Err(CheckpointError::File(_))));
    let mut nan = bytes.clone();
    let last = nan.len() - 4;
    nan[last..].copy_from_slice(&f32::NAN.to_le_bytes());
    assert!(matches!(Checkpoint::from_bytes(&nan), Err(CheckpointError::NotFinite { .. })));
    let mut giant = bytes;
    giant[..8].copy_from_slice(&(4u64 << 30).to_le_bytes());
    assert_eq!(Checkpoint::from_bytes(&giant), Err(CheckpointError::Header(4 << 30)));

    let other = safetensors::serialize(
        std::iter::empty::<(String, safetensors::tensor::TensorView)>(),
        Some([("telar.version".to_owned(), "9".to_owned())].into()),
    );
    let refused = Checkpoint::from_bytes(&other.expect("writes"));
    assert_eq!(refused, Err(CheckpointError::Version("9".to_owned())));
}

proptest! {
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
