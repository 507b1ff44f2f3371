//! Work that waits until no batch is due: self-test, measurement, the PCA reference. One slice at a
//! time, and a slice is short.

use super::{
    Engine, describing::Describing, measurement::Measurement, reference::Reference, self_test::SelfTesting,
};
use crate::protocol::{Event, Fault, RunEvent};

/// What waits, in the order of its turn.
#[derive(Default)]
pub struct Background {
    pub(super) self_test: Option<SelfTesting>,
    pub(super) describing: Option<Describing>,
    pub(super) measurement: Option<Measurement>,
    pub(super) reference: Option<Reference>,
}

impl Engine {
    /// One slice; `false` where nothing waits. Speed is not measured beside a run at work.
    pub(super) async fn advance_background(&mut self) -> bool {
        let advanced = if self.background.self_test.is_some() {
            self.advance_self_test().await
        } else if self.background.describing.is_some() {
            self.advance_describing().await
        } else if self.background.measurement.is_some() && !self.is_running() {
            self.advance_measurement().await
        } else if self.background.reference.is_some() {
            self.advance_reference().await
        } else {
            return false;
        };
        if let Err(fault) = advanced {
            self.outbox.fault(None, fault);
        }
        true
    }

    async fn advance_self_test(&mut self) -> Result<(), Fault> {
        let Some(mut testing) = self.background.self_test.take() else { return Ok(()) };
        match testing.advance().await? {
            Some(result) => self.outbox.post(Event::Run(RunEvent::SelfTested(result))),
            None => self.background.self_test = Some(testing),
        }
        Ok(())
    }

    async fn advance_measurement(&mut self) -> Result<(), Fault> {
        let Some(mut measurement) = self.background.measurement.take() else { return Ok(()) };
        match measurement.advance().await? {
            Some(images_per_second) => self.measured(images_per_second),
            None => self.background.measurement = Some(measurement),
        }
        Ok(())
    }
}
