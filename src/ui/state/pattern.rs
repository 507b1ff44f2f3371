//! How the curves of a chart differ besides their hue: by dash and by marker, so that they are told
//! apart in grey, in forced colours and by every eye.

/// How a curve's line is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dash {
    /// Not at all.
    Solid,
    /// Long dashes.
    Long,
    /// Short dashes.
    Short,
    /// Dots.
    Dots,
}

impl Dash {
    /// Lengths of a dash and of the gap behind it in CSS pixels; `None` for a whole line.
    pub fn lengths(self) -> Option<(u32, u32)> {
        match self {
            Dash::Solid => None,
            Dash::Long => Some((12, 4)),
            Dash::Short => Some((5, 5)),
            Dash::Dots => Some((2, 4)),
        }
    }
}

/// What stands on a curve here and there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// Nothing.
    None,
    /// A disc.
    Disc,
    /// A square on its side.
    Square,
    /// A triangle.
    Triangle,
    /// A cross.
    Cross,
}

/// A curve's looks besides its hue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// Its line.
    pub dash: Dash,
    /// What stands on it.
    pub marker: Marker,
}

const fn pattern(dash: Dash, marker: Marker) -> Pattern {
    Pattern { dash, marker }
}

/// Curves that mean the same look the same in every chart.
const KNOWN: [(&str, Pattern); 6] = [
    ("--series-1", pattern(Dash::Solid, Marker::None)),
    ("--series-2", pattern(Dash::Solid, Marker::Disc)),
    ("--mode-scratch", pattern(Dash::Solid, Marker::Disc)),
    ("--mode-frozen", pattern(Dash::Long, Marker::Square)),
    ("--mode-finetuned", pattern(Dash::Dots, Marker::Triangle)),
    ("--mode-shipped", pattern(Dash::Solid, Marker::Cross)),
];

/// For all others, in this order, what no other curve of the chart has.
const OTHERS: [Pattern; 12] = [
    pattern(Dash::Solid, Marker::Disc),
    pattern(Dash::Long, Marker::Square),
    pattern(Dash::Dots, Marker::Triangle),
    pattern(Dash::Solid, Marker::Cross),
    pattern(Dash::Long, Marker::None),
    pattern(Dash::Dots, Marker::Square),
    pattern(Dash::Solid, Marker::Square),
    pattern(Dash::Long, Marker::Triangle),
    pattern(Dash::Dots, Marker::Cross),
    pattern(Dash::Solid, Marker::Triangle),
    pattern(Dash::Long, Marker::Cross),
    pattern(Dash::Dots, Marker::Disc),
];

/// The patterns of a chart's curves, each a colour and whether it is a reference, no two alike.
/// References keep short dashes for themselves.
pub fn patterns<'a>(curves: impl IntoIterator<Item = (&'a str, bool)>) -> Vec<Pattern> {
    let mut found = Vec::<Pattern>::new();
    for (colour, reference) in curves {
        let free = |wanted: &Pattern| !found.contains(wanted);
        let dashed = [Marker::None, Marker::Cross, Marker::Square].map(|mark| pattern(Dash::Short, mark));
        let known = KNOWN.iter().find(|(known, _)| *known == colour).map(|(_, known)| *known);
        let next = match reference {
            true => dashed.into_iter().find(free),
            false => known.filter(free).or_else(|| OTHERS.into_iter().find(free)),
        };
        found.push(next.unwrap_or(pattern(Dash::Short, Marker::Disc)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_curves_of_a_chart_look_alike_without_their_hue() {
        let colours = ["--series-1", "--series-2", "--series-3", "--mode-frozen", "--mode-shipped"];
        let known: Vec<_> = colours.map(|colour| (colour, false)).to_vec();
        let same: Vec<_> = (0..10).map(|_| ("--mode-frozen", false)).collect();
        let references = vec![("--series-1", false), ("--series-3", true), ("--ink", true)];
        for chart in [known, same, references] {
            let found = patterns(chart);
            for (index, one) in found.iter().enumerate() {
                assert!(!found[..index].contains(one), "{found:?}");
            }
        }
    }

    #[test]
    fn a_mode_looks_the_same_whoever_is_beside_it() {
        let alone = patterns([("--mode-finetuned", false)]);
        let all = patterns(["--mode-scratch", "--mode-frozen", "--mode-finetuned"].map(|c| (c, false)));
        assert_eq!(alone[0], all[2]);
    }
}
