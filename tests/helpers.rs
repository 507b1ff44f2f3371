//! Helper workers in a browser: nested workers on the same compiled module give the same bits, and one
//! that cannot start or dies costs time alone. Run by `cargo xtask test browser`.
#![cfg(all(target_arch = "wasm32", feature = "engine-cpu"))]

use std::sync::Arc;

use burn::tensor::Device;
use telar::{
    data::{Dataset, synthetic},
    engine::helpers::{self, Pool},
    protocol::{AutoencoderConfig, Metric},
    training::{
        AutoencoderSession,
        checkpoint::{Checkpoint, Precision},
        crew::{Crew, Desk, Helpers},
    },
};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_test::{console_log, wasm_bindgen_test};

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);

/// Seconds that a helper may take to start, on a machine that does much else.
const START: f64 = 60.0;

/// Where a helper begins that calculates.
#[wasm_bindgen]
pub fn help_well() {
    helpers::help();
}

/// Where a helper begins that answers three times and then stumbles over itself.
#[wasm_bindgen]
pub fn help_and_die() {
    helpers::serve(|| {
        let (mut desk, mut answered) = (Desk::new(&Device::flex()), 0);
        move |bytes| {
            assert!(answered < 3, "it was to die");
            answered += 1;
            desk.answer(bytes)
        }
    });
}

/// Every metric and every weight of a small training, and how many units helpers answered.
async fn train(crew: Option<Crew>) -> (Vec<(Metric, u32, u64)>, Vec<u8>) {
    let config = AutoencoderConfig { latent: 6, epochs: 2, batch: 96, seed: 3, ..Default::default() };
    let data = Dataset { train: synthetic::garments(1, 150), test: synthetic::garments(2, 40) };
    let mut session = AutoencoderSession::new(&config, Arc::new(data), &Device::flex()).expect("in range");
    session.set_crew(crew);
    while !session.advance().await.expect("it can be trained").finished {}
    let points = session.history().points().iter();
    let points = points.map(|point| (point.metric, point.step, point.value.to_bits())).collect();
    let weights = Checkpoint::of_autoencoder(&session.model()).await.expect("flex can be read");
    let mut file = weights.to_bytes(Precision::Full).expect("a model can be written");
    // The notes in a safetensors file's header come in any order; its length is the first number.
    let header = u64::from_le_bytes(file[..8].try_into().expect("eight bytes"));
    (points, file.split_off(8 + header as usize))
}

#[wasm_bindgen_test]
async fn nested_workers_change_no_bit_and_their_buffers_go_back_and_forth() {
    let alone = train(None).await;
    for helpers in [1, 3] {
        let pool = Pool::new(helpers, "help_well");
        let crew = Crew::new(pool.clone());
        crew.fill(START).await;
        assert_eq!(crew.size(), helpers, "they start");
        assert!(train(Some(crew.clone())).await == alone, "{helpers} helpers");
        console_log!(
            "{helpers} helpers answered {} units by {} buffers",
            crew.answered(),
            pool.buffers_made()
        );
        assert!(crew.answered() > 0);
        assert!(pool.buffers_made() as usize <= 2 * helpers);
        pool.ready().into_iter().for_each(|helper| pool.dismiss(helper));
    }
}

#[wasm_bindgen_test]
async fn a_helper_that_cannot_start_or_dies_changes_no_bit() {
    let alone = train(None).await;
    let absent = Crew::new(Pool::new(1, "no_such_function"));
    absent.fill(1.0).await;
    assert!(train(Some(absent.clone())).await == alone);
    assert_eq!((absent.size(), absent.answered()), (0, 0));

    let mortal = Crew::new(Pool::new(1, "help_and_die"));
    mortal.fill(START).await;
    assert_eq!(mortal.size(), 1);
    // The news of its death may come after the training.
    while mortal.size() > 0 {
        assert!(train(Some(mortal.clone())).await == alone);
    }
    assert!(mortal.answered() <= 3);
}
