//! Files from anywhere: 10,000 mutated workspaces and as many mutated safetensors files end in an error or a result,
//! never in a panic, and take no more memory than twice the file and 64 MB.
#![cfg(not(target_arch = "wasm32"))]
// What allocates memory is unsafe by its nature.
#![allow(unsafe_code)]

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
};

use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use telar::{
    protocol::{ModelSlot, WeightsOrigin},
    training::checkpoint::Checkpoint,
    workspace::{self, About, ONLY, Part},
};

/// How many files of each kind.
const CASES: u32 = 10_000;
/// Bytes allowed beyond twice the file's.
const MORE: usize = 64 << 20;

thread_local! {
    static HELD: Cell<usize> = const { Cell::new(0) };
    static MOST: Cell<usize> = const { Cell::new(0) };
}

/// The system's allocator, which counts what this thread holds.
struct Counting;

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        HELD.set(HELD.get().saturating_add(layout.size()));
        MOST.set(MOST.get().max(HELD.get()));
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        HELD.set(HELD.get().saturating_sub(layout.size()));
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// Most bytes held at once while `act` runs, those of `file` among them.
fn most(file: &[u8], act: impl FnOnce(&[u8])) -> usize {
    let before = HELD.get();
    MOST.set(before);
    act(file);
    MOST.get() - before + file.len()
}

/// A change to a file: where, as a share of it, and what.
type Change = (f64, u8, u8);

/// Changes a byte, cuts out, doubles, cuts off, or writes a huge number.
fn mutated(file: &[u8], changes: &[Change]) -> Vec<u8> {
    let mut file = file.to_vec();
    for &(share, kind, value) in changes {
        if file.is_empty() {
            return file;
        }
        // Most of what is worth breaking is at the beginning and at the end.
        let reach = if kind & 8 == 0 { file.len() } else { file.len().min(400) };
        let place = (share * reach as f64) as usize;
        let place = if kind & 16 == 0 { place } else { file.len() - 1 - place };
        let end = (place + usize::from(value)).min(file.len());
        match kind % 8 {
            0..=2 => file[place] = value,
            3 => drop(file.drain(place..end)),
            4 => file.splice(place..place, file[place..end].to_vec()).for_each(drop),
            5 => file.truncate(place),
            6 => file[place..end.min(place + 8)].fill(0xff),
            _ => file[place] ^= 1 << (value % 8),
        }
    }
    file
}

fn shipped(name: &str) -> Vec<u8> {
    let path = format!("{}/www/models/{name}.safetensors", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(path).expect("it is in the repository")
}

fn a_workspace() -> Vec<u8> {
    let about =
        About { models: [(ModelSlot::Autoencoder, WeightsOrigin::Trained)].into(), ..About::default() };
    let run = include_bytes!("../src/workspace/tests/run-1.json");
    // So small that the changes meet what is around the weights as well.
    let header = br#"{"__metadata__":{"telar.kind":"autoencoder"}}"#;
    let model = [&(header.len() as u64).to_le_bytes(), header.as_slice(), &[0; 64]].concat();
    let entries = [
        (Part::About, ONLY.to_owned(), about.to_bytes()),
        (Part::Model, "autoencoder".to_owned(), model),
        (Part::Run, "0001-1".to_owned(), run.to_vec()),
        (Part::Drawing, ONLY.to_owned(), b"[{\"side\":256.0,\"strokes\":[]}]".to_vec()),
        (Part::Setting, ONLY.to_owned(), br#"{"language":"\"es\""}"#.to_vec()),
    ];
    workspace::pack(&entries).expect("sound")
}

/// Mutates `file` and has it read; how many could still be read.
fn survive(file: &[u8], read: impl Fn(&[u8]) -> bool) -> u32 {
    let changes = prop::collection::vec((0.0..1.0f64, any::<u8>(), any::<u8>()), 1..5);
    let readable = Cell::new(0);
    let mut runner = TestRunner::new(Config { cases: CASES, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&changes, |changes| {
        let file = mutated(file, &changes);
        let most = most(&file, |file| readable.set(readable.get() + u32::from(read(file))));
        prop_assert!(most <= 2 * file.len() + MORE, "{most} bytes for a file of {}", file.len());
        Ok(())
    });
    outcome.expect("no panic, no more memory");
    readable.get()
}

#[test]
fn mutated_workspaces_are_refused_or_read_whole() {
    let file = a_workspace();
    assert!(workspace::unpack(&file).is_ok());
    let readable = survive(&file, |file| workspace::unpack(file).is_ok());
    println!("of {CASES} mutated workspaces {readable} could still be read");
    assert!(readable < CASES / 2, "the changes change something");
}

#[test]
fn mutated_safetensors_files_are_refused_or_read() {
    let file = shipped("autoencoder");
    // The header and the first weights: the rest is numbers, any of which is as good as another.
    let readable = survive(&file, |file| Checkpoint::from_bytes(file).is_ok());
    println!("of {CASES} mutated safetensors files {readable} could still be read");
    assert!(readable > 0 && readable < CASES);
}

/// Whatever an archive claims and however well it packs: nothing is unpacked beyond the limit.
#[test]
fn the_densest_bombs_take_no_more_memory() {
    let dense = |text: &str, part: &str| {
        let content = text.repeat((5 << 20) / text.len());
        let content = format!("[{}]", content.trim_end_matches(','));
        archive(&[("telar.json", About::default().to_bytes()), (part, content.into_bytes())])
    };
    let bombs = [
        dense(" ", "runs/a.json"),
        dense("0,", "drawings/all.json"),
        dense("{\"side\":1,\"strokes\":[]},", "drawings/all.json"),
        many(),
    ];
    for bomb in bombs {
        let most = most(&bomb, |bomb| drop(workspace::unpack(bomb)));
        assert!(most <= 2 * bomb.len() + MORE, "{most} bytes for {}", bomb.len());
    }
}

/// As many runs as go in, each of the largest size.
fn many() -> Vec<u8> {
    let spaces = vec![b' '; 6 << 20];
    let runs: Vec<_> = (0..50).map(|number| (format!("runs/{number}.json"), spaces.clone())).collect();
    let mut files = vec![("telar.json", About::default().to_bytes())];
    files.extend(runs.iter().map(|(name, content)| (name.as_str(), content.clone())));
    archive(&files)
}

fn archive(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    use std::io::Write;
    let mut bytes = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut bytes);
    for (name, content) in files {
        let builder = archive.new_file(*name).compression_method(rawzip::CompressionMethod::DEFLATE);
        let (mut entry, config) = builder.start().expect("memory");
        let mut writer =
            config.wrap(flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::fast()));
        writer.write_all(content).expect("memory");
        let (encoder, descriptor) = writer.finish().expect("memory");
        encoder.finish().expect("memory");
        entry.finish(descriptor).expect("memory");
    }
    archive.finish().expect("memory");
    bytes
}
