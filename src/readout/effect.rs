//! Effect sizes: Hedges' g with its 95 % interval.
//!
//! The difference of two means in standard deviations, pooled over both groups, without the bias of few (Hedges 1981). Its interval is
//! that of the noncentral t: of groups that have nothing to do with each other it is exact where they spread as a normal distribution
//! does; of pairs it is that of the mean difference, at the ratio of standard deviations that was found (Algina and Keselman 2003).
//! Draws with replacement, which give other intervals of this program, are no way here: of six wells theirs held the effect in 80 to 90 %
//! of trials instead of 95 %, of three in almost none.

use super::bootstrap::Interval;
use super::student;
use super::summary::Summary;

/// Values of a group that an effect size takes at least: of two the interval of a mean is 18 standard deviations wide.
pub const FEWEST: usize = 3;

/// Standard deviations below this share of a mean are what rounding leaves.
const ROUNDING: f64 = 1e-9;

/// A standardised difference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EffectSize {
    /// Hedges' g.
    pub g: f64,
    /// Its 95 % interval; `None` where the differences within pairs are all the same.
    pub interval: Option<Interval>,
}

impl EffectSize {
    /// That of values over those of a control. As many of each are pairs, in order. `None` of fewer than [`FEWEST`], or where they do
    /// not spread.
    pub fn between(control: &[f64], treated: &[f64]) -> Option<Self> {
        let [first, own] = [Summary::of(control)?, Summary::of(treated)?];
        if control.len() != treated.len() {
            return Self::of_groups(&first, &own);
        }
        let products = control.iter().zip(treated);
        let products = products.map(|(one, other)| (one - first.mean) * (other - own.mean));
        Self::of_pairs(&first, &own, products.sum::<f64>() / (control.len().max(2) - 1) as f64)
    }

    /// That of pairs, from the groups that they are of and their covariance (n − 1).
    pub fn of_pairs(control: &Summary, treated: &Summary, covariance: f64) -> Option<Self> {
        let variance = control.sd?.powi(2) + treated.sd?.powi(2) - 2.0 * covariance;
        let pairs = control.wells as f64;
        Self::of(control, treated, (variance.max(0.0) / pairs).sqrt(), pairs - 1.0)
    }

    /// That of groups that have nothing to do with each other.
    pub fn of_groups(control: &Summary, treated: &Summary) -> Option<Self> {
        let [first, own] = [control, treated].map(|group| group.wells as f64);
        let error = pooled(control, treated)? * (1.0 / first + 1.0 / own).sqrt();
        Self::of(control, treated, error, first + own - 2.0)
    }

    /// From the standard error of the difference, which has so many degrees of freedom.
    fn of(control: &Summary, treated: &Summary, error: f64, freedom: f64) -> Option<Self> {
        if control.wells < FEWEST || treated.wells < FEWEST {
            return None;
        }
        let of_both = (control.wells + treated.wells - 2) as f64;
        let unbiased = 1.0 - 3.0 / (4.0 * of_both - 1.0);
        let (difference, pooled) = (treated.mean - control.mean, pooled(control, treated)?);
        if pooled <= ROUNDING * (treated.mean.abs() + control.mean.abs()) {
            return None;
        }
        let g = Some(difference / pooled * unbiased).filter(|g| g.is_finite())?;
        let errors = student::interval_of_shift(difference / error, freedom);
        let interval = errors.map(|Interval { low, high }| Interval {
            low: low * error / pooled * unbiased,
            high: high * error / pooled * unbiased,
        });
        Some(Self { g, interval })
    }
}

/// The standard deviation within both groups.
fn pooled(one: &Summary, other: &Summary) -> Option<f64> {
    let [freedom, of_other] = [one, other].map(|group| group.wells as f64 - 1.0);
    Some(((freedom * one.sd?.powi(2) + of_other * other.sd?.powi(2)) / (freedom + of_other)).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: means 2 and 4, variances 1 and 7, covariance 2, so that the mean difference has a standard error of √(4/3).
    #[test]
    fn pairs_have_the_g_by_hand_and_the_interval_of_their_differences() {
        let EffectSize { g, interval } = EffectSize::between(&[1.0, 2.0, 3.0], &[3.0, 2.0, 7.0]).expect("an effect");
        let unbiased = 1.0 - 3.0 / 15.0;
        assert!((g - unbiased).abs() < 1e-12, "{g}");
        let error = (4.0_f64 / 3.0).sqrt();
        let errors = student::interval_of_shift(2.0 / error, 2.0).expect("an interval");
        let interval = interval.expect("an interval");
        assert!(
            (interval.low - errors.low * error / 2.0 * unbiased).abs() < 1e-9,
            "{interval:?}"
        );
        assert!(interval.low < g && g < interval.high);
    }

    /// What pairs have in common narrows their interval; g is the same.
    #[test]
    fn pairs_that_go_together_are_known_better_than_groups() {
        let control = [10.0, 12.0, 14.0, 16.0, 18.0, 20.0];
        let treated = control.map(|value: f64| value + 3.0 + 0.3 * (value * 7.0).sin());
        let groups = [&control, &treated].map(|values| Summary::of(values).expect("values"));
        let apart = EffectSize::of_groups(&groups[0], &groups[1]).expect("an effect");
        let paired = EffectSize::between(&control, &treated).expect("an effect");
        let width = |effect: EffectSize| {
            effect
                .interval
                .map(|interval| interval.high - interval.low)
                .expect("an interval")
        };
        assert_eq!(paired.g, apart.g);
        assert!(
            width(paired) < 0.8 * width(apart),
            "{} and {}",
            width(paired),
            width(apart)
        );
    }

    #[test]
    fn too_few_or_what_does_not_spread_has_none() {
        assert_eq!(EffectSize::between(&[1.0, 2.0], &[3.0, 5.0]), None);
        assert_eq!(EffectSize::between(&[1.0; 4], &[2.0; 4]), None);
        assert_eq!(EffectSize::between(&[], &[2.0; 4]), None);
        assert_eq!(
            EffectSize::between(&[1.0, 1.0 + 1e-16, 1.0], &[2.0, 2.0, 2.0 + 4e-16]),
            None
        );
        let same_step = EffectSize::between(&[1.0, 2.0, 3.0], &[2.0, 3.0, 4.0]).expect("an effect");
        assert_eq!(same_step.interval, None);
    }
}
