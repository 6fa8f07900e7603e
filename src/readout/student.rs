//! Student's t, of no effect and of one (noncentral): what a mean in its own standard errors says of the effect behind it.

use super::bootstrap::Interval;
use statrs::distribution::{ChiSquared, Continuous, ContinuousCDF, Normal, StudentsT};

/// Places at which a distribution is summed.
const PLACES: u32 = 400;
/// How far from its middle it is summed, in its own standard deviations.
const REACH: f64 = 8.0;
/// Means of so many standard deviations are summed over themselves, not over their standard deviation, which they then decide too sharply.
const SHARP: f64 = 4.0;
/// Doublings after which an end is enclosed, at most.
const DOUBLINGS: u32 = 60;
/// Halvings by which the end of an interval is sought.
const HALVINGS: u32 = 50;
/// Share of what lies below an interval, and above it.
const TAIL: f64 = 0.025;

/// Standard errors beyond which the two-sided test at the level `alpha` sees an effect; `None` without degrees of freedom.
pub fn critical(freedom: f64, alpha: f64) -> Option<f64> {
    let distribution = StudentsT::new(0.0, 1.0, freedom).ok()?;
    Some(distribution.inverse_cdf(1.0 - alpha / 2.0))
}

/// The probability of a t above `t`, which is not below 0, where the effect is `shift` standard errors; `None` without degrees of
/// freedom.
pub fn above(t: f64, freedom: f64, shift: f64) -> Option<f64> {
    let squares = ChiSquared::new(freedom).ok()?;
    let normal = Normal::standard();
    let sum = if t > SHARP * freedom.sqrt() {
        let width = 2.0 * REACH / f64::from(PLACES);
        let terms = (0..PLACES).map(|place| {
            let error = (f64::from(place) + 0.5) * width - REACH;
            let sd = (shift + error) / t;
            let below = if sd > 0.0 { squares.cdf(freedom * sd * sd) } else { 0.0 };
            normal.pdf(error) * below
        });
        terms.sum::<f64>() * width
    } else {
        // The estimated standard deviation, over the true one, spreads by 1/√(2 ν) around 1; what it is decides how large a mean must be.
        let spread = REACH / (2.0 * freedom).sqrt();
        let (low, high) = ((1.0 - spread).max(0.0), 1.0 + spread);
        let width = (high - low) / f64::from(PLACES);
        let terms = (0..PLACES).map(|place| {
            let sd = low + (f64::from(place) + 0.5) * width;
            // By its logarithm: the density itself overflows from some 236 degrees of freedom on.
            let density = 2.0 * freedom * sd * squares.ln_pdf(freedom * sd * sd).exp();
            density * normal.cdf(shift - t * sd)
        });
        terms.sum::<f64>() * width
    };
    Some(sum.clamp(0.0, 1.0))
}

/// The 95 % interval of an effect in standard errors, of which `t` was found: at its ends a t as far out has a probability of 2.5 %.
/// `None` without degrees of freedom, or of a t that is no number.
pub fn interval_of_shift(t: f64, freedom: f64) -> Option<Interval> {
    if !t.is_finite() {
        return None;
    }
    if t < 0.0 {
        let Interval { low, high } = interval_of_shift(-t, freedom)?;
        return Some(Interval { low: -high, high: -low });
    }
    let end = |share: f64| {
        // A t above this one becomes likelier with the effect.
        let is_below = |shift: f64| above(t, freedom, shift).map(|above| above < share);
        // A t that is large by a small spread is as uncertain as that.
        let width = 1.0 + 0.1 * t;
        let (mut low, mut high) = (t - width, t + width);
        for _ in 0..DOUBLINGS {
            match (is_below(low)?, is_below(high)?) {
                (false, _) => low -= high - low,
                (true, true) => high += high - low,
                (true, false) => break,
            }
        }
        for _ in 0..HALVINGS {
            let middle = low.midpoint(high);
            if is_below(middle)? { low = middle } else { high = middle }
        }
        Some(low.midpoint(high))
    };
    Some(Interval {
        low: end(TAIL)?,
        high: end(1.0 - TAIL)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Without an effect the distribution is Student's, whichever way it is summed.
    #[test]
    fn without_an_effect_the_tails_are_students() {
        for freedom in [2.0, 5.0, 40.0, 1000.0] {
            for t in [0.0, 0.5, 2.0, 9.0, 30.0] {
                let student = StudentsT::new(0.0, 1.0, freedom).expect("a distribution");
                let (found, expected) = (above(t, freedom, 0.0).expect("a share"), 1.0 - student.cdf(t));
                assert!(
                    (found - expected).abs() < 2e-4,
                    "t {t}, ν {freedom}: {found}, {expected} expected"
                );
            }
        }
    }

    /// Noncentral t by another program (SciPy 1.17, `nct.sf` and roots of `nct.cdf`).
    #[test]
    fn an_effect_has_the_tail_and_the_interval_of_another_program() {
        for (t, freedom, shift, expected) in SURVIVAL {
            let found = above(t, freedom, shift).expect("a share");
            assert!(
                (found - expected).abs() < 5e-4,
                "t {t}, ν {freedom}, δ {shift}: {found}, {expected} expected"
            );
        }
        for (t, freedom, low, high) in INTERVALS {
            let found = interval_of_shift(t, freedom).expect("an interval");
            let near = |one: f64, other: f64| (one - other).abs() < 2e-3 * high.abs().max(1.0);
            assert!(
                near(found.low, low) && near(found.high, high),
                "t {t}, ν {freedom}: {found:?}, {low} to {high} expected"
            );
            let mirrored = interval_of_shift(-t, freedom).expect("an interval");
            assert_eq!((mirrored.low, mirrored.high), (-found.high, -found.low));
        }
        // However sharply it is known, an end is found.
        let Interval { low, high } = interval_of_shift(1e17, 5.0).expect("an interval");
        assert!(
            low > 3e16 && low < 5e16 && high > 1.5e17 && high < 1.8e17,
            "{low:e} to {high:e}"
        );
        assert_eq!(interval_of_shift(f64::NAN, 3.0), None);
        assert_eq!(interval_of_shift(1.0, 0.0), None);
    }

    const SURVIVAL: [(f64, f64, f64, f64); 6] = [
        (2.0, 2.0, 1.0, 0.29334),
        (2.0, 2.0, 3.0, 0.81777),
        (12.0, 2.0, 8.0, 0.35934),
        (12.0, 5.0, 8.0, 0.19096),
        (3.0, 60.0, 2.5, 0.31916),
        (50.0, 60.0, 48.0, 0.35510),
    ];
    const INTERVALS: [(f64, f64, f64, f64); 5] = [
        (0.5, 4.0, -1.5174, 2.4592),
        (2.0, 2.0, -0.7660, 4.5735),
        (8.0, 5.0, 2.8023, 13.1519),
        (15.0, 5.0, 5.8609, 24.2128),
        (4.0, 18.0, 1.6111, 6.3116),
    ];
}
