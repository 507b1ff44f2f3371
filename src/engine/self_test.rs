//! The fixed training that both engines must agree on: the same seeded data and weights, a few
//! steps, and then some outputs.
//!
//! The GPU's kernels may fail to compile without an error and give stale data; figures that agree
//! with the CPU's are the proof that they did not.

use std::sync::Arc;

use super::Engine;
use crate::{
    data::{Dataset, synthetic},
    protocol::{AutoencoderConfig, Fault, SelfTest},
    training::AutoencoderSession,
};

/// Outputs of the network that are compared.
const OUTPUTS: usize = 784;

/// A self-test under way.
pub struct SelfTesting {
    session: AutoencoderSession,
}

impl SelfTesting {
    /// Prepares the fixed training on the engine's device.
    ///
    /// # Errors
    /// What a session's making finds; none with these settings.
    pub fn new(engine: &Engine) -> Result<Self, Fault> {
        let data = Dataset { train: synthetic::garments(1, 33), test: synthetic::garments(2, 1) };
        let config =
            AutoencoderConfig { latent: 8, epochs: 1, batch: 10, learning_rate: 1e-3, seed: 1, limit: None };
        let session = AutoencoderSession::new(&config, Arc::new(data), &engine.device)?;
        Ok(Self { session })
    }

    /// One unit of work; the figures once it is done.
    ///
    /// # Errors
    /// What training finds: a loss that is no number, a lost device.
    pub async fn advance(&mut self) -> Result<Option<SelfTest>, Fault> {
        let trained = self.session.advance().await?.batch_ended;
        self.session.flush().await?;
        if trained && self.session.step() < self.session.plan().total_steps {
            return Ok(None);
        }
        let losses = self.session.take_points().into_iter().map(|point| point.value as f32).collect();
        let (_, reconstructions) = self.session.reconstructions().await?;
        let outputs = reconstructions.pixels.iter().take(OUTPUTS);
        let outputs = outputs.map(|&pixel| f32::from(pixel) / 255.0).collect();
        Ok(Some(SelfTest { losses, outputs }))
    }
}

impl Engine {
    /// Begins the self-test.
    pub(super) fn start_self_test(&mut self) -> Result<(), Fault> {
        self.background.self_test = Some(SelfTesting::new(self)?);
        Ok(())
    }
}
