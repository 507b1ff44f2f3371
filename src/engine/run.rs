//! The one run that an engine has: its start, pause, step and end, and what is told of it when.

use web_time::Instant;

use super::{
    Engine, Job, Speed, Throttle, Unit,
    going_on::{Ground, KeptRun},
    pace::Keeping,
};
use crate::protocol::{
    Event, Fault, Outcome, Phase, Progress, RunConfig, RunEvent, RunHead, RunId, WeightsOrigin,
};

/// Seconds between two progress events: about what a screen can show.
const PROGRESS_INTERVAL: f64 = 0.1;
/// Seconds between two sheets of pictures.
const PICTURES_INTERVAL: f64 = 1.0;
/// Seconds of work for each second that pictures take, at least.
const PICTURES_COST: f64 = 10.0;

/// Whether the run goes on by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gait {
    Running,
    /// Until a batch is done.
    OneBatch,
    Paused,
}

/// A run with its job.
pub struct Run {
    id: RunId,
    job: Job,
    gait: Gait,
    /// Seconds of work, pauses left out.
    seconds: f64,
    speed: Speed,
    progress: Throttle,
    pictures: Throttle,
    last: Option<Unit>,
    config: RunConfig,
    ground: Ground,
    began: Instant,
    keeping: Keeping,
}

impl Run {
    fn new(id: RunId, (job, config): (Job, RunConfig), ground: Ground, paused: bool) -> Self {
        Self {
            id,
            job,
            config,
            ground,
            began: Instant::now(),
            keeping: Keeping::default(),
            gait: if paused { Gait::Paused } else { Gait::Running },
            seconds: 0.0,
            speed: Speed::default(),
            progress: Throttle::new(PROGRESS_INTERVAL),
            pictures: Throttle::new(PICTURES_INTERVAL),
            last: None,
        }
    }

    /// One unit of work and what is to be told of it; `true` when the run is complete.
    async fn advance(&mut self, engine: &mut Engine) -> Result<bool, Fault> {
        let started = Instant::now();
        let unit = self.job.advance(engine).await?;
        let spent = started.elapsed().as_secs_f64();
        self.seconds += spent;
        if unit.phase == Phase::Training {
            self.speed.add(spent, unit.images);
        }
        self.last = Some(unit);
        if unit.epoch_ended {
            self.job.keep(engine, WeightsOrigin::Partial).await?;
        }
        if self.gait == Gait::OneBatch && unit.batch_ended {
            self.set_paused(engine, true).await?;
        } else if self.progress.due(self.seconds) || unit.epoch_ended {
            self.tell(engine, false).await?;
        }
        if !unit.finished && self.keeping.due(self.began.elapsed().as_secs_f64(), unit.epoch_ended) {
            self.keep(engine).await?;
        }
        Ok(unit.finished)
    }

    /// Posts all that another engine needs to go on from here; nothing within a batch.
    async fn keep(&mut self, engine: &Engine) -> Result<(), Fault> {
        let begun = Instant::now();
        let Some(job) = self.job.state().await? else { return Ok(()) };
        // What was measured is told first: it is kept as told.
        self.job.report(engine, false).await?;
        let (data, seconds, told) = (self.ground.sum, self.seconds, self.job.told().to_vec());
        let bytes = KeptRun { data, seconds, told, job }.seal(&self.head())?;
        engine.outbox.post(Event::Run(RunEvent::Kept { run: self.id, bytes }));
        self.keeping.done(self.began.elapsed().as_secs_f64(), begun.elapsed().as_secs_f64());
        Ok(())
    }

    fn head(&self) -> RunHead {
        let parts = match &self.config {
            RunConfig::Autoencoder(config) => config.epochs,
            RunConfig::Experiment(config) => config.epochs,
            RunConfig::Study(config) => config.sizes.len() as u32,
            RunConfig::Labels(config) => config.trainings(),
        };
        let (part, step) = self.last.map_or((1, 0), |unit| (unit.epoch.clamp(1, parts.max(1)), unit.step));
        let (Ground { source, train, test, .. }, config) = (self.ground, self.config.clone());
        RunHead { config, part, parts, step, source, train, test }
    }

    /// Shows how it stands at first, and what an interrupted run had measured.
    async fn begin(&mut self, engine: &Engine) -> Result<(), Fault> {
        self.job.report(engine, false).await?;
        self.show(engine).await?;
        self.keep(engine).await
    }

    /// Posts figures and progress, and pictures now and then.
    async fn tell(&mut self, engine: &Engine, complete: bool) -> Result<(), Fault> {
        self.job.report(engine, complete).await?;
        if let Some(unit) = self.last {
            engine.outbox.post(Event::Run(RunEvent::Progress(self.progress_of(unit, engine.cores()))));
        }
        if self.pictures.due(self.seconds) || complete {
            self.show(engine).await?;
        }
        Ok(())
    }

    /// Posts pictures, and the seldomer the longer that takes here.
    async fn show(&mut self, engine: &Engine) -> Result<(), Fault> {
        let started = Instant::now();
        self.job.show(engine).await?;
        let interval = PICTURES_COST * started.elapsed().as_secs_f64();
        self.pictures.set_interval(interval.max(PICTURES_INTERVAL));
        Ok(())
    }

    fn progress_of(&self, unit: Unit, cores: u32) -> Progress {
        let total_steps = self.job.plan().total_steps;
        Progress {
            run: self.id,
            step: unit.step,
            total_steps,
            epoch: unit.epoch,
            images_per_second: self.speed.images_per_second(),
            seconds_left: self.seconds_left(unit.step, total_steps),
            phase: unit.phase,
            cores,
        }
    }

    /// At the speed of the units so far, validation included: seconds a batch times batches left.
    fn seconds_left(&self, step: u32, total: u32) -> f64 {
        let per_image = match self.speed.images_per_second() {
            rate if rate > 0.0 => 1.0 / rate,
            _ => return 0.0,
        };
        let plan = self.job.plan();
        let images_a_step = f64::from(plan.train) / f64::from(plan.steps_per_epoch.max(1));
        f64::from(total.saturating_sub(step)) * images_a_step * per_image
    }

    async fn set_paused(&mut self, engine: &Engine, paused: bool) -> Result<(), Fault> {
        self.gait = if paused { Gait::Paused } else { Gait::Running };
        engine.outbox.post(Event::Run(RunEvent::Paused { run: self.id, paused }));
        if !paused || self.last.is_none() {
            return Ok(());
        }
        self.keep(engine).await?;
        self.tell(engine, true).await
    }

    /// Tells everything that is left and says goodbye.
    async fn finish(mut self, engine: &mut Engine, outcome: Outcome) {
        let kept = match (outcome, self.last) {
            (Outcome::Failed, _) | (_, None) => Ok(()),
            (outcome, Some(_)) => self.close(engine, outcome).await,
        };
        if let Err(fault) = kept {
            engine.outbox.fault(Some(self.id), fault);
        }
        let (run, seconds) = (self.id, self.seconds);
        let test_loss = self.job.test_loss();
        engine.outbox.post(Event::Run(RunEvent::Finished { run, outcome, test_loss, seconds }));
    }

    async fn close(&mut self, engine: &mut Engine, outcome: Outcome) -> Result<(), Fault> {
        let complete = outcome == Outcome::Completed;
        let origin = if complete { WeightsOrigin::Trained } else { WeightsOrigin::Partial };
        self.tell(engine, true).await?;
        self.job.keep(engine, origin).await
    }
}

impl Engine {
    /// Starts a run; the one before, if any, ends as stopped.
    pub(super) async fn start_run(&mut self, run: RunId, config: RunConfig, paused: bool) {
        self.stop_run().await;
        let job = match Job::new(run, &config, self).await {
            Ok(job) => job,
            Err(fault) => return self.refuse(run, fault),
        };
        self.begin_run(Run::new(run, (job, config), Ground::of(self), paused)).await;
    }

    /// Goes on with an interrupted run, as that of the number `run`.
    pub(super) async fn go_on_run(&mut self, run: RunId, bytes: &[u8], paused: bool) {
        self.stop_run().await;
        let taken_up = match KeptRun::open(bytes, self) {
            Ok((config, kept)) => {
                let job = Job::go_on(run, &config, (kept.job, kept.told), self).await;
                job.map(|job| ((job, config), kept.seconds))
            }
            Err(fault) => Err(fault),
        };
        match taken_up {
            Ok((job, seconds)) => {
                let taken_up = Run { seconds, ..Run::new(run, job, Ground::of(self), paused) };
                self.begin_run(taken_up).await;
            }
            Err(fault) => self.refuse(run, fault),
        }
    }

    async fn begin_run(&mut self, mut begun: Run) {
        let (run, plan, paused) = (begun.id, begun.job.plan(), begun.gait == Gait::Paused);
        self.outbox.post(Event::Run(RunEvent::Started {
            run,
            total_steps: plan.total_steps,
            steps_per_epoch: plan.steps_per_epoch,
            train: plan.train,
            validation: plan.validation,
        }));
        if paused {
            self.outbox.post(Event::Run(RunEvent::Paused { run, paused }));
        }
        match begun.begin(self).await {
            Ok(()) => self.run = Some(begun),
            Err(fault) => self.refuse(run, fault),
        }
    }

    fn refuse(&self, run: RunId, fault: Fault) {
        self.outbox.fault(Some(run), fault);
        let finished = RunEvent::Finished { run, outcome: Outcome::Failed, test_loss: None, seconds: 0.0 };
        self.outbox.post(Event::Run(finished));
    }

    /// Pauses or resumes the run, if there is one that does not stand so already.
    pub(super) async fn pause_run(&mut self, paused: bool) {
        let Some(mut run) = self.run.take() else { return };
        let told = match (run.gait == Gait::Paused) == paused {
            true => Ok(()),
            false => run.set_paused(self, paused).await,
        };
        self.put_back(run, told.map(|()| false)).await;
    }

    /// Lets the run do one batch.
    pub(super) fn step_run(&mut self) {
        if let Some(run) = &mut self.run {
            run.gait = Gait::OneBatch;
        }
    }

    /// Ends the run, if there is one.
    pub(super) async fn stop_run(&mut self) {
        if let Some(run) = self.run.take() {
            run.finish(self, Outcome::Stopped).await;
        }
    }

    /// One unit of the run; `false` where there is none or it is paused.
    pub(super) async fn advance_run(&mut self) -> bool {
        let Some(mut run) = self.run.take_if(|run| run.gait != Gait::Paused) else { return false };
        let advanced = run.advance(self).await;
        self.put_back(run, advanced).await;
        true
    }

    /// Whether a run is at work, not paused.
    pub(super) fn is_running(&self) -> bool {
        self.run.as_ref().is_some_and(|run| run.gait != Gait::Paused)
    }

    /// The speed of the run, where one has been working; 0 before its first batch.
    pub(super) fn run_speed(&self) -> Option<f64> {
        self.run.as_ref().map(|run| run.speed.images_per_second())
    }

    /// What is kept of the run now; nothing within a batch.
    #[cfg(test)]
    pub(super) async fn keep_now(&mut self) {
        if let Some(mut run) = self.run.take() {
            run.keep(self).await.expect("the device works");
            self.run = Some(run);
        }
    }

    async fn put_back(&mut self, run: Run, advanced: Result<bool, Fault>) {
        match advanced {
            Ok(false) => self.run = Some(run),
            Ok(true) => run.finish(self, Outcome::Completed).await,
            Err(fault) => {
                self.outbox.fault(Some(run.id), fault);
                run.finish(self, Outcome::Failed).await;
            }
        }
    }
}
