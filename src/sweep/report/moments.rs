//! Figures over runs from sums that each run is added to, so that no run is kept: means, ratios and effect sizes with Student's intervals.

use crate::readout::effect::{self, EffectSize};
use crate::readout::student;
use crate::readout::summary::Summary;

/// Runs that an interval or an effect size takes at least.
pub const FEWEST_RUNS: u64 = effect::FEWEST as u64;

/// Mean and spread of values that come one by one (Welford 1962).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    count: u64,
    mean: f64,
    squares: f64,
}

impl Moments {
    /// Counts one value more.
    pub fn add(&mut self, value: f64) {
        self.count += 1;
        let before = value - self.mean;
        self.mean += before / self.count as f64;
        self.squares += before * (value - self.mean);
    }

    /// How many there were.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Their mean; `None` of nothing.
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then_some(self.mean)
    }

    /// Their variance (n - 1); `None` of too few.
    fn variance(&self) -> Option<f64> {
        (self.count >= FEWEST_RUNS).then(|| self.squares / (self.count - 1) as f64)
    }

    /// Mean and spread as those of wells have them.
    fn summary(&self) -> Option<Summary> {
        Some(Summary {
            mean: self.mean()?,
            sd: self.variance().map(f64::sqrt),
            wells: usize::try_from(self.count).ok()?,
        })
    }

    /// The share of the variance of all values in some groups that lies between the groups, without what chance puts there (adjusted R²):
    /// around 0 where the groups have nothing to do with the values; `None` where they do not vary, or are too few.
    pub fn between<'a>(groups: impl Iterator<Item = &'a Self>) -> Option<f64> {
        let (mut all, mut within, mut count) = (Self::default(), 0.0, 0);
        for group in groups.filter(|group| group.count > 0) {
            let (before, joined) = (group.mean - all.mean, all.count + group.count);
            all.squares += group.squares + before * before * (all.count * group.count) as f64 / joined as f64;
            all.mean += before * group.count as f64 / joined as f64;
            all.count = joined;
            within += group.squares;
            count += 1;
        }
        let own = within / all.count.checked_sub(count).filter(|&freedom| freedom > 0)? as f64;
        Some(1.0 - own / (all.squares / (all.count - 1) as f64)).filter(|share| share.is_finite())
    }

    /// Half the 95 % interval of the mean; `None` of too few.
    pub fn half_interval(&self) -> Option<f64> {
        Some(critical(self.count)? * (self.variance()? / self.count as f64).sqrt())
    }
}

/// A value and that of the first condition in the same run, for runs that come one by one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pairs {
    first: Moments,
    own: Moments,
    products: f64,
}

impl Pairs {
    /// Counts one run more.
    pub fn add(&mut self, first: f64, own: f64) {
        let before = first - self.first.mean;
        self.first.add(first);
        self.own.add(own);
        self.products += before * (own - self.own.mean);
    }

    /// How many runs there were.
    pub fn count(&self) -> u64 {
        self.own.count
    }

    /// The ratio of the means; `None` where there is none.
    pub fn ratio(&self) -> Option<f64> {
        Some(self.own.mean()? / self.first.mean()?).filter(|ratio| ratio.is_finite())
    }

    /// The 95 % interval of the ratio, from the spread of its logarithm to first order (delta method); `None` of too few runs, or where a
    /// mean is not above 0.
    pub fn interval(&self) -> Option<[f64; 2]> {
        let [first, own] = [self.first.mean()?, self.own.mean()?];
        if first <= 0.0 || own <= 0.0 {
            return None;
        }
        let covariance = self.products / (self.count() - 1) as f64;
        let relative = self.first.variance()? / first.powi(2) + self.own.variance()? / own.powi(2)
            - 2.0 * covariance / (first * own);
        let half = critical(self.count())? * (relative.max(0.0) / self.count() as f64).sqrt();
        let ratio = self.ratio()?;
        Some([ratio * (-half).exp(), ratio * half.exp()])
    }

    /// The effect size of the difference, in standard deviations between runs; `None` of too few, or where they do not differ.
    pub fn effect_size(&self) -> Option<EffectSize> {
        let covariance = self.products / self.count().checked_sub(1)? as f64;
        EffectSize::of_pairs(&self.first.summary()?, &self.own.summary()?, covariance)
    }
}

/// Standard errors from the middle of a 95 % interval to its end, of so many runs.
fn critical(runs: u64) -> Option<f64> {
    student::critical(runs.checked_sub(1)? as f64, 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: Option<f64>, expected: f64) {
        assert!(
            found.is_some_and(|found| (found - expected).abs() < 1e-6),
            "{found:?}, {expected} expected"
        );
    }

    /// By hand: 2, 4, 6, 8 have the mean 5 and the variance 20/3; t of 3 degrees of freedom is 3.182446.
    #[test]
    fn an_interval_is_that_by_hand() {
        let mut moments = Moments::default();
        [2.0, 4.0, 6.0, 8.0].into_iter().for_each(|value| moments.add(value));
        near(moments.mean(), 5.0);
        near(moments.half_interval(), 3.182_446_305 * (20.0_f64 / 3.0 / 4.0).sqrt());
        let mut two = Moments::default();
        [2.0, 4.0].into_iter().for_each(|value| two.add(value));
        assert_eq!(two.half_interval(), None);
    }

    /// By hand: 1, 3 and 5, 7, 9 have squares of 2 and 8 around 2 and 7, and of 40 around 5: 1 - (10 / 3) / (40 / 4).
    #[test]
    fn a_share_between_groups_is_that_by_hand() {
        let group = |values: &[f64]| {
            let mut group = Moments::default();
            values.iter().for_each(|&value| group.add(value));
            group
        };
        let groups = [group(&[1.0, 3.0]), group(&[]), group(&[5.0, 7.0, 9.0])];
        near(Moments::between(groups.iter()), 1.0 - 1.0 / 3.0);
        // Groups that are alike have less than nothing between them; values one by one tell nothing.
        near(
            Moments::between([group(&[1.0, 3.0]), group(&[1.0, 3.0])].iter()),
            1.0 - 2.0 / (4.0 / 3.0),
        );
        assert_eq!(Moments::between([group(&[1.0]), group(&[3.0])].iter()), None);
        assert_eq!(Moments::between([group(&[2.0, 2.0]), group(&[2.0])].iter()), None);
    }

    /// By hand, with the first condition 1, 2, 3 and the other 3, 2, 7: means 2 and 4, variances 1 and 7, covariance 2.
    #[test]
    fn a_ratio_and_an_effect_size_are_those_by_hand() {
        let mut pairs = Pairs::default();
        for (first, own) in [(1.0, 3.0), (2.0, 2.0), (3.0, 7.0)] {
            pairs.add(first, own);
        }
        near(pairs.ratio(), 2.0);
        let half = 4.302_652_73 * ((1.0 / 4.0 + 7.0 / 16.0 - 2.0 * 2.0 / 8.0) / 3.0_f64).sqrt();
        near(pairs.interval().map(|[low, _]| low), 2.0 * (-half).exp());
        near(pairs.interval().map(|[_, high]| high), 2.0 * half.exp());
        near(
            pairs.effect_size().map(|effect| effect.g),
            2.0 / 2.0 * (1.0 - 3.0 / 15.0),
        );
    }

    #[test]
    fn a_ratio_does_not_vary_where_both_go_together() {
        let mut pairs = Pairs::default();
        [1.0, 2.0, 5.0]
            .into_iter()
            .for_each(|first| pairs.add(first, 3.0 * first));
        let [low, high] = pairs.interval().expect("an interval");
        assert!((low - 3.0).abs() < 1e-6 && (high - 3.0).abs() < 1e-6, "{low} to {high}");
        let mut still = Pairs::default();
        (0..5).for_each(|_| still.add(1.0, 2.0));
        assert_eq!(still.effect_size(), None);
    }
}
