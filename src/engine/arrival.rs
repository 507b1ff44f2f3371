//! Data that arrived, taken into use: what replaces what.

use super::Engine;
use crate::{
    data::{Dataset, Labelled},
    protocol::{DataEvent, DataSource, Event},
};

/// The synthetic set that stands in where nothing else can be had: seed, training and test images.
pub const STAND_IN: (u64, u32, u32) = (42, 2_000, 500);

/// What the loader delivers.
pub enum Arrival {
    /// The test set, ahead of the rest.
    Test(Labelled, DataSource),
    /// Both sets.
    Data(Dataset, DataSource),
    /// What the page kept of an earlier load.
    Kept(Dataset, DataSource),
    /// Synthetic garments that stand in.
    StandIns(Dataset),
    /// Nothing could be had; synthetic garments stand in unless there is better data already.
    Nothing,
    /// The sources that are left are slow; synthetic garments stand in until they are done.
    Slow,
}

/// What is to be done after an arrival.
#[derive(Debug, PartialEq)]
pub enum Next {
    /// Nothing.
    Done,
    /// The page is to keep the data in use, and then to be told of them: who hears of data may want them.
    KeepAndTell,
    /// The page is to be told of the data in use.
    Tell,
    /// Synthetic garments are to be drawn.
    StandIn,
}

impl Engine {
    /// Takes what arrived into use, where it is better than what there is.
    pub fn receive(&mut self, arrival: Arrival) -> Next {
        match arrival {
            Arrival::Test(test, source) => self.receive_test(test, source),
            Arrival::Data(data, source) => {
                self.use_data(data, source);
                Next::KeepAndTell
            }
            Arrival::Kept(data, source) => {
                self.use_data(data, source);
                Next::Tell
            }
            Arrival::StandIns(data) if self.lacks_data() => {
                self.use_data(data, DataSource::Synthetic);
                Next::KeepAndTell
            }
            Arrival::StandIns(_) => Next::Done,
            Arrival::Nothing => {
                self.outbox.post(Event::Data(DataEvent::NothingFound));
                self.stand_in()
            }
            Arrival::Slow => self.stand_in(),
        }
    }

    fn stand_in(&self) -> Next {
        if self.lacks_data() { Next::StandIn } else { Next::Done }
    }

    /// There is nothing to train on, and the learner did not choose it so.
    fn lacks_data(&self) -> bool {
        self.data.train.is_empty() && self.source != DataSource::Files
    }

    /// Takes the test set into use while there is nothing better, so that there is something to see. The
    /// learner's own files are better than synthetic garments.
    fn receive_test(&mut self, test: Labelled, source: DataSource) -> Next {
        let stand_ins = self.source == DataSource::Synthetic && source == DataSource::Files;
        if !self.data.train.is_empty() && !stand_ins {
            return Next::Done;
        }
        self.use_data(Dataset { train: Labelled::default(), test }, source);
        Next::KeepAndTell
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{data::synthetic, engine::tests::engine};

    fn data() -> Dataset {
        Dataset { train: synthetic::garments(1, 20), test: synthetic::garments(2, 10) }
    }

    #[test]
    fn the_learners_test_files_replace_stand_ins_but_nothing_real() {
        let (mut engine, _) = engine();
        let test = || Arrival::Test(synthetic::garments(3, 7), DataSource::Files);
        assert_eq!(engine.receive(Arrival::Data(data(), DataSource::Synthetic)), Next::KeepAndTell);
        assert_eq!(engine.receive(test()), Next::KeepAndTell);
        assert_eq!(
            (engine.source, engine.data.train.len(), engine.data.test.len()),
            (DataSource::Files, 0, 7)
        );
        engine.receive(Arrival::Data(data(), DataSource::Local));
        assert_eq!(engine.receive(test()), Next::Done);
        assert_eq!((engine.source, engine.data.train.len()), (DataSource::Local, 20));
    }

    #[test]
    fn where_nothing_is_found_that_is_told_and_only_an_empty_engine_gets_stand_ins() {
        let (mut engine, events) = engine();
        assert_eq!(engine.receive(Arrival::Nothing), Next::StandIn);
        assert!(matches!(events.borrow()[..], [Event::Data(DataEvent::NothingFound)]));
        assert_eq!(engine.receive(Arrival::Slow), Next::StandIn);
        assert_eq!(engine.receive(Arrival::Kept(data(), DataSource::Mirror)), Next::Tell);
        assert_eq!(engine.receive(Arrival::StandIns(data())), Next::Done, "the real data came first");
        assert_eq!(engine.receive(Arrival::Nothing), Next::Done);
        assert_eq!(engine.source, DataSource::Mirror);
    }
}
