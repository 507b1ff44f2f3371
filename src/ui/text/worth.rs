//! What a label study says: what a pretrained encoder is worth in labels.

use super::{Locale, phrases};
use crate::findings::{Stat, Worth, label_curve, worth};
use crate::protocol::{LabelPoint, Mode};
use crate::ui::format;

/// Labels a class that are told of where the study has them.
const USUAL: f64 = 10.0;

phrases! {
    with_one { en: "With 1 label a class", es: "Con 1 etiqueta por clase" }
    with_some(labels: &str) { en: "With {labels} labels a class", es: "Con {labels} etiquetas por clase" }
    with_all { en: "With all labels", es: "Con todas las etiquetas" }
    frozen_encoder { en: "the frozen encoder", es: "el codificador congelado" }
    finetuned_encoder { en: "the fine-tuned encoder", es: "el codificador ajustado" }
    about(with: &str, encoder: &str, labels: &str) {
        en: "{with} {encoder} is worth about {labels} labels from scratch.",
        es: "{with}, {encoder} vale como unas {labels} etiquetas desde cero."
    }
    more(with: &str, encoder: &str, labels: &str) {
        en: "{with} {encoder} is worth more than {labels} labels from scratch, the most that were tried.",
        es: "{with}, {encoder} vale más que {labels} etiquetas desde cero, el máximo que se probó."
    }
    fewer(with: &str, encoder: &str, labels: &str) {
        en: "{with} {encoder} is worth fewer than {labels} labels from scratch, the fewest that were tried.",
        es: "{with}, {encoder} vale menos que {labels} etiquetas desde cero, el mínimo que se probó."
    }
    level(with: &str, encoder: &str) {
        en: "{with} {encoder} makes no difference beyond the spread.",
        es: "{with}, {encoder} no supone una diferencia mayor que la variación."
    }
}

/// What the pretrained modes are worth with ten labels a class, or with the nearest number that both
/// curves have; `None` before there is one.
pub fn worth_sentence(locale: Locale, points: &[LabelPoint]) -> Option<String> {
    let scratch = label_curve(points, Mode::Scratch);
    let parts: Vec<_> = [Mode::Finetuned, Mode::Frozen]
        .into_iter()
        .filter_map(|mode| one(locale, &scratch, &label_curve(points, mode), mode))
        .collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn one(locale: Locale, scratch: &[(f64, Stat)], curve: &[(f64, Stat)], mode: Mode) -> Option<String> {
    let distance = |labels: f64| (labels.ln() - USUAL.ln()).abs();
    let known = |labels: f64| scratch.iter().any(|(other, _)| *other == labels);
    let both = curve.iter().filter(|(labels, _)| known(*labels));
    let (labels, accuracy) = both.min_by(|a, b| distance(a.0).total_cmp(&distance(b.0)))?;
    let with = with(locale, *labels);
    let encoder = if mode == Mode::Frozen { frozen_encoder(locale) } else { finetuned_encoder(locale) };
    let number = |labels: f64| format::count(locale, two_digits(labels));
    Some(match worth(scratch, *labels, accuracy)? {
        Worth::Level => level(locale, &with, encoder),
        Worth::About(labels) => about(locale, &with, encoder, &number(labels)),
        Worth::MoreThan(labels) => more(locale, &with, encoder, &number(labels)),
        Worth::FewerThan(labels) => fewer(locale, &with, encoder, &number(labels)),
    })
}

fn with(locale: Locale, labels: f64) -> String {
    match labels {
        1.0 => with_one(locale).to_owned(),
        some if some.fract() == 0.0 => with_some(locale, &format::count(locale, some as u64)),
        _ => with_all(locale).to_owned(),
    }
}

/// What a worth reads as in a table, `≈ 23`; a dash where there is none.
pub fn worth_cell(locale: Locale, worth: Option<Worth>) -> String {
    let number = |labels: f64| format::count(locale, two_digits(labels));
    match worth {
        None => "–".to_owned(),
        Some(Worth::Level) => "=".to_owned(),
        Some(Worth::About(labels)) => format!("≈\u{a0}{}", number(labels)),
        Some(Worth::MoreThan(labels)) => format!(">\u{a0}{}", number(labels)),
        Some(Worth::FewerThan(labels)) => format!("<\u{a0}{}", number(labels)),
    }
}

/// Rounded to two leading digits: more would pretend to know.
fn two_digits(value: f64) -> u64 {
    let unit = 10f64.powf((value.max(1.0).log10().floor() - 1.0).max(0.0));
    ((value / unit).round() * unit) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(mode: Mode, values: &[(u32, f64)]) -> Vec<LabelPoint> {
        let point = |&(labels, accuracy): &(u32, f64), repetition: u32| LabelPoint {
            mode,
            repetition,
            labels: Some(labels),
            per_class: labels.into(),
            test_accuracy: accuracy + 0.005 * f64::from(repetition),
            seconds: 1.0,
        };
        (0..2).flat_map(|seed| values.iter().map(move |value| point(value, seed))).collect()
    }

    #[test]
    fn the_worth_with_ten_labels_is_said() {
        let scratch = points(Mode::Scratch, &[(1, 0.4), (10, 0.6), (100, 0.8)]);
        let finetuned = points(Mode::Finetuned, &[(1, 0.5), (10, 0.7), (100, 0.8)]);
        let frozen = points(Mode::Frozen, &[(10, 0.6)]);
        let all = [scratch, finetuned, frozen].concat();
        let said = worth_sentence(Locale::En, &all).expect("there are curves");
        let expected = "With 10 labels a class the fine-tuned encoder is worth about 32 labels from scratch. \
            With 10 labels a class the frozen encoder makes no difference beyond the spread.";
        assert_eq!(said, expected);
        let said = worth_sentence(Locale::Es, &all).expect("there are curves");
        assert!(
            said.starts_with("Con 10 etiquetas por clase, el codificador ajustado vale como unas 32"),
            "{said}"
        );
    }

    #[test]
    fn the_nearest_number_is_taken_and_no_number_is_made_up() {
        let scratch = points(Mode::Scratch, &[(1, 0.4), (30, 0.6)]);
        let better = [scratch.clone(), points(Mode::Frozen, &[(30, 0.9)])].concat();
        let said = worth_sentence(Locale::En, &better).expect("there are curves");
        assert!(
            said.contains("With 30 labels a class the frozen encoder is worth more than 30 labels"),
            "{said}"
        );
        let worse = [scratch.clone(), points(Mode::Frozen, &[(1, 0.2)])].concat();
        let said = worth_sentence(Locale::En, &worse).expect("there are curves");
        assert!(said.contains("With 1 label a class the frozen encoder is worth fewer than 1"), "{said}");
        assert_eq!(worth_sentence(Locale::En, &scratch), None);
        assert_eq!(worth_sentence(Locale::En, &points(Mode::Frozen, &[(3, 0.5)])), None);
    }

    #[test]
    fn figures_have_two_digits() {
        assert_eq!((two_digits(4.2), two_digits(31.6), two_digits(1_234.0)), (4, 32, 1_200));
    }
}
