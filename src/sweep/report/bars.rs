//! Bars of shares from 0 to 1 with their intervals, as SVG.

use crate::export::palette::{bytes, on_paper};
use crate::export::report::figure::{self, standing_alone};
use crate::export::report::html::{escaped, shortened};
use crate::readout::bootstrap::Interval;
use std::fmt::Write;

/// Width of a plot, in SVG units.
const WIDTH: f64 = figure::WIDTH as f64;
/// Room beside the bars, in SVG units.
const MARGIN: f64 = 12.0;
/// Height of what belongs to one name: the name, and its two bars.
const ROW: f64 = 46.0;
/// Thickness of a bar.
const BAR: f64 = 9.0;
/// Room below the bars, for the numbers of the axis.
const AXIS: f64 = 24.0;
/// Least and greatest share that an axis goes to: intervals of few points would squeeze all bars otherwise.
const WIDEST: [f64; 2] = [-0.25, 1.25];
/// Letters of a name, at most.
const MOST_LETTERS: usize = 56;

/// A name with its two bars.
pub struct Bars<'a> {
    /// The name.
    pub name: &'a str,
    /// The upper bar, and its interval.
    pub full: (f64, Option<Interval>),
    /// The lower bar, which is pale, and its interval.
    pub pale: (f64, Option<Interval>),
}

impl Bars<'_> {
    /// All numbers in it.
    pub fn numbers(&self) -> impl Iterator<Item = f64> {
        [self.full, self.pale].into_iter().flat_map(|(share, interval)| {
            let ends = interval.map(|interval| [interval.low, interval.high]);
            ends.into_iter().flatten().chain([share])
        })
    }
}

/// The ends of an axis for such numbers.
pub fn ends(numbers: impl Iterator<Item = f64>) -> [f64; 2] {
    let [low, high] = numbers.fold([0.0, 1.0], |[low, high]: [f64; 2], number| {
        [low.min(number), high.max(number)]
    });
    [low.max(WIDEST[0]), high.min(WIDEST[1])]
}

/// The bars one below the other, in the colour of a hue, on an axis with these ends.
pub fn bars_svg(hue: usize, [low, high]: [f64; 2], bars: &[Bars<'_>], label: &str) -> String {
    let x = |share: f64| MARGIN + (share.clamp(low, high) - low) / (high - low) * (WIDTH - 2.0 * MARGIN);
    let bottom = ROW * bars.len() as f64;
    let [r, g, b] = bytes(on_paper(hue));
    let mut svg = String::new();
    for share in [0.0, 0.25, 0.5, 0.75, 1.0] {
        let ink = if share == 0.0 { "#969ea8" } else { "#e6e9ee" };
        let _ = write!(
            svg,
            r##"<path d="M{0:.1} 0V{bottom}" stroke="{ink}"/><text x="{0:.1}" y="{1}" text-anchor="middle" fill="#464e58">{share}</text>"##,
            x(share),
            bottom + 15.0
        );
    }
    for (row, bars) in bars.iter().enumerate() {
        let top = ROW * row as f64;
        let _ = write!(
            svg,
            r##"<text x="{:.1}" y="{:.1}" fill="#1c2026">{}</text>"##,
            x(0.0) + 4.0,
            top + 14.0,
            escaped(&shortened(bars.name, MOST_LETTERS))
        );
        for ((share, interval), y, opacity) in [(bars.full, top + 20.0, 1.0), (bars.pale, top + 32.0, 0.4)] {
            let (from, to) = (x(share.min(0.0)), x(share.max(0.0)));
            let _ = write!(
                svg,
                r#"<rect x="{from:.1}" y="{y:.1}" width="{:.1}" height="{BAR}" fill="rgb({r},{g},{b})" fill-opacity="{opacity}"/>"#,
                to - from
            );
            if let Some(Interval { low, high }) = interval {
                let _ = write!(
                    svg,
                    r##"<path d="M{:.1} {:.1}H{:.1}" stroke="#1c2026" stroke-width="1.5"/>"##,
                    x(low),
                    y + BAR / 2.0,
                    x(high)
                );
            }
        }
    }
    standing_alone(bottom + AXIS, label, &svg)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The abscissa where a bar or a line begins, and where it ends.
    fn spans(svg: &str) -> Vec<(f64, f64)> {
        let number = |text: &str| text.parse::<f64>().expect("a number");
        let between = |text: &str, from: &str, to: &str| {
            let (_, rest) = text.split_once(from).expect("a beginning");
            number(rest.split_once(to).expect("an end").0)
        };
        let bars = svg.split("<rect ").skip(1).map(|rest| {
            let (x, width) = (between(rest, "x=\"", "\""), between(rest, "width=\"", "\""));
            (x, x + width)
        });
        let lines = svg.split("<path d=\"M").skip(6);
        let lines = lines.map(|rest| (between(&format!("M{rest}"), "M", " "), between(rest, "H", "\"")));
        bars.chain(lines).collect()
    }

    #[test]
    fn bars_and_their_intervals_lie_where_their_numbers_are() {
        let bars = |low: f64, high: f64| {
            let interval = Some(Interval { low, high });
            let bars = Bars {
                name: "<key>",
                full: (0.5, interval),
                pale: (-0.1, None),
            };
            bars_svg(0, ends(bars.numbers()), &[bars], "bars")
        };
        // From -0.25 to 1 over 416 units: 0 is at 12 + 83.2.
        let svg = bars(-0.25, 0.75);
        let near = |found: (f64, f64), expected: (f64, f64)| {
            assert!(
                (found.0 - expected.0).abs() < 0.11 && (found.1 - expected.1).abs() < 0.11,
                "{found:?}, {expected:?} expected"
            );
        };
        let found = spans(&svg);
        assert_eq!(found.len(), 3, "{svg}");
        near(found[0], (95.2, 261.6));
        near(found[1], (61.9, 95.2));
        near(found[2], (12.0, 344.8));
        assert!(svg.contains("&lt;key&gt;"));
        // What goes far beyond ends at the sides.
        near(spans(&bars(-9.0, 9.0))[2], (12.0, 428.0));
    }
}
