//! A sentence or two drawn from an experiment's figures, right whichever way they fall.

use super::{Locale, clf, phrases};
use crate::findings::{Stat, TARGETS};
use crate::protocol::Mode;
use crate::ui::format;
use crate::ui::state::experiment::{End, Summary};

/// Below this many points (hundredths) two modes are level: fewer than 5 test images in 10,000.
const LEVEL: f64 = 0.05;
/// The accuracy told of where both got there, as an index of [`TARGETS`]: 80 %.
const USUAL: usize = 2;

phrases! {
    faster(leader: &str, target: &str, batches: &str, second: &str, other: &str, times: &str) {
        en: "{leader} reached {target} after {batches} batches, {second} after {other}: {times} times as fast.",
        es: "{leader} alcanzó el {target} tras {batches} lotes y {second}, tras {other}: {times} veces más rápido."
    }
    as_fast(leader: &str, target: &str, batches: &str, second: &str, other: &str) {
        en: "{leader} reached {target} after {batches} batches, {second} after {other}: no difference beyond the spread over the seeds.",
        es: "{leader} alcanzó el {target} tras {batches} lotes y {second}, tras {other}: no hay diferencia mayor que la variación entre semillas."
    }
    equally_fast(leader: &str, second: &str, target: &str, batches: &str) {
        en: "{leader} and {second} both reached {target} after about {batches} batches.",
        es: "{leader} y {second} alcanzaron el {target} tras unos {batches} lotes."
    }
    one_reached(leader: &str, target: &str, batches: &str, second: &str) {
        en: "{leader} reached {target} after {batches} batches; {second} did not reach it.",
        es: "{leader} alcanzó el {target} tras {batches} lotes; {second} no lo alcanzó."
    }
    one_so_far(leader: &str, target: &str, batches: &str, second: &str) {
        en: "{leader} reached {target} after {batches} batches; {second} has not reached it yet.",
        es: "{leader} alcanzó el {target} tras {batches} lotes; {second} aún no."
    }
    none_reached(leader: &str, second: &str, target: &str) {
        en: "Neither {leader} nor {second} reached {target}.",
        es: "Ni {leader} ni {second} alcanzaron el {target}."
    }
    end_level { en: "At the end they are level.", es: "Al final quedan igualados." }
    end_ahead(leader: &str, points: &str) {
        en: "At the end {leader} is {points} points ahead on the test images.",
        es: "Al final {leader} aventaja en {points} puntos en las imágenes de prueba."
    }
    end_alone(leader: &str, second: &str, points: &str) {
        en: "At the end {leader} is {points} points ahead of {second} on the test images.",
        es: "Al final {leader} acierta {points} puntos más que {second} en las imágenes de prueba."
    }
    third_behind(third: &str, points: &str) {
        en: "{third} ends {points} points behind.", es: "{third} termina {points} puntos por detrás."
    }
    third_ahead(third: &str, points: &str) {
        en: "{third} ends {points} points ahead of both.", es: "{third} termina {points} puntos por delante de ambos."
    }
    third_level(third: &str) {
        en: "{third} ends level with the better one.", es: "{third} termina igualado con el mejor."
    }
    one_seed {
        en: "One seed only: another shuffle may turn small differences round.",
        es: "Es una sola semilla: otro orden puede invertir diferencias pequeñas."
    }
}

/// What the figures of at least two modes say so far; `None` where they say nothing yet.
pub fn sentence(locale: Locale, modes: &[Summary]) -> Option<String> {
    let (own, other) = pair(modes)?;
    let speed = speed(locale, own, other);
    let end = own.end.as_ref().zip(other.end.as_ref());
    let end = end.map(|(a, b)| finish(locale, modes, (own.mode, a), (other.mode, b)));
    let parts: Vec<_> = [speed, end].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// The two modes that are compared: the most pretrained one and the one that is least so.
fn pair(modes: &[Summary]) -> Option<(&Summary, &Summary)> {
    let find = |mode| modes.iter().find(|summary| summary.mode == mode);
    let (scratch, frozen, finetuned) = (find(Mode::Scratch), find(Mode::Frozen), find(Mode::Finetuned));
    finetuned.or(frozen).zip(scratch.or(frozen)).filter(|(own, other)| own.mode != other.mode)
}

/// Who reached an accuracy when: 80 %, or the nearest that both reached, or that one of them did.
fn speed(locale: Locale, own: &Summary, other: &Summary) -> Option<String> {
    let reached = |index: &usize| (own.arrivals[*index], other.arrivals[*index]);
    let near = [USUAL, USUAL + 1, 1, 0];
    let both = near.iter().find(|index| matches!(reached(index), (Some(_), Some(_))));
    let one = || [USUAL, 1, 0].into_iter().find(|index| reached(index) != (None, None));
    let index = both.copied().or_else(one);
    let name = |mode| clf::mode_in_text(locale, mode);
    let (a, b) = (name(own.mode), name(other.mode));
    let Some(index) = index else {
        let ended = own.end.is_some() && other.end.is_some();
        return ended.then(|| none_reached(locale, a, b, &target(0)));
    };
    let batches = |stat: Stat| format::count(locale, stat.mean.round() as u64);
    let target = target(index);
    Some(match reached(&index) {
        (Some(own_at), Some(other_at)) => {
            let (x, y) = (own_at.batches, other_at.batches);
            let (first, x, second, y) = if x.mean <= y.mean { (a, x, b, y) } else { (b, y, a, x) };
            let times = y.mean / x.mean;
            let first = capital(first);
            if x.within_spread(&y) {
                as_fast(locale, &first, &target, &batches(x), second, &batches(y))
            } else if times < 1.05 {
                equally_fast(locale, &first, second, &target, &batches(x))
            } else {
                let times = format::decimal(locale, times, 1);
                faster(locale, &first, &target, &batches(x), second, &batches(y), &times)
            }
        }
        (Some(at), None) => one_only(locale, (a, at.batches), (b, other), &target),
        (None, Some(at)) => one_only(locale, (b, at.batches), (a, own), &target),
        (None, None) => return None,
    })
}

fn one_only(locale: Locale, first: (&str, Stat), second: (&str, &Summary), target: &str) -> String {
    let batches = format::count(locale, first.1.mean.round() as u64);
    let phrase = if second.1.end.is_some() { one_reached } else { one_so_far };
    phrase(locale, &capital(first.0), target, &batches, second.0)
}

/// How the tests of the pair, and of a third mode, came out.
fn finish(locale: Locale, modes: &[Summary], own: (Mode, &End), other: (Mode, &End)) -> String {
    let name = |mode| clf::mode_in_text(locale, mode);
    let points = |a: &Stat, b: &Stat| format::decimal(locale, 100.0 * (a.mean - b.mean).abs(), 1);
    let (a, b) = (&own.1.test, &other.1.test);
    let (best, leader) = if a.mean >= b.mean { (a, own.0) } else { (b, other.0) };
    let third = modes.iter().find(|summary| ![own.0, other.0].contains(&summary.mode));
    let third = third.and_then(|third| Some((third.mode, &third.end.as_ref()?.test)));
    let pair = if level(a, b) {
        end_level(locale).to_owned()
    } else if third.is_some() || modes.len() > 2 {
        let second = if leader == own.0 { other.0 } else { own.0 };
        end_alone(locale, name(leader), name(second), &points(a, b))
    } else {
        end_ahead(locale, name(leader), &points(a, b))
    };
    let third = third.map(|(mode, test)| {
        let name = capital(name(mode));
        match (level(test, best), test.mean < best.mean) {
            (true, _) => third_level(locale, &name),
            (false, true) => third_behind(locale, &name, &points(test, best)),
            (false, false) => third_ahead(locale, &name, &points(test, best)),
        }
    });
    let single = own.1.repetitions.min(other.1.repetitions) < 2;
    let doubt = (single && 100.0 * (a.mean - b.mean).abs() < 1.0).then(|| one_seed(locale).to_owned());
    [Some(pair), third, doubt].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Level: within the spread over the seeds, or too near to tell.
fn level(a: &Stat, b: &Stat) -> bool {
    a.within_spread(b) || 100.0 * (a.mean - b.mean).abs() < LEVEL
}

fn target(index: usize) -> String {
    format!("{:.0}\u{a0}%", TARGETS[index] * 100.0)
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests;
