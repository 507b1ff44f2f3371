//! Interrupted runs: what survives, on which engine, and what is said of it.

use super::*;
use crate::protocol::{
    AutoencoderConfig, DataEvent, DataSource, DataSummary, Event, FaultReport, Metric, MetricPoint, Outcome,
    PROTOCOL_VERSION, Pictures, Ready, RunConfig, RunEvent, SelfTest, seal_run,
};

const CPU: EngineKind = EngineKind::Cpu;
const GPU: EngineKind = EngineKind::Gpu;

fn head() -> RunHead {
    RunHead {
        config: RunConfig::Autoencoder(AutoencoderConfig::default()),
        part: 3,
        parts: 5,
        step: 30,
        source: DataSource::Synthetic,
        train: 100,
        test: 10,
    }
}

fn kept() -> KeptRun {
    KeptRun::read(seal_run(&head(), &7u8).expect("writes")).expect("whole")
}

fn come(state: &mut State, engine: EngineKind) {
    state.apply(engine, Event::Ready(Ready { protocol: PROTOCOL_VERSION, engine, adapter: None }));
}

fn load(state: &mut State, engine: EngineKind) {
    let summary = DataSummary {
        source: DataSource::Synthetic,
        train: 100,
        test: 10,
        per_class: vec![1; 10],
        mean: 0.3,
        deviation: 0.3,
        mean_images: Pictures::default(),
        test_labels: Vec::new(),
    };
    state.apply(engine, Event::Data(DataEvent::Loaded(summary)));
}

/// A run on `engine` that was kept in its third epoch.
fn running(engine: EngineKind) -> (State, RunId) {
    let mut state = State::default();
    for kind in [CPU, GPU] {
        come(&mut state, kind);
        load(&mut state, kind);
        state.engines.get_mut(kind).self_test = Some(SelfTest { losses: vec![0.1], outputs: vec![0.2] });
    }
    let run = state.start_run(engine, head().config);
    state.apply(
        engine,
        Event::Run(RunEvent::Started {
            run,
            total_steps: 50,
            steps_per_epoch: 10,
            train: 90,
            validation: 10,
        }),
    );
    let point = MetricPoint { metric: Metric::TrainLoss, step: 1, epoch: 0.2, seconds: 0.1, value: 0.3 };
    state.apply(engine, Event::Run(RunEvent::Metrics { run, points: vec![point] }));
    state.kept(run, kept());
    (state, run)
}

fn panic(state: &mut State, engine: EngineKind) {
    state.apply(engine, Event::Fault(FaultReport { run: None, fault: Fault::Panic("index".into()) }));
}

#[test]
fn the_same_engine_then_the_other_then_an_end_with_one_line_each() {
    let (mut state, run) = running(GPU);
    let lost = FaultReport { run: Some(run), fault: Fault::DeviceLost("gone".into()) };
    state.apply(GPU, Event::Fault(lost));
    // What the broken engine still says is void.
    let failed = RunEvent::Finished { run, outcome: Outcome::Failed, test_loss: None, seconds: 1.0 };
    state.apply(GPU, Event::Run(failed));
    assert_eq!(state.runs.active().map(|run| run.status), Some(RunStatus::Starting));
    assert_eq!(state.rescue(), Some(Rescue::Start(GPU)));
    state.engines.gpu.health = Health::Loading;
    assert_eq!(state.rescue(), None);
    come(&mut state, GPU);
    assert_eq!(state.rescue(), Some(Rescue::Equip(GPU)));
    state.equipped();
    assert_eq!(state.rescue(), None);
    load(&mut state, GPU);
    assert_eq!(state.rescue(), Some(Rescue::GoOn(GPU)));
    assert_eq!(
        state.go_on(GPU).map(|(id, kept, paused)| (id, kept.head.part, paused)),
        Some((run, 3, false))
    );
    assert!(state.runs.list[0].points.is_empty(), "all is told anew");
    assert_eq!(state.resume.revival, Some(Revival { moved_to: None, part: (3, 5) }));
    panic(&mut state, GPU);
    assert_eq!(state.rescue(), Some(Rescue::GoOn(CPU)), "it is there, with the data");
    assert!(state.go_on(CPU).is_some());
    assert_eq!(state.resume.revival.as_ref().map(|revival| revival.moved_to), Some(Some(CPU)));
    assert!(state.errors.faults().is_empty(), "a line tells, no error");
    panic(&mut state, CPU);
    assert!(state.runs.active().is_none() && state.rescue().is_none() && state.resume.revival.is_none());
    assert_eq!(state.errors.faults(), [Fault::GivenUp(3)]);
    assert!(state.resume.offered.is_some() && !state.resume.stale, "it is not lost");
}

#[test]
fn without_another_engine_the_second_time_is_the_end() {
    let (mut state, _) = running(CPU);
    state.engines.gpu = Default::default();
    panic(&mut state, CPU);
    come(&mut state, CPU);
    load(&mut state, CPU);
    assert!(state.go_on(CPU).is_some());
    panic(&mut state, CPU);
    assert_eq!(state.errors.faults(), [Fault::GivenUp(2)]);
}

#[test]
fn an_engine_that_cannot_be_had_again_counts_and_one_that_is_late_does_not() {
    let (mut state, _) = running(CPU);
    panic(&mut state, CPU);
    state.engine_failed(CPU, Fault::Late { engine: CPU, seconds: 30 });
    assert!(state.is_rescuing() && state.runs.active().is_some() && state.rescue().is_none());
    state.engine_failed(CPU, Fault::NewVersion);
    assert_eq!(state.rescue(), Some(Rescue::GoOn(GPU)));
}

#[test]
fn a_paused_run_stays_paused_and_a_run_that_was_never_kept_ends() {
    let (mut state, run) = running(CPU);
    state.apply(CPU, Event::Run(RunEvent::Paused { run, paused: true }));
    panic(&mut state, CPU);
    come(&mut state, CPU);
    load(&mut state, CPU);
    assert_eq!(state.go_on(CPU).map(|(.., paused)| paused), Some(true));
    let mut state = running(CPU).0;
    state.resume = Resume::default();
    panic(&mut state, CPU);
    assert!(state.runs.active().is_none() && state.resume.offered.is_none());
}

#[test]
fn what_was_kept_of_a_run_that_ends_is_forgotten() {
    let (mut state, run) = running(CPU);
    let outcome = Outcome::Completed;
    state.apply(CPU, Event::Run(RunEvent::Finished { run, outcome, test_loss: None, seconds: 1.0 }));
    assert!(state.resume.stale && state.resume.latest.is_none());
    state.kept(run, kept());
    assert!(state.resume.latest.is_none(), "it is over");
}

#[test]
fn an_earlier_visits_run_waits_for_its_data_and_yields_to_a_new_one() {
    let mut state = State::default();
    state.offer(kept());
    state.want_to_go_on();
    assert!(state.offered_on_its_data().is_none());
    come(&mut state, CPU);
    load(&mut state, CPU);
    assert!(state.offered_on_its_data().is_some());
    let (run, taken) = state.take_up(CPU).expect("on offer");
    assert!(state.resume.offered.is_none() && state.resume.latest == Some(taken));
    assert_eq!(state.runs.active().map(|active| active.id), Some(run));
    state.offer(kept());
    assert!(state.resume.offered.is_none(), "a run is under way");
    let mut other = State::default();
    other.offer(KeptRun { head: RunHead { source: DataSource::Cache, ..head() }, ..kept() });
    load(&mut other, CPU);
    assert!(other.offered_on_its_data().is_none(), "synthetic garments are no others");
    other.discard();
    assert!(other.resume.stale && other.resume.offered.is_none());
}
