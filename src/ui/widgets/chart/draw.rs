//! Draws [`ChartData`] with plotters; says where the plot lies, for the hover.

use std::ops::Range;

use leptos::prelude::window;
use plotters::coord::{ranged1d::BoldPoints, types::RangedCoordf64};
use plotters::prelude::*;
use plotters_canvas::CanvasBackend;
use web_sys::{Element, HtmlCanvasElement};

use super::marked::Marked;
use crate::ui::css;
use crate::ui::state::chart::{Axis, ChartData, Series};
use crate::ui::state::pattern::{Marker, Pattern};
use crate::ui::typed::number;

/// Height of a chart in CSS pixels.
const HEIGHT: f64 = 260.0;
/// Markers on a long curve.
const MARKERS: usize = 12;
/// Size of its text in CSS pixels.
const TEXT: f64 = 12.0;
/// Room for a label across in CSS pixels.
const LABEL: f64 = 38.0;
/// Evenly spaced labels across, at most.
const LABELS: usize = 7;
/// Room left of the plot in CSS pixels, for the labels up.
const LEFT: f64 = 62.0;
/// Least width of a chart in CSS pixels. One that is folded away has none at all; plotters would then lay labels
/// out at the right as well, and measures those by a `style` attribute, which the page's policy forbids.
const LEAST: f64 = 2.0 * LEFT;

/// Where the plot lies on the canvas, in CSS pixels, and the values at its edges (as drawn, so
/// already logarithms on a logarithmic axis).
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// Left and right edge.
    pub across: Range<f64>,
    /// Upper and lower edge.
    pub down: Range<f64>,
    /// Values at left and right.
    pub x: Range<f64>,
    /// Values at the lower and upper edge.
    pub y: Range<f64>,
}

/// A colour of the style sheet (`--name`) as the theme has it now. In forced colours every element's
/// own colour is the system's one: the probe is left out of that, so that the names stay apart.
pub fn colour(element: &Element, name: &str) -> RGBColor {
    let read = || {
        let probe = leptos::prelude::document().create_element("i").ok()?;
        css::set(&probe, &format!("color:var({name});forced-color-adjust:none;display:none"));
        let parent = element.parent_element()?;
        parent.append_child(&probe).ok()?;
        let style = window().get_computed_style(&probe).ok().flatten()?.get_property_value("color").ok();
        probe.remove();
        rgb(&style?)
    };
    read().unwrap_or(RGBColor(128, 128, 128))
}

/// Reads `rgb(1, 2, 3)`.
fn rgb(text: &str) -> Option<RGBColor> {
    let mut parts =
        text.split(|sign: char| !sign.is_ascii_digit() && sign != '.').filter(|part| !part.is_empty());
    let mut next = || number(parts.next()?).map(|value| value as u8);
    Some(RGBColor(next()?, next()?, next()?))
}

/// Draws; `None` where the canvas cannot be drawn on, or has no room.
pub fn draw(canvas: &HtmlCanvasElement, data: &ChartData, width: f64) -> Option<Frame> {
    if width < LEAST {
        return None;
    }
    let scale = window().device_pixel_ratio().clamp(1.0, 3.0);
    canvas.set_width((width * scale) as u32);
    canvas.set_height((HEIGHT * scale) as u32);
    let style = format!("width:{width}px;height:{HEIGHT}px");
    css::set(canvas, &style);
    let pen = Pen { canvas, scale };
    pen.draw(data).ok()
}

struct Pen<'a> {
    canvas: &'a HtmlCanvasElement,
    scale: f64,
}

type Failure = Box<dyn std::error::Error>;

impl Pen<'_> {
    fn px(&self, css: f64) -> u32 {
        (css * self.scale).round() as u32
    }

    fn draw(&self, data: &ChartData) -> Result<Frame, Failure> {
        let backend = CanvasBackend::with_canvas_object(self.canvas.clone()).ok_or("no canvas")?;
        let root = backend.into_drawing_area();
        let (x, y) = (data.x_range(), data.y_range());
        let width = f64::from(self.canvas.width()) / self.scale - LEFT;
        let mut chart = ChartBuilder::on(&root)
            .margin_right(self.px(12.0))
            .margin_top(self.px(10.0))
            .x_label_area_size(self.px(42.0))
            .y_label_area_size(self.px(LEFT))
            .build_cartesian_2d(Marked::new(x.clone(), marks(&data.x, &x, width)), y.clone())?;
        let (ink, grid) = (colour(self.canvas, "--ink-2"), colour(self.canvas, "--line"));
        let text = ("system-ui, sans-serif", TEXT * self.scale).into_font().color(&ink);
        let x_label = |value: &f64| data.x.label(*value);
        let y_label = |value: &f64| data.y.label(*value);
        chart
            .configure_mesh()
            .light_line_style(TRANSPARENT)
            .bold_line_style(grid)
            .axis_style(grid)
            .label_style(text.clone())
            .axis_desc_style(text)
            .y_labels(6)
            .x_desc(data.x.name.as_str())
            .y_desc(data.y.name.as_str())
            .x_label_formatter(&x_label)
            .y_label_formatter(&y_label)
            .draw()?;
        for series in &data.series {
            self.band(&mut chart, data, series)?;
        }
        for (place, (series, pattern)) in data.series.iter().zip(data.patterns()).enumerate() {
            self.line(&mut chart, data, series, pattern)?;
            self.markers(&mut chart, data, series, (pattern.marker, place))?;
        }
        let (across, down) = chart.plotting_area().get_pixel_range();
        let css = |range: Range<i32>| f64::from(range.start) / self.scale..f64::from(range.end) / self.scale;
        Ok(Frame { across: css(across), down: css(down), x, y })
    }

    fn line<'c>(
        &self,
        chart: &mut Plot<'c>,
        data: &ChartData,
        series: &Series,
        pattern: Pattern,
    ) -> Result<(), Failure> {
        let style = colour(self.canvas, series.colour).stroke_width(self.px(2.0));
        let points: Vec<_> = data.drawn(series).collect();
        match pattern.dash.lengths() {
            Some((dash, gap)) => {
                let (dash, gap) = (self.px(dash.into()), self.px(gap.into()));
                chart.draw_series(DashedLineSeries::new(points, dash, gap, style))?;
            }
            None => {
                chart.draw_series(LineSeries::new(points, style))?;
            }
        }
        Ok(())
    }

    /// A curve's markers: at every point where it has few, else here and there, each curve at other
    /// places. A curve of a single point, which has no line, has a disc at least.
    fn markers<'c>(
        &self,
        chart: &mut Plot<'c>,
        data: &ChartData,
        series: &Series,
        (marker, place): (Marker, usize),
    ) -> Result<(), Failure> {
        let points: Vec<_> = data.drawn(series).collect();
        let every = if series.dots || points.len() <= MARKERS { 1 } else { points.len().div_ceil(MARKERS) };
        let at = points.iter().skip(place * every / 3 % every).step_by(every).copied();
        let style = colour(self.canvas, series.colour);
        let (size, half) = (self.px(4.0), self.px(3.5) as i32);
        match marker {
            Marker::None if points.len() > 1 => {}
            Marker::None | Marker::Disc => {
                chart.draw_series(at.map(|at| Circle::new(at, size, style.filled())))?;
            }
            Marker::Square => {
                let corners = [(-half, -half), (half, half)];
                chart.draw_series(
                    at.map(|at| EmptyElement::at(at) + Rectangle::new(corners, style.filled())),
                )?;
            }
            Marker::Triangle => {
                chart.draw_series(at.map(|at| TriangleMarker::new(at, size * 3 / 2, style.filled())))?;
            }
            Marker::Cross => {
                let line = style.stroke_width(self.px(2.0));
                chart.draw_series(at.map(|at| Cross::new(at, size, line)))?;
            }
        }
        Ok(())
    }

    fn band<'c>(&self, chart: &mut Plot<'c>, data: &ChartData, series: &Series) -> Result<(), Failure> {
        let outline = data.outline(series);
        if !outline.is_empty() {
            let fill = colour(self.canvas, series.colour).mix(0.16).filled();
            chart.draw_series(std::iter::once(Polygon::new(outline, fill)))?;
        }
        Ok(())
    }
}

type Plot<'c> = ChartContext<'c, CanvasBackend, Cartesian2d<Marked, RangedCoordf64>>;

/// Where an axis across of `width` CSS pixels is marked: where it says, or evenly.
fn marks(axis: &Axis, range: &Range<f64>, width: f64) -> Vec<f64> {
    let gap = (range.end - range.start) * LABEL / width.max(1.0);
    let evenly = || {
        let most = if axis.log { LABELS + 1 } else { LABELS };
        RangedCoordf64::from(range.clone()).key_points(BoldPoints(most))
    };
    axis.marks(range, gap).unwrap_or_else(evenly)
}
