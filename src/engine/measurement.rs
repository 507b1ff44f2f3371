//! How fast this engine does the work at hand: a few batches on throw-away weights.

use web_time::Instant;

use super::Engine;
use crate::{
    protocol::{AutoencoderConfig, Event, Fault, Phase, RunEvent},
    training::AutoencoderSession,
};

/// Batches before the clock starts: shaders are compiled and caches warmed in them.
const WARM_UP: u32 = 2;
/// Seconds after which one such batch must do: a software renderer.
const WARM_ENOUGH: f64 = 4.0;
/// Batches measured at most.
const MOST: u32 = 40;
/// Seconds of measuring that are enough.
const ENOUGH: f64 = 1.0;

/// A measurement under way.
pub struct Measurement {
    session: AutoencoderSession,
    batches: u32,
    images: u32,
    /// Seconds that they took; what the engine does between them is left out.
    seconds: f64,
    /// The warm-up is over.
    timing: bool,
}

impl Measurement {
    /// Prepares to measure `config` on the engine's data.
    ///
    /// # Errors
    /// [`Fault::Setting`] or [`Fault::NoData`].
    pub fn new(config: &AutoencoderConfig, engine: &Engine) -> Result<Self, Fault> {
        let session = AutoencoderSession::new(config, engine.data.clone(), &engine.device)?;
        Ok(Self { session, batches: 0, images: 0, seconds: 0.0, timing: false })
    }

    /// One unit of work; images a second once that is known.
    ///
    /// # Errors
    /// What training finds.
    pub async fn advance(&mut self) -> Result<Option<f64>, Fault> {
        let begun = Instant::now();
        let unit = self.session.advance().await?;
        if unit.phase == Phase::Training {
            self.images += unit.images;
            self.batches += u32::from(unit.batch_ended);
        }
        // Only at the end of a batch is there a loss to wait for, and waiting is what makes the
        // clock of a GPU honest.
        let enough = unit.batch_ended && self.is_enough(self.seconds + begun.elapsed().as_secs_f64());
        if enough {
            self.session.flush().await?;
        }
        self.seconds += begun.elapsed().as_secs_f64();
        // A training shorter than the measurement: what it took so far must do.
        if (enough && self.timing) || unit.finished {
            return Ok((self.seconds > 0.0).then(|| f64::from(self.images) / self.seconds));
        }
        if enough {
            (self.batches, self.images, self.seconds, self.timing) = (0, 0, 0.0, true);
        }
        Ok(None)
    }

    /// Whether the batches so far are enough, of warming up or of timing.
    fn is_enough(&self, seconds: f64) -> bool {
        match self.timing {
            true => seconds >= ENOUGH || self.batches >= MOST,
            false => seconds > WARM_ENOUGH || self.batches >= WARM_UP,
        }
    }
}

impl Engine {
    /// Begins to measure; while a run is at work its own speed is the answer.
    pub(super) fn measure(&mut self, config: &AutoencoderConfig) -> Result<(), Fault> {
        match self.run_speed() {
            Some(speed) if speed > 0.0 => self.measured(speed),
            _ => self.background.measurement = Some(Measurement::new(config, self)?),
        }
        Ok(())
    }

    /// Posts the speed.
    pub(super) fn measured(&self, images_per_second: f64) {
        self.outbox.post(Event::Run(RunEvent::Measured { images_per_second }));
    }
}
