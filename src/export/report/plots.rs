//! Plots of the report, as SVG: curves by condition with their wells and their interval, and roses of headings.

use super::figure::{LETTERS, WIDTH, standing_alone, text_width};
use super::html::{escaped, shortened};
use super::ticks::tick;
use crate::export::error::ExportError;
use crate::export::palette::{bytes, dash, on_paper};
use crate::readout::bootstrap::Interval;
use crate::readout::profiles::SECTORS;
use plotters::coord::ranged1d::{AsRangedCoord, ValueFormatter};
use plotters::prelude::*;
use std::f64::consts::TAU;
use std::fmt::{Display, Write};

/// Height of a plot of curves without its key, in SVG units.
const HEIGHT: u32 = 290;
/// Units of a plot to one of the figure that it is put into: plotters knows whole units only.
const FINE: u32 = 4;
/// Letters as plotters counts them: it writes them smaller, by the ratio of a typeface's height to its size.
const PLOTTED_LETTERS: f64 = (LETTERS * FINE) as f64 * 1.25;
/// Height of a line of the key, in SVG units.
const KEY_LINE: f64 = 19.0;
/// Room beside the key, in SVG units.
const KEY_MARGIN: f64 = 10.0;
/// Length of the stroke that stands for a line in the key, and of the room to its name.
const KEY_STROKE: f64 = 24.0;
/// Letters of a name in the key, at most.
const MOST_LETTERS: usize = 50;

/// A curve with the band that it lies in.
pub(crate) struct Curve {
    /// The place of its condition.
    pub condition: usize,
    /// Its points, by their abscissa.
    pub points: Vec<CurvePoint>,
    /// What it is the mean of, as thin lines.
    pub members: Vec<Vec<(f64, f64)>>,
}

/// A point of a curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct CurvePoint {
    /// Its abscissa.
    pub x: f64,
    /// How many values it is the mean of.
    pub count: usize,
    /// The mean.
    pub mean: f64,
    /// Its 95 % interval.
    pub interval: Option<Interval>,
}

impl CurvePoint {
    /// The ends of its interval, or the mean where there is none.
    fn ends(&self) -> [f64; 2] {
        self.interval
            .map_or([self.mean; 2], |interval| [interval.low, interval.high])
    }
}

/// What stands beside a plot of curves.
#[derive(Clone, Copy)]
pub(crate) struct Lettering<'a> {
    /// The names of all conditions.
    pub conditions: &'a [String],
    /// Their hues, as numbers of the palette.
    pub hues: &'a [usize],
    /// The title of the horizontal axis.
    pub x: &'a str,
    /// The title of the vertical axis.
    pub y: &'a str,
    /// What is seen, for whoever does not see it.
    pub label: &'a str,
}

impl Lettering<'_> {
    /// The hue of a curve.
    fn hue(&self, curve: &Curve) -> usize {
        self.hues.get(curve.condition).copied().unwrap_or(curve.condition)
    }
}

/// The least and the greatest abscissa.
pub(super) fn extent(curves: &[Curve]) -> (f64, f64) {
    range(curves.iter().flat_map(|curve| &curve.points).map(|point| point.x))
}

/// Curves on an even axis.
///
/// # Errors
/// The plot cannot be drawn.
pub(super) fn draw(curves: &[Curve], lettering: Lettering<'_>) -> Result<String, ExportError> {
    let x = extent(curves);
    draw_on(x.0..x.1, &|value| tick(*value, x.1 - x.0), false, curves, lettering)
}

/// Curves on an axis, with a mark at each point where `marks` says so; their key stands below them.
pub(super) fn draw_on<X>(
    x: X,
    x_tick: &dyn Fn(&f64) -> String,
    marks: bool,
    curves: &[Curve],
    lettering: Lettering<'_>,
) -> Result<String, ExportError>
where
    X: AsRangedCoord<Value = f64>,
    X::CoordDescType: ValueFormatter<f64>,
{
    let ends = curves.iter().flat_map(|curve| &curve.points).flat_map(CurvePoint::ends);
    let members = curves.iter().flat_map(|curve| curve.members.iter().flatten());
    let y = range(ends.chain(members.map(|point| point.1)).chain([0.0]));
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, (WIDTH * FINE, HEIGHT * FINE)).into_drawing_area();
        let mut chart = ChartBuilder::on(&area)
            .margin(6 * FINE)
            .margin_right(14 * FINE)
            .x_label_area_size(44 * FINE)
            .y_label_area_size(66 * FINE)
            .build_cartesian_2d(x, y.0..y.1)
            .map_err(cannot)?;
        chart
            .configure_mesh()
            .light_line_style(TRANSPARENT)
            .bold_line_style(RGBColor(230, 233, 238).stroke_width(FINE))
            .axis_style(RGBColor(150, 158, 168).stroke_width(FINE))
            .set_all_tick_mark_size(4 * FINE)
            .x_labels(6)
            .y_labels(6)
            .x_desc(lettering.x)
            .y_desc(lettering.y)
            .axis_desc_style(("sans-serif", PLOTTED_LETTERS, &RGBColor(28, 32, 38)))
            .label_style(("sans-serif", PLOTTED_LETTERS, &RGBColor(70, 78, 88)))
            .x_label_formatter(x_tick)
            .y_label_formatter(&|value| tick(*value, y.1 - y.0))
            .draw()
            .map_err(cannot)?;
        for curve in curves {
            let hue = lettering.hue(curve);
            let [r, g, b] = bytes(on_paper(hue));
            let colour = RGBColor(r, g, b);
            let upper = curve.points.iter().map(|point| (point.x, point.ends()[1]));
            let lower = curve.points.iter().rev().map(|point| (point.x, point.ends()[0]));
            let band: Vec<(f64, f64)> = upper.chain(lower).collect();
            chart
                .draw_series([Polygon::new(band, colour.mix(0.16).filled())])
                .map_err(cannot)?;
            for member in &curve.members {
                let thin = colour.mix(0.5).stroke_width(FINE);
                chart
                    .draw_series(LineSeries::new(member.iter().copied(), thin))
                    .map_err(cannot)?;
            }
            let line = curve.points.iter().map(|point| (point.x, point.mean));
            let stroke = colour.stroke_width(2 * FINE);
            match dash(hue) {
                None => chart.draw_series(LineSeries::new(line, stroke)).map(|_| ()),
                Some((drawn, left_out)) => chart
                    .draw_series(DashedLineSeries::new(line, drawn * FINE, left_out * FINE, stroke))
                    .map(|_| ()),
            }
            .map_err(cannot)?;
            if marks {
                let marks = curve
                    .points
                    .iter()
                    .map(|point| Circle::new((point.x, point.mean), 3 * FINE, colour.filled()));
                chart.draw_series(marks).map_err(cannot)?;
            }
        }
        area.present().map_err(cannot)?;
    }
    let (key, lines) = key(curves, &lettering);
    let drawn = format!(
        "<g transform=\"scale({})\">{}</g><g transform=\"translate(0 {HEIGHT})\">{key}</g>",
        1.0 / f64::from(FINE),
        inside(&svg)
    );
    Ok(standing_alone(
        f64::from(HEIGHT) + KEY_LINE * lines as f64,
        lettering.label,
        &drawn,
    ))
}

/// What stands inside an SVG.
fn inside(svg: &str) -> &str {
    let begun = svg.find("<svg").and_then(|at| svg[at..].split_once('>'));
    let inside = begun.map_or(svg, |(_, inside)| inside);
    inside.rsplit_once("</svg>").map_or(inside, |(inside, _)| inside)
}

/// The key to the curves, line by line, and how many lines it has.
fn key(curves: &[Curve], lettering: &Lettering<'_>) -> (String, usize) {
    let mut svg = String::new();
    let (mut x, mut line) = (KEY_MARGIN, 0);
    for curve in curves {
        let name = lettering.conditions.get(curve.condition).map_or("", String::as_str);
        let name = shortened(name, MOST_LETTERS);
        let width = KEY_STROKE + text_width(&name) + 16.0;
        if x > KEY_MARGIN && x + width > f64::from(WIDTH) {
            (x, line) = (KEY_MARGIN, line + 1);
        }
        let hue = lettering.hue(curve);
        let [r, g, b] = bytes(on_paper(hue));
        let dashes = dash(hue).map_or_else(String::new, |(drawn, left_out)| {
            format!(" stroke-dasharray=\"{drawn} {left_out}\"")
        });
        let y = KEY_LINE * line as f64 + 10.0;
        let _ = write!(
            svg,
            r##"<path d="M{x:.1} {y}h{1}" stroke="rgb({r},{g},{b})" stroke-width="3"{dashes}/><text x="{2:.1}" y="{3}" fill="#1c2026">{0}</text>"##,
            escaped(&name),
            KEY_STROKE - 6.0,
            x + KEY_STROKE,
            y + 4.5
        );
        x += width;
    }
    (svg, line + 1)
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

/// The headings of the tips in the wells of a condition.
pub(super) struct Headings<'a> {
    /// The hue of the condition, as a number of the palette.
    pub hue: usize,
    /// Its name.
    pub name: &'a str,
    /// Of each well the share of its tips that head into each sector, counter-clockwise from the x axis.
    pub wells: Vec<[f64; SECTORS]>,
}

impl Headings<'_> {
    /// The mean over wells of the share of a sector.
    pub(super) fn mean(&self, sector: usize) -> f64 {
        let wells = self.wells.len().max(1) as f64;
        self.wells.iter().map(|shares| shares[sector]).sum::<f64>() / wells
    }
}

/// Roses side by side in a figure.
const ROSES: usize = 3;
/// Height of a rose with its name.
const ROSE_HEIGHT: f64 = 172.0;
/// Radius of the greatest sector.
const ROSE_RADIUS: f64 = 66.0;

/// The headings of all conditions as roses, all to the same scale: the area of a sector is its share of the tips in the mean over wells, a
/// point the share in a well, the circle what even headings would give.
pub(super) fn roses_svg(conditions: &[Headings<'_>], label: &str) -> String {
    let even = 1.0 / SECTORS as f64;
    let shares = conditions.iter().flat_map(|headings| headings.wells.iter().flatten());
    let most = shares.copied().fold(even, f64::max);
    let radius = |share: f64| ROSE_RADIUS * (share / most).sqrt();
    let across = f64::from(WIDTH) / ROSES as f64;
    let mut svg = String::new();
    for (place, headings) in conditions.iter().enumerate() {
        let (column, row) = (place % ROSES, place / ROSES);
        let centre = (
            across * (column as f64 + 0.5),
            ROSE_HEIGHT * row as f64 + ROSE_RADIUS + 6.0,
        );
        let [r, g, b] = bytes(on_paper(headings.hue));
        let _ = write!(svg, r#"<g transform="translate({:.1} {:.1})">"#, centre.0, centre.1);
        for sector in 0..SECTORS {
            let at = |radius: f64, edge: f64| {
                // y runs downwards in a picture.
                let angle = -TAU * (sector as f64 + edge) / SECTORS as f64;
                (radius * angle.cos(), radius * angle.sin())
            };
            let arc = radius(headings.mean(sector));
            let ((x0, y0), (x1, y1)) = (at(arc, -0.5), at(arc, 0.5));
            let _ = write!(
                svg,
                r#"<path d="M0 0L{x0:.2} {y0:.2}A{arc:.2} {arc:.2} 0 0 0 {x1:.2} {y1:.2}Z" fill="rgb({r},{g},{b})" fill-opacity="0.45" stroke="white" stroke-width="0.8"/>"#
            );
            for (well, shares) in headings.wells.iter().enumerate() {
                // Beside each other, at the same place in every sector.
                let aside = 0.6 * ((well as f64 + 0.5) / headings.wells.len() as f64 - 0.5);
                let (x, y) = at(radius(shares[sector]), aside);
                let _ = write!(
                    svg,
                    r#"<circle cx="{x:.1}" cy="{y:.1}" r="1.5" fill="rgb({r},{g},{b})"/>"#
                );
            }
        }
        let most = (across / (0.56 * f64::from(LETTERS))) as usize;
        let _ = write!(
            svg,
            r##"<circle r="{:.2}" fill="none" stroke="#464e58" stroke-width="1" stroke-dasharray="3 3"/><text y="{}" text-anchor="middle" fill="#1c2026">{}</text></g>"##,
            radius(even),
            ROSE_RADIUS + 20.0,
            escaped(&shortened(headings.name, most))
        );
    }
    let rows = conditions.len().div_ceil(ROSES) as f64;
    standing_alone(ROSE_HEIGHT * rows, label, &svg)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::report::figure::COLUMN_MM;

    fn curves() -> Vec<Curve> {
        let point = |x: f64, mean: f64| CurvePoint {
            x,
            count: 3,
            mean,
            interval: Some(Interval {
                low: mean - 1.0,
                high: mean + 1.0,
            }),
        };
        let curve = |condition: usize| Curve {
            condition,
            points: vec![point(0.0, 1.0), point(5.0, 250_000.0)],
            members: vec![vec![(0.0, 1.0), (5.0, 240_000.0)], vec![(0.0, 1.0), (5.0, 260_000.0)]],
        };
        vec![curve(0), curve(1)]
    }

    /// Every letter of a plot is as large as a journal asks for at the width of its column.
    #[test]
    fn no_letter_of_a_plot_is_smaller_than_it_may_be() {
        let names = ["control".to_owned(), "<b>".to_owned()];
        let lettering = Lettering {
            conditions: &names,
            hues: &[0, 1],
            x: "days",
            y: "µm",
            label: "curves",
        };
        let svg = draw(&curves(), lettering).expect("a plot");
        let sizes = svg.split("font-size=\"").skip(1);
        let sizes: Vec<f64> = sizes.filter_map(|rest| rest.split('"').next()?.parse().ok()).collect();
        let points = |size: f64| size * COLUMN_MM / f64::from(WIDTH) * 72.0 / 25.4;
        // Those of the plot are in its finer units.
        let sizes: Vec<f64> = sizes
            .iter()
            .map(|&size| if size > 40.0 { size / f64::from(FINE) } else { size })
            .collect();
        assert!(
            sizes.len() > 10 && sizes.iter().all(|&size| points(size) >= 7.0),
            "{sizes:?}"
        );
        // The key is in the picture, and it stands by itself.
        assert!(svg.contains(">control</text>") && svg.contains(">&lt;b&gt;</text>"));
        assert_eq!((svg.matches("<svg").count(), svg.matches("xmlns=").count()), (1, 1));
        // Two conditions with two wells each, and the mean of both.
        assert_eq!(svg.matches("opacity=\"0.5\"").count(), 4, "{svg}");
    }

    #[test]
    fn a_key_that_is_too_long_goes_on_below() {
        let names: Vec<String> = (0..2)
            .map(|of| format!("a condition with a name that is long, {of}"))
            .collect();
        let lines = |names: &[String]| {
            let lettering = Lettering {
                conditions: names,
                hues: &[0, 1],
                x: "",
                y: "",
                label: "",
            };
            key(&curves(), &lettering).1
        };
        assert_eq!(lines(&names), 2);
        assert_eq!(lines(&["a".to_owned(), "b".to_owned()]), 1);
    }

    #[test]
    fn a_rose_has_a_point_for_each_well_and_all_have_one_scale() {
        let mut one_way = [0.0; SECTORS];
        one_way[0] = 1.0;
        let even = [1.0 / SECTORS as f64; SECTORS];
        let headings = |hue: usize, wells: Vec<[f64; SECTORS]>| Headings {
            hue,
            name: "name",
            wells,
        };
        let svg = roses_svg(&[headings(0, vec![one_way, even]), headings(1, vec![even])], "roses");
        assert_eq!(svg.matches("r=\"1.5\"").count(), 3 * SECTORS);
        // Even headings are the same circle beside the one that heads one way.
        let even = format!("r=\"{:.2}\"", ROSE_RADIUS * (1.0 / SECTORS as f64).sqrt());
        assert_eq!(svg.matches(&even).count(), 2);
    }
}
