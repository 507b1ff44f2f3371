//! The studies as [`super::Job`]s: autoencoders of several latent sizes, classifiers with several
//! numbers of labels. They leave no models.

use super::{
    Engine, Unit,
    experiment::unit,
    going_on::{KeptEncoder, KeptJob, Told},
};
use crate::{
    experiment::{LabelOutcome, LabelStudy, LatentStudy},
    models::Encoder,
    protocol::{EngineKind, ExperimentEvent, Fault, LabelsConfig, RunId, StudyConfig},
    training::Plan,
};

/// Autoencoders of several latent sizes in training, one after the other.
pub struct StudyJob {
    pub(super) told: Told,
    pub(super) study: LatentStudy,
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
        Ok(Self { told: Told::new(run), study })
    }

    pub(super) async fn state(&self) -> Result<Option<KeptJob>, Fault> {
        Ok(if self.study.at_rest() { Some(KeptJob::Study(self.study.keep().await?)) } else { None })
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
            let (run, result) = (self.told.run, Box::new(result));
            self.told.post(engine, ExperimentEvent::StudyResult { run, result });
        }
        Ok(())
    }
}

/// Classifiers in training, once for each number of labels and each seed.
pub struct LabelsJob {
    pub(super) told: Told,
    /// What the pretrained modes began with.
    encoder: Option<Encoder>,
    pub(super) study: LabelStudy,
}

impl LabelsJob {
    /// A study on the engine's data that has done nothing yet, with `encoder` for the pretrained modes.
    ///
    /// # Errors
    /// As [`ExperimentJob::new`](super::experiment::ExperimentJob::new).
    pub fn new(
        run: RunId,
        config: &LabelsConfig,
        encoder: Option<Encoder>,
        engine: &Engine,
    ) -> Result<Self, Fault> {
        let mut study = LabelStudy::new(config, engine.data.clone(), encoder.clone(), &engine.device)?;
        study.set_settling(engine.kind == EngineKind::Gpu);
        study.set_crew(engine.crew.clone());
        Ok(Self { told: Told::new(run), encoder, study })
    }

    pub(super) async fn state(&self) -> Result<Option<KeptJob>, Fault> {
        if !self.study.at_rest() {
            return Ok(None);
        }
        let encoder = KeptEncoder::of(self.encoder.as_ref()).await?;
        Ok(Some(KeptJob::Labels(encoder, self.study.keep().await?)))
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
        let run = self.told.run;
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
            self.told.post(engine, event);
        }
        Ok(())
    }
}
