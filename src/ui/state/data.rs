//! The data in use, the files on their way, and the page of garments on show.

use std::sync::Arc;

use crate::protocol::{DataEvent, DataSource, DataSummary, Fault, FilesTaken, Pictures, Split};

/// A source that was given up.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Which kind of source.
    pub source: DataSource,
    /// The mirror's address, or nothing.
    pub address: String,
    /// Why.
    pub fault: Fault,
}

/// How much of the four files is here.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrival {
    /// The file on its way.
    pub file: String,
    /// Where it comes from.
    pub source: DataSource,
    /// Bytes so far.
    pub received: u32,
    /// Bytes of all four files.
    pub total: u32,
}

/// A page of garments of one class, or of all.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Which split.
    pub split: Split,
    /// Which class.
    pub class: Option<u8>,
    /// First image, counted within the class.
    pub offset: u32,
    /// How many there are to page through.
    pub available: u32,
    /// The images.
    pub pictures: Arc<Pictures>,
}

/// What the learner did in the step Data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Looked for the real files again.
    Look,
    /// Chose or dropped files.
    Check,
    /// Asked for synthetic garments.
    Draw,
}

/// What is answered where it was done.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// It is being done.
    Busy(Action),
    /// What came of the files.
    Files(Arc<FilesTaken>),
    /// What was asked for is in use.
    InUse,
    /// No source has the files; the data in use stay.
    NothingFound,
    /// A link, a text or a picture from another page was dropped, no files.
    NoFiles,
    /// A folder that was dropped holds no files.
    EmptyFolder,
    /// The engine is not there to do it.
    NoEngine,
}

/// What the page knows of the data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Data {
    /// The data in use.
    pub summary: Option<Arc<DataSummary>>,
    /// Files on their way.
    pub arrival: Option<Arrival>,
    /// Sources given up since the last load began.
    pub notes: Vec<Note>,
    /// Garments on show.
    pub page: Option<Page>,
    /// The page of garments that is wanted: split, class, first image.
    pub wanted: Option<(Split, Option<u8>, u32)>,
    /// What came of the learner's last action.
    pub answer: Option<Answer>,
}

impl Data {
    /// Takes in what the CPU engine tells.
    pub fn apply(&mut self, event: DataEvent) {
        match event {
            DataEvent::Progress { file, source, received, total } => {
                let received = received.min(total);
                self.arrival = Some(Arrival { file, source, received, total });
            }
            DataEvent::NothingFound => {
                self.arrival = None;
                if self.answer == Some(Answer::Busy(Action::Look)) {
                    self.answer = Some(Answer::NothingFound);
                }
            }
            DataEvent::FilesTaken(taken) => {
                self.arrival = None;
                self.answer = Some(Answer::Files(Arc::new(taken)));
            }
            // The page's link keeps it; there is nothing to show.
            DataEvent::Kept(_) => {}
            DataEvent::SourceFailed { source, address, fault } => {
                self.notes.push(Note { source, address, fault });
            }
            DataEvent::Loaded(summary) => self.load(summary),
            // A late answer, about a page that was left, is dropped.
            DataEvent::Pictures { split, class, offset, .. }
                if Some((split, class, offset)) != self.wanted => {}
            DataEvent::Pictures { split, class, offset, available, pictures } => {
                self.page = Some(Page { split, class, offset, available, pictures: Arc::new(pictures) });
            }
        }
    }

    /// A load begins: notes and answer of the one before are void.
    pub fn begin(&mut self, action: Action) {
        self.notes.clear();
        self.arrival = None;
        self.answer = Some(Answer::Busy(action));
    }

    /// The engine that was at it is gone.
    pub fn interrupt(&mut self) {
        self.arrival = None;
        if matches!(self.answer, Some(Answer::Busy(_))) {
            self.answer = Some(Answer::NoEngine);
        }
    }

    /// `data-source` of the status bar.
    pub fn source(&self) -> DataSource {
        self.summary.as_ref().map_or(DataSource::None, |summary| summary.source)
    }

    /// The synthetic garments are in use and must be named as such.
    pub fn synthetic(&self) -> bool {
        self.source() == DataSource::Synthetic
    }

    /// There are images to train on.
    pub fn trainable(&self) -> bool {
        self.summary.as_ref().is_some_and(|summary| summary.train > 0)
    }

    fn load(&mut self, summary: DataSummary) {
        if summary.train > 0 {
            self.arrival = None;
            let drawn = summary.source == DataSource::Synthetic;
            let wanted = if drawn { Action::Draw } else { Action::Look };
            if self.answer == Some(Answer::Busy(wanted)) {
                self.answer = Some(Answer::InUse);
            }
        }
        // The same data once more, of an engine started anew, leave what is on show.
        if self.summary.as_deref() != Some(&summary) {
            self.page = None;
            self.summary = Some(Arc::new(summary));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::FileFault;

    fn summary(source: DataSource, train: u32) -> DataSummary {
        DataSummary {
            source,
            train,
            test: 100,
            per_class: vec![10; 10],
            mean: 0.286,
            deviation: 0.353,
            mean_images: Pictures::default(),
            test_labels: vec![0; 100],
        }
    }

    #[test]
    fn the_test_set_may_come_first_and_the_bar_stays_until_training_images_are_here() {
        let mut data = Data::default();
        assert_eq!(data.source(), DataSource::None);
        let file = "t10k-images-idx3-ubyte.gz".to_owned();
        data.apply(DataEvent::Progress { file, source: DataSource::Mirror, received: 5, total: 10 });
        data.apply(DataEvent::Loaded(summary(DataSource::Mirror, 0)));
        assert!(data.arrival.is_some() && !data.trainable());
        data.apply(DataEvent::Loaded(summary(DataSource::Mirror, 60_000)));
        assert!(data.arrival.is_none() && data.trainable());
    }

    #[test]
    fn a_source_given_up_is_a_note_and_the_data_stay() {
        let mut data = Data::default();
        data.apply(DataEvent::Loaded(summary(DataSource::Synthetic, 100)));
        let fault = Fault::File { file: "x.gz".into(), reason: FileFault::Http(404) };
        data.apply(DataEvent::SourceFailed { source: DataSource::Files, address: String::new(), fault });
        assert_eq!(data.notes.len(), 1);
        assert!(data.synthetic() && data.trainable());
        data.begin(Action::Look);
        assert!(data.notes.is_empty() && data.trainable());
    }

    #[test]
    fn every_action_gets_its_answer() {
        let mut data = Data::default();
        data.begin(Action::Look);
        data.apply(DataEvent::Loaded(summary(DataSource::Synthetic, 100)));
        assert_eq!(data.answer, Some(Answer::Busy(Action::Look)), "stand-ins are not what was looked for");
        data.apply(DataEvent::NothingFound);
        assert_eq!(data.answer, Some(Answer::NothingFound));
        data.begin(Action::Draw);
        data.apply(DataEvent::Loaded(summary(DataSource::Synthetic, 100)));
        assert_eq!(data.answer, Some(Answer::InUse));
        data.begin(Action::Check);
        data.apply(DataEvent::FilesTaken(FilesTaken::default()));
        data.apply(DataEvent::Loaded(summary(DataSource::Files, 60_000)));
        assert!(matches!(data.answer, Some(Answer::Files(_))));
        data.begin(Action::Check);
        data.interrupt();
        assert_eq!(data.answer, Some(Answer::NoEngine));
    }

    #[test]
    fn a_page_of_garments_that_was_left_is_not_shown_any_more() {
        let page = |class, offset| DataEvent::Pictures {
            split: Split::Test,
            class,
            offset,
            available: 900,
            pictures: Pictures::default(),
        };
        let mut data = Data { wanted: Some((Split::Test, Some(3), 60)), ..Data::default() };
        data.apply(page(None, 60));
        data.apply(page(Some(3), 0));
        assert_eq!(data.page, None);
        data.apply(page(Some(3), 60));
        assert_eq!(data.page.as_ref().map(|page| (page.class, page.offset)), Some((Some(3), 60)));
        data.wanted = Some((Split::Train, Some(3), 60));
        data.apply(page(Some(3), 60));
        assert_eq!(data.page.map(|page| page.split), Some(Split::Test), "what is shown stays until then");
    }

    #[test]
    fn the_bar_never_passes_its_end() {
        let mut data = Data::default();
        let file = "a".to_owned();
        data.apply(DataEvent::Progress { file, source: DataSource::Local, received: 12, total: 10 });
        assert_eq!(data.arrival.map(|arrival| arrival.received), Some(10));
    }
}
