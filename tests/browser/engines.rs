//! Both engines on their own devices: the same seed gives the same training.

use std::{cell::RefCell, rc::Rc};

use burn::tensor::Device;
use telar::{
    data::{Dataset, synthetic},
    engine::{Engine, Outbox, device},
    protocol::{
        AutoencoderConfig, Command, DataSource, EngineKind, Event, ExperimentConfig, ExperimentEvent, Metric,
        Mode, RunCommand, RunConfig, RunEvent, SelfTest, StudyConfig,
    },
};
use wasm_bindgen_test::{console_log, wasm_bindgen_test};

/// Largest difference of losses between the engines: both compute in single precision, in another order.
const LOSS_TOLERANCE: f64 = 1e-4;
/// Largest difference of a classifier's losses after some thirty batches, in which roundings grow.
const EXPERIMENT_TOLERANCE: f64 = 1e-2;
/// Largest difference of pixels: a step of grey or two, from rounding.
const PIXEL_TOLERANCE: f32 = 2.5 / 255.0;

async fn device(kind: EngineKind) -> Device {
    let (device, adapter) = device::open(kind).await.expect("the browser of the tests has WebGPU");
    assert_eq!(adapter.is_some(), kind == EngineKind::Gpu);
    device
}

/// Works off `commands` and gives all events.
async fn events(kind: EngineKind, device: Device, commands: Vec<Command>) -> Vec<Event> {
    let events = Rc::new(RefCell::new(Vec::new()));
    let posted = events.clone();
    let mut engine = Engine::new(kind, device, Outbox::new(move |event| posted.borrow_mut().push(event)));
    engine.adopt(
        Dataset { train: synthetic::garments(1, 40), test: synthetic::garments(2, 12) },
        DataSource::Synthetic,
    );
    for command in commands {
        engine.handle(command).await;
        while engine.advance().await {}
    }
    events.take()
}

fn self_test(events: &[Event]) -> SelfTest {
    let found = events.iter().find_map(|event| match event {
        Event::Run(RunEvent::SelfTested(figures)) => Some(figures.clone()),
        _ => None,
    });
    found.expect("the self-test ended")
}

fn curve(events: &[Event]) -> Vec<(Metric, u32, f64)> {
    let metrics = events.iter().filter_map(|event| match event {
        Event::Run(RunEvent::Metrics { points, .. }) => Some(points.clone()),
        _ => None,
    });
    metrics.flatten().map(|point| (point.metric, point.step, point.value)).collect()
}

/// Validation losses of a comparison, a row for each mode and step.
fn comparison(events: &[Event]) -> Vec<(Mode, u32, f64)> {
    let points = events.iter().filter_map(|event| match event {
        Event::Experiment(ExperimentEvent::Points { points, .. }) => Some(points.clone()),
        _ => None,
    });
    points.flatten().map(|point| (point.mode, point.step, point.validation_loss)).collect()
}

/// Test losses of a study.
fn study(events: &[Event]) -> Vec<f64> {
    let results = events.iter().filter_map(|event| match event {
        Event::Experiment(ExperimentEvent::StudyResult { result, .. }) => Some(result.test_loss),
        _ => None,
    });
    results.collect()
}

/// An autoencoder, a comparison of classifiers on it, and a study of one size.
fn runs() -> Vec<RunConfig> {
    let autoencoder = AutoencoderConfig { latent: 6, epochs: 2, batch: 12, ..Default::default() };
    let experiment =
        ExperimentConfig { epochs: 1, least_batches: 1, batch: 12, seeds: 1, ..Default::default() };
    let study = StudyConfig { sizes: vec![2], epochs: 1, batch: 12, least_batches: 1, ..Default::default() };
    vec![RunConfig::Autoencoder(autoencoder), RunConfig::Experiment(experiment), RunConfig::Study(study)]
}

/// WebGPU may be opened once in a page, so one test holds all that needs it.
#[wasm_bindgen_test]
async fn cpu_and_gpu_agree_on_the_self_test_and_on_every_kind_of_run() {
    let start = |(run, config)| Command::Run(RunCommand::Start { run, config, paused: false });
    let commands = || {
        let first = std::iter::once(Command::Run(RunCommand::SelfTest));
        first.chain((1..).zip(runs()).map(start)).collect::<Vec<_>>()
    };
    let (cpu, gpu) = (device(EngineKind::Cpu).await, device(EngineKind::Gpu).await);
    let on_cpu = events(EngineKind::Cpu, cpu, commands()).await;
    let on_gpu = events(EngineKind::Gpu, gpu, commands()).await;

    let (cpu, gpu) = (self_test(&on_cpu), self_test(&on_gpu));
    console_log!("self-test: cpu {:?}, gpu {:?}", cpu.losses, gpu.losses);
    assert_eq!((cpu.losses.len(), cpu.outputs.len()), (gpu.losses.len(), gpu.outputs.len()));
    let apart = |(a, b): (&f32, &f32)| f64::from((a - b).abs());
    assert!(cpu.losses.iter().zip(&gpu.losses).map(apart).all(|apart| apart < LOSS_TOLERANCE));
    assert!(cpu.outputs.iter().zip(&gpu.outputs).all(|(a, b)| (a - b).abs() < PIXEL_TOLERANCE));

    let (cpu, gpu) = (curve(&on_cpu), curve(&on_gpu));
    console_log!("training: cpu {cpu:?}, gpu {gpu:?}");
    assert!(cpu.len() >= 5 && cpu.len() == gpu.len());
    for (cpu, gpu) in cpu.iter().zip(&gpu) {
        assert_eq!((cpu.0, cpu.1), (gpu.0, gpu.1));
        assert!((cpu.2 - gpu.2).abs() < LOSS_TOLERANCE, "{cpu:?} against {gpu:?}");
    }

    let (cpu, gpu) = (comparison(&on_cpu), comparison(&on_gpu));
    console_log!("comparison: cpu {cpu:?}, gpu {gpu:?}");
    assert!(cpu.len() > 2 * Mode::ALL.len() && cpu.len() == gpu.len());
    for (cpu, gpu) in cpu.iter().zip(&gpu) {
        assert_eq!((cpu.0, cpu.1), (gpu.0, gpu.1));
        assert!((cpu.2 - gpu.2).abs() < EXPERIMENT_TOLERANCE, "{cpu:?} against {gpu:?}");
    }

    let (cpu, gpu) = (study(&on_cpu), study(&on_gpu));
    console_log!("study: cpu {cpu:?}, gpu {gpu:?}");
    assert!(cpu.len() == 1 && gpu.len() == 1 && (cpu[0] - gpu[0]).abs() < LOSS_TOLERANCE);
}

#[wasm_bindgen_test]
async fn the_seed_fixes_a_training_on_the_cpu_bit_for_bit() {
    let config = AutoencoderConfig { latent: 3, epochs: 1, batch: 10, seed: 5, ..Default::default() };
    let start = RunCommand::Start { run: 1, config: RunConfig::Autoencoder(config), paused: false };
    let mut curves = Vec::new();
    for _ in 0..2 {
        let device = device(EngineKind::Cpu).await;
        curves.push(curve(&events(EngineKind::Cpu, device, vec![Command::Run(start.clone())]).await));
    }
    assert!(!curves[0].is_empty());
    assert_eq!(curves[0], curves[1]);
}
