//! The engine as the page meets it: commands in, events out, on the CPU and without a browser.

use std::{cell::RefCell, rc::Rc, time::Duration};

use burn::tensor::Device;
use pollster::block_on;

use super::{Engine, Outbox, measurement::Measurement};
use crate::{
    data::{Dataset, synthetic},
    protocol::{
        AutoencoderConfig, Command, DataCommand, DataEvent, DataSource, EngineKind, Event, ExperimentConfig,
        ExperimentEvent, Fault, Mode, ModelSlot, Outcome, RunCommand, RunConfig, RunEvent, RunId, SelfTest,
        Split, StudyConfig, WeightsCommand, WeightsEvent, WeightsOrigin,
    },
};

/// A CPU engine that has nothing yet, and the events that it posts.
pub(super) fn engine() -> (Engine, Rc<RefCell<Vec<Event>>>) {
    let events = Rc::new(RefCell::new(Vec::new()));
    let posted = events.clone();
    let outbox = Outbox::new(move |event| posted.borrow_mut().push(event));
    (Engine::new(EngineKind::Cpu, Device::flex(), outbox), events)
}

/// An engine with the events that it posted.
struct Bench {
    engine: Engine,
    events: Rc<RefCell<Vec<Event>>>,
}

impl Bench {
    fn new() -> Self {
        let (engine, events) = engine();
        Self { engine, events }
    }

    fn with_data() -> Self {
        let mut bench = Self::new();
        bench.engine.adopt(data(), DataSource::Synthetic);
        bench.work(usize::MAX);
        bench.take();
        bench
    }

    fn send(&mut self, command: Command) {
        block_on(self.engine.handle(command));
    }

    fn run(&mut self, command: RunCommand) {
        self.send(Command::Run(command));
    }

    fn start(&mut self, run: RunId, paused: bool) {
        self.run(RunCommand::Start { run, config: RunConfig::Autoencoder(config()), paused });
    }

    /// At most `units` units of work; whether there was more to do.
    fn work(&mut self, units: usize) -> bool {
        (0..units).all(|_| block_on(self.engine.advance()))
    }

    fn take(&mut self) -> Vec<Event> {
        self.events.take()
    }
}

fn data() -> Dataset {
    Dataset { train: synthetic::garments(1, 80), test: synthetic::garments(2, 20) }
}

/// 72 images in batches of 20: four batches an epoch, the last of twelve.
fn config() -> AutoencoderConfig {
    AutoencoderConfig { latent: 4, epochs: 2, batch: 20, ..Default::default() }
}

fn finished(events: &[Event]) -> Vec<(RunId, Outcome, bool)> {
    let ends = events.iter().filter_map(|event| match event {
        Event::Run(RunEvent::Finished { run, outcome, test_loss, .. }) => {
            Some((*run, *outcome, test_loss.is_some()))
        }
        _ => None,
    });
    ends.collect()
}

fn last_step(events: &[Event]) -> Option<u32> {
    events.iter().rev().find_map(|event| match event {
        Event::Run(RunEvent::Progress(progress)) => Some(progress.step),
        _ => None,
    })
}

fn origins(events: &[Event]) -> Vec<(WeightsOrigin, bool)> {
    let exported = events.iter().filter_map(|event| match event {
        Event::Weights(WeightsEvent::Exported { origin, snapshot, .. }) => Some((*origin, *snapshot)),
        _ => None,
    });
    exported.collect()
}

#[test]
fn a_run_goes_from_start_to_test_and_leaves_its_model() {
    let mut bench = Bench::with_data();
    bench.start(7, false);
    assert!(!bench.work(100), "it ends");
    let events = bench.take();
    assert!(matches!(
        events[0],
        Event::Run(RunEvent::Started {
            run: 7,
            total_steps: 8,
            steps_per_epoch: 4,
            train: 72,
            validation: 8
        })
    ));
    assert!(matches!(&events[1], Event::Run(RunEvent::Reconstructions { run: 7, step: 0, .. })));
    assert_eq!(finished(&events), [(7, Outcome::Completed, true)]);
    assert_eq!(last_step(&events), Some(8));
    let snapshots = [WeightsOrigin::Partial, WeightsOrigin::Partial, WeightsOrigin::Trained];
    assert_eq!(origins(&events), snapshots.map(|origin| (origin, true)));
    let held = bench.engine.models.autoencoder.as_ref().expect("trained");
    assert_eq!((held.model.latent(), held.origin), (4, WeightsOrigin::Trained));
    assert!(held.notes.contains_key("metrics.test_loss"));
}

#[test]
fn a_paused_run_does_one_batch_a_step_and_goes_on_when_resumed() {
    let mut bench = Bench::with_data();
    bench.start(1, true);
    assert!(!bench.work(1), "paused from the start");
    for step in 1..=2 {
        bench.run(RunCommand::Step);
        bench.work(10);
        assert_eq!(last_step(&bench.take()), Some(step));
    }
    bench.run(RunCommand::Resume);
    bench.work(1);
    bench.run(RunCommand::Pause);
    assert!(!bench.work(1));
    let events = bench.take();
    let told = events.iter().filter_map(|event| match event {
        Event::Run(RunEvent::Paused { paused, .. }) => Some(*paused),
        _ => None,
    });
    assert!(told.eq([false, true]));
    assert_eq!(last_step(&events), Some(3));
}

#[test]
fn a_stopped_run_keeps_what_it_has_and_never_sees_the_test_set() {
    let mut bench = Bench::with_data();
    bench.start(1, false);
    bench.work(2);
    bench.run(RunCommand::Stop);
    let events = bench.take();
    assert_eq!(finished(&events), [(1, Outcome::Stopped, false)]);
    assert_eq!(origins(&events), [(WeightsOrigin::Partial, true)]);
    assert!(!bench.work(1));
}

#[test]
fn another_start_stops_the_run_before_and_a_bad_one_is_refused() {
    let mut bench = Bench::with_data();
    bench.start(1, false);
    bench.work(1);
    let config = AutoencoderConfig { latent: 129, ..config() };
    bench.run(RunCommand::Start { run: 2, config: RunConfig::Autoencoder(config), paused: false });
    let events = bench.take();
    assert_eq!(finished(&events), [(1, Outcome::Stopped, false), (2, Outcome::Failed, false)]);
    let refused = events.iter().find_map(|event| match event {
        Event::Fault(report) => Some((report.run, report.fault.clone())),
        _ => None,
    });
    let setting = Fault::Setting { field: "ae-latent".into(), min: 1.0, max: 128.0 };
    assert_eq!(refused, Some((Some(2), setting)));
    bench.start(3, false);
    bench.work(100);
    assert_eq!(finished(&bench.take()), [(3, Outcome::Completed, true)]);
}

#[test]
fn without_data_a_run_is_refused_and_the_engine_goes_on() {
    let mut bench = Bench::new();
    bench.start(1, false);
    let events = bench.take();
    assert!(matches!(&events[0], Event::Fault(report) if report.fault == Fault::NoData));
    assert_eq!(finished(&events), [(1, Outcome::Failed, false)]);
}

#[test]
fn questions_are_answered_between_two_batches() {
    let mut bench = Bench::with_data();
    bench.start(1, false);
    bench.work(1);
    bench.take();
    bench.send(Command::Data(DataCommand::Browse { split: Split::Test, class: None, offset: 0, count: 3 }));
    let events = bench.take();
    assert!(
        matches!(&events[..], [Event::Data(DataEvent::Pictures { pictures, .. })] if pictures.len() == 3)
    );
    assert!(bench.work(1), "the run goes on");
}

#[test]
fn weights_come_back_from_their_file_and_a_broken_file_changes_nothing() {
    let mut bench = Bench::with_data();
    bench.start(1, false);
    bench.work(100);
    bench.take();
    bench.send(Command::Weights(WeightsCommand::Export { slot: ModelSlot::Autoencoder, half: false }));
    let Some(Event::Weights(WeightsEvent::Exported { bytes, snapshot: false, .. })) = bench.take().pop()
    else {
        panic!("weights were asked for");
    };
    let import = |bytes: &[u8]| {
        let (slot, origin) = (ModelSlot::Autoencoder, WeightsOrigin::File);
        Command::Weights(WeightsCommand::Import { slot, bytes: bytes.to_vec(), origin })
    };
    bench.send(import(&bytes[..bytes.len() / 2]));
    assert!(matches!(&bench.take()[..], [Event::Fault(report)] if matches!(report.fault, Fault::Weights(_))));
    let origin = |bench: &Bench| bench.engine.models.autoencoder.as_ref().map(|held| held.origin);
    assert_eq!(origin(&bench), Some(WeightsOrigin::Trained));
    bench.send(import(&bytes));
    assert!(matches!(
        &bench.take()[..],
        [Event::Weights(WeightsEvent::Changed { origin: WeightsOrigin::File, latent: 4, .. })]
    ));
    assert_eq!(origin(&bench), Some(WeightsOrigin::File));
}

#[test]
fn an_empty_slot_is_named() {
    let mut bench = Bench::new();
    bench.send(Command::Weights(WeightsCommand::Export { slot: ModelSlot::Frozen, half: false }));
    assert!(matches!(
        &bench.take()[..],
        [Event::Fault(report)] if report.fault == Fault::NoModel(ModelSlot::Frozen)
    ));
}

#[test]
fn the_self_test_needs_no_data_and_always_gives_the_same_figures() {
    let figures = || -> SelfTest {
        let mut bench = Bench::new();
        bench.run(RunCommand::SelfTest);
        bench.work(100);
        match bench.take().pop() {
            Some(Event::Run(RunEvent::SelfTested(figures))) => figures,
            other => panic!("figures were asked for, not {other:?}"),
        }
    };
    let first = figures();
    assert_eq!(first.losses.len(), 3);
    assert!(first.losses[2] < first.losses[0] && !first.outputs.is_empty());
    assert_eq!(first, figures());
}

#[test]
fn speed_is_measured_without_leaving_a_model() {
    let mut bench = Bench::with_data();
    bench.run(RunCommand::Measure { config: config() });
    bench.work(1000);
    let events = bench.take();
    assert!(matches!(
        &events[..],
        [Event::Run(RunEvent::Measured { images_per_second })] if *images_per_second > 0.0
    ));
    assert!(bench.engine.models.autoencoder.is_none());
}

#[test]
fn speed_leaves_out_what_the_engine_does_between_the_batches() {
    let bench = Bench::with_data();
    let mut measurement = Measurement::new(&config(), &bench.engine).expect("in range");
    let pause = Duration::from_millis(100);
    let mut pauses = 0;
    let speed = loop {
        match block_on(measurement.advance()).expect("it can be trained") {
            Some(speed) => break speed,
            None => std::thread::sleep(pause),
        }
        pauses += 1;
    };
    // All images of the training, had its time been that of the pauses.
    let with_pauses = f64::from(2 * 72) / (pause * pauses).as_secs_f64();
    assert!(speed > 2.0 * with_pauses, "{speed} against {with_pauses}");
}

#[test]
fn the_linear_reference_comes_by_itself_after_the_data() {
    let mut bench = Bench::new();
    bench.engine.adopt(data(), DataSource::Synthetic);
    bench.work(1000);
    let errors = bench.take().into_iter().find_map(|event| match event {
        Event::Run(RunEvent::PcaReference { errors }) => Some(errors),
        _ => None,
    });
    let errors = errors.expect("computed in the background");
    assert_eq!(errors.len(), 128);
    assert!(errors.is_sorted_by(|one, next| one >= next) && errors[0] > errors[60]);
}

fn experiment_events(events: &[Event]) -> Vec<&ExperimentEvent> {
    let told = events.iter().filter_map(|event| match event {
        Event::Experiment(event) => Some(event),
        _ => None,
    });
    told.collect()
}

#[test]
fn an_experiment_tells_its_curves_and_fills_the_slots() {
    let mut bench = Bench::with_data();
    let modes = vec![Mode::Scratch];
    let config =
        ExperimentConfig { epochs: 1, batch: 36, least_batches: 1, seeds: 1, modes, ..Default::default() };
    let config = RunConfig::Experiment(config);
    bench.run(RunCommand::Start { run: 5, config, paused: false });
    bench.work(usize::MAX);
    let events = bench.take();
    assert_eq!(finished(&events), [(5, Outcome::Completed, false)]);
    let told = experiment_events(&events);
    let points = told.iter().filter(|event| matches!(event, ExperimentEvent::Points { run: 5, .. }));
    assert!(points.count() >= 1);
    let results = told.iter().filter(|event| matches!(event, ExperimentEvent::Result { run: 5, .. }));
    assert_eq!(results.count(), 1);
    assert_eq!(bench.engine.models.classifiers[&ModelSlot::Scratch].origin, WeightsOrigin::Trained);
}

#[test]
fn a_frozen_mode_without_an_autoencoder_is_refused() {
    let mut bench = Bench::with_data();
    let config = RunConfig::Experiment(ExperimentConfig::default());
    bench.run(RunCommand::Start { run: 6, config, paused: false });
    let events = bench.take();
    let fault = events.iter().find_map(|event| match event {
        Event::Fault(report) => Some(report.fault.clone()),
        _ => None,
    });
    assert_eq!(fault, Some(Fault::NoModel(ModelSlot::Autoencoder)));
    assert_eq!(finished(&events), [(6, Outcome::Failed, false)]);
}

#[test]
fn a_study_tells_each_size() {
    let mut bench = Bench::with_data();
    let config = StudyConfig { sizes: vec![2, 4], epochs: 1, least_batches: 1, ..Default::default() };
    bench.run(RunCommand::Start { run: 7, config: RunConfig::Study(config), paused: false });
    bench.work(usize::MAX);
    let events = bench.take();
    let sizes: Vec<u32> = experiment_events(&events)
        .into_iter()
        .filter_map(|event| match event {
            ExperimentEvent::StudyResult { run: 7, result } => Some(result.latent),
            _ => None,
        })
        .collect();
    assert_eq!(sizes, [2, 4]);
    assert_eq!(finished(&events), [(7, Outcome::Completed, false)]);
}
