//! The session's stages with a crew: the units of a batch, or of a validation, are shared out, and what
//! comes back is added in their order. The same bits as alone.

use std::ops::Range;

use web_time::Instant;

use super::AutoencoderSession;
use crate::{
    data::Split,
    training::{
        TrainingError,
        batch::{unit_of, units},
        crew::{Answer, Calculation, Crew, Order, Shift, Task},
        flat,
        units::{learn_autoencoder, test_autoencoder},
    },
};

impl AutoencoderSession {
    /// Lets `crew` calculate beside this session, whose device can be read without waiting. A call of
    /// [`AutoencoderSession::advance`] still does one unit itself, or waits about as long.
    pub fn set_crew(&mut self, crew: Option<Crew>) {
        crew.iter().for_each(Crew::begin);
        self.crew = crew;
    }

    /// One unit of the batch of images `batch`, of which none counts as done before all are; how far
    /// the epoch is then, from `done`, and images that were finished.
    pub(super) async fn train_together(
        &mut self,
        crew: &Crew,
        batch: &[u32],
        done: usize,
    ) -> Result<(usize, u32), TrainingError> {
        let begun = Instant::now();
        let mut shift = match self.shift.take() {
            Some(shift) => shift,
            None => self.training_shift(crew, batch)?,
        };
        let (model, device) = (self.learner.model(), &self.training_device);
        let progress = shift.advance(|_, unit| learn_autoencoder(model, unit, device)).await?;
        self.batch_seconds += begun.elapsed().as_secs_f64();
        if !progress.finished {
            self.shift = Some(shift);
            return Ok((done, progress.images));
        }
        let shares = units(batch.len(), self.unit).map(|unit| share(&unit, batch.len()));
        self.learner.take_in(shares.zip(shift.answers()))?;
        crew.stepped(batch.len() as u32, std::mem::take(&mut self.batch_seconds));
        Ok((done + batch.len(), progress.images))
    }

    fn training_shift(&self, crew: &Crew, batch: &[u32]) -> Result<Shift, TrainingError> {
        let (dataset, batch) = (self.dataset.clone(), batch.to_vec());
        let tasks = Task::each(0, units(batch.len(), self.unit));
        let pictures = move |range: &Range<usize>| {
            unit_of(&dataset.train, &batch[range.clone()], share(range, batch.len()))
        };
        Ok(Shift::new(crew, vec![self.order(Calculation::LearnAutoencoder)?], tasks, pictures))
    }

    /// One unit of what errors are measured on, of which none counts as done before all are.
    pub(super) async fn evaluate_together(
        &mut self,
        crew: &Crew,
        split: Split,
        done: usize,
    ) -> Result<(usize, u32), TrainingError> {
        let count = self.evaluated(split);
        let mut shift = match self.shift.take() {
            Some(shift) => shift,
            None => self.evaluation_shift(crew, split)?,
        };
        let (model, device) = (self.model(), &self.device);
        let progress = shift.advance(|_, unit| test_autoencoder(&model, unit, device)).await?;
        if !progress.finished {
            self.shift = Some(shift);
            return Ok((done, progress.images));
        }
        for (unit, Answer { loss, .. }) in units(count, self.unit).zip(shift.answers()) {
            let weight = unit.len() as f64;
            self.evaluation.add_number(loss * weight as f32, weight);
        }
        Ok((count, progress.images))
    }

    fn evaluation_shift(&self, crew: &Crew, split: Split) -> Result<Shift, TrainingError> {
        let count = self.evaluated(split);
        let (dataset, images) = (self.dataset.clone(), self.evaluated_images(split, 0..count));
        let pictures = move |range: &Range<usize>| unit_of(dataset.of(split), &images[range.clone()], 1.0);
        let orders = vec![self.order(Calculation::TestAutoencoder)?];
        Ok(Shift::new(crew, orders, Task::each(0, units(count, self.unit)), pictures))
    }

    fn order(&self, calculation: Calculation) -> Result<Order, TrainingError> {
        let weights = flat::weights(self.learner.model())?.into();
        Ok(Order { calculation, latent: self.config.latent, smoothing: 0.0, weights })
    }
}

fn share(unit: &Range<usize>, batch: usize) -> f64 {
    unit.len() as f64 / batch as f64
}
