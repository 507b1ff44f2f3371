//! A sentence or two drawn from an experiment's figures, right whichever way they fall.

use super::{Locale, clf, phrases};
use crate::protocol::Mode;
use crate::ui::state::experiment::{Stat, Summary};

/// Below this many points (hundredths) two modes are level: fewer than 5 test images in 10,000.
const LEVEL: f64 = 0.05;

phrases! {
    first_leads(leader: &str, second: &str, points: f64) {
        en: "After one epoch {leader} leads {second} by {points:.1} points.",
        es: "Tras una época, {leader} aventaja a {second} en {points:.1} puntos."
    }
    first_level(leader: &str, second: &str) {
        en: "After one epoch {leader} and {second} are level.",
        es: "Tras una época, {leader} y {second} van igualados."
    }
    end_still(leader: &str, second: &str, points: f64) {
        en: "At the end {leader} still leads, {points:.1} points ahead of {second} on the test images.",
        es: "Al final {leader} sigue por delante, con {points:.1} puntos más que {second} en las imágenes de prueba."
    }
    end_turned(leader: &str, second: &str, points: f64) {
        en: "At the end {leader} is ahead of {second} by {points:.1} points on the test images.",
        es: "Al final {leader} supera a {second} en {points:.1} puntos en las imágenes de prueba."
    }
    end_level(leader: &str, second: &str) {
        en: "At the end {leader} and {second} are level on the test images.",
        es: "Al final {leader} y {second} quedan igualados en las imágenes de prueba."
    }
    within_seeds(repetitions: usize) {
        en: "Over {repetitions} seeds the results vary more than that: too close to call.",
        es: "Entre {repetitions} semillas los resultados varían más que eso: no se puede decidir."
    }
    one_seed {
        en: "One seed only: another shuffle may turn small differences round.",
        es: "Es una sola semilla: otro orden puede invertir diferencias pequeñas."
    }
}

/// Leader, runner-up and the lead in points.
struct Lead {
    leader: Mode,
    second: Mode,
    points: f64,
    spread: f64,
}

impl Lead {
    fn of(modes: &[Summary], figure: impl Fn(&Summary) -> Stat) -> Option<Lead> {
        let mut order: Vec<_> = modes.iter().map(|summary| (summary.mode, figure(summary))).collect();
        order.sort_by(|a, b| b.1.mean.total_cmp(&a.1.mean));
        let [first, second, ..] = order.as_slice() else { return None };
        let points = (first.1.mean - second.1.mean) * 100.0;
        let spread = first.1.spread.max(second.1.spread) * 100.0;
        Some(Lead { leader: first.0, second: second.0, points, spread })
    }

    fn level(&self) -> bool {
        self.points < LEVEL
    }
}

/// What the figures of at least two finished modes say; `None` of fewer.
pub fn sentence(locale: Locale, modes: &[Summary]) -> Option<String> {
    let first = Lead::of(modes, |summary| summary.first_epoch)?;
    let end = Lead::of(modes, |summary| summary.test)?;
    let name = |mode| clf::mode_in_text(locale, mode);
    let (leader, second) = (name(first.leader), name(first.second));
    let start = if first.level() {
        first_level(locale, leader, second)
    } else {
        first_leads(locale, leader, second, first.points)
    };
    let (leader, second) = (name(end.leader), name(end.second));
    let finish = if end.level() {
        end_level(locale, leader, second)
    } else if end.leader == first.leader && !first.level() {
        end_still(locale, leader, second, end.points)
    } else {
        end_turned(locale, leader, second, end.points)
    };
    let repetitions = modes.iter().map(|summary| summary.repetitions).min().unwrap_or(0);
    let doubt = match repetitions {
        0 | 1 if end.points < 1.0 => one_seed(locale).to_owned(),
        0 | 1 => String::new(),
        _ if !end.level() && end.points < end.spread => within_seeds(locale, repetitions),
        _ => String::new(),
    };
    Some([start, finish, doubt].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::state::experiment::summaries;
    use crate::ui::state::experiment::tests::{experiment, result};

    fn say(locale: Locale, figures: &[(Mode, u32, f64, f64)]) -> Option<String> {
        let results =
            figures.iter().map(|(mode, seed, first, test)| result(*mode, *seed, *first, *test, &[]));
        sentence(locale, &summaries(&experiment(results.collect())))
    }

    #[test]
    fn a_lead_that_turns_is_said_and_a_single_seed_is_doubted() {
        let said = say(Locale::En, &[(Mode::Scratch, 0, 0.700, 0.923), (Mode::Finetuned, 0, 0.772, 0.920)]);
        let expected = "After one epoch the fine-tuned model leads the one from scratch by 7.2 points. \
            At the end the one from scratch is ahead of the fine-tuned model by 0.3 points on the test images. \
            One seed only: another shuffle may turn small differences round.";
        assert_eq!(said.as_deref(), Some(expected));
    }

    #[test]
    fn a_lead_that_lasts_is_said() {
        let said = say(Locale::Es, &[(Mode::Scratch, 0, 0.3, 0.6), (Mode::Finetuned, 0, 0.5, 0.7)]);
        let said = said.expect("two modes are finished");
        assert!(said.starts_with("Tras una época, el modelo ajustado aventaja a"), "{said}");
        assert!(said.contains("sigue por delante"), "{said}");
    }

    #[test]
    fn level_modes_are_level() {
        let said = say(Locale::En, &[(Mode::Scratch, 0, 0.5, 0.9), (Mode::Frozen, 0, 0.5, 0.9)]);
        assert!(said.is_some_and(|said| said.matches("are level").count() == 2));
    }

    #[test]
    fn a_lead_smaller_than_the_band_is_too_close_to_call() {
        let figures = [
            (Mode::Scratch, 0, 0.5, 0.80),
            (Mode::Scratch, 1, 0.5, 0.90),
            (Mode::Frozen, 0, 0.4, 0.81),
            (Mode::Frozen, 1, 0.4, 0.91),
        ];
        assert!(say(Locale::En, &figures).is_some_and(|said| said.contains("too close to call")));
    }

    #[test]
    fn one_mode_alone_says_nothing() {
        assert_eq!(say(Locale::En, &[(Mode::Scratch, 0, 0.5, 0.9)]), None);
    }
}
