//! The session's behaviour on synthetic garments.

use pollster::block_on;

use super::*;
use crate::{
    data::synthetic::garments,
    training::{
        UNIT_IMAGES,
        crew::{
            Helpers,
            tests::{Doubtful, Habit, Threads},
        },
        flat,
    },
};

fn dataset(train: usize, test: usize) -> Arc<Dataset> {
    Arc::new(Dataset { train: garments(7, train), test: garments(8, test) })
}

fn session(seed: u64, batch: u32) -> AutoencoderSession {
    let config =
        AutoencoderConfig { latent: 8, epochs: 2, batch, seed, limit: Some(150), ..Default::default() };
    AutoencoderSession::new(&config, dataset(200, 40), &Device::flex()).expect("in range")
}

fn run(mut session: AutoencoderSession) -> AutoencoderSession {
    while !block_on(session.advance()).expect("advances").finished {}
    session
}

#[test]
fn the_seed_fixes_every_metric_bit_for_bit() {
    let values = |session: &AutoencoderSession| -> Vec<(Metric, u32, f64)> {
        session.history().points().iter().map(|point| (point.metric, point.step, point.value)).collect()
    };
    let [first, again, other] = [1, 1, 2].map(|seed| run(session(seed, 32)));
    assert_eq!(values(&first), values(&again));
    assert_ne!(values(&first), values(&other));
    assert_eq!(first.step(), first.plan().total_steps);
    assert_eq!(first.plan().total_steps, 10);
}

/// Every metric and every weight of a whole run.
fn all_bits(session: AutoencoderSession) -> (Vec<(Metric, u32, u64)>, Vec<u32>) {
    let session = run(session);
    let points = session.history().points().iter();
    let points = points.map(|point| (point.metric, point.step, point.value.to_bits())).collect();
    let weights = flat::weights(&session.model()).expect("flex can be read");
    (points, weights.into_iter().map(f32::to_bits).collect())
}

fn with_helpers(helpers: impl Helpers + 'static) -> AutoencoderSession {
    // Batches of three units and of two, the last of these smaller.
    let mut session = session(1, 96);
    session.set_crew(Some(Crew::new(helpers)));
    session
}

#[test]
fn helpers_change_no_bit_however_many_there_are() {
    let alone = all_bits(session(1, 96));
    for count in [0, 1, 3] {
        let threads = Threads::new(count);
        let given = threads.given.clone();
        assert!(all_bits(with_helpers(threads)) == alone, "{count} helpers");
        assert_eq!(given.get() > 0, count > 0);
    }
}

#[test]
fn a_batch_of_the_latent_size_study_gives_two_workers_something_to_do() {
    let first = block_on(session(1, 32).advance()).expect("advances");
    assert!(!first.batch_ended && first.images == 16);
    let alone = all_bits(session(1, 32));
    let mut helped = session(1, 32);
    helped.set_crew(Some(Crew::new(Threads::new(1))));
    assert!(all_bits(helped) == alone);
}

#[test]
fn helpers_that_are_late_wrong_or_dead_change_no_bit() {
    let alone = all_bits(session(1, 96));
    for habit in Habit::ALL {
        let doubtful = Doubtful::new(habit);
        let given = doubtful.given.clone();
        assert!(all_bits(with_helpers(doubtful)) == alone, "{habit:?}");
        assert_eq!(given.get() > 0, habit != Habit::Silent, "{habit:?}");
    }
}

#[test]
fn a_batch_that_helpers_are_at_is_done_once_all_its_units_are() {
    let mut session = with_helpers(Threads::new(1));
    let mut images = 0;
    for batch in 1..=2 {
        let ended = loop {
            let done = block_on(session.advance()).expect("advances");
            images += done.images;
            if done.batch_ended {
                break session.step();
            }
        };
        assert_eq!(ended, batch);
    }
    assert_eq!(images, 150);
}

#[test]
fn units_of_a_large_batch_add_up_to_the_batch() {
    let mut session = session(3, 150);
    let first = block_on(session.advance()).expect("advances");
    assert!(!first.batch_ended && first.images == UNIT_IMAGES as u32);
    let whole = picture_tensor(&session.dataset.train, &session.partition.train, &session.device);
    let expected = block_on(crate::training::batch::read(reconstruction_loss(&session.model(), whole)));
    while !block_on(session.advance()).expect("advances").batch_ended {}
    let loss = session.history().latest(Metric::TrainLoss).expect("flushed at the epoch's end");
    assert!((loss - f64::from(expected.expect("reads")[0])).abs() < 1e-6);
}

#[test]
fn one_batch_can_be_learnt_by_heart() {
    let config = AutoencoderConfig { epochs: 100, batch: 8, limit: Some(8), ..Default::default() };
    let session = run(AutoencoderSession::new(&config, dataset(40, 10), &Device::flex()).expect("in range"));
    let losses: Vec<f64> = session.history().points().iter().map(|point| point.value).collect();
    let last = session.history().latest(Metric::TrainLoss).expect("trained");
    assert!(last < losses[0] / 10.0, "{} became {last}", losses[0]);
}

#[test]
fn settings_out_of_range_are_named() {
    let dataset = dataset(20, 10);
    let refused =
        |config: AutoencoderConfig| AutoencoderSession::new(&config, dataset.clone(), &Device::flex()).err();
    let base = AutoencoderConfig::default();
    for (config, field) in [
        (AutoencoderConfig { latent: 0, ..base.clone() }, "ae-latent"),
        (AutoencoderConfig { epochs: 101, ..base.clone() }, "ae-epochs"),
        (AutoencoderConfig { batch: 0, ..base.clone() }, "ae-batch"),
        (AutoencoderConfig { learning_rate: f64::NAN, ..base.clone() }, "ae-lr"),
        (AutoencoderConfig { limit: Some(19), ..base.clone() }, "ae-limit"),
    ] {
        assert!(
            matches!(refused(config), Some(TrainingError::Setting { field: named, .. }) if named == field)
        );
    }
    let nothing = AutoencoderSession::new(&base, Arc::default(), &Device::flex()).err();
    assert_eq!(nothing, Some(TrainingError::NoData));
}

#[test]
fn a_loss_that_is_no_number_ends_the_run() {
    let mut session = session(1, 32);
    session.schedule = OneCycle::new(f64::NAN, 10);
    let error = loop {
        if let Err(error) = block_on(session.advance()) {
            break error;
        }
    };
    assert!(matches!(error, TrainingError::Diverged { value: "NaN", .. }));
}

/// All weights, and all measured values with their places.
fn outcome(session: &AutoencoderSession) -> (Vec<f32>, Vec<(u32, u64)>) {
    let weights = crate::training::weights(&session.model()).expect("reads");
    let points = session.history().points().iter();
    (weights, points.map(|point| (point.step, point.value.to_bits())).collect())
}

/// Wherever it is interrupted: at the start, within an epoch, in validation and test; more than once.
#[test]
fn an_interrupted_run_ends_as_if_it_had_never_stopped() {
    let (whole, mut units) = (outcome(&run(session(3, 24))), 0);
    let mut counted = session(3, 24);
    while !block_on(counted.advance()).expect("advances").finished {
        units += 1;
    }
    let mut kept_runs = 0;
    for every in [1, 3, 7, units - 1] {
        let mut session = session(3, 24);
        let mut done = 0;
        while !block_on(session.advance()).expect("advances").finished {
            done += 1;
            if done % every == 0 && session.at_rest() {
                let kept = block_on(session.keep()).expect("between batches");
                session = self::session(3, 24);
                session.go_on(kept).expect("fits");
                kept_runs += 1;
                // What is measured begins anew: without this it would never end.
                while !matches!(session.stage, Stage::Train { .. }) {
                    if block_on(session.advance()).expect("advances").finished {
                        break;
                    }
                }
                if matches!(session.stage, Stage::Finished) {
                    break;
                }
            }
        }
        assert_eq!(outcome(&session), whole, "interrupted every {every} units");
    }
    assert!(kept_runs > 20, "{kept_runs} interruptions");
}

/// The helpers may be others, more or fewer than before: only sums of numbers are kept.
#[test]
fn an_interrupted_run_goes_on_with_other_helpers() {
    let whole = outcome(&run(session(1, 96)));
    for (first, second) in [(0, 2), (2, 0), (1, 1)] {
        let with = |helpers: usize| match helpers {
            0 => session(1, 96),
            helpers => with_helpers(Threads::new(helpers)),
        };
        let mut interrupted = with(first);
        while interrupted.step() < 2 || !interrupted.at_rest() {
            block_on(interrupted.advance()).expect("advances");
        }
        let mut session = with(second);
        session.go_on(block_on(interrupted.keep()).expect("between batches")).expect("fits");
        assert_eq!(outcome(&run(session)), whole, "{first} helpers, then {second}");
    }
}

#[test]
fn a_kept_file_of_other_settings_or_another_form_is_refused() {
    let mut interrupted = session(4, 32);
    while !block_on(interrupted.advance()).expect("advances").epoch_ended {}
    let kept = block_on(interrupted.save()).expect("between epochs");
    let config = interrupted.config.clone();
    let again = |config| AutoencoderSession::resume(config, dataset(200, 40), &Device::flex(), &kept);
    assert_eq!(outcome(&run(again(&config).expect("resumes"))), outcome(&run(session(4, 32))));
    let other = AutoencoderConfig { epochs: 3, ..config.clone() };
    assert!(matches!(again(&other), Err(ResumeError::Settings(_))));
    let read = |kept: &[u8]| AutoencoderSession::resume(&config, dataset(200, 40), &Device::flex(), kept);
    assert!(matches!(read(&kept[..100]), Err(ResumeError::State(_))));
    assert!(matches!(read(b"anything"), Err(ResumeError::State(_))));
    let shorter = AutoencoderConfig { limit: Some(60), ..config };
    let mut session = AutoencoderSession::new(&shorter, dataset(200, 40), &Device::flex()).expect("in range");
    let kept = block_on(interrupted.keep()).expect("between epochs");
    assert_eq!(session.go_on(kept), Err(TrainingError::Kept), "a place that this run does not have");
}

/// Central differences of the loss along each parameter's own gradient.
#[test]
fn gradients_agree_with_finite_differences() {
    use burn::{
        module::{ModuleMapper, ModuleVisitor, Param},
        optim::GradientsParams,
    };

    /// Adds `step` times the gradient to the parameter named `only`.
    struct Shift<'a> {
        gradients: &'a GradientsParams,
        only: burn::module::ParamId,
        step: f64,
    }
    impl ModuleMapper for Shift<'_> {
        fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
            match self.gradients.get::<D>(param.id) {
                Some(gradient) if param.id == self.only => param.map(|value| value + gradient * self.step),
                _ => param,
            }
        }
    }
    /// Squared length of each parameter's gradient.
    struct Lengths<'a>(&'a GradientsParams, Vec<(burn::module::ParamId, f64)>);
    impl ModuleVisitor for Lengths<'_> {
        fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
            let gradient: Tensor<D> = self.0.get(param.id).expect("every parameter has a gradient");
            self.1.push((param.id, f64::from(gradient.clone().mul(gradient).sum().into_scalar::<f32>())));
        }
    }

    let device = Device::flex();
    let model = models::AutoencoderConfig::new()
        .with_latent(4)
        .init(&Initializer::new(3, &device.clone().autodiff()));
    // Grey everywhere: on black ground every ReLU behind a zero bias stands at its kink.
    let pixels: Vec<u8> = (0..6 * 784u32).map(|pixel| (pixel * 7919 % 200 + 50) as u8).collect();
    let pictures = crate::training::pixels_tensor(&pixels, &device);
    let loss = reconstruction_loss(&model, pictures.clone().autodiff());
    let gradients = GradientsParams::from_grads(loss.backward(), &model);
    let mut lengths = Lengths(&gradients, Vec::new());
    model.visit(&mut lengths);
    assert_eq!(lengths.1.len(), 12);
    for (only, squared) in lengths.1 {
        // Steps that change the loss by about a hundredth of a percent of it.
        let reach = 1e-5 / squared;
        let [above, below] = [reach, -reach].map(|step| {
            let shifted = model.valid().map(&mut Shift { gradients: &gradients, only, step });
            f64::from(reconstruction_loss(&shifted, pictures.clone()).into_scalar::<f32>())
        });
        let slope = (above - below) / (2.0 * reach);
        assert!((slope - squared).abs() < 0.03 * squared, "{only:?}: {slope} instead of {squared}");
    }
}
