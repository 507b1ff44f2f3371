//! The label study: the comparison once for each number of labels and each seed, final tests alone.
//! A repetition goes through all numbers before the next begins, so that a study that is stopped early
//! has a whole curve.

use std::{collections::VecDeque, sync::Arc};

use burn::tensor::Device;

use super::{
    Comparison, ExperimentAdvance, ExperimentError, Outcome, round::Batching, settings::check_labels,
};
use crate::{
    data::{CLASS_COUNT, Dataset, fewest_of_a_class, split_validation},
    models::Encoder,
    runs::{ExperimentConfig, LabelPoint, LabelsConfig, Mode, ModeResult, Phase},
    training::{Plan, TrainingError, crew::Crew},
};

/// One training: labels a class and which repetition.
type Cell = (Option<u32>, u32);

/// What the study found.
#[derive(Clone, Debug, PartialEq)]
pub enum LabelOutcome {
    /// The points of one training.
    Points(Vec<LabelPoint>),
    /// A mode failed in one training; all else goes on.
    Failed(Mode, TrainingError),
    /// The data have fewer labels a class: asked for, there.
    Lacking(u32, u32),
}

/// A label study in progress.
pub struct LabelStudy {
    config: LabelsConfig,
    dataset: Arc<Dataset>,
    pretrained: Option<Encoder>,
    device: Device,
    /// Trainings ahead, the present one first.
    cells: VecDeque<Cell>,
    present: Option<Box<Comparison>>,
    plan: Plan,
    /// Batches of the trainings that are done.
    done: u32,
    /// How many trainings there are in all.
    trainings: u32,
    outcomes: Vec<LabelOutcome>,
    settling: bool,
    crew: Option<Crew>,
}

impl LabelStudy {
    /// A study on `device` that has done nothing yet. Numbers of labels that the data lack are told as
    /// [`LabelOutcome::Lacking`] and left out.
    ///
    /// # Errors
    /// [`ExperimentError`] where a setting is out of range, no number of labels is left, a mode needs a
    /// pretrained encoder and there is none, or there is no data.
    pub fn new(
        config: &LabelsConfig,
        dataset: Arc<Dataset>,
        pretrained: Option<Encoder>,
        device: &Device,
    ) -> Result<Self, ExperimentError> {
        check_labels(config)?;
        let partition = split_validation(dataset.train.len(), config.experiment.seed);
        if partition.train.is_empty() || dataset.test.is_empty() {
            return Err(TrainingError::NoData.into());
        }
        if pretrained.is_none() && config.experiment.modes.iter().any(|mode| *mode != Mode::Scratch) {
            return Err(ExperimentError::NoEncoder);
        }
        let available = least_available(config, &dataset);
        let (cells, outcomes) = cells(config, available);
        if cells.is_empty() && !outcomes.is_empty() {
            return Err(ExperimentError::Labels { available });
        }
        let plan = plan(config, &cells, partition.train.len(), dataset.test.len());
        Ok(Self {
            config: config.clone(),
            dataset,
            pretrained,
            device: device.clone(),
            trainings: cells.len() as u32,
            cells,
            present: None,
            plan,
            done: 0,
            outcomes,
            settling: false,
            crew: None,
        })
    }

    /// As in [`Comparison::set_settling`].
    pub fn set_settling(&mut self, settling: bool) {
        self.settling = settling;
    }

    /// As in [`Comparison::set_crew`].
    pub fn set_crew(&mut self, crew: Option<Crew>) {
        self.crew = crew;
    }

    /// How much there is to do: steps are batches of all trainings, and an epoch here is a training of
    /// average length.
    pub fn plan(&self) -> Plan {
        self.plan
    }

    /// Batches done in all trainings.
    pub fn step(&self) -> u32 {
        self.done + self.present.as_ref().map_or(0, |comparison| comparison.step())
    }

    /// How many trainings are done.
    pub fn trained(&self) -> u32 {
        self.trainings - self.cells.len() as u32
    }

    /// What was found since the last call, in order.
    pub fn take_outcomes(&mut self) -> Vec<LabelOutcome> {
        std::mem::take(&mut self.outcomes)
    }

    /// One unit of work. Does nothing once finished.
    ///
    /// # Errors
    /// As [`Comparison::advance`].
    pub async fn advance(&mut self) -> Result<ExperimentAdvance, ExperimentError> {
        let Some(&cell) = self.cells.front() else {
            return Ok(ExperimentAdvance { finished: true, ..ExperimentAdvance::new(Phase::Test, 0) });
        };
        let mut comparison = match self.present.take() {
            Some(comparison) => comparison,
            None => self.begin(cell)?,
        };
        let advance = comparison.advance().await?;
        if !advance.finished {
            self.present = Some(comparison);
            return Ok(ExperimentAdvance { epoch_ended: false, ..advance });
        }
        self.done += comparison.plan().total_steps;
        self.cells.pop_front();
        self.take_in(cell, comparison.take_outcomes());
        Ok(ExperimentAdvance { epoch_ended: true, finished: self.cells.is_empty(), ..advance })
    }

    fn begin(&self, (labels, repetition): Cell) -> Result<Box<Comparison>, ExperimentError> {
        let config = training(&self.config.experiment, labels, repetition);
        let (dataset, pretrained) = (self.dataset.clone(), self.pretrained.clone());
        let mut comparison = Comparison::new(&config, dataset, pretrained, None, &self.device)?.untold();
        comparison.set_settling(self.settling);
        comparison.set_crew(self.crew.clone());
        Ok(Box::new(comparison))
    }

    fn take_in(&mut self, cell: Cell, outcomes: Vec<Outcome>) {
        let mut points = Vec::new();
        for outcome in outcomes {
            match outcome {
                Outcome::Result(result) => points.push(self.point(cell, &result)),
                Outcome::Failed(mode, error) => self.outcomes.push(LabelOutcome::Failed(mode, error)),
                Outcome::Point(_) => {}
            }
        }
        if !points.is_empty() {
            self.outcomes.push(LabelOutcome::Points(points));
        }
    }

    fn point(&self, (labels, repetition): Cell, result: &ModeResult) -> LabelPoint {
        let all = split_validation(self.dataset.train.len(), 0).train.len();
        LabelPoint {
            mode: result.mode,
            repetition,
            labels,
            per_class: labels.map_or(all as f64 / CLASS_COUNT as f64, f64::from),
            test_accuracy: result.test_accuracy,
            seconds: result.seconds_per_step * f64::from(result.steps),
        }
    }
}

/// The comparison of one training.
fn training(config: &ExperimentConfig, labels: Option<u32>, repetition: u32) -> ExperimentConfig {
    let seed = config.seed + u64::from(repetition);
    let sketch_augmentation = false;
    ExperimentConfig { labels_per_class: labels, seed, seeds: 1, sketch_augmentation, ..config.clone() }
}

/// Images of the smallest class, in the repetition that has fewest.
fn least_available(config: &LabelsConfig, dataset: &Dataset) -> u32 {
    let experiment = &config.experiment;
    let of = |repetition: u32| {
        let seed = experiment.seed + u64::from(repetition);
        fewest_of_a_class(&dataset.train.labels, &split_validation(dataset.train.len(), seed).train)
    };
    (0..experiment.seeds).map(of).min().unwrap_or(0)
}

/// The trainings that are to be done, and the numbers of labels that cannot be.
fn cells(config: &LabelsConfig, available: u32) -> (VecDeque<Cell>, Vec<LabelOutcome>) {
    let fits = |labels: &Option<u32>| labels.is_none_or(|labels| labels <= available);
    let lacking = config.counts.iter().filter(|labels| !fits(labels)).flatten();
    let lacking = lacking.map(|&labels| LabelOutcome::Lacking(labels, available)).collect();
    let counts: Vec<_> = config.counts.iter().filter(|labels| fits(labels)).copied().collect();
    let all = (0..config.experiment.seeds)
        .flat_map(|repetition| counts.iter().map(move |&labels| (labels, repetition)));
    (all.filter(|cell| !config.known.contains(cell)).collect(), lacking)
}

/// Labelled images of a training, and how they are cut into batches.
fn batching(config: &LabelsConfig, labels: Option<u32>, train: usize) -> (usize, Batching) {
    let labelled = labels.map_or(train, |labels| labels as usize * CLASS_COUNT);
    (labelled, Batching::new(&config.experiment, labelled))
}

fn plan(config: &LabelsConfig, cells: &VecDeque<Cell>, train: usize, test: usize) -> Plan {
    let epochs = config.experiment.epochs;
    let (mut total_steps, mut images) = (0, 0);
    for (labels, _) in cells {
        let (labelled, batching) = batching(config, *labels, train);
        total_steps += batching.steps_per_epoch * epochs;
        images += batching.passes * labelled * epochs as usize;
    }
    let trainings = cells.len().max(1);
    Plan {
        total_steps,
        steps_per_epoch: total_steps / trainings as u32,
        train: (images / trainings) as u32,
        validation: 0,
        test: test as u32,
    }
}

mod resume;
#[cfg(test)]
mod tests;

pub use resume::KeptLabels;
