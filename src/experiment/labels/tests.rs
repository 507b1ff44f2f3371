//! The trainings of a label study: which, in which order, and that each is the comparison's.

use pollster::block_on;

use super::*;
use crate::{
    data::synthetic::garments,
    models::{EncoderConfig, Initializer},
};

fn dataset() -> Arc<Dataset> {
    Arc::new(Dataset { train: garments(7, 80), test: garments(8, 30) })
}

fn config(counts: &[Option<u32>], seeds: u32, modes: &[Mode]) -> LabelsConfig {
    let modes = modes.to_vec();
    let experiment =
        ExperimentConfig { modes, epochs: 1, least_batches: 1, batch: 8, seeds, ..Default::default() };
    LabelsConfig { counts: counts.to_vec(), experiment, known: Vec::new() }
}

fn study(config: &LabelsConfig, pretrained: Option<Encoder>) -> LabelStudy {
    LabelStudy::new(config, dataset(), pretrained, &Device::flex()).expect("in range")
}

fn pretrained() -> Encoder {
    EncoderConfig::new().with_latent(6).init(&Initializer::new(99, &Device::flex()))
}

fn run(study: &mut LabelStudy) -> Vec<LabelOutcome> {
    while !block_on(study.advance()).expect("advances").finished {}
    study.take_outcomes()
}

fn points(outcomes: &[LabelOutcome]) -> Vec<LabelPoint> {
    let of = |outcome: &LabelOutcome| match outcome {
        LabelOutcome::Points(points) => points.clone(),
        _ => Vec::new(),
    };
    outcomes.iter().flat_map(of).map(|point| LabelPoint { seconds: 0.0, ..point }).collect()
}

#[test]
fn a_repetition_goes_through_all_numbers_before_the_next() {
    let config = config(&[Some(1), Some(3)], 2, &[Mode::Scratch]);
    let mut study = study(&config, None);
    let points = points(&run(&mut study));
    let order: Vec<_> = points.iter().map(|point| (point.labels, point.repetition)).collect();
    assert_eq!(order, [(Some(1), 0), (Some(3), 0), (Some(1), 1), (Some(3), 1)]);
    assert_eq!((study.step(), study.trained()), (study.plan().total_steps, 4));
}

#[test]
fn each_training_is_the_comparisons_own() {
    let config = config(&[Some(3)], 1, &Mode::ALL);
    let found = points(&run(&mut study(&config, Some(pretrained()))));
    let alone = training(&config.experiment, Some(3), 0);
    let mut comparison =
        Comparison::new(&alone, dataset(), Some(pretrained()), None, &Device::flex()).expect("in range");
    while !block_on(comparison.advance()).expect("advances").finished {}
    let tests: Vec<_> = comparison
        .take_outcomes()
        .into_iter()
        .filter_map(|outcome| match outcome {
            Outcome::Result(result) => Some((result.mode, result.test_accuracy)),
            _ => None,
        })
        .collect();
    let found: Vec<_> = found.iter().map(|point| (point.mode, point.test_accuracy)).collect();
    assert_eq!(found, tests);
    assert_eq!(found.len(), 3);
}

#[test]
fn what_is_known_is_not_done_again_and_the_rest_is_the_same() {
    let mut config = config(&[Some(1), Some(3)], 2, &[Mode::Scratch]);
    let whole = points(&run(&mut study(&config, None)));
    config.known = vec![(Some(1), 0), (Some(3), 0), (Some(1), 1)];
    let rest = points(&run(&mut study(&config, None)));
    assert_eq!(rest, whole[3..]);
}

#[test]
fn numbers_beyond_the_data_are_told_and_the_others_go_on() {
    let outcomes = run(&mut study(&config(&[Some(2), Some(5_000)], 1, &[Mode::Scratch]), None));
    assert!(matches!(outcomes[0], LabelOutcome::Lacking(5_000, available) if available <= 8));
    assert_eq!(points(&outcomes).len(), 1);
    let refused = |config: &LabelsConfig| {
        LabelStudy::new(config, dataset(), None, &Device::flex()).err().expect("refused")
    };
    let beyond = config(&[Some(5_000)], 1, &[Mode::Scratch]);
    assert!(matches!(refused(&beyond), ExperimentError::Labels { .. }));
    assert_eq!(refused(&config(&[Some(1)], 1, &Mode::ALL)), ExperimentError::NoEncoder);
    let setting = TrainingError::Setting { field: "labels-counts", min: 1.0, max: 6_000.0 };
    assert_eq!(refused(&config(&[], 1, &[Mode::Scratch])), ExperimentError::Training(setting));
}

#[test]
fn all_labels_are_counted_as_a_mean_over_the_classes() {
    let found = points(&run(&mut study(&config(&[None], 1, &[Mode::Scratch]), None)));
    assert!((found[0].per_class - 7.2).abs() < 1e-9, "80 images, 8 of them for validation");
}
