//! Numbers as people read them, in tables of the report and the terminal; files keep every digit.

use crate::readout::summary::Summary;

/// Three significant digits; whole numbers from 100 on.
pub fn figure(value: f64) -> String {
    // Nothing has no sign.
    let value = value + 0.0;
    let size = value.abs();
    if !value.is_finite() {
        return "–".to_owned();
    }
    if size >= 1e7 {
        return format!("{value:.2e}");
    }
    let decimals = if size >= 100.0 || value == 0.0 {
        0
    } else {
        (2 - size.log10().floor() as i32).clamp(0, 6)
    };
    format!("{value:.*}", decimals as usize)
}

/// Three decimals at most, without trailing zeros.
pub fn rounded(value: f64) -> String {
    let text = format!("{:.3}", value + 0.0);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Mean ± standard deviation between wells, both to the mean's digits; a dash where nothing was measured.
pub fn with_spread(summary: Option<Summary>) -> String {
    let Some(Summary { mean, sd, .. }) = summary else {
        return "–".to_owned();
    };
    match sd {
        Some(sd) => format!("{} ± {}", figure(mean), spread(mean, sd)),
        None => figure(mean),
    }
}

/// A spread with as many decimals as the mean beside it.
fn spread(mean: f64, sd: f64) -> String {
    let mean = figure(mean);
    if mean.contains('e') {
        return format!("{sd:.1e}");
    }
    let decimals = mean.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    format!("{sd:.decimals$}")
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
    }
}
