//! Bootstrap intervals over wells (Efron 1979): wells are drawn from those there are, with replacement, and the middle 95 % of
//! what the draws give is the interval.
//!
//! The well is the unit of replication; the wells of one replicate number are of one culture. As no draw reaches beyond the wells that there are, an interval of n wells misses the mean at
//! least where all lie on one side of it: in 2^(1−n) of experiments with a symmetric spread, 25 % of those with three wells.

use super::mean::percentile;
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

    /// The interval of a mean over wells divided by that over others; `None` where either has fewer than two, or where a draw of
    /// the others has the mean 0. As many wells of each are those of the same cultures, and are drawn together.
    pub fn ratio(&self, top: &[f64], bottom: &[f64]) -> Option<Interval> {
        self.interval(&[top, bottom], |means| means[0] / means[1])
    }

    /// The interval of a mean over wells less that over others, drawn together as those of [`Bootstrap::ratio`].
    pub fn difference(&self, more: &[f64], less: &[f64]) -> Option<Interval> {
        self.interval(&[more, less], |means| means[0] - means[1])
    }

    /// The interval of a figure of the means of groups of wells: groups of one size are drawn together, others independently.
    fn interval(&self, groups: &[&[f64]], figure: impl Fn(&[f64]) -> f64) -> Option<Interval> {
        if groups.iter().any(|wells| wells.len() < 2) {
            return None;
        }
        let together = groups.iter().all(|wells| wells.len() == groups[0].len());
        let drawn = |draw: u32| {
            let means = groups.iter().enumerate();
            let means: Vec<f64> = means
                .map(|(group, wells)| self.drawn_mean(wells, if together { 0 } else { group }, draw))
                .collect();
            figure(&means)
        };
        let mut figures: Vec<f64> = (0..DRAWS).map(drawn).collect();
        figures.sort_unstable_by(f64::total_cmp);
        let end = |share: f64| percentile(&figures, share).filter(|end| end.is_finite());
        Some(Interval {
            low: end(TAIL)?,
            high: end(1.0 - TAIL)?,
        })
    }

    /// The mean of as many wells as there are, drawn with replacement.
    fn drawn_mean(&self, wells: &[f64], group: usize, draw: u32) -> f64 {
        let pick = |place: usize| {
            let word = pcg4d(UVec4::new(place as u32, draw, self.key.x, self.key.y ^ group as u32)).x;
            wells[((u64::from(word) * wells.len() as u64) >> 32) as usize]
        };
        (0..wells.len()).map(pick).sum::<f64>() / wells.len() as f64
    }
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
