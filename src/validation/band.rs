//! Bands: how far a figure may be from what is expected.

use crate::scenario::quantity::tidy;

/// Accepted values of a figure.
#[derive(Clone, Debug, PartialEq)]
pub enum Band {
    /// At most this share of the expected figure away from it.
    Relative(f64),
    /// At most so far from the expected figure, in its unit.
    Absolute(f64),
    /// At least this, whatever is expected.
    AtLeast(f64),
    /// At most this, whatever is expected.
    AtMost(f64),
    /// The expected figure to the last bit.
    Exact,
}

impl Band {
    /// Share of the band that the figure takes up: up to 1 it is inside, 0 is the middle or as far inside as can be. Never
    /// inside where a number is missing.
    pub fn taken_up(&self, expected: Option<f64>, found: f64) -> f64 {
        let expected = expected.unwrap_or(f64::NAN);
        let share = match *self {
            Band::Relative(share) => (found - expected).abs() / (share * expected.abs()),
            Band::Absolute(most) => (found - expected).abs() / most,
            Band::AtLeast(least) if found >= least => share_of(least, found),
            Band::AtMost(most) if found <= most => share_of(found, most),
            Band::AtLeast(_) | Band::AtMost(_) => f64::INFINITY,
            Band::Exact if found == expected => 0.0,
            Band::Exact => f64::INFINITY,
        };
        if share.is_nan() { f64::INFINITY } else { share }
    }

    /// In words.
    pub fn words(&self) -> String {
        match *self {
            Band::Relative(share) => format!("± {} %", tidy(share * 100.0)),
            Band::Absolute(most) => format!("± {}", tidy(most)),
            Band::AtLeast(least) => format!("at least {}", tidy(least)),
            Band::AtMost(most) => format!("at most {}", tidy(most)),
            Band::Exact => "exactly".to_owned(),
        }
    }
}

/// `part / whole` where both are positive; 0 where there is nothing to divide.
fn share_of(part: f64, whole: f64) -> f64 {
    if part > 0.0 && whole > 0.0 { part / whole } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_have_an_inside_and_an_outside() {
        for (band, inside, outside) in [
            (Band::Relative(0.05), 104.9, 94.9),
            (Band::Absolute(2.0), 98.1, 102.1),
            (Band::AtLeast(0.05), 0.06, 0.04),
            (Band::AtMost(0.01), 0.009, 0.011),
            (Band::Exact, 100.0, 100.00001),
        ] {
            assert!(band.taken_up(Some(100.0), inside) <= 1.0, "{band:?}");
            assert!(band.taken_up(Some(100.0), outside) > 1.0, "{band:?}");
            assert!(
                band.taken_up(Some(100.0), f64::NAN) > 1.0,
                "{band:?}: no number is inside"
            );
        }
        assert!(
            Band::Relative(0.05).taken_up(None, 1.0) > 1.0,
            "nothing to compare with"
        );
    }
}
