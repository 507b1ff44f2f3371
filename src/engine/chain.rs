//! The chain of data sources: which is asked for which file, and what happens when one fails or is slow.
//! Knows neither network nor browser; the loader brings those in.

use futures::{
    StreamExt,
    channel::mpsc::{self, UnboundedSender},
    future::{Either, select},
    stream::FuturesUnordered,
};

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
    let page = base.split(['?', '#']).next().unwrap_or_default();
    let folder = page.rfind('/').map_or("", |slash| &page[..=slash]);
    let local = Source { kind: DataSource::Local, address: format!("{folder}data/") };
    let cache = Source { kind: DataSource::Cache, address: String::new() };
    let mirrors = MIRRORS.into_iter().filter(|_| mirrors);
    let mirrors = mirrors.map(|address| Source { kind: DataSource::Mirror, address: address.to_owned() });
    [local, cache].into_iter().chain(mirrors).collect()
}

/// By this a source that is being asked tells that it is slow.
pub struct Pace {
    source: Source,
    slow: UnboundedSender<(Source, u32)>,
}

impl Pace {
    /// The source gives only so many bytes a second: the next one is asked beside it.
    pub fn is_slow(&self, bytes_per_second: u32) {
        // Whoever asked may have its answer already.
        let _ = self.slow.unbounded_send((self.source.clone(), bytes_per_second));
    }
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
    /// it; a source that fails is noted and not asked again. Beside one that says it is slow the next is
    /// asked, and the first answer counts; `stuck` is called where all that are left are slow. `None` where
    /// no source has the file.
    pub async fn find<T>(
        &mut self,
        file: FashionFile,
        get: impl AsyncFn(&Source, FashionFile, Pace) -> Result<Option<T>, FileFault>,
        note: impl Fn(DataEvent),
        stuck: impl Fn(),
    ) -> Option<(DataSource, T)> {
        let (slow, mut slowness) = mpsc::unbounded();
        let ask = |source: Source| {
            let (get, slow) = (&get, slow.clone());
            async move {
                let answer = get(&source, file, Pace { source: source.clone(), slow }).await;
                (source, answer)
            }
        };
        let mut waiting = self.sources.clone().into_iter();
        let mut asked: FuturesUnordered<_> = waiting.next().map(ask).into_iter().collect();
        let mut slow_ones: Vec<Source> = Vec::new();
        loop {
            match select(asked.next(), slowness.next()).await {
                Either::Left((None, _)) => return None,
                Either::Left((Some((source, Ok(Some(found)))), _)) => return Some((source.kind, found)),
                Either::Left((Some((source, Ok(None))), _)) => slow_ones.retain(|slow| *slow != source),
                Either::Left((Some((source, Err(reason))), _)) => {
                    slow_ones.retain(|slow| *slow != source);
                    self.sources.retain(|known| *known != source);
                    note(given_up(source, file, reason));
                }
                Either::Right((told, _)) => {
                    let Some((source, speed)) = told else { continue };
                    self.put_last(&source);
                    slow_ones.push(source.clone());
                    note(given_up(source, file, FileFault::Slow(speed)));
                }
            }
            asked.extend(waiting.next().map(ask));
            if !asked.is_empty() && asked.len() == slow_ones.len() {
                stuck();
            }
        }
    }

    /// A slow source is the last to be asked for the next file.
    fn put_last(&mut self, source: &Source) {
        if let Some(index) = self.sources.iter().position(|known| known == source) {
            let source = self.sources.remove(index);
            self.sources.push(source);
        }
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
    use std::cell::{Cell, RefCell};

    use futures::{FutureExt, channel::oneshot, future::pending};

    use super::*;

    #[test]
    fn the_order_is_local_cache_mirrors() {
        let kinds = |mirrors| sources("http://host/sub/index.html", mirrors).into_iter().map(|s| s.kind);
        let first = [DataSource::Local, DataSource::Cache];
        assert!(kinds(false).eq(first));
        assert!(kinds(true).eq(first.into_iter().chain([DataSource::Mirror; 2])));
        for page in ["index.html", "", "?lesson=a/b", "index.html?a=/b/#/c/"] {
            let address = &sources(&format!("http://host/sub/{page}"), false)[0].address;
            assert_eq!(address, "http://host/sub/data/");
        }
    }

    /// The page's security policy lets the engine ask them.
    #[test]
    fn the_page_may_ask_the_mirrors() {
        let page = include_str!("../../index.html");
        let (_, rest) = page.split_once("connect-src ").expect("the page has a policy");
        let allowed: Vec<_> = rest.split(';').next().unwrap_or_default().split(' ').collect();
        for mirror in MIRRORS {
            assert!(
                allowed.iter().any(|known| mirror.starts_with(known)),
                "{mirror} is not among {allowed:?}"
            );
        }
    }

    /// Local has one file; the cache is empty; the first mirror stalls; the second has all.
    #[test]
    fn each_failure_is_noted_once_and_the_chain_goes_on() {
        let mut chain = Chain::new(sources("http://host/", true));
        let asked = RefCell::new(Vec::new());
        let notes = RefCell::new(Vec::new());
        let get = async |source: &Source, file: FashionFile, _: Pace| {
            asked.borrow_mut().push((source.kind, file));
            match source.kind {
                DataSource::Local => Ok((file == FashionFile::TestLabels).then_some("local")),
                DataSource::Mirror if source.address == MIRRORS[0] => Err(FileFault::Stalled(15)),
                DataSource::Mirror => Ok(Some("mirror")),
                _ => Ok(None),
            }
        };
        let mut find = |file| {
            let found =
                chain.find(file, &get, |event| notes.borrow_mut().push(event), || panic!("not stuck"));
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
        let notes = Cell::new(0);
        let get = async |_: &Source, _: FashionFile, _: Pace| Err::<Option<()>, _>(FileFault::Http(503));
        let found = chain.find(FashionFile::TestLabels, get, |_| notes.set(notes.get() + 1), || ());
        assert_eq!(found.now_or_never(), Some(None));
        assert_eq!(notes.get(), 4);
    }

    /// The first mirror gives a byte a second: the second is asked beside it, answers first, and is the
    /// first to be asked for the next file.
    #[test]
    fn beside_a_slow_source_the_next_is_asked() {
        let mut chain = Chain::new(sources("http://host/", true));
        let notes = RefCell::new(Vec::new());
        let get = async |source: &Source, _: FashionFile, pace: Pace| match &source.address {
            address if address == MIRRORS[0] => {
                pace.is_slow(1);
                pending().await
            }
            address if address == MIRRORS[1] => Ok(Some("second")),
            _ => Ok(None),
        };
        for file in [FashionFile::TestLabels, FashionFile::TestImages] {
            let found =
                chain.find(file, &get, |event| notes.borrow_mut().push(event), || panic!("not stuck"));
            assert_eq!(found.now_or_never(), Some(Some((DataSource::Mirror, "second"))));
        }
        assert!(matches!(
            notes.borrow().as_slice(),
            [DataEvent::SourceFailed { fault: Fault::File { reason: FileFault::Slow(1), .. }, .. }]
        ));
    }

    /// Beside the page is slow, and the cache, the only other source, has nothing.
    #[test]
    fn a_slow_source_without_a_next_one_is_told_and_goes_on() {
        let mut chain = Chain::new(sources("http://host/", false));
        let stuck = Cell::new(0);
        let (come, end) = oneshot::channel();
        let end = RefCell::new(Some(end));
        let get = async |source: &Source, _: FashionFile, pace: Pace| match source.kind {
            DataSource::Local => {
                pace.is_slow(1);
                let end = end.take().expect("asked once");
                end.await.map(|()| Some("at last")).map_err(|_| FileFault::CutShort)
            }
            _ => Ok(None),
        };
        let mut found =
            Box::pin(chain.find(FashionFile::TestLabels, get, |_| (), || stuck.set(stuck.get() + 1)));
        assert_eq!((&mut found).now_or_never(), None);
        assert_eq!(stuck.get(), 1);
        come.send(()).expect("it is waited for");
        assert_eq!(found.now_or_never().flatten(), Some((DataSource::Local, "at last")));
    }
}
