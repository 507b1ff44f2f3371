//! The error of principal component analysis at every latent size, which an autoencoder has to beat:
//! computed behind everything else, slice by slice.

use std::sync::Arc;

use super::Engine;
use crate::{
    data::Dataset,
    protocol::{Event, Fault, RunEvent},
    training::{PcaJob, PcaTest},
};

/// Training images that the components are computed from, evenly spread over the file: the errors
/// differ from those of all images by less than a hundredth.
const IMAGES: usize = 10_000;
/// Training images that the error is measured on, evenly spread as well.
const MEASURED: usize = 2_000;
/// Images measured in one slice: about 50 ms.
const SLICE: usize = 25;

/// A reference in the making.
pub struct Reference {
    data: Arc<Dataset>,
    stage: Stage,
}

enum Stage {
    Components(Box<PcaJob>),
    Errors { test: Box<PcaTest>, next: usize },
}

impl Reference {
    /// One slice; the errors once they are known.
    async fn advance(&mut self) -> Result<Option<Vec<f32>>, Fault> {
        match &mut self.stage {
            Stage::Components(job) => {
                if let Some(pca) = job.advance().await? {
                    let test = Box::new(PcaTest::new(Arc::new(pca)));
                    self.stage = Stage::Errors { test, next: 0 };
                }
                Ok(None)
            }
            Stage::Errors { test, next } => {
                let every = self.data.train.len().div_ceil(MEASURED).max(1);
                let slice = (*next..self.data.train.len()).step_by(every).take(SLICE);
                slice.for_each(|index| test.add(self.data.train.image(index)));
                *next += SLICE * every;
                Ok((*next >= self.data.train.len()).then(|| test.errors()))
            }
        }
    }
}

impl Engine {
    /// Begins to compute the reference for the data in use.
    pub(super) fn compute_reference(&mut self) {
        let job = Box::new(PcaJob::new(self.data.clone(), IMAGES, &self.device));
        let stage = Stage::Components(job);
        self.background.reference = Some(Reference { data: self.data.clone(), stage });
    }

    /// One slice of the reference; posts it once it is known.
    pub(super) async fn advance_reference(&mut self) -> Result<(), Fault> {
        let Some(mut reference) = self.background.reference.take() else { return Ok(()) };
        match reference.advance().await? {
            Some(errors) => self.outbox.post(Event::Run(RunEvent::PcaReference { errors })),
            None => self.background.reference = Some(reference),
        }
        Ok(())
    }
}
