//! A round with a crew: the units of a batch, or of a validation, go to helpers for every contender
//! alike, and what comes back is added in their order. The same bits as alone.

use std::ops::Range;

use burn::tensor::Device;
use web_time::Instant;

use super::{
    contender::Rates,
    round::{Racer, Round},
};
use crate::{
    data::{IMAGE_PIXELS, Split},
    training::{
        TrainingError,
        crew::{Answer, Crew, Order, Shift, Task, Unit},
        unit_of, units,
    },
};

impl Round {
    /// Whether units are under way that helpers may be at.
    pub(super) fn is_shared_out(&self) -> bool {
        self.shift.is_some()
    }

    /// One unit of the prepared batch for one contender; `true` once all are through and every
    /// contender has taken its step.
    pub(super) async fn train_together(
        &mut self,
        crew: &Crew,
        unit: usize,
        rates: Rates,
        device: &Device,
    ) -> Result<bool, TrainingError> {
        let begun = Instant::now();
        let mut shift = match self.shift.take() {
            Some(shift) => shift,
            None => self.training_shift(crew, unit)?,
        };
        let (racers, smoothing) = (self.at_work(), self.smoothing);
        let own = |order: usize, unit: &Unit| racers[order].contender.learn(unit, smoothing, device);
        let finished = shift.advance(own).await?.finished;
        if finished {
            self.take_steps(shift, unit, rates)?;
        } else {
            self.shift = Some(shift);
        }
        self.batch_seconds += begun.elapsed().as_secs_f64();
        if finished {
            crew.stepped(self.current.labels.len() as u32, std::mem::take(&mut self.batch_seconds));
        }
        Ok(finished)
    }

    fn training_shift(&self, crew: &Crew, unit: usize) -> Result<Shift, TrainingError> {
        let (pixels, labels) = (self.current.pixels.clone(), self.current.labels.clone());
        let size = labels.len();
        let orders = self.orders(|racer| racer.contender.learning_order(self.smoothing))?;
        let pictures = move |range: &Range<usize>| Unit {
            pixels: pixels[range.start * IMAGE_PIXELS..range.end * IMAGE_PIXELS].to_vec(),
            labels: labels[range.clone()].to_vec(),
            share: range.len() as f64 / size as f64,
        };
        Ok(Shift::new(crew, orders, self.tasks(size, unit), pictures))
    }

    /// Adds what was calculated for each contender, and lets each take its step.
    fn take_steps(&mut self, shift: Shift, unit: usize, rates: Rates) -> Result<(), TrainingError> {
        let size = self.current.labels.len();
        for (racer, answers) in self.running().zip(shift.answers_by_order()) {
            let stopwatch = &mut racer.contender.stopwatch;
            answers.iter().for_each(|answer| stopwatch.add(answer.seconds));
            stopwatch.start();
            let shares = units(size, unit).map(|unit| unit.len() as f64 / size as f64);
            racer.contender.take_in(shares.zip(answers))?;
            racer.contender.update(rates);
            racer.contender.stopwatch.stop();
        }
        Ok(())
    }

    /// One unit of the images `indices` of a set for one contender; `true` once all contenders have said
    /// what they see in all of them.
    pub(super) async fn score_together(
        &mut self,
        crew: &Crew,
        (split, indices): (Split, &[u32]),
        unit: usize,
        device: &Device,
    ) -> Result<bool, TrainingError> {
        let mut shift = match self.shift.take() {
            Some(shift) => shift,
            None => self.scoring_shift(crew, (split, indices), unit)?,
        };
        let racers = self.at_work();
        let own = |order: usize, unit: &Unit| racers[order].contender.score(unit, device);
        if !shift.advance(own).await?.finished {
            self.shift = Some(shift);
            return Ok(false);
        }
        let set = self.dataset.clone();
        let labels: Vec<u8> = indices.iter().map(|&index| set.of(split).labels[index as usize]).collect();
        for (racer, answers) in self.running().zip(shift.answers_by_order()) {
            for (unit, Answer { values, .. }) in units(labels.len(), unit).zip(answers) {
                racer.scores.add(&values, &labels[unit]);
            }
        }
        Ok(true)
    }

    fn scoring_shift(
        &self,
        crew: &Crew,
        (split, indices): (Split, &[u32]),
        unit: usize,
    ) -> Result<Shift, TrainingError> {
        let (dataset, indices) = (self.dataset.clone(), indices.to_vec());
        let tasks = self.tasks(indices.len(), unit);
        let orders = self.orders(|racer| racer.contender.scoring_order())?;
        let pictures = move |range: &Range<usize>| unit_of(dataset.of(split), &indices[range.clone()], 1.0);
        Ok(Shift::new(crew, orders, tasks, pictures))
    }

    /// An order for each contender that has not failed.
    fn orders(
        &self,
        order: impl Fn(&Racer) -> Result<Order, TrainingError>,
    ) -> Result<Vec<Order>, TrainingError> {
        self.at_work().into_iter().map(order).collect()
    }

    /// A task for each contender and unit, the dear ones first.
    fn tasks(&self, count: usize, unit: usize) -> Vec<Task> {
        let costs: Vec<f32> = self.at_work().iter().map(|racer| racer.contender.cost()).collect();
        let of_unit = |pictures: Range<usize>| {
            let task = |(order, cost): (usize, &f32)| {
                let (pictures, cost) = (pictures.clone(), cost * pictures.len() as f32);
                Task { order, pictures, cost }
            };
            costs.iter().enumerate().map(task).collect::<Vec<_>>()
        };
        let mut tasks: Vec<Task> = units(count, unit).flat_map(of_unit).collect();
        tasks.sort_by(|one, other| other.cost.total_cmp(&one.cost));
        tasks
    }

    fn at_work(&self) -> Vec<&Racer> {
        self.racers.iter().filter(|racer| !racer.failed).collect()
    }
}
