//! The sentence for every way in which the figures can fall.

use super::*;
use crate::findings::Arrival;

fn stat(mean: f64, spread: f64) -> Stat {
    Stat { mean, spread, count: 3 }
}

/// A mode that reached 80 % after so many batches, with its test accuracy.
fn mode(mode: Mode, batches: Option<f64>, test: Option<f64>) -> Summary {
    let arrival = batches.map(|batches| Arrival { batches: stat(batches, 5.0), seconds: stat(1.0, 0.0) });
    let end = test.map(|test| End {
        repetitions: 3,
        parameters: 100,
        trainable: 50,
        step_seconds: stat(0.02, 0.0),
        first_epoch: stat(0.8, 0.0),
        best_validation: stat(0.8, 0.0),
        test: stat(test, 0.004),
        macro_f1: stat(test, 0.0),
    });
    Summary { mode, arrivals: [None, None, arrival, None], speedups: [None; 4], end }
}

fn say(locale: Locale, modes: &[Summary]) -> String {
    sentence(locale, modes).expect("they say something")
}

#[test]
fn the_studys_finding_is_said_in_both_languages() {
    let modes =
        [mode(Mode::Scratch, Some(400.0), Some(0.881)), mode(Mode::Finetuned, Some(215.2), Some(0.884))];
    let said = say(Locale::En, &modes);
    let expected = "The fine-tuned model reached 80\u{a0}% after 215 batches, the one from scratch after 400: \
        1.9 times as fast. At the end they are level.";
    assert_eq!(said, expected);
    let said = say(Locale::Es, &modes);
    let expected = "El modelo ajustado alcanzó el 80\u{a0}% tras 215 lotes y el entrenado desde cero, tras 400: \
        1,9 veces más rápido. Al final quedan igualados.";
    assert_eq!(said, expected);
}

#[test]
fn the_other_way_round_is_said_as_well() {
    let modes = [
        mode(Mode::Scratch, Some(200.0), Some(0.90)),
        mode(Mode::Frozen, None, Some(0.82)),
        mode(Mode::Finetuned, Some(300.0), Some(0.88)),
    ];
    let said = say(Locale::En, &modes);
    let expected = "The one from scratch reached 80\u{a0}% after 200 batches, the fine-tuned model after 300: \
        1.5 times as fast. At the end the one from scratch is 2.0 points ahead of the fine-tuned model on the \
        test images. The frozen model ends 8.0 points behind.";
    assert_eq!(said, expected);
}

#[test]
fn within_the_spread_no_one_is_faster() {
    let near = [mode(Mode::Scratch, Some(204.0), None), mode(Mode::Finetuned, Some(200.0), None)];
    assert!(say(Locale::En, &near).contains("no difference beyond the spread"));
    assert!(say(Locale::Es, &near).contains("no hay diferencia mayor"));
}

#[test]
fn one_that_does_not_get_there_is_said_and_one_under_way_is_waited_for() {
    let ended = [mode(Mode::Scratch, None, Some(0.7)), mode(Mode::Finetuned, Some(200.0), Some(0.85))];
    assert!(say(Locale::En, &ended).contains("the one from scratch did not reach it"));
    let going = [mode(Mode::Scratch, None, None), mode(Mode::Finetuned, Some(200.0), None)];
    assert!(say(Locale::En, &going).contains("has not reached it yet"));
    let neither = [mode(Mode::Scratch, None, Some(0.5)), mode(Mode::Frozen, None, Some(0.6))];
    let said = say(Locale::En, &neither);
    assert!(
        said.starts_with("Neither the frozen model nor the one from scratch reached 70\u{a0}%."),
        "{said}"
    );
    assert!(said.contains("the frozen model is 10.0 points ahead"), "{said}");
}

#[test]
fn the_frozen_one_may_be_ahead_or_level() {
    let modes = |frozen| {
        [
            mode(Mode::Scratch, Some(300.0), Some(0.70)),
            mode(Mode::Frozen, Some(300.0), Some(frozen)),
            mode(Mode::Finetuned, Some(200.0), Some(0.71)),
        ]
    };
    assert!(say(Locale::En, &modes(0.75)).ends_with("The frozen model ends 4.0 points ahead of both."));
    assert!(say(Locale::Es, &modes(0.711)).ends_with("El modelo congelado termina igualado con el mejor."));
}

#[test]
fn one_mode_alone_or_without_figures_says_nothing() {
    assert_eq!(sentence(Locale::En, &[mode(Mode::Scratch, Some(3.0), Some(0.9))]), None);
    let begun = [mode(Mode::Scratch, None, None), mode(Mode::Finetuned, None, None)];
    assert_eq!(sentence(Locale::En, &begun), None);
}

#[test]
fn a_single_seed_is_doubted_where_the_end_is_close() {
    let single = |batches, test| {
        let mut mode = mode(Mode::Scratch, Some(batches), Some(test));
        let end = mode.end.as_mut().expect("it ended");
        (end.repetitions, end.test) = (1, Stat { mean: test, spread: 0.0, count: 1 });
        mode
    };
    let modes = [single(400.0, 0.880), Summary { mode: Mode::Finetuned, ..single(200.0, 0.885) }];
    assert!(
        say(Locale::En, &modes).ends_with("One seed only: another shuffle may turn small differences round.")
    );
}
