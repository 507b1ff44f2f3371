//! Files that the learner chose or dropped: each is looked at by itself, so that a bad one never ends the
//! batch, and each gets its word.

use std::cell::RefCell;

use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use web_sys::Blob;

use super::{
    Arrival, blob, cache,
    load::{Load, SLICE},
    turn::give,
};
use crate::{
    data::{Assembly, DataError, Entry, FashionFile, Form, LARGEST, Recognition, Zipped},
    protocol::{DataEvent, DataSource, FileFault, FileOutcome, FilesTaken, PickedFile},
};

/// Most bytes of a file that is read at all: an archive of the four files with other forms beside them.
const LARGEST_READ: f64 = 300e6;
/// The part of a file's time that reading it takes; unpacking and checking take the rest.
const READING: f64 = 0.3;

/// A batch of files under way.
struct Batch<'a> {
    load: &'a Load,
    chosen: &'a RefCell<Assembly>,
    /// Bytes of the files before the present one, and of all.
    before: f64,
    total: f64,
    taken: Vec<FashionFile>,
    report: FilesTaken,
}

/// Takes files in, with those chosen before; tells what became of each, and delivers what can be used.
pub(super) async fn take(load: &Load, files: Vec<PickedFile>, chosen: &RefCell<Assembly>) {
    let blobs: Vec<(String, Option<Blob>)> =
        files.into_iter().map(|file| (file.name, file.content.0.dyn_into().ok())).collect();
    let total = blobs.iter().filter_map(|(_, blob)| blob.as_ref()).map(Blob::size).sum();
    let report = FilesTaken::default();
    let mut batch = Batch { load, chosen, before: 0.0, total, taken: Vec::new(), report };
    for (name, blob) in blobs {
        let size = blob.as_ref().map_or(0.0, Blob::size);
        batch.tell(&name, 0.0);
        if let Err(fault) = batch.open(&name, blob).await {
            batch.conclude(name, FileOutcome::Refused(fault));
        }
        batch.before += size;
        give().await;
        if !load.is_current() {
            return;
        }
    }
    cache::look().await;
    batch.finish();
}

impl Batch<'_> {
    /// Looks at a file; says what became of it, or of the files in it.
    async fn open(&mut self, name: &str, blob: Option<Blob>) -> Result<(), FileFault> {
        let blob = blob.ok_or_else(|| FileFault::Unreadable(String::new()))?;
        let head = blob::head(&blob).await?;
        match Form::of(name, &head) {
            Form::Gzip | Form::Idx => {
                let bytes = self.read(name, &blob).await?;
                let outcome = self.judge(name, bytes, blob.size()).await;
                self.conclude(name.to_owned(), outcome);
            }
            Form::Zip => {
                let bytes = self.read(name, &blob).await?;
                self.unzip(Zipped::open(bytes)?, blob.size()).await;
            }
            form => self.conclude(name.to_owned(), of_form(form)),
        }
        Ok(())
    }

    async fn read(&self, name: &str, blob: &Blob) -> Result<Vec<u8>, FileFault> {
        if blob.size() > LARGEST_READ {
            return Err(FileFault::TooLarge((LARGEST_READ / 1e6) as u32));
        }
        blob::bytes(blob, |part| self.tell(name, part * READING * blob.size())).await
    }

    /// Every file of an archive; `size` is the archive's.
    async fn unzip(&mut self, zipped: Zipped, size: f64) {
        let names: Vec<String> = zipped.names().map(str::to_owned).collect();
        let share = size / names.len().max(1) as f64;
        for (index, name) in names.into_iter().enumerate() {
            let outcome = match unpacked(&name, &zipped, index).await {
                Ok(bytes) => self.judge(&name, bytes, share).await,
                Err(DataError::Form(form)) => of_form(form),
                Err(error) => FileOutcome::Refused(error.into()),
            };
            self.conclude(name, outcome);
            give().await;
        }
    }

    /// Unpacks, checks and puts away one file that takes `size` bytes of the bar.
    async fn judge(&mut self, name: &str, bytes: Vec<u8>, size: f64) -> FileOutcome {
        // Read from a drive that may be gone when an engine is started later.
        let body = (bytes.len() <= LARGEST).then(|| Uint8Array::from(bytes.as_slice()));
        let (file, plain) = match self.recognise(name, bytes, size).await {
            Ok((file, _)) if self.taken.contains(&file) => return FileOutcome::Again,
            Ok(recognised) => recognised,
            Err(DataError::Form(form)) => return of_form(form),
            Err(error) => return FileOutcome::Refused(error.into()),
        };
        let inserted = self.chosen.borrow_mut().insert(file, plain);
        if let Err(error) = inserted {
            return FileOutcome::Refused(error.into());
        }
        self.taken.push(file);
        if let Some(body) = body {
            cache::put(file, &body).await;
        }
        FileOutcome::Taken(file.name().to_owned())
    }

    async fn recognise(
        &self,
        name: &str,
        bytes: Vec<u8>,
        size: f64,
    ) -> Result<(FashionFile, Vec<u8>), DataError> {
        let mut recognition = Recognition::new(name, bytes)?;
        loop {
            if let Some(found) = recognition.advance(SLICE)? {
                return Ok(found);
            }
            self.tell(name, size * (READING + (1.0 - READING) * recognition.progress()));
            give().await;
        }
    }

    fn conclude(&mut self, name: String, outcome: FileOutcome) {
        self.report.files.push((name, outcome));
    }

    /// Tells how far the batch is: `done` bytes of the present file.
    fn tell(&self, name: &str, done: f64) {
        self.load.tell(DataEvent::Progress {
            file: name.to_owned(),
            source: DataSource::Files,
            received: (self.before + done).min(self.total) as u32,
            total: self.total.max(1.0) as u32,
        });
    }

    /// The batch's end: the word on each file, and what can be used of all chosen so far.
    fn finish(mut self) {
        let mut chosen = self.chosen.borrow_mut();
        if !self.taken.is_empty() {
            self.report.missing = missing(&chosen).into_iter().map(|file| file.name().to_owned()).collect();
        }
        self.load.tell(DataEvent::FilesTaken(self.report));
        if self.taken.is_empty() {
            return;
        }
        if chosen.is_complete() {
            // The sums were right, so images and labels belong together.
            if let Ok(data) = std::mem::take(&mut *chosen).into_dataset() {
                self.load.deliver(Arrival::Data(data, DataSource::Files));
            }
        } else if let Some(test) = chosen.test() {
            self.load.deliver(Arrival::Test(test, DataSource::Files));
        }
    }
}

/// An archive's file, unpacked; one that is plainly something else is not unpacked to its end.
async fn unpacked(name: &str, zipped: &Zipped, index: usize) -> Result<Vec<u8>, DataError> {
    if Form::of(name, &[1]).is_litter() {
        return Err(DataError::Form(Form::Litter));
    }
    let mut unpacking = match zipped.entry(index)? {
        Entry::Stored(bytes) => return Ok(bytes),
        Entry::Packed(unpacking) => unpacking,
    };
    loop {
        let ended = unpacking.advance(SLICE)?;
        match Form::of(name, unpacking.content()) {
            Form::Gzip | Form::Idx if ended => return Ok(unpacking.into_content()),
            Form::Gzip | Form::Idx => give().await,
            form => return Err(DataError::Form(form)),
        }
    }
}

fn of_form(form: Form) -> FileOutcome {
    if form.is_litter() { FileOutcome::Passed } else { FileOutcome::Refused(FileFault::Form(form)) }
}

/// What is needed most: the other half of a pair that is half there, else the other pair.
fn missing(chosen: &Assembly) -> Vec<FashionFile> {
    let lacking = |file: &FashionFile| !chosen.has(*file);
    let halves = |file: &FashionFile| lacking(file) && chosen.has(file.partner());
    let partners: Vec<_> = FashionFile::ALL.into_iter().filter(halves).collect();
    if partners.is_empty() { FashionFile::ALL.into_iter().filter(lacking).collect() } else { partners }
}
