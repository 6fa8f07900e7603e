//! Dot plots: every well of a condition as a point, their mean and its interval, one condition below the other.

use super::figure::{LETTERS, WIDTH, standing_alone, text_width};
use super::html::{escaped, shortened};
use super::plots::range;
use super::ticks::tick;
use crate::export::palette::{bytes, on_paper};
use crate::readout::bootstrap::Interval;
use plotters::coord::ranged1d::{BoldPoints, Ranged};
use plotters::coord::types::RangedCoordf64;
use std::fmt::Write;

/// Room beside the points, in SVG units.
const MARGIN: f64 = 14.0;
/// Height of what belongs to a condition: its name, its wells, their mean.
const ROW: f64 = 58.0;
/// Height of the band that the wells lie in, below the name.
const BAND: f64 = 16.0;
/// Room below, for the numbers and the title of the axis.
const AXIS: f64 = 42.0;
/// Radius of a point.
const RADIUS: f64 = 3.6;
/// Numbers on the axis, about.
const TICKS: usize = 6;

/// A condition in a dot plot.
pub(super) struct Dots<'a> {
    /// The hue of the condition, as a number of the palette.
    pub hue: usize,
    /// Its name.
    pub name: &'a str,
    /// The words at the other end of the line of its name.
    pub note: String,
    /// The value of each well.
    pub wells: Vec<f64>,
    /// Their mean, and its interval.
    pub mean: Option<(f64, Option<Interval>)>,
}

/// The conditions one below the other, over an axis with this title; `label` says what is seen.
pub(super) fn dots_svg(conditions: &[Dots<'_>], axis: &str, label: &str) -> String {
    let numbers = conditions.iter().flat_map(|dots| {
        let ends = dots.mean.and_then(|(_, interval)| interval);
        let ends = ends.map(|interval| [interval.low, interval.high]);
        dots.wells.iter().copied().chain(ends.into_iter().flatten())
    });
    // From 0 on, so that lengths on the paper are as their numbers.
    let (low, high) = range(numbers.chain([0.0]));
    let width = f64::from(WIDTH);
    let x = |value: f64| MARGIN + (value - low) / (high - low) * (width - 2.0 * MARGIN);
    let bottom = ROW * conditions.len() as f64;
    let mut svg = String::new();
    for place in RangedCoordf64::from(low..high).key_points(BoldPoints(TICKS)) {
        let ink = if place.abs() < 1e-9 * (high - low) {
            "#969ea8"
        } else {
            "#e6e9ee"
        };
        let _ = write!(
            svg,
            r##"<path d="M{0:.1} 4V{bottom}" stroke="{ink}"/><text x="{0:.1}" y="{1}" text-anchor="middle" fill="#464e58">{2}</text>"##,
            x(place),
            bottom + 16.0,
            tick(place, high - low)
        );
    }
    let _ = write!(
        svg,
        r##"<text x="{}" y="{}" text-anchor="middle" fill="#1c2026">{}</text>"##,
        width / 2.0,
        bottom + 34.0,
        escaped(axis)
    );
    for (row, dots) in conditions.iter().enumerate() {
        if row > 0 {
            let _ = write!(
                svg,
                r##"<path d="M{MARGIN} {0}H{1}" stroke="#dfe3e8"/>"##,
                ROW * row as f64,
                width - MARGIN
            );
        }
        row_svg(&mut svg, dots, ROW * row as f64, &x);
    }
    standing_alone(bottom + AXIS, label, &svg)
}

fn row_svg(svg: &mut String, dots: &Dots<'_>, top: f64, x: &dyn Fn(f64) -> f64) {
    let [r, g, b] = bytes(on_paper(dots.hue));
    let room = f64::from(WIDTH) - 2.0 * MARGIN - text_width(&dots.note) - text_width("mm");
    let most = (room / (0.56 * f64::from(LETTERS))).max(8.0) as usize;
    let _ = write!(
        svg,
        r##"<text x="{MARGIN}" y="{0:.1}" fill="#1c2026">{1}</text><text x="{2}" y="{0:.1}" text-anchor="end" fill="#464e58">{3}</text>"##,
        top + 17.0,
        escaped(&shortened(dots.name, most)),
        f64::from(WIDTH) - MARGIN,
        escaped(&dots.note)
    );
    let wells = dots.wells.len().max(1) as f64;
    for (well, &value) in dots.wells.iter().enumerate() {
        // At its own height, the same for the wells of one culture: equal values stay apart, and pairs are seen.
        let y = top + 24.0 + BAND * (well as f64 + 0.5) / wells;
        let _ = write!(
            svg,
            r#"<circle cx="{:.1}" cy="{y:.1}" r="{RADIUS}" fill="rgb({r},{g},{b})" fill-opacity="0.8"/>"#,
            x(value)
        );
    }
    let Some((mean, interval)) = dots.mean else { return };
    let y = top + 47.0;
    if let Some(Interval { low, high }) = interval {
        let (low, high) = (x(low), x(high));
        let _ = write!(
            svg,
            r##"<path class="interval" d="M{low:.1} {y}H{high:.1}M{low:.1} {0}v6M{high:.1} {0}v6" stroke="#1c2026" stroke-width="1.5"/>"##,
            y - 3.0
        );
    }
    let _ = write!(
        svg,
        r##"<rect class="mean" x="{:.1}" y="{}" width="6" height="6" fill="#1c2026" transform="rotate(45 {:.1} {y})"/>"##,
        x(mean) - 3.0,
        y - 3.0,
        x(mean)
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From 0 to 10 with its room over 412 units: 10 is at 14 + 412 / 1.04.
    #[test]
    fn every_well_is_a_point_where_its_number_is() {
        let dots = |wells: Vec<f64>| Dots {
            hue: 0,
            name: "<control>",
            note: "n = 3".to_owned(),
            mean: Some((5.0, Some(Interval { low: 2.0, high: 8.0 }))),
            wells,
        };
        let svg = dots_svg(
            &[dots(vec![0.0, 5.0, 10.0]), dots(vec![5.0, 5.0])],
            "a length, µm",
            "what is seen",
        );
        assert_eq!(svg.matches("<circle").count(), 5);
        assert_eq!(svg.matches("class=\"interval\"").count(), 2);
        let unit = 412.0 / 10.4;
        for value in [0.0, 5.0, 10.0] {
            let x = format!("cx=\"{:.1}\"", 14.0 + unit * value);
            assert!(svg.contains(&x), "{x} in {svg}");
        }
        let (low, high) = (14.0 + unit * 2.0, 14.0 + unit * 8.0);
        assert!(svg.contains(&format!("d=\"M{low:.1} 47H{high:.1}")), "{svg}");
        assert!(svg.contains("&lt;control&gt;") && svg.contains("a length, µm"));
        // Two wells of the same value are two points.
        let heights: Vec<&str> = svg
            .split("cy=\"")
            .skip(4)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        assert_ne!(heights[0], heights[1]);
    }
}
