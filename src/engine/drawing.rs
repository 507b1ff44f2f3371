//! Verdicts on drawings, and the reasons for them.

use burn::{
    module::Module,
    tensor::{Tensor, activation::softmax},
};

use super::{
    Engine,
    latent::{encode, neighbours, values},
};
use crate::{
    data::{CLASS_COUNT, IMAGE_PIXELS},
    models::integrated_gradients,
    protocol::{DrawingCommand, DrawingEvent, Event, Fault, ModelSlot, Pictures, RequestId, Verdict},
    training::{pixels_from, pixels_tensor, strongest},
};

/// Nearest garments of one explanation.
const NEIGHBOURS: usize = 8;

/// Answers one question.
///
/// # Errors
/// [`Fault::NoModel`] where the classifier asked is not there, [`Fault::Protocol`] where the picture
/// is none or the class is above 9, [`Fault::DeviceLost`] where the device fails.
pub async fn answer(engine: &mut Engine, command: DrawingCommand) -> Result<(), Fault> {
    let event = match command {
        DrawingCommand::Classify { request, picture } => {
            DrawingEvent::Verdicts { request, verdicts: verdicts(engine, &picture).await? }
        }
        DrawingCommand::Explain { request, picture, slot, class } => {
            explain(engine, request, &picture, slot, class).await?
        }
    };
    engine.outbox.post(Event::Drawing(event));
    Ok(())
}

/// Every classifier's verdict, the shipped one's first. It alone can tell what it does not know; the
/// others' verdicts carry its judgement of the picture, or 0 without it.
async fn verdicts(engine: &Engine, picture: &Pictures) -> Result<Vec<Verdict>, Fault> {
    let pixels = tensor(engine, picture)?;
    let mut verdicts = Vec::new();
    let mut novelty = 0.0;
    if let Some(held) = &engine.models.shipped {
        let features = held.model.features(pixels.clone());
        let probabilities = softmax(held.model.scores(features.clone()), 1);
        let both = Tensor::cat(vec![probabilities, held.model.novelty.forward(features)], 1);
        let mut probabilities = values(both).await?;
        novelty = probabilities.split_off(CLASS_COUNT).first().copied().unwrap_or(0.0);
        verdicts.push(Verdict { slot: ModelSlot::Shipped, probabilities, novelty });
    }
    for (&slot, held) in &engine.models.classifiers {
        let probabilities = values(held.model.probabilities(pixels.clone())).await?;
        verdicts.push(Verdict { slot, probabilities, novelty });
    }
    Ok(verdicts)
}

async fn explain(
    engine: &Engine,
    request: RequestId,
    picture: &Pictures,
    slot: ModelSlot,
    class: Option<u8>,
) -> Result<DrawingEvent, Fault> {
    let class = match class {
        Some(class) if usize::from(class) < CLASS_COUNT => class,
        Some(class) => return Err(Fault::Protocol(format!("there is no class {class}"))),
        None => verdict(engine, picture, slot).await?,
    };
    let influence = influence(engine, picture, slot, usize::from(class)).await?;
    let (mut reconstruction, mut latent) = (Pictures::default(), Vec::new());
    if let Some(held) = &engine.models.autoencoder {
        latent = encode(engine, &picture.pixels).await?;
        let pixels = pixels_from(held.model.forward(tensor(engine, picture)?)).await?;
        reconstruction = Pictures { pixels, labels: Vec::new() };
    }
    let (_, neighbours) = neighbours(engine, &latent, NEIGHBOURS);
    Ok(DrawingEvent::Explanation { request, slot, class, influence, reconstruction, latent, neighbours })
}

/// The class that the classifier in `slot` takes the picture for.
async fn verdict(engine: &Engine, picture: &Pictures, slot: ModelSlot) -> Result<u8, Fault> {
    let verdicts = verdicts(engine, picture).await?;
    let verdict = verdicts.iter().find(|verdict| verdict.slot == slot).ok_or(Fault::NoModel(slot))?;
    Ok(strongest(&verdict.probabilities))
}

/// 784 integrated gradients.
async fn influence(
    engine: &Engine,
    picture: &Pictures,
    slot: ModelSlot,
    class: usize,
) -> Result<Vec<f32>, Fault> {
    let pixels = Tensor::from_inner(tensor(engine, picture)?);
    let influence = match (slot, &engine.models.shipped, engine.models.classifiers.get(&slot)) {
        (ModelSlot::Shipped, Some(held), _) => {
            let model = held.model.clone().train();
            integrated_gradients(pixels, class, |pictures| model.forward(pictures))
        }
        (_, _, Some(held)) => {
            let model = held.model.clone().train();
            integrated_gradients(pixels, class, |pictures| model.forward(pictures))
        }
        _ => return Err(Fault::NoModel(slot)),
    };
    values(influence.flatten::<2>(1, 3)).await
}

/// One picture as `[1, 1, 28, 28]`.
fn tensor(engine: &Engine, picture: &Pictures) -> Result<Tensor<4>, Fault> {
    if picture.pixels.len() != IMAGE_PIXELS {
        return Err(Fault::Protocol(format!("{} bytes are not one picture", picture.pixels.len())));
    }
    Ok(pixels_tensor(&picture.pixels, &engine.device))
}

#[cfg(test)]
mod tests {
    use std::{cell::RefCell, rc::Rc};

    use burn::tensor::Device;

    use super::*;
    use crate::{
        drawing::garments,
        engine::{Held, Outbox},
        models::{AutoencoderConfig, ClassifierConfig, Initializer, SketchClassifierConfig},
        protocol::{Command, EngineKind, WeightsOrigin},
    };

    struct Desk {
        engine: Engine,
        events: Rc<RefCell<Vec<Event>>>,
    }

    fn held<M>(model: M) -> Held<M> {
        Held { model, origin: WeightsOrigin::Shipped, notes: Default::default() }
    }

    impl Desk {
        fn new() -> Self {
            let events = Rc::new(RefCell::new(Vec::new()));
            let heard = events.clone();
            let outbox = Outbox::new(move |event| heard.borrow_mut().push(event));
            Self { engine: Engine::new(EngineKind::Cpu, Device::flex(), outbox), events }
        }

        fn with_models() -> Self {
            let mut desk = Self::new();
            let initializer = Initializer::new(1, &Device::flex());
            desk.engine.hold_shipped(held(SketchClassifierConfig::new().init_folded(&initializer)));
            desk.engine.hold_autoencoder(held(AutoencoderConfig::new().init(&initializer)));
            desk.engine.hold_classifier(ModelSlot::Scratch, held(ClassifierConfig::new().init(&initializer)));
            desk.events.borrow_mut().clear();
            desk
        }

        fn ask(&mut self, command: DrawingCommand) -> Event {
            pollster::block_on(self.engine.handle(Command::Drawing(command)));
            self.events.borrow_mut().remove(0)
        }
    }

    fn picture() -> Pictures {
        Pictures { pixels: garments::picture(1, 4).to_vec(), labels: Vec::new() }
    }

    #[test]
    fn every_classifier_gives_its_verdict() {
        let answer = Desk::with_models().ask(DrawingCommand::Classify { request: 3, picture: picture() });
        let Event::Drawing(DrawingEvent::Verdicts { request: 3, verdicts }) = answer else {
            panic!("{answer:?}")
        };
        let slots: Vec<ModelSlot> = verdicts.iter().map(|verdict| verdict.slot).collect();
        assert_eq!(slots, [ModelSlot::Shipped, ModelSlot::Scratch]);
        for verdict in &verdicts {
            assert!((verdict.probabilities.iter().sum::<f32>() - 1.0).abs() < 1e-4);
            assert_eq!(verdict.novelty, verdicts[0].novelty);
        }
    }

    #[test]
    fn an_explanation_has_its_parts() {
        for slot in [ModelSlot::Shipped, ModelSlot::Scratch] {
            let command = DrawingCommand::Explain { request: 1, picture: picture(), slot, class: None };
            let answer = Desk::with_models().ask(command);
            let Event::Drawing(DrawingEvent::Explanation { influence, reconstruction, latent, .. }) = answer
            else {
                panic!("{answer:?}")
            };
            assert!(influence.iter().any(|value| *value != 0.0));
            assert_eq!((influence.len(), reconstruction.len(), latent.len()), (784, 1, 16));
        }
    }

    #[test]
    fn what_cannot_be_answered_is_a_fault() {
        let explain = |slot, class| DrawingCommand::Explain { request: 1, picture: picture(), slot, class };
        assert!(matches!(Desk::new().ask(explain(ModelSlot::Shipped, None)), Event::Fault(_)));
        assert!(matches!(Desk::with_models().ask(explain(ModelSlot::Frozen, Some(1))), Event::Fault(_)));
        assert!(matches!(Desk::with_models().ask(explain(ModelSlot::Shipped, Some(10))), Event::Fault(_)));
        let short = Pictures { pixels: vec![0; 10], labels: Vec::new() };
        let classify = DrawingCommand::Classify { request: 1, picture: short };
        assert!(matches!(Desk::with_models().ask(classify), Event::Fault(_)));
    }
}
