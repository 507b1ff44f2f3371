//! Data in the browser: unpacking, fetching, the cache, the loader with nothing to load.

use std::{cell::RefCell, io::Write, rc::Rc};

use flate2::{Compression, write::GzEncoder};
use js_sys::Uint8Array;
use telar::{
    data::{Assembly, DataError, FashionFile, Form, Split, idx, recognise},
    engine::{
        Arrival, Outbox, cache, fetch,
        loader::Loader,
        mailbox::{Mail, Mailbox},
    },
    protocol::{
        DataCommand, DataEvent, DataSource, Event, FileFault, FileOutcome, FilesTaken, Handle, PickedFile,
    },
};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Blob;

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content).expect("writing to memory");
    encoder.finish().expect("writing to memory")
}

fn labels(count: u32) -> Vec<u8> {
    let header = [idx::LABELS_MAGIC, count].into_iter().flat_map(u32::to_be_bytes);
    header.chain((0..count).map(|index| (index % 10) as u8)).collect()
}

#[wasm_bindgen_test]
fn gzip_and_idx_are_read_here_as_natively() {
    let file = labels(1_000);
    let mut assembly = Assembly::default();
    assembly.insert(FashionFile::TestLabels, file.clone()).expect("labels");
    assert!(assembly.take(Split::Test).expect("no counts to compare").is_none());
    let packed = gzip(&file);
    let cut = packed[..packed.len() / 2].to_vec();
    assert_eq!(recognise("t10k-labels-idx1-ubyte.gz", cut), Err(DataError::CutShort));
    assert_eq!(recognise("t10k-labels-idx1-ubyte.gz", packed), Err(DataError::OtherSet));
}

#[wasm_bindgen_test]
async fn a_fetch_gives_bytes_in_pieces_or_the_reason_why_not() {
    let received = RefCell::new(0);
    let bytes =
        fetch::bytes("data:text/plain,telar", 5, 0, |piece| *received.borrow_mut() += piece.len()).await;
    assert_eq!((bytes.as_deref(), received.into_inner()), (Ok(b"telar".as_slice()), 5));
    let missing = fetch::bytes(&format!("{}no-such-file", origin()), 5, 0, |_| {}).await;
    assert_eq!(missing, Err(FileFault::Http(404)));
    let refused = fetch::bytes("http://127.0.0.1:1/", 5, 0, |_| {}).await;
    assert!(matches!(refused, Err(FileFault::Network(_))));
}

#[wasm_bindgen_test]
async fn the_cache_keeps_and_forgets() {
    let file = FashionFile::TestLabels;
    cache::forget(file).await;
    assert_eq!(cache::get(file).await, None);
    cache::put(file, &Uint8Array::from([1, 2, 3].as_slice())).await;
    assert_eq!(cache::get(file).await, Some(vec![1, 2, 3]));
    cache::forget(file).await;
    assert_eq!(cache::get(file).await, None);
}

/// Where this test's files are served.
fn origin() -> String {
    let location = js_sys::Reflect::get(&js_sys::global(), &"location".into()).expect("a worker has one");
    let origin = js_sys::Reflect::get(&location, &"origin".into()).expect("a location has one");
    format!("{}/", origin.as_string().expect("an origin is text"))
}

/// A loader with its first delivery and all that it told.
async fn load(command: DataCommand) -> (Option<Arrival>, Vec<Event>) {
    let events = Rc::new(RefCell::new(Vec::new()));
    let told = events.clone();
    let mailbox = Mailbox::default();
    let outbox = Outbox::new(move |event| told.borrow_mut().push(event));
    Loader::new(mailbox.clone(), outbox).start(command);
    mailbox.wait().await;
    let arrival = match mailbox.next() {
        Some(Mail::Arrival(arrival)) => Some(arrival),
        _ => None,
    };
    (arrival, events.take())
}

/// The test's server has no `data/` and mirrors are off: a broken file in the cache is forgotten,
/// and the chain ends without a word.
#[wasm_bindgen_test]
async fn the_chain_ends_quietly_where_no_source_has_anything() {
    let file = FashionFile::TestLabels;
    cache::put(file, &Uint8Array::from(b"not the file".as_slice())).await;
    let (arrival, events) = load(DataCommand::Load { base: origin(), mirrors: false }).await;
    assert!(matches!(arrival, Some(Arrival::Nothing)));
    assert!(events.is_empty(), "{events:?}");
    assert_eq!(cache::get(file).await, None);
}

#[wasm_bindgen_test]
async fn synthetic_garments_are_drawn_test_set_first() {
    let (arrival, _) = load(DataCommand::LoadSynthetic { seed: 1, train: 30, test: 20 }).await;
    let Some(Arrival::Test(test, DataSource::Synthetic)) = arrival else {
        panic!("the test set comes first")
    };
    assert_eq!(test.len(), 20);
}

fn picked(name: &str, bytes: &[u8]) -> PickedFile {
    let parts = js_sys::Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence(&parts).expect("browsers make blobs");
    PickedFile { name: name.into(), content: Handle(blob.into()) }
}

/// What becomes of files that are chosen; the loader shares this thread and needs some turns.
async fn taken(files: Vec<PickedFile>) -> FilesTaken {
    let events = Rc::new(RefCell::new(Vec::new()));
    let told = events.clone();
    let outbox = Outbox::new(move |event| told.borrow_mut().push(event));
    Loader::new(Mailbox::default(), outbox).start(DataCommand::LoadFiles { files });
    for _ in 0..1_000 {
        let found = events.borrow().iter().find_map(|event| match event {
            Event::Data(DataEvent::FilesTaken(taken)) => Some(taken.clone()),
            _ => None,
        });
        if let Some(taken) = found {
            return taken;
        }
        fetch::bytes("data:,", 5, 0, |_| {}).await.expect("an empty address is no network");
    }
    panic!("no word on the files: {events:?}");
}

/// None of these can be used, and each is called what it is; what is behind no handle at all is named, too.
#[wasm_bindgen_test]
async fn every_chosen_file_gets_its_word_and_a_bad_one_ends_nothing() {
    let folder = PickedFile { name: "fashion".into(), content: Handle::default() };
    let files = vec![
        folder,
        picked("holiday.jpg", &[0xff, 0xd8, 0xff]),
        picked(".DS_Store", b"\0\0\0\x01Bud1"),
        picked("t10k-labels-idx1-ubyte.gz", b"<!DOCTYPE html>"),
        picked("train-labels-idx1-ubyte.gz", &gzip(&labels(10_000))),
    ];
    let words: Vec<_> = taken(files).await.files.into_iter().map(|(_, outcome)| outcome).collect();
    assert!(matches!(
        words.as_slice(),
        [
            FileOutcome::Refused(FileFault::Unreadable(_)),
            FileOutcome::Refused(FileFault::Form(Form::Picture)),
            FileOutcome::Passed,
            FileOutcome::Refused(FileFault::Form(Form::WebPage)),
            FileOutcome::Refused(FileFault::Content(_)),
        ]
    ));
}
