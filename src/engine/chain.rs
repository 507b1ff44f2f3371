//! The chain of data sources: which is asked for which file, and what happens when one fails. Knows
//! neither network nor browser; the loader brings those in.

use crate::{
    data::FashionFile,
    protocol::{DataEvent, DataSource, Fault, FileFault},
};

/// Public mirrors that allow cross-origin reads, in order.
pub const MIRRORS: [&str; 2] = [
    "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
    "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
];

/// One place that may have the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What kind of place.
    pub kind: DataSource,
    /// Its address, ending in a slash; empty for the browser's cache.
    pub address: String,
}

/// The sources in order: `data/` beside the page, the cache, the mirrors where allowed.
pub fn sources(base: &str, mirrors: bool) -> Vec<Source> {
    let folder = base.rfind('/').map_or("", |slash| &base[..=slash]);
    let local = Source { kind: DataSource::Local, address: format!("{folder}data/") };
    let cache = Source { kind: DataSource::Cache, address: String::new() };
    let mirrors = MIRRORS.into_iter().filter(|_| mirrors);
    let mirrors = mirrors.map(|address| Source { kind: DataSource::Mirror, address: address.to_owned() });
    [local, cache].into_iter().chain(mirrors).collect()
}

/// Sources still trusted.
pub struct Chain {
    sources: Vec<Source>,
}

impl Chain {
    /// A chain of `sources`.
    pub fn new(sources: Vec<Source>) -> Self {
        Self { sources }
    }

    /// Asks the sources in order for `file`. `get` gives `None` where a source simply does not have
    /// it; a source that fails is noted and not asked again. `None` where no source has it.
    pub async fn find<T>(
        &mut self,
        file: FashionFile,
        get: impl AsyncFn(&Source, FashionFile) -> Result<Option<T>, FileFault>,
        note: impl Fn(DataEvent),
    ) -> Option<(DataSource, T)> {
        let mut next = 0;
        while let Some(source) = self.sources.get(next) {
            match get(source, file).await {
                Ok(Some(found)) => return Some((source.kind, found)),
                Ok(None) => next += 1,
                Err(reason) => note(given_up(self.sources.remove(next), file, reason)),
            }
        }
        None
    }
}

fn given_up(source: Source, file: FashionFile, reason: FileFault) -> DataEvent {
    DataEvent::SourceFailed {
        source: source.kind,
        address: source.address,
        fault: Fault::File { file: file.name().to_owned(), reason },
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use futures::FutureExt;

    use super::*;

    #[test]
    fn the_order_is_local_cache_mirrors() {
        let kinds = |mirrors| sources("http://host/sub/index.html", mirrors).into_iter().map(|s| s.kind);
        let first = [DataSource::Local, DataSource::Cache];
        assert!(kinds(false).eq(first));
        assert!(kinds(true).eq(first.into_iter().chain([DataSource::Mirror; 2])));
        assert_eq!(sources("http://host/sub/index.html", false)[0].address, "http://host/sub/data/");
        assert_eq!(sources("http://host/sub/", false)[0].address, "http://host/sub/data/");
    }

    /// Local has one file; the cache is empty; the first mirror stalls; the second has all.
    #[test]
    fn each_failure_is_noted_once_and_the_chain_goes_on() {
        let mut chain = Chain::new(sources("http://host/", true));
        let asked = RefCell::new(Vec::new());
        let notes = RefCell::new(Vec::new());
        let get = async |source: &Source, file: FashionFile| {
            asked.borrow_mut().push((source.kind, file));
            match source.kind {
                DataSource::Local => Ok((file == FashionFile::TestLabels).then_some("local")),
                DataSource::Mirror if source.address == MIRRORS[0] => Err(FileFault::Stalled(15)),
                DataSource::Mirror => Ok(Some("mirror")),
                _ => Ok(None),
            }
        };
        let mut find = |file| {
            let found = chain.find(file, &get, |event| notes.borrow_mut().push(event));
            found.now_or_never().expect("nothing waits here")
        };
        assert_eq!(find(FashionFile::TestLabels), Some((DataSource::Local, "local")));
        assert_eq!(find(FashionFile::TestImages), Some((DataSource::Mirror, "mirror")));
        assert_eq!(find(FashionFile::TrainLabels), Some((DataSource::Mirror, "mirror")));
        assert!(matches!(
            notes.borrow().as_slice(),
            [DataEvent::SourceFailed { source: DataSource::Mirror, address, fault: Fault::File { file, reason: FileFault::Stalled(15) } }]
                if address == MIRRORS[0] && file == FashionFile::TestImages.name()
        ));
        assert_eq!(asked.borrow().len(), 1 + 4 + 3);
    }

    #[test]
    fn nothing_is_found_where_every_source_fails() {
        let mut chain = Chain::new(sources("http://host/", true));
        let notes = RefCell::new(0);
        let get = async |_: &Source, _: FashionFile| Err::<Option<()>, _>(FileFault::Http(503));
        let found = chain.find(FashionFile::TestLabels, get, |_| *notes.borrow_mut() += 1);
        assert_eq!(found.now_or_never(), Some(None));
        assert_eq!(notes.into_inner(), 4);
    }
}
