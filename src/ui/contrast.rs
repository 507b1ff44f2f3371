//! Contrast of colours as WCAG 2.2 defines it, for text that the page draws on coloured ground.

/// Red, green, blue.
pub type Rgb = [u8; 3];

/// Relative luminance, 0 to 1 (WCAG 2.2, «relative luminance»).
pub fn luminance(colour: Rgb) -> f64 {
    let linear = |value: u8| {
        let share = f64::from(value) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    let [red, green, blue] = colour.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// The contrast ratio of two colours, 1 to 21.
pub fn ratio(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// `share` of one colour over another.
pub fn over(ink: Rgb, ground: Rgb, share: f64) -> Rgb {
    let mix = |place: usize| {
        let (ink, ground) = (f64::from(ink[place]), f64::from(ground[place]));
        (ground + (ink - ground) * share.clamp(0.0, 1.0)).round() as u8
    };
    [mix(0), mix(1), mix(2)]
}

/// The first of `inks` with the ratio 4.5 that text needs (WCAG 2.2, 1.4.3); black or white, one of which
/// always has it, where none does.
pub fn readable(ground: Rgb, inks: &[Rgb]) -> Rgb {
    let enough = |ink: &&Rgb| ratio(**ink, ground) >= 4.5;
    let (black, white) = ([0; 3], [255; 3]);
    let plain = if ratio(black, ground) >= ratio(white, ground) { black } else { white };
    inks.iter().find(enough).copied().unwrap_or(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_those_of_the_standard() {
        assert!((ratio([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
        assert!((ratio([0x77; 3], [255; 3]) - 4.48).abs() < 0.01);
        assert_eq!(over([255, 0, 0], [0, 0, 100], 0.5), [128, 0, 50]);
    }

    #[test]
    fn numbers_are_readable_on_every_shade_of_every_mode() {
        // Each mode's colour with ink and panel of its theme, as in the style sheet.
        let light = [[0x00, 0x72, 0xb2], [0xc0, 0x4f, 0x00], [0x00, 0x79, 0x5a], [0x8a, 0x4a, 0x78]];
        let dark = [[0x56, 0xb4, 0xe9], [0xf0, 0xa0, 0x4b], [0x35, 0xc7, 0x9a], [0xdd, 0x9c, 0xc9]];
        let themes =
            [(light, [0x1d, 0x23, 0x27], [0xff, 0xff, 0xff]), (dark, [0xe9, 0xec, 0xee], [0x1c, 0x21, 0x25])];
        for (modes, ink, panel) in themes {
            for shade in 0..=100 {
                for mode in modes {
                    let ground = over(mode, panel, f64::from(shade) / 100.0);
                    let found = ratio(readable(ground, &[ink, panel]), ground);
                    assert!(found >= 4.5, "{mode:?} at {shade} %: {found}");
                }
            }
        }
    }
}
