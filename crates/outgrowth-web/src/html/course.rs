//! The course of a readout: a line a treatment over time, as an SVG that stands in the page and takes its colours from there.

use crate::page::Page;
use maud::{Markup, PreEscaped, html};
use outgrowth::export::hues::hues;
use outgrowth::export::palette::{bytes, dash, on_dark, on_paper};
use outgrowth::export::report::ticks::tick;
use outgrowth::lesson::ReadoutWords;
use outgrowth::readout::summary::Summary;
use std::fmt::Write;

/// Size of the drawing, in units of the SVG.
const SIZE: (f64, f64) = (640.0, 300.0);
/// Room at the left and below, for numbers and titles.
const LEFT: f64 = 64.0;
const BELOW: f64 = 44.0;
const ABOVE: f64 = 12.0;
const RIGHT: f64 = 14.0;
/// Numbers beside an axis, at most.
const MOST_TICKS: f64 = 6.0;

/// The plot, with the choice of the readout.
pub fn course(page: &Page) -> String {
    let words = page.words();
    let readouts = page.told_readouts();
    let place = readouts.column(&page.plotted).unwrap_or(0);
    let Some(column) = readouts.columns.get(place) else {
        return String::new();
    };
    let times = readouts.times_h();
    let end_h = f64::from(page.last_step()) * page.status().plate.step_h;
    // In the unit in which lessons ask.
    let plain = ReadoutWords::of(column);
    let (name, unit) = (plain.name(page.language), plain.unit(page.language));
    let lines: Vec<Vec<(f64, f64)>> = (0..readouts.conditions.len())
        .map(|condition| {
            let at = |time_h: &f64| {
                let mean = Summary::of(&readouts.values_in(place, condition, *time_h))?.mean;
                Some((*time_h, plain.shown(mean)))
            };
            times.iter().filter_map(at).collect()
        })
        .collect();
    let hues = hues(&page.scenario.plate);
    html! {
        h2 { (words.curve) }
        label { (words.shown_readout) " " select #readout data-wish="readout" {
            @for known in &readouts.columns {
                option value=(known.name) selected[known.name == column.name] { (ReadoutWords::of(known).name(page.language)) }
            }
        } }
        p.quiet { (name) @if !unit.is_empty() { " (" (unit) ")" } ": " code { (column.name) } }
        @if !times.is_empty() && lines.iter().all(Vec::is_empty) { p { (words.nothing_to_plot) } }
        (drawing(&lines, &hues, end_h, unit, &format!("{}: {name}", words.curve)))
        ul.key { @for (condition, name) in readouts.conditions.iter().enumerate() {
            li { (swatch(hues[condition])) (name) }
        } }
    }
    .into_string()
}

/// The mark of a treatment: its colour and the dashes of its line.
pub fn swatch(hue: usize) -> Markup {
    html! {
        svg.swatch viewBox="0 0 24 8" aria-hidden="true" { path.line d="M1 4h22" style=(style(hue)) {} }
    }
}

/// The colours of a line on either ground, and its dashes.
fn style(hue: usize) -> String {
    let colour = |[r, g, b]: [u8; 3]| format!("rgb({r},{g},{b})");
    let dashes = dash(hue).map_or_else(String::new, |(drawn, left_out)| {
        format!(";stroke-dasharray:{drawn} {left_out}")
    });
    let (dark, paper) = (colour(bytes(on_dark(hue))), colour(bytes(on_paper(hue))));
    format!("--on-dark:{dark};--on-paper:{paper}{dashes}")
}

fn drawing(lines: &[Vec<(f64, f64)>], hues: &[usize], end_h: f64, unit: &str, label: &str) -> Markup {
    let values = lines.iter().flatten().map(|point| point.1);
    let (low, high) = values.fold((0.0_f64, 0.0_f64), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    let high = if high > low { high } else { low + 1.0 };
    // The axis ends at a number, so that every point can be read.
    let ends = ticks(low, high);
    let step = ends
        .get(1)
        .zip(ends.first())
        .map_or(high - low, |(second, first)| second - first);
    let high = (high / step - 1e-9).ceil() * step;
    let (width, height) = (SIZE.0 - LEFT - RIGHT, SIZE.1 - ABOVE - BELOW);
    let x = |time_h: f64| LEFT + width * time_h / end_h.max(f64::MIN_POSITIVE);
    let y = |value: f64| ABOVE + height * (1.0 - (value - low) / (high - low));
    let path = |line: &[(f64, f64)]| {
        let mut path = String::new();
        for (place, &(time_h, value)) in line.iter().enumerate() {
            let command = if place == 0 { 'M' } else { 'L' };
            let _ = write!(path, "{command}{:.1} {:.1}", x(time_h), y(value));
        }
        path
    };
    html! {
        svg.course viewBox={"0 0 " (SIZE.0) " " (SIZE.1)} role="img" aria-label=(label) {
            @for value in ticks(low, high) {
                path.grid d={"M" (LEFT) " " (round(y(value))) "h" (width)} {}
                text x=(LEFT - 8.0) y=(round(y(value) + 4.0)) text-anchor="end" { (tick(value, high - low)) }
            }
            @for time_h in ticks(0.0, end_h) {
                text x=(round(x(time_h))) y=(SIZE.1 - BELOW + 18.0) text-anchor="middle" { (tick(time_h, end_h)) }
            }
            text x=(LEFT + 0.5 * width) y=(SIZE.1 - 6.0) text-anchor="middle" { "h" }
            text x="14" y=(ABOVE + 0.5 * height) text-anchor="middle" transform={"rotate(-90 14 " (ABOVE + 0.5 * height) ")"} { (unit) }
            @for (condition, line) in lines.iter().enumerate() {
                path.line d=(PreEscaped(path(line))) style=(style(hues.get(condition).copied().unwrap_or(condition))) {}
            }
        }
    }
}

fn round(value: f64) -> f64 {
    (10.0 * value).round() / 10.0
}

/// Round numbers from `low` to `high`.
fn ticks(low: f64, high: f64) -> Vec<f64> {
    let span = high - low;
    if !(span > 0.0 && span.is_finite()) {
        return Vec::new();
    }
    let rough = span / MOST_TICKS;
    let power = 10.0_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .map(|times| times * power)
        .into_iter()
        .find(|step| *step >= rough);
    let step = step.unwrap_or(10.0 * power);
    let first = (low / step).ceil() as i64;
    let last = (high / step).floor() as i64;
    (first..=last).map(|place| place as f64 * step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_few() {
        assert_eq!(ticks(0.0, 24.0), [0.0, 5.0, 10.0, 15.0, 20.0]);
        assert_eq!(ticks(-1.0, 1.0), [-1.0, -0.5, 0.0, 0.5, 1.0]);
        assert_eq!(ticks(0.0, 0.0), Vec::<f64>::new());
        assert_eq!(ticks(0.0, f64::INFINITY), Vec::<f64>::new());
    }

    #[test]
    fn a_line_goes_from_the_first_time_to_the_last_value() {
        let drawn = drawing(
            &[vec![(0.0, 0.0), (12.0, 50.0), (24.0, 100.0)]],
            &[0],
            24.0,
            "µm",
            "a <label>",
        )
        .into_string();
        assert!(drawn.contains("M64.0 256.0L345.0 134.0L626.0 12.0"), "{drawn}");
        assert!(drawn.contains("a &lt;label&gt;"));
    }
}
