//! Student's t-test (two-sided): how often it sees an effect, and how many replicates that takes.

use crate::readout::student;
use statrs::distribution::{ChiSquared, ContinuousCDF};

/// Replicates that are looked at, at most.
pub const MOST_REPLICATES: u64 = 10_000;
/// What is compared with what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Samples {
    /// The differences within pairs, with nothing.
    Paired,
    /// Two groups of one size.
    Independent,
}

impl Samples {
    /// Degrees of freedom of the standard deviation, and how many standard errors an effect of one standard deviation is.
    fn test(self, replicates: u64) -> (f64, f64) {
        let replicates = replicates as f64;
        match self {
            Self::Paired => (replicates - 1.0, replicates.sqrt()),
            Self::Independent => (2.0 * (replicates - 1.0), (replicates / 2.0).sqrt()),
        }
    }

    /// The probability that the test at the level `alpha` sees an effect of `effect` standard deviations (of the differences within
    /// pairs, or within a group) with so many pairs, or replicates a group; `None` of fewer than two.
    pub fn power(self, replicates: u64, effect: f64, alpha: f64) -> Option<f64> {
        let (freedom, errors) = self.test(replicates);
        let critical = student::critical(freedom, alpha)?;
        let shift = effect.abs() * errors;
        // Beyond it on either side.
        let seen = student::above(critical, freedom, shift)? + student::above(critical, freedom, -shift)?;
        Some(seen.min(1.0))
    }

    /// The fewest pairs, or replicates a group, with which the power is reached; `None` where [`MOST_REPLICATES`] are not enough.
    pub fn replicates(self, effect: f64, alpha: f64, power: f64) -> Option<u64> {
        let enough = |replicates| {
            self.power(replicates, effect, alpha)
                .is_some_and(|reached| reached >= power)
        };
        // Too few, and enough.
        let (mut few, mut many) = (1, 2);
        while !enough(many) {
            (few, many) = (many, many * 2);
            if many > MOST_REPLICATES {
                return None;
            }
        }
        while many - few > 1 {
            let middle = few + (many - few) / 2;
            if enough(middle) { many = middle } else { few = middle }
        }
        Some(many)
    }
}

/// The 95 % interval of a standard deviation that was estimated from `count` normal values, as shares of the estimate; `None` of fewer
/// than two.
pub fn interval_of_sd(count: usize) -> Option<[f64; 2]> {
    let freedom = count.checked_sub(1)? as f64;
    let squares = ChiSquared::new(freedom).ok()?;
    Some([0.975, 0.025].map(|below| (freedom / squares.inverse_cdf(below)).sqrt()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cohen, Statistical Power Analysis (1988), tables 2.3 and 2.4: 64 a group for a medium effect of 0.5 and 26 for a large one of 0.8,
    /// at 5 % and a power of 0.8. For pairs the same calculation gives 34 and 15.
    #[test]
    fn replicates_are_those_of_cohens_tables() {
        let count = |samples: Samples, effect| samples.replicates(effect, 0.05, 0.8);
        assert_eq!(count(Samples::Independent, 0.5), Some(64));
        assert_eq!(count(Samples::Independent, 0.8), Some(26));
        assert_eq!(count(Samples::Paired, 0.5), Some(34));
        assert_eq!(count(Samples::Paired, 0.8), Some(15));
        // The sign is of no matter; a smaller effect takes more, none at all any number.
        assert_eq!(count(Samples::Paired, -0.5), Some(34));
        assert!(count(Samples::Paired, 0.2) > Some(150));
        assert_eq!(count(Samples::Paired, 0.0), None);
    }

    /// Without an effect a test sees one as often as its level says, however few the replicates are.
    #[test]
    fn the_power_without_an_effect_is_the_level() {
        for samples in [Samples::Paired, Samples::Independent] {
            for replicates in [2, 3, 10, 119, 237, 300, 1000, 10_000] {
                let power = samples.power(replicates, 0.0, 0.05).expect("a power");
                assert!((power - 0.05).abs() < 1e-3, "{samples:?}, {replicates}: {power}");
            }
        }
    }

    /// χ² of 9 degrees of freedom is 19.02 and 2.70 at its ends (any table).
    #[test]
    fn a_standard_deviation_has_the_interval_of_chi_squared() {
        let [low, high] = interval_of_sd(10).expect("an interval");
        assert!(
            (low - (9.0_f64 / 19.023).sqrt()).abs() < 1e-3 && (high - (9.0_f64 / 2.7004).sqrt()).abs() < 1e-3,
            "{low} to {high}"
        );
        assert_eq!(interval_of_sd(1), None);
    }
}
