//! The four files from the chain of sources, the test set first.

use std::cell::{Cell, RefCell};

use futures::{channel::oneshot, future::join_all};
use js_sys::Uint8Array;
use web_time::Instant;

use super::{
    Arrival, Chain, Floor, Pace, Source, Throttle, cache, fetch,
    fetch::STALL_SECONDS,
    load::{Load, SLICE},
    sources,
    turn::give,
};
use crate::{
    data::{Assembly, DataError, Dataset, FashionFile, Form, Labelled, Recognition, Split},
    protocol::{DataEvent, DataSource, FileFault},
};

/// Seconds between two progress events.
const PROGRESS_INTERVAL: f64 = 0.1;

/// Bytes of which a file that only keeps a place has fewer: nothing is on its way then.
const PLACE: usize = 512;

/// Walks the chain for one load.
pub(super) struct Walk<'a> {
    load: &'a Load,
    /// Most bytes told of a file that several sources are asked for.
    ahead: Cell<u32>,
    /// Files on their way into the cache.
    writes: RefCell<Vec<oneshot::Receiver<()>>>,
}

impl<'a> Walk<'a> {
    /// A walk that delivers by `load`.
    pub(super) fn new(load: &'a Load) -> Self {
        Self { load, ahead: Cell::new(0), writes: RefCell::default() }
    }

    /// The four files from the chain, the test set first.
    pub(super) async fn go(&self, base: &str, mirrors: bool) {
        let mut chain = Chain::new(sources(base, mirrors));
        let mut assembly = Assembly::default();
        let mut test = Labelled::default();
        for file in FashionFile::ALL {
            self.ahead.set(0);
            let get = async |source: &Source, file, pace: Pace| self.get(source, file, pace).await;
            let note = |event| {
                self.ahead.set(0);
                self.load.tell(event);
            };
            let found = chain.find(file, get, note, || self.load.deliver(Arrival::Slow)).await;
            let Some((source, plain)) = found.filter(|_| self.load.is_current()) else {
                return self.load.deliver(Arrival::Nothing);
            };
            // What has the right sum parses; were it otherwise, the pair would be missing below.
            let _ = assembly.insert(file, plain);
            match assembly.take(file.split()) {
                Ok(Some(images)) if file.split() == Split::Test => {
                    test = images.clone();
                    self.load.deliver(Arrival::Test(images, source));
                }
                Ok(Some(train)) => {
                    let test = std::mem::take(&mut test);
                    join_all(self.writes.take()).await;
                    cache::look().await;
                    self.load.deliver(Arrival::Data(Dataset { train, test }, source));
                }
                _ => {}
            }
            give().await;
        }
    }

    /// One file from one source, checked and unpacked.
    async fn get(
        &self,
        source: &Source,
        file: FashionFile,
        pace: Pace,
    ) -> Result<Option<Vec<u8>>, FileFault> {
        if source.kind == DataSource::Cache {
            return Ok(cached(file).await);
        }
        let bytes = match self.fetch(source, file, pace).await {
            // A host without `data/` is no fault.
            Err(FileFault::Http(404 | 410)) if source.kind == DataSource::Local => return Ok(None),
            fetched => fetched?,
        };
        let body = if cache::holds(file).await { None } else { Some(Uint8Array::from(bytes.as_slice())) };
        let plain = match checked(file, bytes).await {
            Err(DataError::Form(Form::Placeholder)) => return Ok(None),
            checked => checked?,
        };
        if let Some(body) = body {
            self.keep(file, body);
        }
        Ok(Some(plain))
    }

    /// Keeps a file while the next is fetched; only the last word on the data waits for it.
    fn keep(&self, file: FashionFile, body: Uint8Array) {
        let (done, written) = oneshot::channel();
        self.writes.borrow_mut().push(written);
        wasm_bindgen_futures::spawn_local(async move {
            cache::put(file, &body).await;
            // A walk that was given up waits for nothing.
            let _ = done.send(());
        });
    }

    async fn fetch(&self, source: &Source, file: FashionFile, pace: Pace) -> Result<Vec<u8>, FileFault> {
        let address = format!("{}{}", source.address, file.name());
        let (mut received, mut packed) = (0, true);
        let mut throttle = Throttle::new(PROGRESS_INTERVAL);
        let clock = Instant::now();
        let mut floor = Floor::new(0.0);
        fetch::bytes(&address, STALL_SECONDS, file.packed_bytes() as usize, |piece| {
            if received == 0 {
                packed = Form::of(file.name(), piece) == Form::Gzip;
            }
            received += piece.len();
            let now = clock.elapsed().as_secs_f64();
            let share = file.packed_share(received, packed);
            if received > PLACE && (throttle.due(now) || share == file.packed_bytes()) {
                self.tell_share(source.kind, file, share);
            }
            if let Some(speed) = floor.add(now, piece.len()) {
                pace.is_slow(speed);
            }
        })
        .await
    }

    /// Tells how much of a file is here, unless another source is ahead.
    fn tell_share(&self, source: DataSource, file: FashionFile, share: u32) {
        if share < self.ahead.get() {
            return;
        }
        self.ahead.set(share);
        let before = FashionFile::ALL.into_iter().take_while(|&other| other != file);
        let before: u32 = before.map(FashionFile::packed_bytes).sum();
        self.load.tell(DataEvent::Progress {
            file: file.name().to_owned(),
            source,
            received: before + share,
            total: FashionFile::TOTAL_BYTES,
        });
    }
}

/// A file from the cache; one that is broken there is forgotten, and simply not there.
pub(super) async fn cached(file: FashionFile) -> Option<Vec<u8>> {
    let checked = checked(file, cache::get(file).await?).await;
    if checked.is_err() {
        cache::forget(file).await;
    }
    checked.ok()
}

/// The content of `file`, which `bytes` must be: packed or not, by whomever.
async fn checked(file: FashionFile, bytes: Vec<u8>) -> Result<Vec<u8>, DataError> {
    let mut recognition = Recognition::new(file.name(), bytes)?;
    loop {
        match recognition.advance(SLICE)? {
            Some((found, plain)) if found == file => return Ok(plain),
            Some(_) => return Err(DataError::OtherSet),
            None => give().await,
        }
    }
}
