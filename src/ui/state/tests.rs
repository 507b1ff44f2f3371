use super::*;
use crate::protocol::{AutoencoderConfig, DataSource, DataSummary, Pictures, RunConfig, SelfTest};

fn ready(protocol: u32) -> Event {
    Event::Ready(Ready { protocol, engine: EngineKind::Cpu, adapter: None })
}

fn loaded(train: u32) -> Event {
    Event::Data(DataEvent::Loaded(DataSummary {
        source: DataSource::Synthetic,
        train,
        test: 10,
        per_class: vec![1; 10],
        mean: 0.3,
        deviation: 0.3,
        mean_images: Pictures::default(),
        test_labels: Vec::new(),
    }))
}

fn working() -> State {
    let mut state = State::default();
    state.apply(EngineKind::Cpu, ready(PROTOCOL_VERSION));
    state.apply(EngineKind::Cpu, loaded(100));
    state.engines.preference = engines::Preference::Cpu;
    state
}

fn run(state: &mut State, engine: EngineKind) -> u32 {
    let config = RunConfig::Autoencoder(AutoencoderConfig::default());
    state.runs.start(engine, config, false)
}

#[test]
fn training_can_start_once_engine_and_data_are_here() {
    let mut state = State::default();
    assert!(!state.can_start());
    state.apply(EngineKind::Cpu, ready(PROTOCOL_VERSION));
    state.apply(EngineKind::Cpu, loaded(0));
    assert!(!state.can_start());
    state.apply(EngineKind::Cpu, loaded(100));
    assert!(state.can_start());
}

#[test]
fn another_protocol_version_is_a_fault_of_the_engine() {
    let mut state = State::default();
    state.apply(EngineKind::Cpu, ready(PROTOCOL_VERSION + 1));
    assert!(matches!(state.engines.cpu.health, Health::Failed(Fault::Protocol(_))));
    assert!(matches!(state.errors.faults()[..], [Fault::Protocol(_)]));
    // Reloaded, or the right worker after all.
    state.apply(EngineKind::Cpu, ready(PROTOCOL_VERSION));
    assert!(state.errors.faults().is_empty() && state.engines.cpu.health == Health::Ready);
}

#[test]
fn a_panic_ends_the_run_and_the_engine_and_is_shown() {
    let mut state = working();
    run(&mut state, EngineKind::Cpu);
    let fault = Fault::Panic("index out of bounds".into());
    let parts = state.apply(EngineKind::Cpu, Event::Fault(FaultReport { run: None, fault: fault.clone() }));
    assert_eq!(parts, [Part::Runs, Part::Resume, Part::Engines, Part::Error]);
    assert!(state.runs.active().is_none() && !state.can_start());
    assert_eq!(state.errors.faults(), [fault]);
}

#[test]
fn a_stale_runs_fault_is_dropped() {
    let mut state = working();
    run(&mut state, EngineKind::Cpu);
    let report = FaultReport { run: Some(9), fault: Fault::Diverged { step: 1, value: "NaN".into() } };
    assert!(state.apply(EngineKind::Cpu, Event::Fault(report)).is_empty());
    assert!(state.runs.active().is_some() && state.errors.faults().is_empty());
}

#[test]
fn a_failing_gpu_is_a_reason_under_auto_and_an_error_on_request() {
    let report = || Event::Fault(FaultReport { run: None, fault: Fault::NoGpu("no device".into()) });
    let mut state = working();
    state.engines.preference = engines::Preference::Auto;
    state.apply(EngineKind::Gpu, report());
    assert!(state.errors.faults().is_empty());
    state.engines.preference = engines::Preference::Gpu;
    state.apply(EngineKind::Gpu, report());
    assert!(!state.errors.faults().is_empty());
}

#[test]
fn new_data_on_the_cpu_must_reach_the_gpu_again() {
    let mut state = working();
    state.engines.pending = Some(Check::LoadGpu);
    state.apply(EngineKind::Gpu, loaded(100));
    assert!(state.engines.gpu.has_data && state.engines.pending.is_none());
    state.apply(EngineKind::Cpu, loaded(60));
    assert!(!state.engines.gpu.has_data);
}

#[test]
fn answers_to_checks_are_kept_by_engine() {
    let mut state = working();
    state.engines.pending = Some(Check::SelfTest(EngineKind::Gpu));
    let test = SelfTest { losses: vec![0.1], outputs: vec![0.2] };
    state.apply(EngineKind::Cpu, Event::Run(RunEvent::SelfTested(test.clone())));
    assert_eq!(state.engines.pending, Some(Check::SelfTest(EngineKind::Gpu)));
    state.apply(EngineKind::Gpu, Event::Run(RunEvent::SelfTested(test.clone())));
    assert_eq!((state.engines.pending, state.engines.gpu.self_test), (None, Some(test)));
}

#[test]
fn a_slots_version_counts_its_changes() {
    let mut state = State::default();
    let changed = |latent| {
        let (slot, origin) = (ModelSlot::Autoencoder, WeightsOrigin::Trained);
        Event::Weights(WeightsEvent::Changed { slot, origin, latent, parameters: 9 })
    };
    state.apply(EngineKind::Cpu, changed(16));
    state.apply(EngineKind::Gpu, changed(4));
    state.apply(EngineKind::Cpu, changed(8));
    let model = state.model(ModelSlot::Autoencoder).expect("it was loaded");
    assert_eq!((model.latent, model.version), (8, 1));
}

#[test]
fn an_engine_that_does_not_stop_is_given_up_and_may_be_started_anew() {
    let mut state = working();
    let hung = run(&mut state, EngineKind::Cpu);
    assert!(state.give_up(EngineKind::Cpu, hung + 1, 20).is_empty(), "of another run");
    let parts = state.give_up(EngineKind::Cpu, hung, 20);
    assert_eq!(parts, [Part::Runs, Part::Error, Part::Engines, Part::Data]);
    assert!(state.runs.active().is_none() && state.engines.cpu == engines::Engine::default());
    let fault = Fault::Hung { engine: EngineKind::Cpu, seconds: 20 };
    assert_eq!(state.runs.list[0].fault, Some(fault.clone()));
    // The new engine's coming does not answer why the run is over; the next run does.
    state.apply(EngineKind::Cpu, ready(PROTOCOL_VERSION));
    assert_eq!(state.errors.faults(), [fault]);
    state.errors.clear(Matter::Run);
    assert!(state.errors.faults().is_empty());
    assert!(state.give_up(EngineKind::Cpu, hung, 20).is_empty(), "it is over");
}

#[test]
fn a_run_whose_weights_do_not_come_ends_with_a_word_and_its_engine_stays() {
    let mut state = working();
    state.engines.preference = engines::Preference::Auto;
    state.apply(EngineKind::Gpu, ready(PROTOCOL_VERSION));
    let waiting = run(&mut state, EngineKind::Gpu);
    let report = FaultReport { run: Some(waiting), fault: Fault::Unreachable };
    state.apply(EngineKind::Gpu, Event::Fault(report));
    assert!(state.runs.active().is_none());
    assert_eq!(state.errors.faults(), [Fault::Unreachable]);
    assert_eq!(state.engines.gpu.health, Health::Ready);
}
