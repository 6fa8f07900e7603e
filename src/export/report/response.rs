//! Response curves: a result against a number that was varied, on an axis of equal differences or of equal ratios.

use super::html::escaped;
use super::plots::{Curve, axis_label, draw_on, extent};
use crate::export::ExportError;
use plotters::coord::ranged1d::{DefaultFormatting, KeyPointHint, Ranged};
use plotters::coord::types::RangedCoordf64;
use std::ops::Range;

/// Curves over a varied key, with a mark where each value is; `log` where equal ratios are to be equally far.
///
/// # Errors
/// The plot cannot be drawn.
pub(crate) fn response_svg(curves: &[Curve], log: bool, x_label: &str, y_label: &str) -> Result<String, ExportError> {
    let x = extent(curves);
    if !log {
        let label = |value: &f64| small_label(*value, x.1);
        return draw_on(x.0..x.1, &label, true, curves, x_label, y_label);
    }
    let logarithmic = Logarithmic {
        logarithms: (x.0.ln()..x.1.ln()).into(),
        ends: x,
    };
    draw_on(
        logarithmic,
        &|value| round_label(*value),
        true,
        curves,
        x_label,
        y_label,
    )
}

/// An axis on which equal ratios are equally far.
struct Logarithmic {
    logarithms: RangedCoordf64,
    ends: (f64, f64),
}

impl Ranged for Logarithmic {
    type FormatOption = DefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, limit: (i32, i32)) -> i32 {
        self.logarithms.map(&value.ln(), limit)
    }

    fn key_points<Hint: KeyPointHint>(&self, _: Hint) -> Vec<f64> {
        round_numbers(self.ends.0, self.ends.1)
    }

    fn range(&self) -> Range<f64> {
        self.ends.0..self.ends.1
    }
}

/// An SVG with what it shows in words, for whoever does not see it.
pub(crate) fn described(svg: &str, words: &str) -> String {
    let opening = format!(r#"<svg role="img" aria-label="{}" "#, escaped(words));
    svg.replacen("<svg ", &opening, 1)
}

/// A number beside an axis that ends at `greatest`, in powers of ten where that is small.
fn small_label(value: f64, greatest: f64) -> String {
    match greatest.abs() {
        size if size >= 0.01 => axis_label(&value),
        size if value.abs() < 1e-6 * size => "0".to_owned(),
        _ => format!("{value:.1e}").replace(".0e", "e"),
    }
}

/// Numbers beside a logarithmic axis at most.
const MOST_ROUND: usize = 8;

/// Numbers of one digit (1, 2 and 5 of each power of ten, or 1 alone where these are too many) from `low` to `high`, both above 0.
fn round_numbers(low: f64, high: f64) -> Vec<f64> {
    let powers = low.log10().floor() as i32..=high.log10().ceil() as i32;
    let numbers = |digits: &[u32], every: usize| -> Vec<f64> {
        let numbers = powers.clone().step_by(every);
        let numbers = numbers.flat_map(|power| digits.iter().map(move |digit| format!("{digit}e{power}").parse().ok()));
        // A value at an end stands there, whatever its logarithm was rounded to.
        let within = |number: &f64| (low * (1.0 - 1e-9)..=high * (1.0 + 1e-9)).contains(number);
        numbers.flatten().filter(within).collect()
    };
    let few = |numbers: &Vec<f64>| numbers.len() <= MOST_ROUND;
    let every = powers.clone().count().div_ceil(MOST_ROUND);
    Some(numbers(&[1, 2, 5], 1))
        .filter(few)
        .unwrap_or_else(|| numbers(&[1], every))
}

/// A number of one digit beside an axis.
fn round_label(value: f64) -> String {
    let text = format!("{value:.0e}");
    let number = text.parse().unwrap_or(value);
    if (0.001..1e6).contains(&number) {
        axis_label(&number)
    } else {
        text
    }
}
