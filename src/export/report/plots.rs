//! Plots of the report, as SVG: curves by condition with their spread, Sholl profiles, roses of headings.

use crate::export::error::ExportError;
use crate::export::figures::rounded;
use crate::export::palette::{bytes, dash, on_paper};
use crate::readout::columns::Readout;
use crate::readout::profiles::{Rose, SECTORS, SHOLL_STEP_UM, Sholl};
use crate::readout::recorder::Readouts;
use crate::readout::summary::Summary;
use plotters::coord::ranged1d::{AsRangedCoord, ValueFormatter};
use plotters::prelude::*;
use std::f64::consts::TAU;
use std::fmt::{Display, Write};

/// Size of a plot, in SVG units.
const SIZE: (u32, u32) = (440, 290);

/// A curve with a band around it.
pub(crate) struct Curve {
    /// The place of its condition, which has its colour.
    pub condition: usize,
    /// Abscissa, mean, and half the width of the band: standard deviation between wells, or half an interval.
    pub points: Vec<(f64, f64, f64)>,
}

/// A readout over time for each condition, mean ± standard deviation over wells. `None` if the plate does not
/// have it, or nothing was measured.
///
/// # Errors
/// The plot cannot be drawn.
pub fn curves_svg(readouts: &Readouts, readout: Readout) -> Result<Option<String>, ExportError> {
    let Some(place) = readouts.place(readout) else {
        return Ok(None);
    };
    let times = readouts.times_h();
    let curve = |condition: usize| {
        let points = times.iter().filter_map(|&time| {
            let summary = Summary::of(&readouts.values_at(readout, condition, time))?;
            Some((time / 24.0, summary.mean, summary.sd.unwrap_or(0.0)))
        });
        Curve {
            condition,
            points: points.collect(),
        }
    };
    let curves: Vec<Curve> = (0..readouts.conditions.len()).map(curve).collect();
    if curves.iter().all(|curve| curve.points.is_empty()) {
        return Ok(None);
    }
    let unit = match readouts.columns[place].unit {
        "1" => "",
        unit => unit,
    };
    draw(&curves, "days", unit).map(Some)
}

/// Sholl profiles, mean ± standard deviation over the wells of each condition; `wells` holds the condition and
/// the profile of each well.
///
/// # Errors
/// The plot cannot be drawn.
pub fn sholl_svg(conditions: usize, wells: &[(usize, &Sholl)]) -> Result<String, ExportError> {
    let circles = wells
        .iter()
        .map(|(_, profile)| profile.crossings.len())
        .max()
        .unwrap_or(0);
    let curve = |condition: usize| {
        let of_condition = || wells.iter().filter(move |(of, _)| *of == condition);
        let points = (0..=circles).filter_map(|circle| {
            let crossings: Vec<f64> = of_condition()
                .map(|(_, profile)| profile.crossings.get(circle).map_or(0.0, |&crossings| crossings as f64))
                .collect();
            let summary = Summary::of(&crossings)?;
            Some((
                (circle + 1) as f64 * SHOLL_STEP_UM,
                summary.mean,
                summary.sd.unwrap_or(0.0),
            ))
        });
        Curve {
            condition,
            points: points.collect(),
        }
    };
    let curves: Vec<Curve> = (0..conditions).map(curve).collect();
    draw(&curves, "distance from the explant's edge, µm", "crossings")
}

fn draw(curves: &[Curve], x_label: &str, y_label: &str) -> Result<String, ExportError> {
    let x = extent(curves);
    draw_on(x.0..x.1, &axis_label, false, curves, x_label, y_label)
}

/// The least and the greatest abscissa.
pub(super) fn extent(curves: &[Curve]) -> (f64, f64) {
    range(curves.iter().flat_map(|curve| &curve.points).map(|point| point.0))
}

pub(super) fn draw_on<X>(
    x: X,
    x_tick: &dyn Fn(&f64) -> String,
    marks: bool,
    curves: &[Curve],
    x_label: &str,
    y_label: &str,
) -> Result<String, ExportError>
where
    X: AsRangedCoord<Value = f64>,
    X::CoordDescType: ValueFormatter<f64>,
{
    let points = || curves.iter().flat_map(|curve| &curve.points);
    let y = range(
        points()
            .flat_map(|&(_, mean, half)| [mean - half, mean + half])
            .chain([0.0]),
    );
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
        let mut chart = ChartBuilder::on(&area)
            .margin(6)
            .x_label_area_size(40)
            .y_label_area_size(62)
            .build_cartesian_2d(x, y.0..y.1)
            .map_err(cannot)?;
        chart
            .configure_mesh()
            .light_line_style(TRANSPARENT)
            .bold_line_style(RGBColor(230, 233, 238))
            .axis_style(RGBColor(150, 158, 168))
            .x_labels(6)
            .y_labels(6)
            .x_desc(x_label)
            .y_desc(y_label)
            .label_style(("sans-serif", 13, &RGBColor(70, 78, 88)))
            .x_label_formatter(x_tick)
            .y_label_formatter(&axis_label)
            .draw()
            .map_err(cannot)?;
        for curve in curves {
            let [r, g, b] = bytes(on_paper(curve.condition));
            let colour = RGBColor(r, g, b);
            let upper = curve.points.iter().map(|&(x, mean, half)| (x, mean + half));
            let lower = curve.points.iter().rev().map(|&(x, mean, half)| (x, mean - half));
            let band: Vec<(f64, f64)> = upper.chain(lower).collect();
            chart
                .draw_series([Polygon::new(band, colour.mix(0.18).filled())])
                .map_err(cannot)?;
            let line = curve.points.iter().map(|&(x, mean, _)| (x, mean));
            let stroke = colour.stroke_width(2);
            match dash(curve.condition) {
                None => chart.draw_series(LineSeries::new(line, stroke)).map(|_| ()),
                Some((drawn, left_out)) => chart
                    .draw_series(DashedLineSeries::new(line, drawn, left_out, stroke))
                    .map(|_| ()),
            }
            .map_err(cannot)?;
            if marks {
                let marks = curve
                    .points
                    .iter()
                    .map(|&(x, mean, _)| Circle::new((x, mean), 3, colour.filled()));
                chart.draw_series(marks).map_err(cannot)?;
            }
        }
        area.present().map_err(cannot)?;
    }
    Ok(inline(&svg))
}

/// An SVG as it stands inside HTML: there the name space is understood, and without it the page holds no address at all.
pub(crate) fn inline(svg: &str) -> String {
    svg.replace(r#" xmlns="http://www.w3.org/2000/svg""#, "")
}

/// The error of a plot that cannot be drawn.
pub(crate) fn cannot(error: impl Display) -> ExportError {
    ExportError::Drawing("a plot", error.to_string())
}

/// From the least to the greatest value, with room where they are the same.
pub(crate) fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let (low, high) = values
        .filter(|value| value.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
    match high - low {
        spread if spread > 0.0 => (low, high + 0.04 * spread),
        _ if low.is_finite() => (low, low + 1.0),
        _ => (0.0, 1.0),
    }
}

/// A number beside an axis.
pub(crate) fn axis_label(value: &f64) -> String {
    match value.abs() {
        size if size >= 1e6 => format!("{}M", rounded(value / 1e6)),
        size if size >= 1e4 => format!("{}k", rounded(value / 1e3)),
        _ => rounded(*value),
    }
}

/// The headings of the tips of a condition as a rose: areas of the sectors are shares of the tips, the circle is
/// what even headings would give.
pub fn rose_svg(condition: usize, wells: &[&Rose]) -> String {
    let counts: Vec<f64> = (0..SECTORS)
        .map(|sector| wells.iter().map(|rose| rose.tips[sector] as f64).sum::<f64>())
        .collect();
    let even = counts.iter().sum::<f64>() / SECTORS as f64;
    let most = counts.iter().copied().fold(even, f64::max).max(1.0);
    let radius = |count: f64| 88.0 * (count / most).sqrt();
    let [r, g, b] = bytes(on_paper(condition));
    let mut svg = String::from(r#"<svg viewBox="-100 -100 200 200" role="img">"#);
    for (sector, &count) in counts.iter().enumerate() {
        let corner = |edge: f64| {
            // y runs downwards in a picture.
            let angle = -TAU * (sector as f64 + edge) / SECTORS as f64;
            (radius(count) * angle.cos(), radius(count) * angle.sin())
        };
        let ((x0, y0), (x1, y1), arc) = (corner(-0.5), corner(0.5), radius(count));
        let _ = write!(
            svg,
            r#"<path d="M0 0L{x0:.2} {y0:.2}A{arc:.2} {arc:.2} 0 0 0 {x1:.2} {y1:.2}Z" fill="rgb({r},{g},{b})" fill-opacity="0.75" stroke="white" stroke-width="0.8"/>"#
        );
    }
    let _ = write!(
        svg,
        r##"<circle r="{:.2}" fill="none" stroke="#667080" stroke-width="1" stroke-dasharray="3 3"/></svg>"##,
        radius(even)
    );
    svg
}
