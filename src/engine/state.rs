//! All that an engine knows and does, in one place with one owner.

use std::sync::Arc;

use burn::tensor::Device;

use super::{Models, Outbox, background::Background, browse, describing::EncodedTest, run::Run};
use crate::{
    data::Dataset,
    protocol::{DataCommand, DataEvent, DataSource, EngineKind, Event},
    training::crew::Crew,
};

/// An engine: CPU or GPU, the same but for the device.
pub struct Engine {
    /// Which engine this is.
    pub kind: EngineKind,
    /// The device without gradients; sessions ask it for `autodiff()` themselves.
    pub device: Device,
    /// The data in use; empty at first.
    pub data: Arc<Dataset>,
    /// Where the data came from.
    pub source: DataSource,
    /// The models held.
    pub models: Models,
    /// The way to the page.
    pub outbox: Outbox,
    /// Who calculates beside this engine, if anybody.
    pub crew: Option<Crew>,
    pub(super) run: Option<Run>,
    pub(super) background: Background,
    /// The test set as last encoded, for neighbours.
    pub(super) encoded: Option<EncodedTest>,
    pub(super) load: Option<DataCommand>,
    background_turn: bool,
}

impl Engine {
    /// An engine without data and without models.
    pub fn new(kind: EngineKind, device: Device, outbox: Outbox) -> Self {
        Self {
            kind,
            device,
            data: Arc::default(),
            source: DataSource::None,
            models: Models::default(),
            outbox,
            crew: None,
            run: None,
            background: Background::default(),
            encoded: None,
            load: None,
            background_turn: false,
        }
    }

    /// The last request to load data, for the worker: fetching is its business.
    pub fn take_load(&mut self) -> Option<DataCommand> {
        self.load.take()
    }

    /// Workers that calculate while a run is at work: this one and its helpers.
    pub(super) fn cores(&self) -> u32 {
        1 + self.crew.as_ref().map_or(0, Crew::size) as u32
    }

    /// Takes new data into use and tells the page; a run that goes on keeps its own.
    pub fn adopt(&mut self, data: Dataset, source: DataSource) {
        self.use_data(data, source);
        self.tell_data();
    }

    /// Takes new data into use without a word.
    pub(super) fn use_data(&mut self, data: Dataset, source: DataSource) {
        self.data = Arc::new(data);
        self.source = source;
        if self.kind == EngineKind::Cpu && !self.data.train.is_empty() {
            self.compute_reference();
        }
    }

    /// Tells the page what data is in use.
    pub fn tell_data(&self) {
        let summary = browse::summary(&self.data, self.source);
        self.outbox.post(Event::Data(DataEvent::Loaded(summary)));
    }

    /// One unit of work: a batch of the run, or a slice of what waits in the background, by turns, so
    /// that neither starves and commands never wait for both. `false` where there is nothing to do
    /// until the next command.
    pub async fn advance(&mut self) -> bool {
        let after_batch = std::mem::take(&mut self.background_turn);
        if after_batch && self.advance_background().await {
            return true;
        }
        self.background_turn = self.advance_run().await;
        self.background_turn || self.advance_background().await
    }
}
