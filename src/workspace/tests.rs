//! Workspaces as files: what is written is read back, what is wrong is called by its name, and an older kept run
//! is still one.

use super::*;
use crate::protocol::{
    AutoencoderConfig, EngineKind, Metric, MetricPoint, ModelSlot, RunConfig, WeightsOrigin,
};

fn run() -> KeptRun {
    let point = |value| MetricPoint { metric: Metric::TrainLoss, step: 3, epoch: 0.5, seconds: 1.5, value };
    KeptRun {
        engine: EngineKind::Cpu,
        config: RunConfig::Autoencoder(AutoencoderConfig::default()),
        synthetic: true,
        outcome: None,
        total_steps: 10,
        train: 100,
        validation: 10,
        points: vec![point(0.25), point(0.125)],
        reconstructions: None,
        test_loss: Some(0.5),
        seconds: None,
        fault: None,
        mode_points: Vec::new(),
        mode_results: Vec::new(),
        mode_faults: Vec::new(),
        study: Vec::new(),
        label_points: Vec::new(),
        labels_lacking: Vec::new(),
    }
}

fn model() -> Vec<u8> {
    let header = br#"{"__metadata__":{"telar.kind":"autoencoder"}}"#;
    [&(header.len() as u64).to_le_bytes(), header.as_slice()].concat()
}

fn entries() -> Vec<Entry> {
    let about =
        About { models: [(ModelSlot::Autoencoder, WeightsOrigin::Trained)].into(), ..About::default() };
    vec![
        (Part::About, ONLY.to_owned(), about.to_bytes()),
        (Part::Model, "autoencoder".to_owned(), model()),
        (Part::Run, "0001-1".to_owned(), serde_json::to_vec(&run()).expect("JSON")),
        (Part::Drawing, ONLY.to_owned(), b"[{\"side\":256.0,\"strokes\":[]}]".to_vec()),
        (Part::Setting, ONLY.to_owned(), br#"{"language":"\"es\""}"#.to_vec()),
    ]
}

/// An archive with files of these names.
fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    let mut bytes = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut bytes);
    for (name, content) in files {
        let builder = archive.new_file(*name).compression_method(rawzip::CompressionMethod::DEFLATE);
        let (mut entry, config) = builder.start().expect("memory");
        let encoder = flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::fast());
        let mut writer = config.wrap(encoder);
        writer.write_all(content).expect("memory");
        let (encoder, descriptor) = writer.finish().expect("memory");
        encoder.finish().expect("memory");
        entry.finish(descriptor).expect("memory");
    }
    archive.finish().expect("memory");
    bytes
}

#[test]
fn a_file_gives_back_what_was_put_into_it() {
    let file = pack(&entries()).expect("sound entries");
    assert_eq!(unpack(&file), Ok(entries()));
    let (_, key, bytes) = &entries()[2];
    assert_eq!(run_of(key, bytes), Ok(run()));
    assert_eq!(About::read(&entries()[0].2).map(|about| about.models.len()), Ok(1));
}

#[test]
fn a_number_that_is_none_outlives_json() {
    let mut diverged = run();
    diverged.points[1].value = f64::NAN;
    let text = serde_json::to_vec(&diverged).expect("JSON");
    let read = run_of("a", &text).expect("readable");
    assert!(read.points[1].value.is_nan() && read.points[0].value == 0.25);
}

#[test]
fn what_is_no_workspace_is_called_what_it_is() {
    let refused = |bytes: &[u8]| unpack(bytes).expect_err("refused");
    assert_eq!(refused(b"<!doctype html>"), WorkspaceError::Form(crate::data::Form::WebPage));
    assert_eq!(
        refused(b"version https://git-lfs.github.com/spec/v1"),
        WorkspaceError::Form(crate::data::Form::LfsPointer)
    );
    assert_eq!(refused(&model()), WorkspaceError::Form(crate::data::Form::Safetensors));
    assert_eq!(refused(&archive(&[("holiday.jpg", b"x")])), WorkspaceError::Stranger);
    assert_eq!(refused(&archive(&[("archive/data.pkl", b"x")])), WorkspaceError::Stranger);
    let file = pack(&entries()).expect("sound");
    assert_eq!(refused(&file[..file.len() - 30]), WorkspaceError::CutShort);
    let newer = format!(r#"{{"format":"{FORMAT}","version":{},"shape":"unheard of"}}"#, VERSION + 1);
    let newer = archive(&[("telar.json", newer.as_bytes()), ("runs/a.json", b"{\"in\":\"another form\"}")]);
    assert_eq!(refused(&newer), WorkspaceError::Version(VERSION + 1));
}

#[test]
fn a_workspace_is_read_whole_or_not_at_all() {
    let head = About::default().to_bytes();
    let refused = |name: &str, content: &[u8]| {
        unpack(&archive(&[("telar.json", &head), (name, content)])).expect_err("refused")
    };
    assert!(
        matches!(refused("runs/a.json", b"{}"), WorkspaceError::Damaged { name, .. } if name == "runs/a")
    );
    assert!(matches!(refused("models/autoencoder.safetensors", b"PK"), WorkspaceError::Damaged { .. }));
    assert!(matches!(refused("models/gpt.safetensors", &model()), WorkspaceError::Unknown(_)));
    assert!(matches!(refused("runs/../../etc.json", b"{}"), WorkspaceError::Unknown(_)));
    assert!(matches!(refused("virus.exe", b"MZ"), WorkspaceError::Unknown(_)));
    assert!(unpack(&archive(&[("telar.json", &head), ("__MACOSX/._a", b"x")])).is_ok());
}

#[test]
fn bombs_are_refused_by_their_size() {
    let head = About::default().to_bytes();
    let zeros = vec![b' '; 40 << 20];
    let bomb = archive(&[("telar.json", &head), ("runs/a.json", &zeros)]);
    assert!(bomb.len() < 300_000);
    assert!(matches!(unpack(&bomb), Err(WorkspaceError::TooLarge { .. })));
    let header = [&(1u64 << 40).to_le_bytes()[..], b"{\"a\""].concat();
    let giant = archive(&[("telar.json", &head), ("models/autoencoder.safetensors", &header)]);
    assert!(matches!(unpack(&giant), Err(WorkspaceError::Damaged { .. })));
}

/// As a page of version 1 wrote it: whatever is added later must leave this readable.
#[test]
fn a_run_of_the_first_version_can_be_read() {
    let text = include_str!("tests/run-1.json");
    let read = run_of("a", text.as_bytes()).expect("readable for ever");
    assert_eq!(read.points.len(), 2);
}
