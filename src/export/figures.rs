//! Numbers as people read them, in tables of the report and the terminal; files keep every digit.

use crate::readout::bootstrap::Interval;
use crate::readout::effect::EffectSize;
use crate::readout::summary::Summary;
use std::ops::Range;

/// Powers of ten from which on, and below which, a number is written with one.
const PLAIN: Range<i32> = -4..6;

/// Three significant digits; whole numbers below 10 000 keep all of theirs.
pub fn figure(value: f64) -> String {
    Digits::of(value).write(value)
}

/// Three decimals at most, of numbers below 1 three significant digits, without trailing zeros.
pub fn rounded(value: f64) -> String {
    let decimals = power(value).map_or(0, |power| 2 - power.min(-1));
    // No more than a number of 64 bits can have.
    let text = format!("{value:.*}", decimals.clamp(0, 300) as usize);
    let text = if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        &text
    };
    without_empty_sign(text.to_owned())
}

/// Mean ± standard deviation between wells, both to the same digit; a dash where nothing was measured.
pub fn with_spread(summary: Option<Summary>) -> String {
    let Some(Summary { mean, sd, .. }) = summary else {
        return "–".to_owned();
    };
    let Some(sd) = sd else { return figure(mean) };
    // To the digits of the larger: a mean near nothing has no digits of its own.
    let digits = Digits::of(if sd > mean.abs() { sd } else { mean });
    let [mean, sd] = [mean, sd].map(|number| digits.write_bare(number));
    match digits.power {
        Some(power) => format!("({mean} ± {sd}){}", times_ten_to(power)),
        None => format!("{mean} ± {sd}"),
    }
}

/// A figure with the interval that it lies in, all to the same digit.
pub fn with_interval(value: f64, interval: Option<Interval>) -> String {
    let Some(Interval { low, high }) = interval else {
        return figure(value);
    };
    let widest = low.abs().max(high.abs());
    let digits = Digits::of(if value.abs() < 0.1 * widest {
        0.1 * widest
    } else {
        value
    });
    let [value, low, high] = [value, low, high].map(|number| digits.write_bare(number));
    let power = digits.power.map_or_else(String::new, times_ten_to);
    format!("{value} ({low} to {high}){power}")
}

/// An effect size with its interval, to one decimal; a dash where there is none.
pub fn effect_words(effect: Option<EffectSize>) -> String {
    let number = |value: f64| without_empty_sign(format!("{value:.1}"));
    let Some(EffectSize { g, interval }) = effect else {
        return "–".to_owned();
    };
    match interval {
        Some(Interval { low, high }) => format!("{} ({} to {})", number(g), number(low), number(high)),
        None => number(g),
    }
}

/// The last digit to which numbers are written.
#[derive(Clone, Copy, Debug)]
struct Digits {
    /// Its place: 0 for ones, −1 for tenths.
    last: i32,
    /// The power of ten that they are written with.
    power: Option<i32>,
}

impl Digits {
    /// Those that give a number three significant ones.
    fn of(value: f64) -> Self {
        match power(value) {
            None => Self { last: 0, power: None },
            Some(power) if !PLAIN.contains(&power) => Self {
                last: power - 2,
                power: Some(power),
            },
            // Whole numbers that are read at a glance.
            Some(3) => Self { last: 0, power: None },
            Some(power) => Self {
                last: power - 2,
                power: None,
            },
        }
    }

    /// A number to this digit.
    fn write(self, value: f64) -> String {
        if !value.is_finite() {
            return "–".to_owned();
        }
        self.write_bare(value) + &self.power.map_or_else(String::new, times_ten_to)
    }

    /// A number to this digit, without the power of ten.
    fn write_bare(self, value: f64) -> String {
        if !value.is_finite() {
            return "–".to_owned();
        }
        let (value, last) = match self.power {
            Some(power) => (value / 10_f64.powi(power), self.last - power),
            None => (value, self.last),
        };
        let text = if last > 0 {
            let place = 10_f64.powi(last);
            format!("{:.0}", (value / place).round() * place)
        } else {
            format!("{value:.*}", -last as usize)
        };
        without_empty_sign(text)
    }
}

/// The power of ten of the first digit of a number that is rounded to three; `None` of 0 and of no number.
fn power(value: f64) -> Option<i32> {
    if value == 0.0 || !value.is_finite() {
        return None;
    }
    format!("{value:.2e}").split_once('e')?.1.parse().ok()
}

/// As ×10⁶.
fn times_ten_to(power: i32) -> String {
    let raised = |digit: char| match digit {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        other => char::from_u32(0x2070 + (other as u32 - '0' as u32)).unwrap_or(other),
    };
    format!("×10{}", power.to_string().chars().map(raised).collect::<String>())
}

/// Nothing has no sign, and what is rounded to nothing has none.
fn without_empty_sign(text: String) -> String {
    match text.strip_prefix('-') {
        Some(rest) if !rest.contains(|digit: char| digit.is_ascii_digit() && digit != '0') => rest.to_owned(),
        _ => text,
    }
}

/// A time in days; one of less than a day in hours, of less than an hour in minutes.
pub fn days(hours: f64) -> String {
    let hundredths = |number: f64| (number * 100.0).round() / 100.0;
    if hundredths(hours) >= 24.0 {
        return match hundredths(hours / 24.0) {
            1.0 => "1 day".to_owned(),
            days => format!("{days} days"),
        };
    }
    if hours > 0.0 && hours < 1.0 {
        format!("{} min", hundredths(hours * 60.0))
    } else {
        format!("{} h", hundredths(hours))
    }
}

/// A number of things, in words.
pub fn counted(count: u64, thing: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {thing}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_the_unit_that_suits_it() {
        let said = [0.0, 0.1, 0.999, 1.0, 3.127, 23.9, 23.999, 24.0, 36.0, 120.0].map(days);
        let expected = [
            "0 h",
            "6 min",
            "59.94 min",
            "1 h",
            "3.13 h",
            "23.9 h",
            "1 day",
            "1 day",
            "1.5 days",
            "5 days",
        ];
        assert_eq!(said, expected);
    }

    #[test]
    fn nothing_has_no_sign() {
        assert_eq!([figure(-0.0), rounded(-0.0)], ["0", "0"]);
        assert_eq!([figure(-0.5), rounded(-0.5)], ["-0.500", "-0.5"]);
        // Nor has a number that is rounded to nothing.
        let (mean, sd) = (-0.000_000_4, Some(0.012));
        assert_eq!(with_spread(Some(Summary { mean, sd, wells: 3 })), "0.0000 ± 0.0120");
        let interval = Some(Interval {
            low: -0.0001,
            high: 8.0,
        });
        assert_eq!(with_interval(-0.0001, interval), "0.000 (0.000 to 8.000)");
        let effect = EffectSize {
            g: -0.01,
            interval: None,
        };
        assert_eq!(effect_words(Some(effect)), "0.0");
    }

    #[test]
    fn figures_have_three_digits_whatever_their_size() {
        let numbers = [
            0.000_012_34,
            0.001_234,
            0.1234,
            9.996,
            12.34,
            999.6,
            1234.0,
            12_345.0,
            275_031.0,
            1_947_906.0,
        ];
        let written = [
            "1.23×10⁻⁵",
            "0.00123",
            "0.123",
            "10.0",
            "12.3",
            "1000",
            "1234",
            "12300",
            "275000",
            "1.95×10⁶",
        ];
        assert_eq!(numbers.map(figure), written);
        assert_eq!(
            [0.000_2, 0.1 + 0.2, 1234.5, 200.0, 0.04].map(rounded),
            ["0.0002", "0.3", "1234.5", "200", "0.04"]
        );
    }

    /// A spread or an interval is told to the digit of what it is of.
    #[test]
    fn figures_side_by_side_end_at_the_same_digit() {
        let spread = |mean, sd| {
            with_spread(Some(Summary {
                mean,
                sd: Some(sd),
                wells: 3,
            }))
        };
        assert_eq!(spread(275_031.0, 59_584.0), "275000 ± 60000");
        assert_eq!(spread(1_947_906.0, 116_354.0), "(1.95 ± 0.12)×10⁶");
        assert_eq!(spread(0.0, 0.25), "0.000 ± 0.250");
        let interval = |value, low, high| with_interval(value, Some(Interval { low, high }));
        assert_eq!(interval(0.946, 0.2, 12.34), "0.95 (0.20 to 12.34)");
        assert_eq!(interval(304.2, 269.7, 330.4), "304 (270 to 330)");
        assert_eq!(interval(2.5e6, 1.25e6, 3e6), "2.50 (1.25 to 3.00)×10⁶");
    }
}
