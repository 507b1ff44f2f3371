//! Numbers as text, as each language writes them: thousands set apart, a decimal comma in Spanish. Every
//! figure on the page is written here; files and the test contract keep the point.

use super::text::Locale;

/// A count with its thousands set apart: `60,000`, in Spanish `60 000` (none below 10,000).
pub fn count(locale: Locale, value: u64) -> String {
    let digits = value.to_string();
    if locale == Locale::Es && digits.len() < 5 {
        return digits;
    }
    let separator = if locale == Locale::Es { '\u{202f}' } else { ',' };
    let mut out = String::with_capacity(digits.len() + 4);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// A number with so many decimals and the language's decimal sign; a dash where it is not finite.
pub fn decimal(locale: Locale, value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "–".into();
    }
    signed(locale, &format!("{value:.decimals$}"))
}

/// A number as short as it can be said exactly.
pub fn exact(locale: Locale, value: f64) -> String {
    signed(locale, &value.to_string())
}

/// A number's text with the language's decimal sign instead of the point.
pub fn signed(locale: Locale, text: &str) -> String {
    if locale == Locale::Es { text.replace('.', ",") } else { text.to_owned() }
}

/// A share from 0 to 1 as per cent with one decimal: `92.1 %`.
pub fn percent(locale: Locale, share: f64) -> String {
    if share.is_finite() { format!("{}\u{a0}%", decimal(locale, share * 100.0, 1)) } else { "–".into() }
}

/// A mean share with its spread in points: `92.1 ± 0.4 %`.
pub fn percent_with_spread(locale: Locale, mean: f64, spread: f64) -> String {
    if spread <= 0.0 {
        return percent(locale, mean);
    }
    let part = |share: f64| decimal(locale, share * 100.0, 1);
    format!("{} ± {}\u{a0}%", part(mean), part(spread))
}

/// A speed in whole images a second, to three leading digits.
pub fn speed(locale: Locale, images_per_second: f64) -> String {
    let value = images_per_second.max(0.0);
    let unit = 10f64.powf((value.max(1.0).log10().floor() - 2.0).max(0.0));
    count(locale, ((value / unit).round() * unit) as u64)
}

/// A loss: `0.0114`, or with an exponent below a thousandth; a dash where it is not a number.
pub fn loss(locale: Locale, value: f64) -> String {
    match value {
        v if v.is_finite() && v != 0.0 && v.abs() < 1e-3 => signed(locale, &format!("{v:.2e}")),
        v if v.abs() >= 100.0 => decimal(locale, v, 1),
        v => decimal(locale, v, 4),
    }
}

/// A duration: `7 s`, `2 min 05 s`, `1 h 02 min`.
pub fn duration(seconds: f64) -> String {
    if !seconds.is_finite() || seconds < 0.0 {
        return "–".into();
    }
    let whole = seconds.round() as u64;
    match whole {
        0..60 => format!("{whole}\u{a0}s"),
        60..3600 => format!("{}\u{a0}min {:02}\u{a0}s", whole / 60, whole % 60),
        _ => format!("{}\u{a0}h {:02}\u{a0}min", whole / 3600, whole % 3600 / 60),
    }
}

/// Bytes in megabytes with one decimal: `30.9 MB`.
pub fn megabytes(locale: Locale, bytes: u64) -> String {
    format!("{}\u{a0}MB", decimal(locale, bytes as f64 / 1e6, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart_as_the_language_does() {
        assert_eq!(count(Locale::En, 1_234_567), "1,234,567");
        assert_eq!(count(Locale::En, 999), "999");
        assert_eq!(count(Locale::Es, 2000), "2000");
        assert_eq!(count(Locale::Es, 60_000), "60\u{202f}000");
    }

    #[test]
    fn decimals_have_the_languages_sign() {
        assert_eq!(decimal(Locale::Es, 1.94, 1), "1,9");
        assert_eq!(percent(Locale::En, 0.9206), "92.1\u{a0}%");
        assert_eq!(percent(Locale::Es, 0.9206), "92,1\u{a0}%");
        assert_eq!(loss(Locale::Es, 0.000_12), "1,20e-4");
        assert_eq!(megabytes(Locale::Es, 30_900_000), "30,9\u{a0}MB");
        assert_eq!((exact(Locale::Es, 0.003), exact(Locale::En, 5.0)), ("0,003".into(), "5".into()));
        assert_eq!(percent_with_spread(Locale::Es, 0.9206, 0.004), "92,1 ± 0,4\u{a0}%");
        assert_eq!(decimal(Locale::En, f64::NAN, 1), "–");
    }

    #[test]
    fn speeds_keep_three_digits() {
        assert_eq!(speed(Locale::En, 2034.4), "2,030");
        assert_eq!(speed(Locale::En, 47.6), "48");
        assert_eq!(speed(Locale::En, f64::NAN), "0");
    }

    #[test]
    fn losses_and_durations_read_well() {
        assert_eq!(loss(Locale::En, 0.011_449), "0.0114");
        assert_eq!(loss(Locale::En, 0.000_12), "1.20e-4");
        assert_eq!(loss(Locale::En, 123.45), "123.5");
        assert_eq!((loss(Locale::En, f64::NAN), loss(Locale::Es, f64::INFINITY)), ("–".into(), "–".into()));
        assert_eq!(duration(125.2), "2\u{a0}min 05\u{a0}s");
        assert_eq!(duration(3725.0), "1\u{a0}h 02\u{a0}min");
    }
}
