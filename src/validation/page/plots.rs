//! Plots of a case as SVG: expected curves as lines, values found as points with their 95 % intervals.

use crate::export::ExportError;
use crate::export::palette::{bytes, on_paper};
use crate::export::report::figure::inline;
use crate::export::report::plots::{cannot, range};
use crate::export::report::ticks::tick;
use crate::validation::measured::{Plot, Scale, Series};
use plotters::coord::ranged1d::{Ranged, ValueFormatter};
use plotters::prelude::*;

/// Units of the SVG to a pixel: it knows whole units only.
const FINE: u32 = 4;
/// Size of a plot, in units of the SVG.
const SIZE: (u32, u32) = (470 * FINE, 300 * FINE);
/// Ink of lines that are there for comparison only.
const COMPARISON: RGBColor = RGBColor(150, 158, 168);

/// A plot with its legend.
///
/// # Errors
/// The plot cannot be drawn.
pub fn plot_html(plot: &Plot) -> Result<String, ExportError> {
    let chip = |class: &str, colour: RGBColor, name: &str| {
        let RGBColor(r, g, b) = colour;
        let name = super::set(name);
        format!("<li><span class=\"{class}\" style=\"background:rgb({r},{g},{b})\"></span>{name}</li>")
    };
    let lines = plot
        .lines
        .iter()
        .enumerate()
        .map(|(i, line)| chip("dash", line_ink(plot, i), &line.name));
    let points = plot
        .points
        .iter()
        .enumerate()
        .map(|(i, series)| chip("dot", point_ink(plot, i), &series.name));
    let legend: String = lines.chain(points).collect();
    Ok(format!(
        "<figure>{}<ul class=\"legend\">{legend}</ul></figure>",
        svg(plot)?
    ))
}

fn svg(plot: &Plot) -> Result<String, ExportError> {
    let logarithmic = plot.scale == Scale::Logarithmic;
    let drawable = |point: &&(f64, f64, f64)| !logarithmic || (point.0 > 0.0 && point.1 > 0.0);
    let points = || {
        plot.lines
            .iter()
            .chain(&plot.points)
            .flat_map(|series| &series.points)
            .filter(drawable)
    };
    let x = range(points().map(|point| point.0));
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
        let mut builder = ChartBuilder::on(&area);
        builder
            .margin(8 * FINE)
            .margin_right(16 * FINE)
            .x_label_area_size(40 * FINE)
            .y_label_area_size(64 * FINE);
        if logarithmic {
            let y = range(points().map(|point| point.1));
            let (x, y) = (widened(x), widened(y));
            let mut chart = builder
                .build_cartesian_2d((x.0..x.1).log_scale(), (y.0..y.1).log_scale())
                .map_err(cannot)?;
            fill(&mut chart, plot, None)?;
        } else {
            let y = range(points().flat_map(|&(_, y, half)| [y - half, y + half]).chain([0.0]));
            let mut chart = builder.build_cartesian_2d(x.0..x.1, y.0..y.1).map_err(cannot)?;
            fill(&mut chart, plot, Some([x, y].map(|(low, high)| high - low)))?;
        }
        area.present().map_err(cannot)?;
    }
    Ok(inline(&svg))
}

/// A little room on either side of a logarithmic axis.
fn widened((low, high): (f64, f64)) -> (f64, f64) {
    (low / 1.15, high * 1.15)
}

type Chart<'a, 'b, X, Y> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<X, Y>>;

/// Draws all but the frame; `spans` are those of both axes, `None` of logarithmic ones.
fn fill<X, Y>(chart: &mut Chart<'_, '_, X, Y>, plot: &Plot, spans: Option<[f64; 2]>) -> Result<(), ExportError>
where
    X: Ranged<ValueType = f64> + ValueFormatter<f64>,
    Y: Ranged<ValueType = f64> + ValueFormatter<f64>,
{
    // On a logarithmic axis a number has its own digits.
    let label = |axis: usize| move |value: &f64| tick(*value, spans.map_or(value.abs(), |spans| spans[axis]));
    chart
        .configure_mesh()
        .light_line_style(TRANSPARENT)
        .bold_line_style(RGBColor(230, 233, 238).stroke_width(FINE))
        .axis_style(RGBColor(150, 158, 168).stroke_width(FINE))
        .set_all_tick_mark_size(4 * FINE)
        .x_labels(7)
        .y_labels(6)
        .x_desc(plot.x.as_str())
        .y_desc(plot.y.as_str())
        .label_style(("sans-serif", 13 * FINE, &RGBColor(70, 78, 88)))
        .x_label_formatter(&label(0))
        .y_label_formatter(&label(1))
        .draw()
        .map_err(cannot)?;
    for (index, line) in plot.lines.iter().enumerate() {
        let points = line.points.iter().map(|&(x, y, _)| (x, y));
        let ink = line_ink(plot, index).stroke_width(2 * FINE);
        chart.draw_series(LineSeries::new(points, ink)).map_err(cannot)?;
    }
    for (index, series) in plot.points.iter().enumerate() {
        let ink = point_ink(plot, index);
        chart.draw_series(intervals(series, plot.scale, ink)).map_err(cannot)?;
        let dots = series
            .points
            .iter()
            .map(|&(x, y, _)| Circle::new((x, y), 3 * FINE, ink.filled()));
        chart.draw_series(dots).map_err(cannot)?;
    }
    Ok(())
}

/// The confidence intervals, as upright strokes.
fn intervals(series: &Series, scale: Scale, ink: RGBColor) -> impl Iterator<Item = PathElement<(f64, f64)>> {
    let has_interval = move |&&(_, y, half): &&(f64, f64, f64)| half > 0.0 && (scale == Scale::Linear || y > half);
    let stroke = move |&(x, y, half): &(f64, f64, f64)| {
        PathElement::new(vec![(x, y - half), (x, y + half)], ink.stroke_width(FINE))
    };
    series.points.iter().filter(has_interval).map(stroke)
}

/// Whether each set of points has a line of its own, with which it then shares a colour.
fn in_pairs(plot: &Plot) -> bool {
    plot.lines.len() > 1 && plot.lines.len() == plot.points.len()
}

fn line_ink(plot: &Plot, index: usize) -> RGBColor {
    match index {
        _ if in_pairs(plot) => ink(index),
        0 => ink(6),
        _ => COMPARISON,
    }
}

fn point_ink(plot: &Plot, index: usize) -> RGBColor {
    ink(if in_pairs(plot) { index } else { 4 + index })
}

fn ink(index: usize) -> RGBColor {
    let [r, g, b] = bytes(on_paper(index));
    RGBColor(r, g, b)
}
