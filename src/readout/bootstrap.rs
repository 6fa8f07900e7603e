//! Bootstrap intervals over wells (Efron 1979): wells are drawn from those there are, with replacement, and the middle 95 % of
//! what the draws give is the interval.
//!
//! The well is the unit of replication; the wells of one replicate number are of one culture. As no draw reaches beyond the wells that there are, an interval of n wells misses the mean at
//! least where all lie on one side of it: in 2^(1−n) of experiments with a symmetric spread, 25 % of those with three wells.

use super::mean::percentile_in;
use crate::model::key::well_key;
use crate::model::plate::Plate;
use crate::model::rules::random::pcg4d;
use glam::{UVec2, UVec4};

/// Draws of wells that an interval is made of.
const DRAWS: u32 = 4000;
/// Share of the draws below an interval, and above it.
const TAIL: f64 = 0.025;
/// Wells a condition up to which an interval is told to be too narrow: it then ends at the least and the greatest well.
pub const FEW_WELLS: usize = 3;

/// An interval that is to hold a figure in 95 % of experiments.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

/// What draws wells for a plate: the same plate with the same seed gives the same intervals.
#[derive(Clone, Copy, Debug)]
pub struct Bootstrap {
    key: UVec2,
}

impl Bootstrap {
    /// That of a plate.
    pub fn of(plate: &Plate) -> Self {
        Self {
            key: well_key(&plate.name, plate.seed, "bootstrap", 0),
        }
    }

    /// That of many runs together, by a name for them.
    pub fn named(name: &str) -> Self {
        Self {
            key: well_key(name, 0, "bootstrap", 0),
        }
    }

    /// The interval of the mean over wells; `None` of fewer than two.
    pub fn mean(&self, wells: &[f64]) -> Option<Interval> {
        self.interval(&[wells], |means| means[0])
    }

    /// The intervals of the means of several readouts over the same wells, as [`Bootstrap::mean`] gives them one by one: the draws, which
    /// are most of the work, are made once for all.
    pub fn means(&self, readouts: &[Vec<f64>]) -> Vec<Option<Interval>> {
        self.drawn_means(readouts, 0).into_iter().map(interval).collect()
    }

    /// The interval of a mean over wells divided by that over others; `None` where either has fewer than two, or where a draw of
    /// the others has the mean 0. As many wells of each are those of the same cultures, and are drawn together.
    pub fn ratio(&self, top: &[f64], bottom: &[f64]) -> Option<Interval> {
        self.interval(&[top, bottom], |means| means[0] / means[1])
    }

    /// The interval of a mean over wells less that over others, drawn together as those of [`Bootstrap::ratio`].
    pub fn difference(&self, more: &[f64], less: &[f64]) -> Option<Interval> {
        self.interval(&[more, less], |means| means[0] - means[1])
    }

    /// The intervals of the means of several readouts over the same number of wells, and of their ratios to as many others, as
    /// [`Bootstrap::mean`] and [`Bootstrap::ratio`] give them one by one: the draws, which are most of the work, are made once for all.
    pub fn means_and_ratios(&self, tops: &[Vec<f64>], bottoms: &[Vec<f64>]) -> Vec<[Option<Interval>; 2]> {
        let together = tops.first().map(Vec::len) == bottoms.first().map(Vec::len);
        let (tops, bottoms) = (
            self.drawn_means(tops, 0),
            self.drawn_means(bottoms, usize::from(!together)),
        );
        let ratios = tops.iter().zip(&bottoms).map(|(tops, bottoms)| {
            let ratios = tops.iter().zip(bottoms).map(|(top, bottom)| top / bottom);
            interval(ratios.collect())
        });
        let ratios: Vec<Option<Interval>> = ratios.collect();
        let ratio = |readout: usize| ratios.get(readout).copied().flatten();
        let tops = tops.into_iter().enumerate();
        tops.map(|(readout, tops)| [interval(tops), ratio(readout)]).collect()
    }

    /// The interval of a figure of the means of groups of wells: groups of one size are drawn together, others independently.
    fn interval(&self, groups: &[&[f64]], figure: impl Fn(&[f64]) -> f64) -> Option<Interval> {
        let together = groups.iter().all(|wells| wells.len() == groups[0].len());
        let means = groups.iter().enumerate().map(|(group, &wells)| {
            let group = if together { 0 } else { group };
            self.drawn_means(&[wells], group).pop()
        });
        let means: Vec<Vec<f64>> = means.collect::<Option<_>>()?;
        let fewest = means.iter().map(Vec::len).min()?;
        let of_draw = |draw: usize| figure(&means.iter().map(|means| means[draw]).collect::<Vec<f64>>());
        interval((0..fewest).map(of_draw).collect())
    }

    /// For each of some readouts, over the same number of wells, the means of all draws of as many wells with replacement; no means of
    /// fewer than two wells.
    fn drawn_means(&self, readouts: &[impl AsRef<[f64]>], group: usize) -> Vec<Vec<f64>> {
        let wells = readouts.first().map_or(0, |wells| wells.as_ref().len());
        let mut means = vec![Vec::new(); readouts.len()];
        if wells < 2 {
            return means;
        }
        // Well by well, so that a draw goes through what lies together.
        let by_well = (0..wells).flat_map(|well| readouts.iter().map(move |values| values.as_ref()[well]));
        let by_well: Vec<f64> = by_well.collect();
        let mut sums = vec![0.0; readouts.len()];
        for draw in 0..DRAWS {
            sums.fill(0.0);
            for place in 0..wells {
                let word = pcg4d(UVec4::new(place as u32, draw, self.key.x, self.key.y ^ group as u32)).x;
                let well = ((u64::from(word) * wells as u64) >> 32) as usize;
                let drawn = &by_well[well * readouts.len()..][..readouts.len()];
                sums.iter_mut().zip(drawn).for_each(|(sum, value)| *sum += value);
            }
            for (means, sum) in means.iter_mut().zip(&sums) {
                means.push(sum / wells as f64);
            }
        }
        means
    }
}

/// The middle 95 % of what the draws give; `None` of nothing, or where an end is no number.
fn interval(mut figures: Vec<f64>) -> Option<Interval> {
    let mut end = |share: f64| percentile_in(&mut figures, share).filter(|end| end.is_finite());
    Some(Interval {
        low: end(TAIL)?,
        high: end(1.0 - TAIL)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bootstrap() -> Bootstrap {
        Bootstrap {
            key: well_key("plate", 1, "bootstrap", 0),
        }
    }

    /// The mean of n drawn wells has the spread of the wells over √n; 95 % of a normal one lies within 1.96 of it.
    #[test]
    fn many_wells_have_the_interval_of_a_normal_mean() {
        let wells: Vec<f64> = (0..400).map(|well| f64::from(well % 20)).collect();
        let half = 1.96 * (399.0_f64 / 12.0).sqrt() / 20.0;
        let Interval { low, high } = bootstrap().mean(&wells).expect("an interval");
        assert!(
            (low - (9.5 - half)).abs() < 0.05 && (high - (9.5 + half)).abs() < 0.05,
            "{low} to {high}"
        );
    }

    /// A ratio's spread is that of both its means where they have nothing to do with each other: √2 times as wide where they vary
    /// alike as where one of them does. What cultures differ in alike cancels.
    #[test]
    fn a_ratio_varies_with_both_its_means_but_not_with_their_cultures() {
        let varied: Vec<f64> = (0..50).map(|well| 10.0 + f64::from(well % 2)).collect();
        let width = |found: Option<Interval>| found.map(|interval| interval.high - interval.low).expect("an interval");
        let one = width(bootstrap().ratio(&varied, &[10.5; 50]));
        let both = width(bootstrap().ratio(&varied, &varied[..48]));
        assert!((both / one - 2.0_f64.sqrt()).abs() < 0.1, "{both} against {one}");
        assert_eq!(width(bootstrap().ratio(&varied, &varied)), 0.0);
    }

    #[test]
    fn few_wells_end_at_the_outermost_and_one_has_none() {
        let found = bootstrap().mean(&[3.0, 1.0, 2.0]);
        assert_eq!(found, Some(Interval { low: 1.0, high: 3.0 }));
        assert_eq!(bootstrap().mean(&[3.0]), None);
        assert_eq!(bootstrap().ratio(&[3.0, 2.0], &[1.0]), None);
        assert_eq!(bootstrap().ratio(&[3.0, 2.0], &[0.0, 0.0]), None);
    }

    /// Of readouts together, each has the intervals that it has alone, to the bit; one that is taken for another has not.
    #[test]
    fn readouts_together_have_the_intervals_that_each_has_alone() {
        let wells =
            |count: usize, step: f64| -> Vec<f64> { (0..count).map(|well| 7.0 + (step * well as f64).sin()).collect() };
        let tops = [wells(9, 0.3), wells(9, 1.1), wells(9, 2.0)];
        for count in [9, 7, 1] {
            let bottoms = [wells(count, 0.5), wells(count, 1.7), vec![0.0; count]];
            let found = bootstrap().means_and_ratios(&tops, &bottoms);
            let alone = |top: &Vec<f64>, bottom: &Vec<f64>| [bootstrap().mean(top), bootstrap().ratio(top, bottom)];
            let expected: Vec<_> = tops
                .iter()
                .zip(&bottoms)
                .map(|(top, bottom)| alone(top, bottom))
                .collect();
            assert_eq!(found, expected, "{count} wells below");
            assert_ne!(found[0], expected[1]);
        }
        let alone: Vec<_> = tops.iter().map(|top| bootstrap().mean(top)).collect();
        assert_eq!(bootstrap().means(&tops), alone);
        // Without others there are no ratios.
        let found = bootstrap().means_and_ratios(&tops[..1], &[]);
        assert_eq!(found, [[bootstrap().mean(&tops[0]), None]]);
    }

    #[test]
    fn another_seed_draws_other_wells() {
        let wells: Vec<f64> = (0..30).map(|well| f64::from(well * well)).collect();
        let other = Bootstrap {
            key: well_key("plate", 2, "bootstrap", 0),
        };
        assert_eq!(bootstrap().mean(&wells), bootstrap().mean(&wells));
        assert_ne!(bootstrap().mean(&wells), other.mean(&wells));
    }
}
