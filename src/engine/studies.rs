//! The studies as [`super::Job`]s: autoencoders of several latent sizes, classifiers with several
//! numbers of labels. They leave no models.

use super::{
    Engine, Unit,
    experiment::{post, unit},
};
use crate::{
    experiment::{LabelOutcome, LabelStudy, LatentStudy},
    protocol::{EngineKind, ExperimentEvent, Fault, LabelsConfig, RunId, StudyConfig},
    training::Plan,
};

/// Autoencoders of several latent sizes in training, one after the other.
pub struct StudyJob {
    run: RunId,
    study: LatentStudy,
}

impl StudyJob {
    /// A study on the engine's data that has done nothing yet.
    ///
    /// # Errors
    /// [`Fault::Setting`] or [`Fault::NoData`].
    pub fn new(run: RunId, config: &StudyConfig, engine: &Engine) -> Result<Self, Fault> {
        let mut study = LatentStudy::new(config, engine.data.clone(), &engine.device)?;
        study.set_settling(engine.kind == EngineKind::Gpu);
        study.set_crew(engine.crew.clone());
        Ok(Self { run, study })
    }

    /// How much there is to do.
    pub fn plan(&self) -> Plan {
        self.study.plan()
    }

    /// One unit of the study.
    ///
    /// # Errors
    /// [`Fault::Diverged`] or [`Fault::DeviceLost`].
    pub async fn advance(&mut self, _engine: &mut Engine) -> Result<Unit, Fault> {
        let done = self.study.advance().await?;
        Ok(unit(done, self.study.step(), self.study.sizes_done()))
    }

    /// Posts the sizes that are done.
    ///
    /// # Errors
    /// None yet.
    pub async fn report(&mut self, engine: &Engine, _complete: bool) -> Result<(), Fault> {
        for result in self.study.take_results() {
            post(engine, ExperimentEvent::StudyResult { run: self.run, result: Box::new(result) });
        }
        Ok(())
    }
}

/// Classifiers in training, once for each number of labels and each seed.
pub struct LabelsJob {
    run: RunId,
    study: LabelStudy,
}

impl LabelsJob {
    /// A study on the engine's data and autoencoder that has done nothing yet.
    ///
    /// # Errors
    /// As [`ExperimentJob::new`](super::experiment::ExperimentJob::new).
    pub fn new(run: RunId, config: &LabelsConfig, engine: &Engine) -> Result<Self, Fault> {
        let encoder = engine.models.autoencoder.as_ref().map(|held| held.model.encoder.clone());
        let mut study = LabelStudy::new(config, engine.data.clone(), encoder, &engine.device)?;
        study.set_settling(engine.kind == EngineKind::Gpu);
        study.set_crew(engine.crew.clone());
        Ok(Self { run, study })
    }

    /// How much there is to do.
    pub fn plan(&self) -> Plan {
        self.study.plan()
    }

    /// One unit of the study.
    ///
    /// # Errors
    /// [`Fault::DeviceLost`].
    pub async fn advance(&mut self, _engine: &mut Engine) -> Result<Unit, Fault> {
        let done = self.study.advance().await?;
        Ok(unit(done, self.study.step(), self.study.trained()))
    }

    /// Posts the trainings that are done.
    ///
    /// # Errors
    /// None yet.
    pub async fn report(&mut self, engine: &Engine, _complete: bool) -> Result<(), Fault> {
        let run = self.run;
        for outcome in self.study.take_outcomes() {
            let event = match outcome {
                LabelOutcome::Points(points) => ExperimentEvent::LabelPoints { run, points },
                LabelOutcome::Failed(mode, error) => {
                    ExperimentEvent::ModeFailed { run, mode, fault: error.into() }
                }
                LabelOutcome::Lacking(labels, available) => {
                    ExperimentEvent::LabelsLacking { run, labels, available }
                }
            };
            post(engine, event);
        }
        Ok(())
    }
}
