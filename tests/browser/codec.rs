//! Every message survives the way to JavaScript and back.

use std::fmt::Debug;

use js_sys::{Array, Uint8Array};
use serde::{Serialize, de::DeserializeOwned};
use telar::{data::Form, protocol::*};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Blob;

/// Messages have no equality of their own (they may hold NaN), but their debugging text tells all.
fn comes_back<T: Serialize + DeserializeOwned + Debug>(messages: Vec<T>) {
    for message in messages {
        let value = codec::encode(&message).expect("every message can be encoded");
        let back: T = codec::decode(value).expect("and decoded");
        assert_eq!(format!("{back:?}"), format!("{message:?}"));
    }
}

/// A handle that no worker has copied.
fn blob() -> Handle {
    let bytes = Array::of1(&Uint8Array::from([0, 255, 128].as_slice()));
    Handle(Blob::new_with_u8_array_sequence(&bytes).expect("browsers make blobs").into())
}

#[wasm_bindgen_test]
fn a_handle_travels_as_the_very_same_blob() {
    let kept = Kept { source: DataSource::Files, train: 0, test: 3, blob: Some(blob()) };
    let value = codec::encode(&Event::Data(DataEvent::Kept(kept.clone()))).expect("encoded");
    match codec::decode(value).expect("decoded") {
        Event::Data(DataEvent::Kept(back)) => assert_eq!(back, kept),
        other => panic!("{other:?}"),
    }
}

fn pictures() -> Pictures {
    Pictures { pixels: (0..784).map(|pixel| pixel as u8).collect(), labels: vec![9] }
}

fn commands_on_data() -> Vec<Command> {
    let picked = PickedFile { name: "train-labels-idx1-ubyte.gz".into(), content: blob() };
    let kept = Kept { source: DataSource::Mirror, train: 60_000, test: 10_000, blob: Some(blob()) };
    let commands = [
        DataCommand::Load { base: "http://host/sub/".into(), mirrors: true },
        DataCommand::LoadFiles { files: vec![picked] },
        DataCommand::LoadKept(kept),
        DataCommand::LoadSynthetic { seed: 1 << 52, train: 6000, test: 1000 },
        DataCommand::Browse { split: Split::Train, class: Some(3), offset: 7, count: 8 },
        DataCommand::Browse { split: Split::Test, class: None, offset: 0, count: 0 },
    ];
    commands.into_iter().map(Command::Data).collect()
}

fn commands_on_runs() -> Vec<Command> {
    let limited = AutoencoderConfig { limit: Some(300), ..Default::default() };
    let configs = [
        RunConfig::Autoencoder(AutoencoderConfig::default()),
        RunConfig::Autoencoder(limited.clone()),
        RunConfig::Experiment(ExperimentConfig { labels_per_class: Some(10), ..Default::default() }),
        RunConfig::Study(StudyConfig::default()),
        RunConfig::Labels(LabelsConfig { known: vec![(Some(3), 0), (None, 1)], ..Default::default() }),
    ];
    let starts = configs.into_iter().map(|config| RunCommand::Start { run: 3, config, paused: true });
    let others = [
        RunCommand::Pause,
        RunCommand::Resume,
        RunCommand::Step,
        RunCommand::Stop,
        RunCommand::Measure { config: limited },
        RunCommand::SelfTest,
    ];
    starts.chain(others).map(Command::Run).collect()
}

fn other_commands() -> Vec<Command> {
    let (slot, origin) = (ModelSlot::Autoencoder, WeightsOrigin::File);
    vec![
        Command::Latent(LatentCommand::Describe),
        Command::Latent(LatentCommand::Decode { request: 1, channel: 2, points: vec![0.5, -1e-30] }),
        Command::Latent(LatentCommand::Encode { request: 2, pictures: pictures() }),
        Command::Latent(LatentCommand::Neighbours { request: 3, point: vec![1.0], count: 5 }),
        Command::Latent(LatentCommand::Garments { request: 4, indices: vec![0, u32::MAX] }),
        Command::Latent(LatentCommand::TrainingGarments { request: 4, indices: vec![16_691] }),
        Command::Drawing(DrawingCommand::Classify { request: 5, picture: pictures() }),
        Command::Drawing(DrawingCommand::Explain {
            request: 6,
            picture: pictures(),
            slot: ModelSlot::Shipped,
            class: None,
        }),
        Command::Weights(WeightsCommand::Import { slot, bytes: vec![1, 2, 3], origin }),
        Command::Weights(WeightsCommand::Export { slot, half: true }),
    ]
}

#[wasm_bindgen_test]
fn every_command_comes_back() {
    comes_back(commands_on_data());
    comes_back(commands_on_runs());
    comes_back(other_commands());
}

fn faults() -> Vec<Fault> {
    let reasons = [
        FileFault::Http(404),
        FileFault::Network("offline".into()),
        FileFault::Stalled(15),
        FileFault::Slow(3),
        FileFault::Form(Form::WebPage),
        FileFault::Content("other digits".into()),
        FileFault::CutShort,
        FileFault::Damaged("a checksum".into()),
        FileFault::TooLarge(300),
        FileFault::Unreadable("gone".into()),
        FileFault::Counts { images: 3, labels: 2 },
    ];
    let files = reasons.into_iter().map(|reason| Fault::File { file: "x.gz".into(), reason });
    let others = [
        Fault::Setting { field: "ae-lr".into(), min: 1e-5, max: 0.1 },
        Fault::NoData,
        Fault::NoModel(ModelSlot::Scratch),
        Fault::Diverged { step: 8, value: "NaN".into() },
        Fault::DeviceLost("reset".into()),
        Fault::NoGpu("no adapter".into()),
        Fault::Panic("index out of bounds".into()),
        Fault::Weights(WeightsFault::Missing("conv1.bias".into())),
        Fault::Weights(WeightsFault::NotFinite { name: "conv1.bias".into(), position: 7 }),
        Fault::Late { engine: EngineKind::Gpu, seconds: 30 },
        Fault::Hung { engine: EngineKind::Cpu, seconds: 20 },
        Fault::Unreachable,
        Fault::NewVersion,
        Fault::Protocol("another version".into()),
        Fault::Other("else".into()),
    ];
    files.chain(others).collect()
}

fn events_on_data() -> Vec<Event> {
    let summary = DataSummary {
        source: DataSource::Cache,
        train: 60_000,
        test: 10_000,
        per_class: vec![6_000; 10],
        mean: 0.286,
        deviation: 0.353,
        mean_images: pictures(),
        test_labels: vec![0, 9],
    };
    let (split, class) = (Split::Test, Some(0));
    let given_up = |fault| DataEvent::SourceFailed {
        source: DataSource::Mirror,
        address: "https://host/".into(),
        fault,
    };
    let events = [
        DataEvent::Progress { file: "x.gz".into(), source: DataSource::Local, received: 1, total: 2 },
        DataEvent::NothingFound,
        DataEvent::FilesTaken(FilesTaken {
            files: vec![
                ("a.gz".into(), FileOutcome::Taken("t10k-labels-idx1-ubyte.gz".into())),
                ("b.gz".into(), FileOutcome::Again),
                (".DS_Store".into(), FileOutcome::Passed),
                ("c".into(), FileOutcome::Refused(FileFault::CutShort)),
            ],
            missing: vec!["t10k-images-idx3-ubyte.gz".into()],
        }),
        DataEvent::Loaded(summary),
        DataEvent::Pictures { split, class, offset: 1, available: 2, pictures: pictures() },
    ];
    events.into_iter().chain(faults().into_iter().map(given_up)).map(Event::Data).collect()
}

fn events_on_runs() -> Vec<Event> {
    let run = 4;
    let point = |metric, value| MetricPoint { metric, step: 1, epoch: 0.5, seconds: 2.5, value };
    let metrics = [Metric::TrainLoss, Metric::ValidationLoss, Metric::TestLoss];
    let points = metrics.map(|metric| point(metric, 0.0125)).to_vec();
    let progress = |phase| Progress {
        run,
        step: 1,
        total_steps: 10,
        epoch: 1,
        images_per_second: 2_000.5,
        seconds_left: 3.25,
        phase,
        cores: 2,
    };
    let finished = |outcome, test_loss| RunEvent::Finished { run, outcome, test_loss, seconds: 1.5 };
    let events = [
        RunEvent::Started { run, total_steps: 10, steps_per_epoch: 5, train: 640, validation: 64 },
        RunEvent::Progress(progress(Phase::Training)),
        RunEvent::Progress(progress(Phase::Validation)),
        RunEvent::Progress(progress(Phase::Test)),
        RunEvent::Metrics { run, points },
        RunEvent::Reconstructions { run, step: 3, originals: pictures(), reconstructions: pictures() },
        RunEvent::Paused { run, paused: true },
        finished(Outcome::Completed, Some(0.0114)),
        finished(Outcome::Stopped, None),
        finished(Outcome::Failed, None),
        RunEvent::PcaReference { errors: vec![0.05, 0.03] },
        RunEvent::Measured { images_per_second: 1_999.0 },
        RunEvent::SelfTested(SelfTest { losses: vec![0.1], outputs: vec![0.0, 1.0] }),
    ];
    events.into_iter().map(Event::Run).collect()
}

fn events_on_models() -> Vec<Event> {
    let (slot, origin) = (ModelSlot::Finetuned, WeightsOrigin::Partial);
    let verdict = Verdict { slot, probabilities: vec![0.1; 10], novelty: 0.5 };
    vec![
        Event::Latent(LatentEvent::Decoded { request: 1, pictures: pictures() }),
        Event::Latent(LatentEvent::Encoded { request: 2, points: vec![f32::MIN_POSITIVE] }),
        Event::Latent(LatentEvent::Neighbours {
            request: 3,
            indices: vec![7],
            distances: vec![0.25],
            pictures: pictures(),
        }),
        Event::Latent(LatentEvent::Garments { request: 4, pictures: pictures() }),
        Event::Drawing(DrawingEvent::Verdicts { request: 5, verdicts: vec![verdict] }),
        Event::Drawing(DrawingEvent::Explanation {
            request: 6,
            slot,
            class: 9,
            influence: vec![-0.5; 784],
            reconstruction: pictures(),
            latent: vec![],
            neighbours: Pictures::default(),
        }),
        Event::Weights(WeightsEvent::Changed { slot, origin, latent: 16, parameters: 156_000 }),
        Event::Weights(WeightsEvent::Exported { slot, bytes: vec![8; 5], origin, snapshot: true }),
    ]
}

fn events_on_experiments() -> Vec<Event> {
    let run = 9;
    let point = ModePoint {
        mode: Mode::Scratch,
        repetition: 1,
        step: 0,
        epoch: 0.0,
        seconds: 0.0,
        validation_accuracy: 0.1,
        validation_loss: 2.3,
        train_loss: f64::NAN,
    };
    let all_labels = LabelPoint {
        mode: Mode::Finetuned,
        repetition: 1,
        labels: None,
        per_class: 5_500.0,
        test_accuracy: 0.9,
        seconds: 3.5,
    };
    let fault = Fault::Diverged { step: 2, value: "infinite".into() };
    let events = [
        ExperimentEvent::Points { run, points: vec![point] },
        ExperimentEvent::ModeFailed { run, mode: Mode::Frozen, fault },
        ExperimentEvent::LabelPoints { run, points: vec![all_labels] },
        ExperimentEvent::LabelsLacking { run, labels: 1_000, available: 540 },
    ];
    events.into_iter().map(Event::Experiment).collect()
}

#[wasm_bindgen_test]
fn every_event_comes_back() {
    let adapter = Some(Adapter { name: "google swiftshader".into(), software: true });
    let ready = Ready { protocol: PROTOCOL_VERSION, engine: EngineKind::Gpu, adapter };
    comes_back(vec![Event::Ready(ready)]);
    comes_back(events_on_data());
    comes_back(events_on_runs());
    comes_back(events_on_models());
    comes_back(events_on_experiments());
    let report = |fault| Event::Fault(FaultReport { run: Some(1), fault });
    comes_back(faults().into_iter().map(report).collect());
}

/// Bytes must not become arrays of numbers: those are slow to make and four times as large.
#[wasm_bindgen_test]
fn pictures_travel_as_bytes() {
    let pictures = pictures();
    let parts: Array = codec::encode(&pictures).expect("can be encoded").unchecked_into();
    let bytes: Uint8Array = parts.get(0).dyn_into().expect("bytes come first");
    let plain = (pictures.pixels.len() + pictures.labels.len()) as u32;
    assert!((plain..plain + 8).contains(&bytes.length()), "{} for {plain}", bytes.length());
    assert_eq!(parts.length(), 1);
}

#[wasm_bindgen_test]
fn what_is_no_message_is_refused() {
    let strange = Array::of1(&Uint8Array::from([200, 0].as_slice()));
    let values =
        [JsValue::NULL, JsValue::from(3), JsValue::from("Pause"), Array::new().into(), strange.into()];
    for value in values {
        assert!(matches!(codec::decode::<Command>(value), Err(Fault::Protocol(_))));
    }
}
