//! Response curves: a result against a number that was varied, on an axis of equal differences or of equal ratios.

use super::plots::{Curve, Lettering, draw_on, extent};
use super::ticks::tick;
use crate::export::ExportError;
use crate::export::figures::rounded;
use plotters::coord::ranged1d::{DefaultFormatting, KeyPointHint, Ranged};
use plotters::coord::types::RangedCoordf64;
use std::ops::Range;

/// Curves over a varied key, with a mark where each value is; `log` where equal ratios are to be equally far.
///
/// # Errors
/// The plot cannot be drawn.
pub(crate) fn response_svg(curves: &[Curve], log: bool, lettering: Lettering<'_>) -> Result<String, ExportError> {
    let x = extent(curves);
    if !log {
        let label = |value: &f64| tick(*value, x.1 - x.0);
        return draw_on(x.0..x.1, &label, true, curves, lettering);
    }
    let logarithmic = Logarithmic {
        logarithms: (x.0.ln()..x.1.ln()).into(),
        ends: x,
    };
    draw_on(logarithmic, &|value| round_label(*value), true, curves, lettering)
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
        rounded(number)
    } else {
        text
    }
}
