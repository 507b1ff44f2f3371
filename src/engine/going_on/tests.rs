//! Every kind of run, interrupted anywhere and taken up by another engine: the same bits at the end. And what
//! comes back from a storage that cannot be trusted.

use std::{cell::RefCell, rc::Rc, time::Instant};

use pollster::block_on;
use proptest::{collection::vec, prelude::*, test_runner::TestRunner};

use super::*;
use crate::{
    data::synthetic::garments,
    engine::tests::engine,
    models::AutoencoderConfig as Shape,
    protocol::{
        AutoencoderConfig, Command, ExperimentConfig, LabelsConfig, Mode, ModelSlot, Outcome, Reuse,
        RunCommand, RunEvent, StudyConfig, WeightsOrigin, seal_run,
    },
};

const RUN: RunId = 7;

/// An engine on the run's data; with the autoencoder that experiments begin with, or with none.
fn begun(with_model: bool) -> (Engine, Rc<RefCell<Vec<Event>>>) {
    let (mut engine, events) = engine();
    let data = Dataset { train: garments(7, 120), test: garments(8, 30) };
    engine.adopt(data, DataSource::Synthetic);
    engine.background = Default::default();
    if with_model {
        let model = Shape::new().with_latent(5).init(&Initializer::new(3, &engine.device));
        let notes = crate::engine::Notes::new();
        engine.hold_autoencoder(crate::engine::Held { model, origin: WeightsOrigin::Shipped, notes });
    }
    events.take();
    (engine, events)
}

fn send(engine: &mut Engine, command: RunCommand) {
    block_on(engine.handle(Command::Run(command)));
}

fn kinds() -> Vec<(&'static str, RunConfig)> {
    let experiment = |reuse, seeds| {
        let modes = Mode::ALL.to_vec();
        ExperimentConfig { modes, reuse, seeds, epochs: 2, least_batches: 1, batch: 40, ..Default::default() }
    };
    let autoencoder = AutoencoderConfig { latent: 4, epochs: 3, batch: 25, ..Default::default() };
    let study =
        StudyConfig { sizes: vec![2, 3], epochs: 1, batch: 50, least_batches: 1, ..Default::default() };
    let nudged = ExperimentConfig { nudging: true, ..experiment(Reuse::Latent, 2) };
    let labels = LabelsConfig {
        counts: vec![Some(1), None],
        experiment: experiment(Reuse::Latent, 2),
        known: Vec::new(),
    };
    vec![
        ("autoencoder", RunConfig::Autoencoder(autoencoder)),
        ("comparison", RunConfig::Experiment(nudged)),
        ("comparison on features", RunConfig::Experiment(experiment(Reuse::Features, 1))),
        ("latent sizes", RunConfig::Study(study)),
        ("labels", RunConfig::Labels(labels)),
    ]
}

/// All that was told of a run but clock times, and the models that it left.
#[derive(Debug, PartialEq, Default)]
struct Told {
    values: Vec<(u32, u64)>,
    lines: Vec<String>,
    models: Vec<(ModelSlot, Vec<u8>)>,
    outcome: Option<(Outcome, Option<u64>)>,
}

fn told(events: Vec<Event>) -> Told {
    let mut all = Told::default();
    for event in events {
        match event {
            Event::Run(RunEvent::Metrics { points, .. }) => {
                all.values.extend(points.iter().map(|point| (point.step, point.value.to_bits())));
            }
            Event::Run(RunEvent::Finished { outcome, test_loss, .. }) => {
                all.outcome = Some((outcome, test_loss.map(f64::to_bits)));
            }
            Event::Experiment(event) => all.lines.extend(timeless(event)),
            Event::Weights(crate::protocol::WeightsEvent::Exported { slot, bytes, .. }) => {
                all.models.retain(|(known, _)| *known != slot);
                all.models.push((slot, tensors(&bytes)));
            }
            _ => {}
        }
    }
    all
}

/// The weights of a safetensors file, whose header's notes come in any order.
fn tensors(bytes: &[u8]) -> Vec<u8> {
    let header = u64::from_le_bytes(bytes[..8].try_into().expect("eight bytes")) as usize;
    bytes[8 + header..].to_vec()
}

fn timeless(event: ExperimentEvent) -> Vec<String> {
    match event {
        ExperimentEvent::Points { points, .. } => {
            let line = |mut point: crate::runs::ModePoint| {
                point.seconds = 0.0;
                format!("{point:?}")
            };
            points.into_iter().map(line).collect()
        }
        ExperimentEvent::Result { mut result, .. } => {
            result.seconds_per_step = 0.0;
            vec![format!("{result:?}")]
        }
        ExperimentEvent::StudyResult { mut result, .. } => {
            result.seconds = 0.0;
            vec![format!("{result:?}")]
        }
        ExperimentEvent::LabelPoints { points, .. } => {
            let line = |mut point: crate::runs::LabelPoint| {
                point.seconds = 0.0;
                format!("{point:?}")
            };
            points.into_iter().map(line).collect()
        }
        other => vec![format!("{other:?}")],
    }
}

fn to_the_end(engine: &mut Engine) -> u32 {
    let mut units = 0;
    while block_on(engine.advance_run()) {
        units += 1;
    }
    units
}

fn last_kept(events: &[Event]) -> Vec<u8> {
    let kept = events.iter().rev().find_map(|event| match event {
        Event::Run(RunEvent::Kept { bytes, .. }) => Some(bytes.clone()),
        _ => None,
    });
    kept.expect("a run is kept as it begins")
}

/// What is kept of a run after so many units of work, and whether that is new since the unit before.
fn interrupted(config: &RunConfig, units: u32) -> Vec<u8> {
    let (mut engine, events) = begun(true);
    send(&mut engine, RunCommand::Start { run: 1, config: config.clone(), paused: false });
    for unit in 0..units {
        block_on(engine.advance_run());
        // Within a batch nothing is kept: the state before it is the last.
        if units - unit < 8 {
            block_on(engine.keep_now());
        }
    }
    last_kept(&events.borrow())
}

#[test]
fn every_kind_of_run_ends_the_same_wherever_it_is_interrupted() {
    for (name, config) in kinds() {
        let (mut engine, events) = begun(true);
        send(&mut engine, RunCommand::Start { run: RUN, config: config.clone(), paused: false });
        let units = to_the_end(&mut engine);
        let whole = told(events.take());
        assert!(matches!(whole.outcome, Some((Outcome::Completed, _))), "{name}");
        let mut places = std::collections::BTreeSet::new();
        for at in (0..units).step_by((units as usize / 7).max(1)) {
            let kept = interrupted(&config, at);
            let (head, _) = open_run(&kept).expect("whole");
            places.insert((head.part, head.step));
            // An engine that never saw the autoencoder.
            let (mut other, events) = begun(false);
            send(&mut other, RunCommand::GoOn { run: RUN, bytes: kept, paused: false });
            to_the_end(&mut other);
            assert_eq!(told(events.take()), whole, "{name}, interrupted after {at} of {units} units");
        }
        println!("{name}: {units} units, taken up at (part, batch) {places:?}");
        assert!(places.len() > 3, "{name}: {places:?}");
    }
}

/// Printed, and held to the promise: two per cent.
#[test]
fn keeping_a_run_costs_little() {
    for (name, config) in kinds() {
        let (mut engine, events) = begun(true);
        send(&mut engine, RunCommand::Start { run: RUN, config: config.clone(), paused: false });
        for _ in 0..8 {
            block_on(engine.advance_run());
        }
        let (begun_at, rounds) = (Instant::now(), 10);
        (0..rounds).for_each(|_| block_on(engine.keep_now()));
        let cost = begun_at.elapsed().as_secs_f64() / f64::from(rounds);
        let kept = last_kept(&events.borrow());
        let (mut other, _) = begun(false);
        let restored = Instant::now();
        send(&mut other, RunCommand::GoOn { run: RUN, bytes: kept.clone(), paused: true });
        let restore = restored.elapsed().as_secs_f64();
        let share = cost / 8.0;
        println!(
            "{name}: {} kB, kept in {:.2} ms ({:.3} % of eight seconds), taken up in {:.1} ms",
            kept.len() / 1000,
            cost * 1e3,
            share * 1e2,
            restore * 1e3
        );
        assert!(share < 0.02, "{name}: {share}");
    }
}

fn refused(bytes: &[u8]) -> Option<Fault> {
    let (mut engine, events) = begun(false);
    send(&mut engine, RunCommand::GoOn { run: RUN, bytes: bytes.to_vec(), paused: false });
    for _ in 0..6 {
        block_on(engine.advance_run());
    }
    let fault = |event: Event| match event {
        Event::Fault(report) => Some(report.fault),
        _ => None,
    };
    events.take().into_iter().find_map(fault)
}

#[test]
fn damaged_foreign_and_other_peoples_runs_are_refused() {
    let (_, config) = kinds().remove(0);
    let kept = interrupted(&config, 3);
    assert_eq!(refused(&kept), None);
    let mut damaged = kept.clone();
    *damaged.last_mut().expect("bytes") ^= 1;
    for bytes in [&kept[..kept.len() - 1], &damaged, b"telarrun", b""] {
        assert!(matches!(refused(bytes), Some(Fault::Unresumable(_))));
    }
    let mut newer = kept.clone();
    newer[8] += 1;
    assert_eq!(open_run(&newer).err(), Some(KeptRunError::Version(2)));
    let (mut engine, events) = begun(false);
    engine.adopt(Dataset { train: garments(9, 120), test: garments(8, 30) }, DataSource::Synthetic);
    send(&mut engine, RunCommand::GoOn { run: RUN, bytes: kept, paused: false });
    let other = |event: &Event| matches!(event, Event::Fault(report) if report.run == Some(RUN));
    assert!(events.borrow().iter().any(other), "other garments of the same number");
}

/// The sum is no secret: whoever changes the bytes can set it right.
#[test]
fn a_changed_run_with_the_right_sum_is_refused_or_runs_but_never_panics() {
    let all: Vec<Vec<u8>> = kinds().iter().map(|(_, config)| interrupted(config, 5)).collect();
    let bodies: Vec<(RunHead, Vec<u8>)> = all
        .iter()
        .map(|kept| open_run(kept).map(|(head, body)| (head, body.to_vec())).expect("whole"))
        .collect();
    let change = (0..bodies.len(), vec((0.0..1.0f64, any::<u8>(), 0..4u8), 1..4));
    let mut runner =
        TestRunner::new(ProptestConfig { cases: 400, failure_persistence: None, ..Default::default() });
    let outcomes = RefCell::new((0, 0));
    let tried = runner.run(&change, |(which, changes)| {
        let (head, mut body) = bodies[which].clone();
        for (place, byte, how) in changes {
            // Lengths and places are in the first and the last bytes.
            let place = (place * place * body.len() as f64) as usize;
            match how {
                0 => body[place] = byte,
                1 => body.truncate(place.max(1)),
                2 => body.insert(place, byte),
                _ => body[place] ^= 1 << (byte % 8),
            }
            if body.len() < 2 {
                break;
            }
        }
        let sealed = seal_run(&head, &Raw(body)).expect("writes");
        let fault = refused(&sealed);
        let mut outcomes = outcomes.borrow_mut();
        if fault.is_some() {
            outcomes.0 += 1
        } else {
            outcomes.1 += 1
        }
        Ok(())
    });
    tried.expect("no panic");
    let (refused, ran) = outcomes.into_inner();
    println!("{refused} refused, {ran} ran on");
    assert!(refused > 100);
}

/// Bytes as they are.
struct Raw(Vec<u8>);

impl Serialize for Raw {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeTuple;
        let mut tuple = serializer.serialize_tuple(self.0.len())?;
        self.0.iter().try_for_each(|byte| tuple.serialize_element(byte))?;
        tuple.end()
    }
}
