//! Numbers beside an axis.

use crate::export::figures::figure;

/// A number beside an axis that spans so much: as many decimals as tell it from the next, and a thin space before thousands.
pub fn tick(value: f64, span: f64) -> String {
    let size = value.abs();
    // What rounding leaves of 0.
    if size < 1e-6 * span {
        return "0".to_owned();
    }
    if size >= 1e6 || span < 1e-3 {
        return figure(value).replace(".00×", "×").replace("0×", "×");
    }
    // Axes have some ten numbers; the next one differs by a tenth of the span or more.
    let decimals = (2.0 - span.log10().floor()).clamp(0.0, 6.0) as usize;
    let text = format!("{value:.decimals$}");
    let text = if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        &text
    };
    if size < 1e4 || text.contains('.') {
        return text.to_owned();
    }
    let (thousands, rest) = text.split_at(text.len() - 3);
    format!("{thousands}\u{2009}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_beside_an_axis_have_the_digits_that_tell_them_apart() {
        let ticks = |values: &[f64], span: f64| {
            values
                .iter()
                .map(|&value| tick(value, span))
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(ticks(&[0.0, 0.1 + 0.2, 0.6], 0.7), "0 0.3 0.6");
        assert_eq!(ticks(&[-1e-17, 500.0, 1000.0], 1400.0), "0 500 1000");
        assert_eq!(ticks(&[10_000.0, 250_000.0], 300_000.0), "10\u{2009}000 250\u{2009}000");
        assert_eq!(ticks(&[2e6, 2.5e6], 3e6), "2×10⁶ 2.5×10⁶");
        assert_eq!(ticks(&[2e-5, 4e-5], 5e-5), "2×10⁻⁵ 4×10⁻⁵");
        assert_eq!(ticks(&[1.5, 12.0], 12.0), "1.5 12");
    }
}
