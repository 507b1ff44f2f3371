//! Data in the browser: unpacking, fetching, the cache, the loader with nothing to load.

use std::{cell::RefCell, io::Write, rc::Rc};

use flate2::{Compression, write::GzEncoder};
use telar::{
    data::{Assembly, DataError, FashionFile, Split, gunzip, idx, recognise},
    engine::{
        Outbox, cache, fetch,
        loader::{Arrival, Loader},
        mailbox::{Mail, Mailbox},
    },
    protocol::{DataCommand, DataSource, Event, Fault, FileFault, NamedBytes},
};
use wasm_bindgen_test::wasm_bindgen_test;

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
    let plain = gunzip(gzip(&file), file.len()).expect("a sound file");
    assert_eq!(idx::parse_labels(&plain).expect("labels").len(), 1_000);
    let mut assembly = Assembly::default();
    assembly.insert(FashionFile::TestLabels, plain).expect("labels");
    assert!(assembly.take(Split::Test).expect("no counts to compare").is_none());
    let packed = gzip(&file);
    let cut = packed[..packed.len() / 2].to_vec();
    assert!(matches!(recognise("t10k-labels-idx1-ubyte.gz", cut), Err(DataError::Gzip(_))));
}

#[wasm_bindgen_test]
async fn a_fetch_gives_bytes_in_pieces_or_the_reason_why_not() {
    let received = RefCell::new(0);
    let bytes = fetch::bytes("data:text/plain,telar", 5, |piece| *received.borrow_mut() += piece.len()).await;
    assert_eq!((bytes.as_deref(), received.into_inner()), (Ok(b"telar".as_slice()), 5));
    let missing = fetch::bytes(&format!("{}no-such-file", origin()), 5, |_| {}).await;
    assert_eq!(missing, Err(FileFault::Http(404)));
    let refused = fetch::bytes("http://127.0.0.1:1/", 5, |_| {}).await;
    assert!(matches!(refused, Err(FileFault::Network(_))));
}

#[wasm_bindgen_test]
async fn the_cache_keeps_and_forgets() {
    let file = FashionFile::TestLabels;
    cache::forget(file).await;
    assert_eq!(cache::get(file).await, None);
    cache::put(file, &[1, 2, 3]).await;
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
    cache::put(file, b"not the file").await;
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

#[wasm_bindgen_test]
async fn a_dropped_file_that_is_something_else_is_named() {
    let events = Rc::new(RefCell::new(Vec::new()));
    let told = events.clone();
    let outbox = Outbox::new(move |event| told.borrow_mut().push(event));
    let photo = NamedBytes { name: "holiday.jpg".into(), bytes: vec![0xff, 0xd8, 0xff] };
    let loader = Loader::new(Mailbox::default(), outbox);
    loader.start(DataCommand::LoadFiles { files: vec![photo] });
    // The loader shares this thread and is done with three bytes after a few turns.
    for _ in 0..20 {
        fetch::bytes("data:,", 5, |_| {}).await.expect("an empty address is no network");
    }
    let unknown = Fault::File { file: "holiday.jpg".into(), reason: FileFault::Unknown };
    assert!(matches!(&events.take()[..], [Event::Fault(report)] if report.fault == unknown));
}
