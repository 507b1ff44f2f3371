//! What a chart shows, before anything is drawn: ranges, labels, the values under the pointer, the
//! table behind it. On a logarithmic axis everything drawn is a power of two.

use std::collections::BTreeMap;
use std::ops::Range;

use super::pattern::{Pattern, patterns};
use crate::ui::format;
use crate::ui::text::Locale;

/// An axis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Axis {
    /// Its name, with the unit.
    pub name: String,
    /// Logarithmic, to base 2.
    pub log: bool,
    /// Where a logarithmic axis draws values below this, zero among them: half of the smallest other.
    pub floor: Option<f64>,
    /// Values to mark, ascending, with their labels; empty for evenly spaced ones.
    pub ticks: Vec<(f64, String)>,
    /// The language of its figures.
    pub locale: Locale,
    /// Values from 0 to 1 that read as per cent.
    pub percent: bool,
    /// Decimals of its labels; `None` for whole numbers.
    pub decimals: Option<usize>,
    /// Starts at 0.
    pub from_zero: bool,
    /// Ends here at least, so that a curve that grows does not shift.
    pub to: Option<f64>,
}

/// A point of a curve, with the half width of the band around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Across.
    pub x: f64,
    /// Up.
    pub y: f64,
    /// Half width of the band; 0 for none.
    pub spread: f64,
}

impl Point {
    /// A point without a band.
    pub fn new(x: f64, y: f64) -> Self {
        Self { x, y, spread: 0.0 }
    }
}

/// A curve.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// Its colour, as a custom property of the style sheet (`--series-1`).
    pub colour: &'static str,
    /// Its points, x ascending.
    pub points: Vec<Point>,
    /// Dashed, for references.
    pub dashed: bool,
    /// With a dot at each point.
    pub dots: bool,
}

/// A chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChartData {
    /// Across.
    pub x: Axis,
    /// Up.
    pub y: Axis,
    /// Its curves.
    pub series: Vec<Series>,
}

/// Share of a curve's beginning that may leave the chart, so that the rest can be seen.
const WARM_UP: f64 = 0.08;

impl Axis {
    /// A value as it is drawn.
    pub fn drawn(&self, value: f64) -> f64 {
        if self.log { value.max(self.floor.unwrap_or(f64::MIN_POSITIVE)).log2() } else { value }
    }

    /// The label at a drawn value.
    pub fn label(&self, drawn: f64) -> String {
        let marked = self.ticks.iter().find(|(value, _)| (self.drawn(*value) - drawn).abs() < 1e-9);
        if let Some((_, label)) = marked {
            return label.clone();
        }
        let value = if self.log { drawn.exp2() } else { drawn };
        match (self.percent, self.decimals) {
            (true, _) => format!("{:.0}\u{a0}%", value * 100.0),
            (false, Some(decimals)) => format::decimal(self.locale, value, decimals),
            (false, None) => format!("{}", value.round()),
        }
    }

    /// The marked values inside `range` as drawn, each at least `gap` from the one before, so that their
    /// labels do not touch; `None` where none are set.
    pub fn marks(&self, range: &Range<f64>, gap: f64) -> Option<Vec<f64>> {
        let inside = self.ticks.iter().map(|(value, _)| self.drawn(*value));
        let inside = inside.filter(|drawn| (range.start..=range.end).contains(drawn));
        let mut kept: Vec<f64> = Vec::new();
        for drawn in inside {
            if kept.last().is_none_or(|last| drawn - last >= gap) {
                kept.push(drawn);
            }
        }
        (!self.ticks.is_empty()).then_some(kept)
    }

    /// A value with the axis's name.
    pub fn described(&self, drawn: f64) -> String {
        format!("{} {}", self.label(drawn), self.name)
    }

    fn figure(&self, value: f64) -> String {
        if self.percent { format::percent(self.locale, value) } else { format::loss(self.locale, value) }
    }
}

impl ChartData {
    /// How each curve looks besides its hue.
    pub fn patterns(&self) -> Vec<Pattern> {
        patterns(self.series.iter().map(|series| (series.colour, series.dashed)))
    }

    /// Name, colour and pattern of each curve.
    pub fn legend(&self) -> Vec<(String, &'static str, Pattern)> {
        let curves = self.series.iter().zip(self.patterns());
        curves.map(|(series, pattern)| (series.name.clone(), series.colour, pattern)).collect()
    }

    /// No curve has a point.
    pub fn is_empty(&self) -> bool {
        self.series.iter().all(|series| series.points.is_empty())
    }

    /// From the smallest x to the largest, as drawn; never empty.
    pub fn x_range(&self) -> Range<f64> {
        let values = self.series.iter().flat_map(|series| &series.points).map(|point| self.x.drawn(point.x));
        let range = hull(values).unwrap_or(0.0..1.0);
        let zero = self.x.drawn(0.0);
        let start = if self.x.from_zero { range.start.min(zero) } else { range.start };
        let end = self.x.to.map_or(range.end, |to| self.x.drawn(to).max(range.end));
        if end > start { start..end } else { start - 0.5..start + 0.5 }
    }

    /// The y values as drawn, with some air; the beginning of a long curve may stick out above.
    pub fn y_range(&self) -> Range<f64> {
        let x = self.x_range();
        let settled = x.start + WARM_UP * (x.end - x.start);
        let late = |series: &&Series| series.points.len() > 12;
        let kept = self.series.iter().flat_map(|series| {
            let cut = late(&series);
            series
                .points
                .iter()
                .filter(move |point| !cut || self.y.percent || self.x.drawn(point.x) >= settled)
        });
        let edges = kept.flat_map(|point| [point.y - point.spread, point.y + point.spread]);
        let range = hull(edges.map(|y| self.y.drawn(y))).unwrap_or(0.0..1.0);
        let air = 0.08 * (range.end - range.start).max(0.01 * range.end.abs()).max(1e-6);
        let start = if self.y.from_zero { range.start.min(0.0) } else { range.start - air };
        let end = if self.y.percent { (range.end + air).min(1.0) } else { range.end + air };
        start..end.max(start + air)
    }

    /// A curve's points as drawn, held inside the chart.
    pub fn drawn<'a>(&'a self, series: &'a Series) -> impl Iterator<Item = (f64, f64)> + 'a {
        let y = self.y_range();
        let inside = move |value: f64| value.clamp(y.start, y.end);
        let finite = series.points.iter().filter(|point| point.x.is_finite() && point.y.is_finite());
        finite.map(move |point| (self.x.drawn(point.x), inside(self.y.drawn(point.y))))
    }

    /// The outline of a curve's band, as drawn; empty where there is none.
    pub fn outline(&self, series: &Series) -> Vec<(f64, f64)> {
        if series.points.iter().all(|point| point.spread <= 0.0) {
            return Vec::new();
        }
        let y = self.y_range();
        let edge = |sign: f64| {
            let y = y.clone();
            series.points.iter().map(move |point| {
                let value = self.y.drawn(point.y + sign * point.spread).clamp(y.start, y.end);
                (self.x.drawn(point.x), value)
            })
        };
        let below: Vec<_> = edge(-1.0).collect();
        edge(1.0).chain(below.into_iter().rev()).collect()
    }

    /// The drawn x of the point nearest to a drawn x; curves of two points are references.
    pub fn nearest(&self, drawn: f64) -> Option<f64> {
        self.stops().into_iter().min_by(|a, b| (a - drawn).abs().total_cmp(&(b - drawn).abs()))
    }

    /// The next point to the left or right, from the edge where there is no present one.
    pub fn neighbour(&self, at: Option<f64>, by: isize) -> Option<f64> {
        let stops = self.stops();
        let last = stops.len().checked_sub(1)?;
        let from = at.and_then(|at| stops.iter().position(|stop| *stop == at));
        let to =
            from.map_or(if by > 0 { 0 } else { last }, |index| index.saturating_add_signed(by).min(last));
        Some(stops[to])
    }

    /// Name, colour and value of each curve near a drawn x.
    pub fn values_at(&self, drawn: f64) -> Vec<(String, &'static str, String)> {
        let reach = (self.x_range().end - self.x_range().start) * 0.03;
        let value = |series: &Series| {
            let distance = |point: &&Point| (self.x.drawn(point.x) - drawn).abs();
            let point = series.points.iter().min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
            let near = series.dashed || distance(&point) <= reach;
            near.then(|| (series.name.clone(), series.colour, self.with_spread(point)))
        };
        self.series.iter().filter_map(value).collect()
    }

    /// Head and rows of the table behind the chart, thinned evenly to at most `limit` rows.
    pub fn table(&self, limit: usize) -> (Vec<String>, Vec<Vec<String>>) {
        let names = self.series.iter().map(|series| series.name.clone());
        let head = std::iter::once(self.x.name.clone()).chain(names).collect();
        let mut rows: BTreeMap<u64, Vec<String>> = BTreeMap::new();
        for (column, series) in self.series.iter().enumerate() {
            for point in &series.points {
                let row = rows.entry(point.x.max(0.0).to_bits()).or_insert_with(|| {
                    let first = self.x.label(self.x.drawn(point.x));
                    std::iter::once(first).chain(self.series.iter().map(|_| "–".into())).collect()
                });
                row[column + 1] = self.with_spread(point);
            }
        }
        let every = rows.len().div_ceil(limit.max(1)).max(1);
        let last = rows.len().saturating_sub(1);
        let kept = rows.into_values().enumerate().filter(|(index, _)| index % every == 0 || *index == last);
        (head, kept.map(|(_, row)| row).collect())
    }

    fn with_spread(&self, point: &Point) -> String {
        let value = self.y.figure(point.y);
        if point.spread > 0.0 { format!("{value} ± {}", self.y.figure(point.spread)) } else { value }
    }

    /// The drawn x of all points, ascending; curves of references have no say.
    pub fn stops(&self) -> Vec<f64> {
        let curves = self.series.iter().filter(|series| !series.dashed);
        let mut stops: Vec<_> =
            curves.flat_map(|series| &series.points).map(|point| self.x.drawn(point.x)).collect();
        stops.sort_by(f64::total_cmp);
        stops.dedup();
        stops
    }
}

fn hull(values: impl Iterator<Item = f64>) -> Option<Range<f64>> {
    values.filter(|value| value.is_finite()).fold(None, |hull, value| match hull {
        None => Some(value..value),
        Some(range) => Some(range.start.min(value)..range.end.max(value)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(points: &[(f64, f64)]) -> ChartData {
        let points = points.iter().map(|(x, y)| Point::new(*x, *y)).collect();
        let series = Series { name: "loss".into(), colour: "--a", points, ..Default::default() };
        ChartData { series: vec![series], ..Default::default() }
    }

    #[test]
    fn ranges_are_never_empty() {
        for points in [&[][..], &[(3.0, 0.2)], &[(3.0, f64::NAN)], &[(1.0, 0.0), (2.0, 0.0)]] {
            let chart = chart(points);
            assert!(chart.x_range().end > chart.x_range().start, "{points:?}");
            assert!(chart.y_range().end > chart.y_range().start, "{points:?}");
        }
    }

    #[test]
    fn a_logarithmic_axis_draws_powers_of_two_evenly() {
        let mut chart = chart(&[(2.0, 0.5), (8.0, 0.25), (32.0, 0.1)]);
        chart.x.log = true;
        let drawn: Vec<_> = chart.drawn(&chart.series[0]).map(|(x, _)| x).collect();
        assert_eq!(drawn, [1.0, 3.0, 5.0]);
        assert_eq!(chart.x.label(3.0), "8");
    }

    #[test]
    fn zero_has_a_place_on_a_logarithmic_axis_and_labels_keep_apart() {
        let mut chart = chart(&[(0.0, 0.1), (5.0, 0.3), (10.0, 0.4), (320.0, 0.8)]);
        let ticks = [0.0, 5.0, 10.0, 320.0].map(|value| (value, format!("{value} batches")));
        chart.x = Axis { log: true, floor: Some(2.5), ticks: ticks.to_vec(), ..Axis::default() };
        let drawn: Vec<_> = chart.drawn(&chart.series[0]).map(|(x, _)| x).collect();
        assert!((drawn[1] - drawn[0] - 1.0).abs() < 1e-9);
        assert_eq!(chart.x.label(drawn[0]), "0 batches");
        let marks = chart.x.marks(&chart.x_range(), 1.9).expect("they are set");
        assert_eq!(
            marks.iter().map(|at| chart.x.label(*at)).collect::<Vec<_>>(),
            ["0 batches", "10 batches", "320 batches"]
        );
        assert_eq!(Axis::default().marks(&(0.0..1.0), 0.1), None);
    }

    #[test]
    fn figures_have_the_languages_decimal_sign() {
        let mut chart = chart(&[(1.0, 0.8125)]);
        chart.y = Axis { percent: true, locale: Locale::Es, ..Axis::default() };
        assert_eq!(chart.values_at(1.0)[0].2, "81,2\u{a0}%");
        chart.x = Axis { decimals: Some(1), locale: Locale::Es, ..Axis::default() };
        assert_eq!(chart.x.label(0.5), "0,5");
    }

    #[test]
    fn the_start_of_a_long_curve_may_stick_out_but_is_held_inside() {
        let points: Vec<_> = (0..100).map(|x| (f64::from(x), if x == 0 { 9.0 } else { 0.1 })).collect();
        let chart = chart(&points);
        let top = chart.y_range().end;
        assert!(top < 1.0);
        assert!(chart.drawn(&chart.series[0]).all(|(_, y)| y <= top));
    }

    #[test]
    fn the_pointer_finds_the_nearest_point_and_arrows_walk_on() {
        let chart = chart(&[(0.0, 0.3), (10.0, 0.2), (20.0, 0.1)]);
        assert_eq!(chart.nearest(12.0), Some(10.0));
        assert_eq!(chart.neighbour(Some(10.0), 1), Some(20.0));
        assert_eq!(chart.neighbour(Some(20.0), 1), Some(20.0));
        assert_eq!(chart.neighbour(None, -1), Some(20.0));
        assert_eq!(chart.values_at(10.0)[0].2, "0.2000");
    }

    #[test]
    fn the_table_joins_curves_by_x_and_keeps_the_last_row() {
        let mut data = chart(&(0..10).map(|x| (f64::from(x), 0.5)).collect::<Vec<_>>());
        let other = Series { name: "val".into(), points: vec![Point::new(9.0, 0.25)], ..Default::default() };
        data.series.push(other);
        let (head, rows) = data.table(3);
        assert_eq!(head.len(), 3);
        assert_eq!(rows.last().map(Vec::as_slice), Some(&["9".into(), "0.5000".into(), "0.2500".into()][..]));
        assert!(rows.len() <= 4);
    }

    #[test]
    fn a_band_has_an_outline_there_and_back() {
        let mut data = chart(&[(0.0, 0.5), (1.0, 0.6)]);
        assert!(data.outline(&data.series[0]).is_empty());
        data.series[0].points[0].spread = 0.1;
        assert_eq!(data.outline(&data.series[0]).len(), 4);
    }
}
