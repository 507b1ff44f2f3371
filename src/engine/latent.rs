//! Answers about the latent space of the autoencoder in use: pictures to points and back, neighbours.

use burn::tensor::{Tensor, TensorData};

use super::{Engine, browse};
use crate::{
    data::{IMAGE_PIXELS, Labelled},
    latent::{Neighbour, nearest},
    models::Autoencoder,
    protocol::{Event, Fault, LatentCommand, LatentEvent, ModelSlot, Pictures},
    training::{UNIT_IMAGES, pixels_from, pixels_tensor},
};

/// Most neighbours of one answer.
const MOST_NEIGHBOURS: usize = 100;

/// Answers one question.
///
/// # Errors
/// [`Fault::NoModel`] without an autoencoder, [`Fault::Protocol`] where a point is of another latent
/// size or not finite, [`Fault::DeviceLost`] where the device fails.
pub async fn answer(engine: &mut Engine, command: LatentCommand) -> Result<(), Fault> {
    let event = match command {
        LatentCommand::Describe => return engine.describe(),
        LatentCommand::Decode { request, points, .. } => {
            LatentEvent::Decoded { request, pictures: decode(engine, points).await? }
        }
        LatentCommand::Encode { request, pictures } => {
            LatentEvent::Encoded { request, points: encode(engine, &pictures.pixels).await? }
        }
        LatentCommand::Neighbours { request, point, count } => {
            let (found, pictures) = neighbours(engine, &point, count as usize);
            let (indices, distances) = found.iter().map(|found| (found.index, found.distance)).unzip();
            LatentEvent::Neighbours { request, indices, distances, pictures }
        }
        LatentCommand::Garments { request, indices } => {
            LatentEvent::Garments { request, pictures: browse::pictures(map_images(engine), indices) }
        }
        LatentCommand::TrainingGarments { request, indices } => {
            LatentEvent::Garments { request, pictures: browse::pictures(&engine.data.train, indices) }
        }
    };
    engine.outbox.post(Event::Latent(event));
    Ok(())
}

/// The pictures at `points` (`n * latent` values).
///
/// # Errors
/// As [`answer`].
pub(super) async fn decode(engine: &Engine, points: Vec<f32>) -> Result<Pictures, Fault> {
    let model = autoencoder(engine)?;
    let size = model.latent();
    if !points.len().is_multiple_of(size) || !points.iter().all(|value| value.is_finite()) {
        return Err(Fault::Protocol(format!("{} values are no points of {size} dimensions", points.len())));
    }
    let mut pixels = Vec::with_capacity(points.len() / size * IMAGE_PIXELS);
    for slice in points.chunks(UNIT_IMAGES * size) {
        let data = TensorData::new(slice.to_vec(), [slice.len() / size, size]);
        let pictures = model.decoder.forward(Tensor::<2>::from_data(data, &engine.device));
        pixels.extend(pixels_from(pictures).await?);
    }
    Ok(Pictures { pixels, labels: Vec::new() })
}

/// The latent points of whole pictures, one after the other.
///
/// # Errors
/// As [`answer`].
pub(super) async fn encode(engine: &Engine, pixels: &[u8]) -> Result<Vec<f32>, Fault> {
    let model = autoencoder(engine)?;
    if !pixels.len().is_multiple_of(IMAGE_PIXELS) {
        return Err(Fault::Protocol(format!("{} bytes are no whole pictures", pixels.len())));
    }
    let mut points = Vec::new();
    for slice in pixels.chunks(UNIT_IMAGES * IMAGE_PIXELS) {
        points.extend(values(model.encoder.forward(pixels_tensor(slice, &engine.device))).await?);
    }
    Ok(points)
}

/// The test garments nearest to `point` and their pictures, as far as the test set was encoded for
/// points of that size; none before the space was first described.
pub(super) fn neighbours(engine: &Engine, point: &[f32], count: usize) -> (Vec<Neighbour>, Pictures) {
    let Some(encoded) = engine.encoded.as_ref().filter(|encoded| encoded.latent == point.len()) else {
        return Default::default();
    };
    let found = nearest(&encoded.points, point, count.min(MOST_NEIGHBOURS));
    let pictures = browse::pictures(&encoded.data.test, found.iter().map(|found| found.index));
    (found, pictures)
}

/// The garments on the map: those that were encoded, or the test set before anything was.
fn map_images(engine: &Engine) -> &Labelled {
    match &engine.encoded {
        Some(encoded) => &encoded.data.test,
        None => &engine.data.test,
    }
}

fn autoencoder(engine: &Engine) -> Result<&Autoencoder, Fault> {
    let held = engine.models.autoencoder.as_ref().ok_or(Fault::NoModel(ModelSlot::Autoencoder))?;
    Ok(&held.model)
}

/// All values of a matrix, row by row.
pub(super) async fn values(tensor: Tensor<2>) -> Result<Vec<f32>, Fault> {
    let lost = |error: &dyn std::fmt::Debug| Fault::DeviceLost(format!("{error:?}"));
    let data = tensor.into_data_async().await.map_err(|error| lost(&error))?;
    data.try_into_vec().map_err(|error| lost(&error))
}

#[cfg(test)]
mod tests {
    use std::{cell::RefCell, rc::Rc, sync::Arc};

    use burn::tensor::Device;

    use super::*;
    use crate::{
        data::{Dataset, synthetic::garments},
        engine::{Held, Outbox},
        latent::{Basis, map_points},
        models::{AutoencoderConfig, Initializer},
        protocol::{Command, DataSource, EngineKind, LatentSpace, WeightsOrigin},
    };

    struct Desk {
        engine: Engine,
        events: Rc<RefCell<Vec<Event>>>,
    }

    impl Desk {
        fn new(latent: usize, data: Dataset) -> Self {
            let events = Rc::new(RefCell::new(Vec::new()));
            let heard = events.clone();
            let outbox = Outbox::new(move |event| heard.borrow_mut().push(event));
            let mut engine = Engine::new(EngineKind::Cpu, Device::flex(), outbox);
            let initializer = Initializer::new(1, &engine.device);
            let model = AutoencoderConfig::new().with_latent(latent).init(&initializer);
            engine.models.autoencoder = Some(held(model));
            engine.data = Arc::new(data);
            engine.source = if engine.data.test.is_empty() { DataSource::None } else { DataSource::Local };
            Self { engine, events }
        }

        fn ask(&mut self, command: LatentCommand) -> Event {
            pollster::block_on(async {
                self.engine.handle(Command::Latent(command)).await;
                while self.events.borrow().is_empty() && self.engine.advance().await {}
            });
            self.events.borrow_mut().remove(0)
        }

        fn space(&mut self) -> LatentSpace {
            match self.ask(LatentCommand::Describe) {
                Event::Latent(LatentEvent::Space(space)) => *space,
                other => panic!("a space was asked for: {other:?}"),
            }
        }
    }

    fn held(model: Autoencoder) -> Held<Autoencoder> {
        Held { model, origin: WeightsOrigin::Shipped, notes: Default::default() }
    }

    fn data() -> Dataset {
        Dataset { train: garments(1, 300), test: garments(2, 150) }
    }

    #[test]
    fn a_test_garment_is_its_own_nearest_neighbour() {
        let mut desk = Desk::new(3, data());
        let space = desk.space();
        assert_eq!((space.latent, space.encoded, space.source), (3, 300, DataSource::Local));
        assert!(space.reconstruction_error >= space.mean_error, "an untrained network was better");
        let points = map_points(&space);
        let point = points[21..24].to_vec();
        let answer = desk.ask(LatentCommand::Neighbours { request: 5, point: point.clone(), count: 4 });
        let Event::Latent(LatentEvent::Neighbours { request: 5, indices, distances, pictures }) = answer
        else {
            panic!("neighbours were asked for: {answer:?}");
        };
        assert_eq!((indices[0], distances[0], pictures.len()), (7, 0.0, 4));
        let images = Pictures { pixels: data().test.image(7).to_vec(), labels: Vec::new() };
        let answer = desk.ask(LatentCommand::Encode { request: 6, pictures: images });
        let Event::Latent(LatentEvent::Encoded { points: encoded, .. }) = answer else {
            panic!("{answer:?}")
        };
        assert!(encoded.iter().zip(&point).all(|(a, b)| (a - b).abs() < 1e-5));
    }

    #[test]
    fn without_data_synthetic_garments_stand_in() {
        let mut desk = Desk::new(1, Dataset::default());
        let space = desk.space();
        assert_eq!((space.source, space.map_labels.len()), (DataSource::Synthetic, 1_000));
        let range = Basis::Directions.range(&space, 0);
        assert!(range.low < range.high);
    }

    #[test]
    fn wrong_points_are_refused_and_right_ones_decoded() {
        let mut desk = Desk::new(2, data());
        let decode = |points| LatentCommand::Decode { request: 1, channel: 0, points };
        assert!(matches!(desk.ask(decode(vec![0.0; 3])), Event::Fault(_)));
        assert!(matches!(desk.ask(decode(vec![0.0, f32::NAN])), Event::Fault(_)));
        let answer = desk.ask(decode(vec![0.0; 4]));
        assert!(
            matches!(answer, Event::Latent(LatentEvent::Decoded { request: 1, pictures }) if pictures.len() == 2)
        );
        desk.engine.models.autoencoder = None;
        assert!(matches!(desk.ask(LatentCommand::Describe), Event::Fault(_)));
    }
}
