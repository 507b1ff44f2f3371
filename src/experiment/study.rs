//! The latent-size study: an autoencoder of each size, trained alike, beside principal component
//! analysis, and the three classifiers with an encoder of that size, from scratch and from it.

use std::sync::Arc;

use burn::tensor::Device;

use super::{
    Comparison, ExperimentAdvance, ExperimentError, Outcome, round::Batching, settings::check_study,
};
use crate::{
    data::{CLASS_COUNT, Dataset, fewest_of_a_class, split_validation},
    runs::{AutoencoderConfig, ExperimentConfig, Metric, Mode, Phase, StudyConfig, StudyResult},
    training::{
        AutoencoderSession, PcaJob, PcaTest, Plan, TrainingError, crew::Crew, one_of_each_class, reconstruct,
    },
};

/// Garments shown at every size.
const SHOWN: usize = 8;
/// Test images that PCA reconstructs in a unit of work.
const PCA_UNIT: usize = 128;

/// What is being done for the present size.
enum Stage {
    Autoencoder(Box<AutoencoderSession>),
    /// Once a study: the directions, then their error on the test set.
    Pca(Box<PcaJob>),
    PcaTest {
        test: PcaTest,
        done: usize,
    },
    Classifiers(Box<Comparison>),
    Finished,
}

/// A study in progress.
pub struct LatentStudy {
    config: StudyConfig,
    dataset: Arc<Dataset>,
    device: Device,
    plan: Plan,
    /// Batches of one size's autoencoder.
    autoencoder_steps: u32,
    /// The classifiers of each size.
    classifiers: ExperimentConfig,
    /// How many sizes are done.
    done: usize,
    stage: Stage,
    /// The autoencoder of the present size, once trained, and its result so far.
    trained: Option<Box<AutoencoderSession>>,
    /// PCA's test error by size, 1 first, once computed.
    pca_errors: Option<Vec<f32>>,
    results: Vec<StudyResult>,
    /// Whether every batch is waited for.
    settling: bool,
    /// Who calculates beside this study, if anybody.
    crew: Option<Crew>,
}

impl LatentStudy {
    /// A study on `device` that has done nothing yet.
    ///
    /// # Errors
    /// [`ExperimentError::Training`] where a setting is out of range or there is no data.
    pub fn new(
        config: &StudyConfig,
        dataset: Arc<Dataset>,
        device: &Device,
    ) -> Result<Self, ExperimentError> {
        check_study(config)?;
        let session = session_for(config, 0, &dataset, device)?;
        if dataset.test.is_empty() {
            return Err(TrainingError::NoData.into());
        }
        let classifiers = classifiers(config, &dataset)?;
        let plan = session.plan();
        let autoencoder_steps = plan.total_steps;
        let each = autoencoder_steps + classifier_steps(&classifiers, &dataset);
        let plan = Plan { total_steps: each * config.sizes.len() as u32, ..plan };
        Ok(Self {
            autoencoder_steps,
            classifiers,
            config: config.clone(),
            dataset,
            device: device.clone(),
            plan,
            done: 0,
            stage: Stage::Autoencoder(Box::new(session)),
            trained: None,
            pca_errors: None,
            results: Vec::new(),
            settling: false,
            crew: None,
        })
    }

    /// Waits for the device after every batch, as in [`AutoencoderSession::set_settling`].
    pub fn set_settling(&mut self, settling: bool) {
        self.settling = settling;
        if let Stage::Autoencoder(session) = &mut self.stage {
            session.set_settling(settling);
        }
    }

    /// Lets `crew` calculate beside this study, whose device can be read without waiting.
    pub fn set_crew(&mut self, crew: Option<Crew>) {
        if let Stage::Autoencoder(session) = &mut self.stage {
            session.set_crew(crew.clone());
        }
        self.crew = crew;
    }

    /// How much there is to do; steps are batches of all sizes.
    pub fn plan(&self) -> Plan {
        self.plan
    }

    /// Batches done for all sizes.
    pub fn step(&self) -> u32 {
        let each = self.plan.total_steps / self.config.sizes.len() as u32;
        let current = match &self.stage {
            Stage::Autoencoder(session) => session.step(),
            Stage::Pca(_) | Stage::PcaTest { .. } => self.autoencoder_steps,
            Stage::Classifiers(comparison) => self.autoencoder_steps + comparison.step(),
            Stage::Finished => 0,
        };
        self.done as u32 * each + current
    }

    /// How many sizes are done.
    pub fn sizes_done(&self) -> u32 {
        self.done as u32
    }

    /// The latent size now at work; `None` once finished.
    pub fn size(&self) -> Option<u32> {
        self.config.sizes.get(self.done).copied()
    }

    /// The results since the last call.
    pub fn take_results(&mut self) -> Vec<StudyResult> {
        std::mem::take(&mut self.results)
    }

    /// One unit of work. Does nothing once finished.
    ///
    /// # Errors
    /// [`ExperimentError::Training`] where a loss is not finite or the device fails.
    pub async fn advance(&mut self) -> Result<ExperimentAdvance, ExperimentError> {
        let advance = match std::mem::replace(&mut self.stage, Stage::Finished) {
            Stage::Autoencoder(session) => return self.train(session).await,
            Stage::Pca(job) => self.analyse(job).await?,
            Stage::PcaTest { test, done } => self.test_pca(test, done)?,
            Stage::Classifiers(comparison) => self.compare(comparison).await?,
            Stage::Finished => ExperimentAdvance::new(Phase::Test, 0),
        };
        Ok(ExperimentAdvance { finished: matches!(self.stage, Stage::Finished), ..advance })
    }

    async fn train(
        &mut self,
        mut session: Box<AutoencoderSession>,
    ) -> Result<ExperimentAdvance, ExperimentError> {
        let done = session.advance().await?;
        self.stage = match (done.finished, self.pca_errors.is_some()) {
            (false, _) => Stage::Autoencoder(session),
            (true, computed) => {
                let next = if computed { self.start_comparison(&session)? } else { self.start_pca() };
                self.trained = Some(session);
                next
            }
        };
        let (batch_ended, epoch_ended) = (done.batch_ended, done.epoch_ended);
        Ok(ExperimentAdvance {
            phase: done.phase,
            images: done.images,
            batch_ended,
            epoch_ended,
            finished: false,
        })
    }

    fn start_pca(&self) -> Stage {
        Stage::Pca(Box::new(PcaJob::new(self.dataset.clone(), usize::MAX, &self.device)))
    }

    fn start_comparison(&self, session: &AutoencoderSession) -> Result<Stage, ExperimentError> {
        let encoder = Some(session.model().encoder);
        let comparison =
            Comparison::new(&self.classifiers, self.dataset.clone(), encoder, None, &self.device)?;
        let mut comparison = comparison.untold();
        comparison.set_settling(self.settling);
        comparison.set_crew(self.crew.clone());
        Ok(Stage::Classifiers(Box::new(comparison)))
    }

    async fn analyse(&mut self, mut job: Box<PcaJob>) -> Result<ExperimentAdvance, TrainingError> {
        self.stage = match job.advance().await? {
            Some(pca) => Stage::PcaTest { test: PcaTest::new(Arc::new(pca)), done: 0 },
            None => Stage::Pca(job),
        };
        Ok(ExperimentAdvance::new(Phase::Test, 0))
    }

    fn test_pca(&mut self, mut test: PcaTest, done: usize) -> Result<ExperimentAdvance, ExperimentError> {
        let end = (done + PCA_UNIT).min(self.dataset.test.len());
        (done..end).for_each(|index| test.add(self.dataset.test.image(index)));
        self.stage = if end < self.dataset.test.len() {
            Stage::PcaTest { test, done: end }
        } else {
            self.pca_errors = Some(test.errors());
            match &self.trained {
                Some(session) => self.start_comparison(session)?,
                None => Stage::Finished,
            }
        };
        Ok(ExperimentAdvance::new(Phase::Test, end - done))
    }

    async fn compare(
        &mut self,
        mut comparison: Box<Comparison>,
    ) -> Result<ExperimentAdvance, ExperimentError> {
        let advance = comparison.advance().await?;
        if advance.finished {
            self.finish_size(accuracies(&comparison.take_outcomes())).await?;
        } else {
            self.stage = Stage::Classifiers(comparison);
        }
        Ok(ExperimentAdvance { epoch_ended: false, ..advance })
    }

    async fn finish_size(&mut self, accuracies: Vec<(Mode, f64)>) -> Result<(), ExperimentError> {
        let (Some(session), Some(latent)) = (self.trained.take(), self.size()) else { return Ok(()) };
        let every: Vec<u32> = (0..self.dataset.test.len() as u32).collect();
        let mut shown = one_of_each_class(&self.dataset.test, &every);
        shown.truncate(SHOWN);
        let device = self.device.clone().inner();
        let (originals, reconstructions) =
            reconstruct(&session.model(), &self.dataset.test, &shown, &device).await?;
        let pca = self.pca_errors.as_ref().and_then(|errors| errors.get(latent as usize - 1));
        self.results.push(StudyResult {
            latent,
            test_loss: session.history().latest(Metric::TestLoss).unwrap_or(f64::NAN),
            pca_test_loss: pca.map_or(f64::NAN, |&error| f64::from(error)),
            accuracies,
            seconds: session.seconds(),
            originals,
            reconstructions,
        });
        self.done += 1;
        if self.done < self.config.sizes.len() {
            let mut session = session_for(&self.config, self.done, &self.dataset, &self.device)?;
            session.set_settling(self.settling);
            session.set_crew(self.crew.clone());
            self.stage = Stage::Autoencoder(Box::new(session));
        }
        Ok(())
    }
}

/// The classifiers' comparison at every size: the default recipe on as many labels as the autoencoder has
/// images.
fn classifiers(config: &StudyConfig, dataset: &Dataset) -> Result<ExperimentConfig, TrainingError> {
    let train = split_validation(dataset.train.len(), config.seed).train;
    let available = fewest_of_a_class(&dataset.train.labels, &train);
    if available == 0 {
        return Err(TrainingError::NoData);
    }
    let wanted = config.limit.map(|limit| (limit / CLASS_COUNT as u32).clamp(1, available));
    let labels_per_class = wanted.filter(|labels| *labels < available);
    let (seed, least_batches) = (config.seed, config.least_batches);
    Ok(ExperimentConfig { labels_per_class, least_batches, seed, seeds: 1, ..Default::default() })
}

/// Batches of one size's classifiers.
fn classifier_steps(config: &ExperimentConfig, dataset: &Dataset) -> u32 {
    let all = || split_validation(dataset.train.len(), config.seed).train.len();
    let labelled = config.labels_per_class.map_or_else(all, |labels| labels as usize * CLASS_COUNT);
    Batching::new(config, labelled).steps_per_epoch * config.epochs
}

fn accuracies(outcomes: &[Outcome]) -> Vec<(Mode, f64)> {
    let accuracy = |outcome: &Outcome| match outcome {
        Outcome::Result(result) => Some((result.mode, result.test_accuracy)),
        _ => None,
    };
    outcomes.iter().filter_map(accuracy).collect()
}

/// The session of the study's size number `index`.
fn session_for(
    config: &StudyConfig,
    index: usize,
    dataset: &Arc<Dataset>,
    device: &Device,
) -> Result<AutoencoderSession, TrainingError> {
    let config = AutoencoderConfig {
        latent: config.sizes[index],
        epochs: config.epochs,
        batch: config.batch,
        learning_rate: config.learning_rate,
        seed: config.seed,
        limit: config.limit,
    };
    AutoencoderSession::new(&config, dataset.clone(), device)
}

mod resume;

pub use resume::KeptStudy;

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use super::*;
    use crate::data::synthetic::garments;

    fn study(sizes: &[u32]) -> Result<Vec<StudyResult>, ExperimentError> {
        let dataset = Arc::new(Dataset { train: garments(7, 80), test: garments(8, 40) });
        let config = StudyConfig { sizes: sizes.to_vec(), epochs: 2, batch: 40, ..Default::default() };
        let mut study = LatentStudy::new(&config, dataset, &Device::flex())?;
        while !block_on(study.advance())?.finished {}
        assert_eq!(study.step(), study.plan().total_steps);
        Ok(study.take_results())
    }

    #[test]
    fn every_size_has_a_result_and_shows_the_same_garments() {
        let results = study(&[2, 8]).expect("runs");
        assert_eq!(results.iter().map(|result| result.latent).collect::<Vec<_>>(), [2, 8]);
        assert_eq!(results[0].originals, results[1].originals);
        assert_eq!(results[0].originals.len(), SHOWN);
        assert_ne!(results[0].reconstructions, results[1].reconstructions);
        assert!(results[0].pca_test_loss > results[1].pca_test_loss);
        assert!(results.iter().all(|result| result.test_loss.is_finite()));
        for mode in Mode::ALL {
            let accuracy = results[1].accuracy(mode).expect("tested");
            assert!(accuracy > 0.15, "{mode:?} is better than chance: {accuracy}");
        }
    }

    #[test]
    fn a_size_gives_the_same_result_alone() {
        let (two, one) = (study(&[4, 8]).expect("runs"), study(&[8]).expect("runs"));
        assert_eq!(two[1].test_loss, one[0].test_loss);
        assert_eq!(two[1].accuracies, one[0].accuracies);
        assert_eq!(two[1].reconstructions, one[0].reconstructions);
    }

    #[test]
    fn sizes_out_of_range_are_refused() {
        for sizes in [&[][..], &[0], &[2, 129]] {
            let setting = TrainingError::Setting { field: "study-sizes", min: 1.0, max: 128.0 };
            assert_eq!(study(sizes), Err(ExperimentError::Training(setting)));
        }
    }
}
