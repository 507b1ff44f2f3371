//! A helper's desk: a parcel in, an answer out. The engine calculates its own units by the same
//! functions, so it does not matter who does.

use burn::{module::Module, tensor::Device};

use super::{Answer, Calculation, Order, Unit, parcel};
use crate::{
    models::{
        Autoencoder, AutoencoderConfig, Classifier, ClassifierConfig, Encoder, EncoderConfig, Initializer,
    },
    network::LATENT_MAX,
    training::{
        TrainingError, flat,
        units::{encode, learn_autoencoder, learn_classifier, learn_head, score, test_autoencoder},
    },
};

/// Answers parcels, one after the other. What it keeps between two is networks whose weights every
/// parcel replaces.
pub struct Desk {
    learning: Device,
    plain: Device,
    autoencoder: Option<Autoencoder>,
    encoder: Option<Encoder>,
    /// With the latent size of its orders.
    classifier: Option<(u32, Classifier)>,
}

impl Desk {
    /// A desk on `device`, which can be read without waiting.
    pub fn new(device: &Device) -> Self {
        let plain = device.clone().inner();
        Self { learning: plain.clone().autodiff(), plain, autoencoder: None, encoder: None, classifier: None }
    }

    /// Replaces a parcel's bytes by those of its answer. `false` where they are no parcel.
    pub fn answer(&mut self, bytes: &mut Vec<u8>) -> bool {
        parcel::answer(bytes, |order, unit| self.calculate(order, unit))
    }

    fn calculate(&mut self, order: &Order, unit: &Unit) -> Result<Answer, TrainingError> {
        match order.calculation {
            Calculation::LearnAutoencoder => {
                learn_autoencoder(&self.autoencoder(order)?, unit, &self.learning)
            }
            Calculation::TestAutoencoder => {
                test_autoencoder(&self.autoencoder(order)?.valid(), unit, &self.plain)
            }
            Calculation::Encode => encode(&self.encoder(order)?, unit, &self.plain),
            Calculation::LearnClassifier => {
                learn_classifier(&self.classifier(order)?, unit, order.smoothing, &self.learning)
            }
            Calculation::LearnHead => {
                let Classifier { encoder, head } = self.classifier(order)?;
                learn_head(&encoder.valid(), &head, unit, order.smoothing, &self.plain)
            }
            Calculation::Score => score(&self.classifier(order)?.valid(), unit, &self.plain),
        }
    }

    /// The autoencoder of an order, with gradients.
    fn autoencoder(&mut self, order: &Order) -> Result<Autoencoder, TrainingError> {
        let (latent, device) = (order.latent as usize, &self.learning);
        let make = || AutoencoderConfig::new().with_latent(latent).init(&Initializer::new(0, device));
        let fitting = self.autoencoder.take().filter(|model| model.latent() == latent);
        let model = flat::with_weights(fitting.unwrap_or_else(make), &order.weights)?;
        Ok(self.autoencoder.insert(model).clone())
    }

    /// The encoder of an order, without gradients.
    fn encoder(&mut self, order: &Order) -> Result<Encoder, TrainingError> {
        let (latent, device) = (order.latent as usize, &self.plain);
        let make = || EncoderConfig::new().with_latent(latent).init(&Initializer::new(0, device));
        let fitting = self.encoder.take().filter(|model| model.latent() == latent);
        let model = flat::with_weights(fitting.unwrap_or_else(make), &order.weights)?;
        Ok(self.encoder.insert(model).clone())
    }

    /// The classifier of an order, with gradients.
    fn classifier(&mut self, order: &Order) -> Result<Classifier, TrainingError> {
        let fitting = self.classifier.take().filter(|(latent, _)| *latent == order.latent);
        let model = fitting.map_or_else(|| self.new_classifier(order.latent), |(_, model)| model);
        let model = flat::with_weights(model, &order.weights)?;
        Ok(self.classifier.insert((order.latent, model)).1.clone())
    }

    fn new_classifier(&self, latent: u32) -> Classifier {
        let initializer = Initializer::new(0, &self.learning);
        let config = EncoderConfig::new();
        let encoder = match latent <= LATENT_MAX {
            true => config.with_latent(latent as usize).init(&initializer),
            false => config.init(&initializer).convolutions(),
        };
        ClassifierConfig::new().with_encoder(encoder, &initializer)
    }
}
