//! Gets the data, beside whatever the engine does: starts each load and delivers what it has to the mailbox.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use super::{Arrival, Outbox, STAND_IN, intake, kept, load::Load, mailbox::Mailbox, turn::give, walk::Walk};
use crate::{
    data::{Assembly, Dataset, Labelled, synthetic},
    protocol::{DataCommand, DataSource},
};

/// Synthetic garments drawn in one go.
const GARMENTS: usize = 50;
/// What tells the synthetic test set's seed from the training set's.
const TEST_SEED: u64 = 0x7e57;

/// Starts loads and ends those that a later one replaced.
pub struct Loader {
    mailbox: Mailbox,
    outbox: Outbox,
    latest: Rc<Cell<u32>>,
    chosen: Rc<RefCell<Assembly>>,
}

impl Loader {
    /// A loader that delivers to `mailbox` and tells its progress by `outbox`.
    pub fn new(mailbox: Mailbox, outbox: Outbox) -> Self {
        Self { mailbox, outbox, latest: Rc::default(), chosen: Rc::default() }
    }

    /// Starts what `command` asks for; an earlier load that has not ended is given up.
    pub fn start(&self, command: DataCommand) {
        self.latest.set(self.latest.get() + 1);
        let load = self.load();
        let chosen = self.chosen.clone();
        wasm_bindgen_futures::spawn_local(async move {
            match command {
                DataCommand::Load { base, mirrors } => Walk::new(&load).go(&base, mirrors).await,
                DataCommand::LoadFiles { files } => intake::take(&load, files, &chosen).await,
                DataCommand::LoadKept(kept) => kept::load(&load, kept).await,
                DataCommand::LoadSynthetic { seed, train, test } => {
                    let data = drawn(&load, seed, train, test).await;
                    load.deliver(Arrival::Data(data, DataSource::Synthetic));
                }
                DataCommand::Browse { .. } => {}
            }
        });
    }

    /// Draws synthetic garments that stand in; a load under way goes on.
    pub fn stand_in(&self) {
        let load = self.load();
        wasm_bindgen_futures::spawn_local(async move {
            let (seed, train, test) = STAND_IN;
            let data = drawn(&load, seed, train, test).await;
            load.deliver(Arrival::StandIns(data));
        });
    }

    fn load(&self) -> Load {
        Load::new(self.latest.clone(), self.mailbox.clone(), self.outbox.clone())
    }
}

/// Synthetic garments, a few at a time; the test set is delivered ahead.
async fn drawn(load: &Load, seed: u64, train: u32, test: u32) -> Dataset {
    let test = garments(seed ^ TEST_SEED, test as usize).await;
    load.deliver(Arrival::Test(test.clone(), DataSource::Synthetic));
    Dataset { train: garments(seed, train as usize).await, test }
}

async fn garments(seed: u64, count: usize) -> Labelled {
    let mut all = Labelled::default();
    for some in synthetic::Parts::new(seed, count, GARMENTS) {
        all.append(some);
        give().await;
    }
    all
}
