//! Fairness: what the modes share and what they must not.

use pollster::block_on;

use super::*;
use crate::{
    data::{Labelled, synthetic::garments},
    models::{EncoderConfig, Initializer},
    runs::{Initial, Recipe, Reuse},
    training::{
        checkpoint::Checkpoint,
        crew::tests::{Doubtful, Habit, Threads},
    },
};

fn dataset() -> Arc<Dataset> {
    Arc::new(Dataset { train: garments(7, 80), test: garments(8, 30) })
}

fn config(modes: &[Mode]) -> ExperimentConfig {
    let modes = modes.to_vec();
    ExperimentConfig { modes, epochs: 2, least_batches: 1, batch: 40, seeds: 1, ..Default::default() }
}

fn pretrained() -> Encoder {
    EncoderConfig::new().with_latent(6).init(&Initializer::new(99, &Device::flex()))
}

fn comparison(config: &ExperimentConfig, pretrained: Option<Encoder>) -> Comparison {
    Comparison::new(config, dataset(), pretrained, None, &Device::flex()).expect("in range")
}

fn run(comparison: &mut Comparison) -> Vec<Outcome> {
    while !block_on(comparison.advance()).expect("advances").finished {}
    comparison.take_outcomes()
}

/// What a mode measured, times left out.
fn curve(outcomes: &[Outcome], wanted: Mode) -> Vec<(u32, f64, f64)> {
    let point = |outcome: &Outcome| match outcome {
        Outcome::Point(point) if point.mode == wanted => {
            Some((point.step, point.validation_accuracy, point.validation_loss))
        }
        Outcome::Result(result) if result.mode == wanted => Some((0, result.test_accuracy, result.test_loss)),
        _ => None,
    };
    outcomes.iter().filter_map(point).collect()
}

fn weights(encoder: &Encoder) -> Checkpoint {
    block_on(Checkpoint::of_encoder(encoder)).expect("reads")
}

#[test]
fn each_mode_learns_as_it_would_alone() {
    let together = run(&mut comparison(&config(&Mode::ALL), Some(pretrained())));
    for mode in Mode::ALL {
        let alone = run(&mut comparison(&config(&[mode]), Some(pretrained())));
        assert_eq!(curve(&together, mode), curve(&alone, mode));
        assert!(curve(&together, mode).len() > 4, "start, two epochs, test, and the beginning");
    }
    assert_ne!(curve(&together, Mode::Scratch), curve(&together, Mode::Finetuned));
}

/// Whatever the encoder gives to the head, and whoever calculates.
#[test]
fn helpers_change_no_bit_of_any_mode() {
    for reuse in [Reuse::Latent, Reuse::Features] {
        let config = ExperimentConfig { reuse, ..config(&Mode::ALL) };
        let bits = |crew: Option<Crew>| {
            let mut comparison = comparison(&config, Some(pretrained()));
            comparison.set_crew(crew);
            let outcomes = run(&mut comparison);
            let mut all = Tensors::default();
            comparison.models().iter().for_each(|(_, model)| burn::module::Module::visit(model, &mut all));
            (Mode::ALL.map(|mode| curve(&outcomes, mode)), all.0)
        };
        let alone = bits(None);
        let crews = [
            Crew::new(Threads::new(0)),
            Crew::new(Threads::new(2)),
            Crew::new(Doubtful::new(Habit::Backwards)),
        ];
        for (index, crew) in crews.into_iter().enumerate() {
            assert!(bits(Some(crew.clone())) == alone, "{reuse:?}, crew {index}");
            assert_eq!(crew.answered() > 0, index > 0);
        }
    }
}

#[test]
fn the_frozen_encoder_keeps_every_bit_and_the_finetuned_one_does_not() {
    let mut comparison = comparison(&config(&[Mode::Frozen, Mode::Finetuned]), Some(pretrained()));
    let encoders = |comparison: &Comparison| {
        comparison.models().iter().map(|(_, model)| weights(&model.encoder)).collect::<Vec<_>>()
    };
    let before = encoders(&comparison);
    assert_eq!(before[0], before[1], "both begin with the pretrained encoder");
    run(&mut comparison);
    let after = encoders(&comparison);
    assert_eq!(after[0], before[0]);
    assert_ne!(after[1], before[1]);
}

#[test]
fn fine_tuning_changes_every_tensor() {
    let tensors = |comparison: &Comparison| {
        let mut all = Tensors::default();
        burn::module::Module::visit(&comparison.models()[0].1, &mut all);
        all.0
    };
    let mut comparison = comparison(&config(&[Mode::Finetuned]), Some(pretrained()));
    let before = tensors(&comparison);
    run(&mut comparison);
    let changed: Vec<bool> =
        tensors(&comparison).iter().zip(&before).map(|(after, before)| after != before).collect();
    assert_eq!(changed, [true; 10]);
}

/// Every tensor's numbers.
#[derive(Default)]
struct Tensors(Vec<Vec<f32>>);

impl burn::module::ModuleVisitor for Tensors {
    fn visit_float<const D: usize>(&mut self, param: &burn::module::Param<burn::tensor::Tensor<D>>) {
        self.0.push(param.val().into_data().try_to_vec().expect("f32"));
    }
}

#[test]
fn scratch_shares_nothing_with_the_pretrained_encoder() {
    let other = EncoderConfig::new().with_latent(6).init(&Initializer::new(1234, &Device::flex()));
    let curves = [pretrained(), other].map(|encoder| {
        let outcomes = run(&mut comparison(&config(&[Mode::Scratch, Mode::Frozen]), Some(encoder)));
        (curve(&outcomes, Mode::Scratch), curve(&outcomes, Mode::Frozen))
    });
    assert_eq!(curves[0].0, curves[1].0);
    assert_ne!(curves[0].1, curves[1].1);
}

#[test]
fn modes_begin_with_the_same_head() {
    let comparison = comparison(&config(&Mode::ALL), Some(pretrained()));
    let latent = burn::tensor::Tensor::ones([1, 6], &Device::flex());
    let scores = comparison
        .models()
        .into_iter()
        .map(|(_, model)| model.head.forward(latent.clone()).into_data().try_to_vec::<f32>().expect("f32"));
    let scores: Vec<_> = scores.collect();
    assert!(scores[0] == scores[1] && scores[1] == scores[2]);
}

#[test]
fn repetitions_differ_and_pass_nothing_on() {
    let two = ExperimentConfig { seeds: 2, labels_per_class: Some(5), ..config(&[Mode::Scratch]) };
    let both = curve(&run(&mut comparison(&two, None)), Mode::Scratch);
    let second = ExperimentConfig { seeds: 1, seed: two.seed + 1, ..two };
    let alone = curve(&run(&mut comparison(&second, None)), Mode::Scratch);
    assert_eq!(both[both.len() / 2..], alone);
    assert_ne!(both[..both.len() / 2], alone);
}

#[test]
fn a_mode_that_diverges_leaves_the_others_running() {
    let mut poisoned = pretrained();
    poisoned = burn::module::Module::map(poisoned, &mut Poison);
    let outcomes = run(&mut comparison(&config(&Mode::ALL), Some(poisoned)));
    let failed: Vec<Mode> = outcomes
        .iter()
        .filter_map(|outcome| match outcome {
            Outcome::Failed(mode, TrainingError::Diverged { .. }) => Some(*mode),
            _ => None,
        })
        .collect();
    assert_eq!(failed, [Mode::Frozen, Mode::Finetuned]);
    assert!(curve(&outcomes, Mode::Scratch).len() > 4);
}

/// Makes every weight NaN.
struct Poison;

impl burn::module::ModuleMapper for Poison {
    fn map_float<const D: usize>(
        &mut self,
        param: burn::module::Param<burn::tensor::Tensor<D>>,
    ) -> burn::module::Param<burn::tensor::Tensor<D>> {
        param.map(|tensor| tensor * f32::NAN)
    }
}

#[test]
fn points_lie_at_the_milestones_and_at_the_ends_of_epochs() {
    let settings = ExperimentConfig { batch: 3, ..config(&[Mode::Scratch]) };
    let mut comparison = comparison(&settings, None);
    let epoch = comparison.plan().steps_per_epoch;
    let outcomes = run(&mut comparison);
    let steps: Vec<u32> = curve(&outcomes, Mode::Scratch).iter().map(|point| point.0).collect();
    let mut expected = vec![0, 5, 10, 25, 50, 100, 200, epoch, 2 * epoch];
    expected.sort_unstable();
    expected.retain(|step| *step <= 2 * epoch);
    expected.push(0); // The test.
    assert_eq!(steps, expected);
    let after_one = curve(&outcomes, Mode::Scratch).into_iter().find(|point| point.0 == epoch);
    let result = outcomes.iter().find_map(|outcome| match outcome {
        Outcome::Result(result) => Some(result.first_epoch_accuracy),
        _ => None,
    });
    assert_eq!(result, after_one.map(|point| point.1));
}

/// The last point of each mode: the test.
fn tests(outcomes: &[Outcome]) -> Vec<Option<(u32, f64, f64)>> {
    Mode::ALL.map(|mode| curve(outcomes, mode).pop()).to_vec()
}

#[test]
fn validations_between_change_no_bit_of_the_training() {
    for reuse in Reuse::ALL {
        let settings = ExperimentConfig { reuse, ..config(&Mode::ALL) };
        let told = run(&mut comparison(&settings, Some(pretrained())));
        let untold = run(&mut comparison(&settings, Some(pretrained())).untold());
        assert_eq!(tests(&told), tests(&untold));
        assert_eq!(untold.len(), Mode::ALL.len(), "nothing but the tests");
    }
}

#[test]
fn features_are_reused_without_the_linear_layer_for_all_modes_alike() {
    let settings = ExperimentConfig { reuse: Reuse::Features, ..config(&Mode::ALL) };
    let mut on_features = comparison(&settings, Some(pretrained()));
    for (mode, model) in on_features.models() {
        assert_eq!(model.latent(), 1568, "{mode:?}");
    }
    let outcomes = run(&mut on_features);
    let trainable = |wanted: Mode| {
        let of = |outcome: &Outcome| match outcome {
            Outcome::Result(result) if result.mode == wanted => Some((result.parameters, result.trainable)),
            _ => None,
        };
        outcomes.iter().find_map(of).expect("tested")
    };
    assert_eq!(trainable(Mode::Scratch), trainable(Mode::Finetuned));
    let (all, head) = trainable(Mode::Frozen);
    assert_eq!((all, all - head), (trainable(Mode::Scratch).0, 160 + 4_640));
}

#[test]
fn the_recipes_differ_in_what_they_learn() {
    let settings = |recipe| ExperimentConfig {
        modes: vec![Mode::Scratch],
        epochs: 2,
        least_batches: 1,
        batch: 40,
        seeds: 1,
        ..ExperimentConfig::of(recipe)
    };
    let [study, best] = [Recipe::Study, Recipe::Best]
        .map(|recipe| curve(&run(&mut comparison(&settings(recipe), None)), Mode::Scratch));
    assert_ne!(study[1], best[1]);
    let plain = ExperimentConfig { initial: Initial::Plain, ..settings(Recipe::Best) };
    let plain = curve(&run(&mut comparison(&plain, None)), Mode::Scratch);
    assert_eq!(study[0], plain[0], "they begin alike with the same initial weights");
    assert_ne!(study[0], best[0]);
}

#[test]
fn augmentation_reaches_every_mode_and_only_training() {
    let blank: Augmentation = |_, _| vec![0; crate::data::IMAGE_PIXELS];
    let outcome = |sketch_augmentation| {
        let config = ExperimentConfig { sketch_augmentation, ..config(&[Mode::Scratch]) };
        let made = Comparison::new(&config, dataset(), None, Some(blank), &Device::flex());
        curve(&run(&mut made.expect("in range")), Mode::Scratch)
    };
    let (plain, blanked) = (outcome(false), outcome(true));
    assert_eq!(plain[0], blanked[0], "validation before training sees the same pictures");
    assert_ne!(plain[1], blanked[1]);
}

#[test]
fn what_cannot_be_run_is_refused() {
    let refused = |config: ExperimentConfig, dataset: Arc<Dataset>| {
        Comparison::new(&config, dataset, None, None, &Device::flex()).err().expect("refused")
    };
    assert_eq!(refused(config(&Mode::ALL), dataset()), ExperimentError::NoEncoder);
    let many = ExperimentConfig { labels_per_class: Some(1000), ..config(&[Mode::Scratch]) };
    assert!(matches!(refused(many, dataset()), ExperimentError::Labels { available } if available <= 8));
    let seeds = ExperimentConfig { seeds: 11, ..config(&[Mode::Scratch]) };
    let setting = TrainingError::Setting { field: "clf-seeds", min: 1.0, max: 10.0 };
    assert_eq!(refused(seeds, dataset()), ExperimentError::Training(setting));
    let nothing = Arc::new(Dataset { train: Labelled::default(), test: garments(8, 10) });
    assert_eq!(refused(config(&[Mode::Scratch]), nothing), ExperimentError::Training(TrainingError::NoData));
}
