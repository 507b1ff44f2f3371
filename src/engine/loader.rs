//! Gets the data, beside whatever the engine does: walks the chain of sources, checks and unpacks
//! in slices, and delivers what it has to the mailbox.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use super::{
    Chain, Outbox, Source, Throttle, arrival::Arrival, cache, fetch, fetch::STALL_SECONDS, mailbox::Mailbox,
    sources, turn::give,
};
use crate::{
    data::{Assembly, DataError, Dataset, FashionFile, Gunzip, Labelled, Split, Sum, recognise, synthetic},
    protocol::{DataCommand, DataEvent, DataSource, Event, Fault, FileFault, NamedBytes},
};

/// Bytes unpacked in one go: a few milliseconds.
const SLICE: usize = 1 << 20;
/// Synthetic garments drawn in one go.
const GARMENTS: usize = 50;
/// Seconds between two progress events.
const PROGRESS_INTERVAL: f64 = 0.1;
/// The synthetic set that stands in where nothing else can be had: seed, training and test images.
pub const STAND_IN: (u64, u32, u32) = (42, 2_000, 500);

/// Starts loads and ends those that a later one replaced.
pub struct Loader {
    mailbox: Mailbox,
    outbox: Outbox,
    latest: Rc<Cell<u32>>,
    dropped: Rc<RefCell<Assembly>>,
}

/// One load under way.
struct Load {
    number: u32,
    latest: Rc<Cell<u32>>,
    mailbox: Mailbox,
    outbox: Outbox,
}

impl Loader {
    /// A loader that delivers to `mailbox` and tells its progress by `outbox`.
    pub fn new(mailbox: Mailbox, outbox: Outbox) -> Self {
        Self { mailbox, outbox, latest: Rc::default(), dropped: Rc::default() }
    }

    /// Starts what `command` asks for; an earlier load that has not ended is given up.
    pub fn start(&self, command: DataCommand) {
        self.latest.set(self.latest.get() + 1);
        let load = Load {
            number: self.latest.get(),
            latest: self.latest.clone(),
            mailbox: self.mailbox.clone(),
            outbox: self.outbox.clone(),
        };
        let dropped = self.dropped.clone();
        wasm_bindgen_futures::spawn_local(async move {
            match command {
                DataCommand::Load { base, mirrors } => load.walk(&base, mirrors).await,
                DataCommand::LoadFiles { files } => load.take_files(files, &dropped).await,
                DataCommand::LoadSynthetic { seed, train, test } => load.draw(seed, train, test).await,
                DataCommand::Browse { .. } => {}
            }
        });
    }
}

impl Load {
    fn is_current(&self) -> bool {
        self.number == self.latest.get()
    }

    fn deliver(&self, arrival: Arrival) {
        if self.is_current() {
            self.mailbox.deliver(arrival);
        }
    }

    fn tell(&self, event: DataEvent) {
        if self.is_current() {
            self.outbox.post(Event::Data(event));
        }
    }

    /// The four files from the chain, the test set first.
    async fn walk(&self, base: &str, mirrors: bool) {
        let sources = sources(base, mirrors);
        let listed = listed(&sources[0].address).await;
        let mut chain = Chain::new(sources);
        let mut assembly = Assembly::default();
        let mut test = Labelled::default();
        for file in FashionFile::ALL {
            let get = async |source: &Source, file| self.get(source, file, &listed).await;
            let found = chain.find(file, get, |event| self.tell(event)).await;
            let Some((source, plain)) = found.filter(|_| self.is_current()) else {
                return self.deliver(Arrival::Nothing);
            };
            // What has the right sum parses; were it otherwise, the pair would be missing below.
            let _ = assembly.insert(file, plain);
            match assembly.take(file.split()) {
                Ok(Some(images)) if file.split() == Split::Test => {
                    test = images.clone();
                    self.deliver(Arrival::Test(images, source));
                }
                Ok(Some(train)) => {
                    let test = std::mem::take(&mut test);
                    self.deliver(Arrival::Data(Dataset { train, test }, source));
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
        listed: &[String],
    ) -> Result<Option<Vec<u8>>, FileFault> {
        if source.kind == DataSource::Cache {
            return Ok(self.cached(file).await);
        }
        if source.kind == DataSource::Local && !listed.iter().any(|name| name == file.name()) {
            return Ok(None);
        }
        let (packed, sum) = self.fetch(source, file).await?;
        sum.check(file.packed_sum())?;
        if source.kind == DataSource::Mirror {
            cache::put(file, &packed).await;
        }
        Ok(Some(unpack(packed, file).await?))
    }

    /// A file that is broken in the cache is forgotten, and simply not there.
    async fn cached(&self, file: FashionFile) -> Option<Vec<u8>> {
        let packed = cache::get(file).await?;
        let mut sum = Sum::default();
        for piece in packed.chunks(SLICE) {
            sum.update(piece);
            give().await;
        }
        let unpacked = match sum.check(file.packed_sum()) {
            Ok(()) => unpack(packed, file).await,
            Err(error) => Err(error),
        };
        if unpacked.is_err() {
            cache::forget(file).await;
        }
        unpacked.ok()
    }

    async fn fetch(&self, source: &Source, file: FashionFile) -> Result<(Vec<u8>, Sum), FileFault> {
        let before: u32 = FashionFile::ALL
            .into_iter()
            .take_while(|&other| other != file)
            .map(FashionFile::packed_bytes)
            .sum();
        let address = format!("{}{}", source.address, file.name());
        let mut sum = Sum::default();
        let mut received = 0;
        let mut throttle = Throttle::new(PROGRESS_INTERVAL);
        let clock = web_time::Instant::now();
        let bytes = fetch::bytes(&address, STALL_SECONDS, |piece| {
            sum.update(piece);
            received += piece.len() as u32;
            if throttle.due(clock.elapsed().as_secs_f64()) || received == file.packed_bytes() {
                self.tell(DataEvent::Progress {
                    file: file.name().to_owned(),
                    source: source.kind,
                    received: before + received,
                    total: FashionFile::TOTAL_BYTES,
                });
            }
        });
        Ok((bytes.await?, sum))
    }

    /// Files that the learner dropped, with those dropped before.
    async fn take_files(&self, files: Vec<NamedBytes>, dropped: &RefCell<Assembly>) {
        for NamedBytes { name, bytes } in files {
            give().await;
            let taken =
                recognise(&name, bytes).and_then(|(file, plain)| dropped.borrow_mut().insert(file, plain));
            if let Err(error) = taken {
                self.fault(name, error);
            }
        }
        let assembly = dropped.borrow().clone();
        if !assembly.is_empty() {
            self.ask_for_missing(&assembly);
        }
        self.use_dropped(assembly);
    }

    fn use_dropped(&self, assembly: Assembly) {
        let complete = FashionFile::ALL.into_iter().all(|file| assembly.has(file));
        match assembly.into_dataset() {
            Ok(data) if complete => self.deliver(Arrival::Data(data, DataSource::Files)),
            Ok(data) if !data.test.is_empty() => self.deliver(Arrival::Test(data.test, DataSource::Files)),
            Ok(_) => {}
            Err(error) => self.fault(FashionFile::TrainImages.name().to_owned(), error),
        }
    }

    /// Names the file whose partner is there.
    fn ask_for_missing(&self, assembly: &Assembly) {
        let alone = |file: &FashionFile| assembly.has(*file) && !assembly.has(file.partner());
        for file in FashionFile::ALL.into_iter().filter(alone) {
            let count = file.count() as u32;
            let (images, labels) = if file.holds_images() { (count, 0) } else { (0, count) };
            self.fault(file.partner().name().to_owned(), DataError::Counts { images, labels });
        }
    }

    fn fault(&self, file: String, error: DataError) {
        self.outbox.fault(None, Fault::File { file, reason: error.into() });
    }

    /// Synthetic garments, a few at a time.
    async fn draw(&self, seed: u64, train: u32, test: u32) {
        let test = garments(seed ^ TEST_SEED, test as usize).await;
        self.deliver(Arrival::Test(test.clone(), DataSource::Synthetic));
        let train = garments(seed, train as usize).await;
        self.deliver(Arrival::Data(Dataset { train, test }, DataSource::Synthetic));
    }
}

/// What tells the synthetic test set's seed from the training set's.
const TEST_SEED: u64 = 0x7e57;

async fn garments(seed: u64, count: usize) -> Labelled {
    let mut all = Labelled::default();
    for some in synthetic::Parts::new(seed, count, GARMENTS) {
        all.append(some);
        give().await;
    }
    all
}

async fn unpack(packed: Vec<u8>, file: FashionFile) -> Result<Vec<u8>, DataError> {
    let mut unpacking = Gunzip::new(packed, file.plain_bytes());
    while !unpacking.advance(SLICE)? {
        give().await;
    }
    Ok(unpacking.into_content())
}

/// The file names in `data/index.json`, which the build always writes; none where it is missing.
async fn listed(folder: &str) -> Vec<String> {
    let text = fetch::text(&format!("{folder}index.json"), STALL_SECONDS).await.unwrap_or_default();
    let parsed = js_sys::JSON::parse(&text).unwrap_or_default();
    let names = js_sys::Array::is_array(&parsed).then(|| js_sys::Array::from(&parsed));
    names.map(|names| names.iter().filter_map(|name| name.as_string()).collect()).unwrap_or_default()
}

impl Loader {
    /// A stand-in is drawn where there is nothing.
    pub fn stand_in() -> DataCommand {
        let (seed, train, test) = STAND_IN;
        DataCommand::LoadSynthetic { seed, train, test }
    }
}
