//! Permutation tests on wells (Fisher 1935): how many of the ways in which treatments could have been dealt to the same wells set their
//! means as far apart as they are.
//!
//! As many wells of both are those of the same cultures: within each culture the treatment could have gone to either of its two wells.
//! Others could have been dealt in any way. Where the ways are few all are counted; else some are drawn, and what was found counts as one
//! of them (Phipson and Smyth 2010), so that no p is 0.

use crate::model::key::well_key;
use crate::model::plate::Plate;
use crate::model::rules::random::pcg4d;
use glam::{UVec2, UVec4};

/// Ways that are counted one by one, at most.
const MOST_WAYS: u64 = 20_000;
/// Ways that are drawn where there are more.
const DRAWS: u32 = 9_999;
/// Differences that are as large but for rounding.
const ROUNDING: f64 = 1e-9;

/// The outcome of a test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PermutationTest {
    /// Two-sided: the share of the ways that set the means at least as far apart.
    pub p: f64,
    /// The least p that so many wells can give.
    pub least: f64,
    /// Whether all ways were counted, not some drawn.
    pub exact: bool,
}

/// What draws ways for a plate: the same plate with the same seed draws the same.
#[derive(Clone, Copy, Debug)]
pub struct Permutations {
    key: UVec2,
}

impl Permutations {
    /// Those of a plate.
    pub fn of(plate: &Plate) -> Self {
        Self {
            key: well_key(&plate.name, plate.seed, "permutation", 0),
        }
    }

    /// Tests whether wells differ from others; `None` where either has fewer than two.
    pub fn test(&self, one: &[f64], other: &[f64]) -> Option<PermutationTest> {
        if one.len() < 2 || other.len() < 2 {
            None
        } else if one.len() == other.len() {
            Some(self.of_pairs(one, other))
        } else {
            Some(self.of_groups(one, other))
        }
    }

    /// Each pair could have been the other way round.
    fn of_pairs(&self, one: &[f64], other: &[f64]) -> PermutationTest {
        let differences: Vec<f64> = one.iter().zip(other).map(|(one, other)| one - other).collect();
        let size: f64 = differences.iter().map(|difference| difference.abs()).sum();
        let far = differences.iter().sum::<f64>().abs() - ROUNDING * size;
        let is_as_far = |turned: &dyn Fn(usize) -> bool| {
            let signed = differences.iter().enumerate();
            let sum: f64 = signed
                .map(|(pair, difference)| if turned(pair) { -difference } else { *difference })
                .sum();
            sum.abs() >= far
        };
        let pairs = differences.len() as u32;
        match 1_u64.checked_shl(pairs).filter(|&ways| ways <= MOST_WAYS) {
            Some(ways) => {
                let as_far = (0..ways).filter(|way| is_as_far(&|pair| way >> pair & 1 == 1)).count();
                // All to one side, and all to the other.
                exact(as_far, ways, 2)
            }
            None => {
                drawn((0..DRAWS).filter(|&draw| is_as_far(&|pair| self.word(draw, pair / 32) >> (pair % 32) & 1 == 1)))
            }
        }
    }

    /// Any wells could have been the ones.
    fn of_groups(&self, one: &[f64], other: &[f64]) -> PermutationTest {
        let all: Vec<f64> = one.iter().chain(other).copied().collect();
        let (chosen, left) = (one.len() as f64, other.len() as f64);
        let (sum, size) = (
            all.iter().sum::<f64>(),
            all.iter().map(|value| value.abs()).sum::<f64>(),
        );
        let apart = |of_chosen: f64| (of_chosen / chosen - (sum - of_chosen) / left).abs();
        let far = apart(one.iter().sum()) - ROUNDING * size;
        match ways(all.len(), one.len()) {
            Some(ways) => {
                let mut as_far = 0;
                choose(&all, one.len(), 0.0, &mut |of_chosen| {
                    as_far += usize::from(apart(of_chosen) >= far)
                });
                exact(as_far, ways, 1)
            }
            None => drawn((0..DRAWS).filter(|&draw| {
                let mut dealt = all.clone();
                let of_chosen: f64 = (0..one.len())
                    .map(|place| {
                        let rest = (dealt.len() - place) as u64;
                        let next = place + ((u64::from(self.word(draw, place)) * rest) >> 32) as usize;
                        dealt.swap(place, next);
                        dealt[place]
                    })
                    .sum();
                apart(of_chosen) >= far
            })),
        }
    }

    /// 32 random bits.
    fn word(&self, draw: u32, place: usize) -> u32 {
        pcg4d(UVec4::new(place as u32, draw, self.key.x, self.key.y)).x
    }
}

/// The test of which all ways were counted, of which `at_least` are always as far apart as the furthest.
fn exact(as_far: usize, ways: u64, at_least: u64) -> PermutationTest {
    PermutationTest {
        p: as_far as f64 / ways as f64,
        least: at_least as f64 / ways as f64,
        exact: true,
    }
}

/// The test of which ways were drawn: those that are as far apart.
fn drawn(as_far: impl Iterator<Item = u32>) -> PermutationTest {
    let all = f64::from(DRAWS + 1);
    PermutationTest {
        p: (as_far.count() + 1) as f64 / all,
        least: 1.0 / all,
        exact: false,
    }
}

/// The ways to choose `chosen` of `all`; `None` of more than [`MOST_WAYS`].
fn ways(all: usize, chosen: usize) -> Option<u64> {
    let fewer = chosen.min(all - chosen) as u64;
    (1..=fewer).try_fold(1_u64, |ways, next| {
        // Whole at each step: the ways to choose `next`.
        let ways = ways * (all as u64 - fewer + next) / next;
        (ways <= MOST_WAYS).then_some(ways)
    })
}

/// Gives the sum of each choice of `chosen` of the values, on top of a sum.
fn choose(values: &[f64], chosen: usize, sum: f64, found: &mut dyn FnMut(f64)) {
    match values.split_first() {
        _ if chosen == 0 => found(sum),
        Some((first, rest)) if values.len() >= chosen => {
            choose(rest, chosen - 1, sum + first, found);
            choose(rest, chosen, sum, found);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn permutations() -> Permutations {
        Permutations {
            key: well_key("plate", 1, "permutation", 0),
        }
    }

    fn test(one: &[f64], other: &[f64]) -> PermutationTest {
        permutations().test(one, other).expect("wells enough")
    }

    /// Fisher's own example, the heights of Darwin's maize in eighths of an inch (The Design of Experiments, 1935, §21): of 32 768 ways 863 give
    /// as much or more in the direction found, 1726 in either. They are more than are counted one by one here, and drawn.
    #[test]
    fn darwins_maize_has_fishers_probability() {
        let crossed = [188, 96, 168, 176, 153, 172, 177, 163, 146, 173, 186, 168, 177, 184, 96].map(f64::from);
        let selfed = [
            139, 163, 160, 160, 147, 149, 149, 122, 132, 144, 130, 144, 102, 124, 144,
        ]
        .map(f64::from);
        let found = test(&crossed, &selfed);
        assert!((found.p - 1726.0 / 32768.0).abs() < 0.007 && !found.exact, "{found:?}");
        // Of fourteen pairs all ways are counted.
        let fewer = test(&crossed[..14], &selfed[..14]);
        assert!(fewer.exact && fewer.least == 2.0 / 16384.0, "{fewer:?}");
    }

    /// By hand: of three pairs that all rise, 2 of 8 ways are as far; of two wells among five, those with the two greatest.
    #[test]
    fn few_wells_have_the_p_by_hand_and_no_smaller_one() {
        let risen = test(&[4.0, 5.0, 7.0], &[1.0, 2.0, 3.0]);
        assert_eq!((risen.p, risen.least, risen.exact), (0.25, 0.25, true));
        // 3, -1, 4: as far as 6 are ± 6 and ± 8.
        let mixed = test(&[4.0, 1.0, 7.0], &[1.0, 2.0, 3.0]);
        assert_eq!(mixed.p, 0.5);
        let apart = test(&[9.0, 8.0], &[1.0, 2.0, 3.0]);
        assert_eq!((apart.p, apart.least, apart.exact), (0.1, 0.1, true));
        // No differences, no evidence.
        assert_eq!(test(&[2.0, 2.0], &[2.0, 2.0]).p, 1.0);
        assert_eq!(permutations().test(&[1.0], &[2.0]), None);
    }

    /// Drawn ways give about what all of them give, and the same each time.
    #[test]
    fn drawn_ways_are_near_all_and_repeat() {
        let wells = |count: usize, shift: f64| -> Vec<f64> {
            (0..count).map(|well| shift + (2.3 * well as f64).sin()).collect()
        };
        for (one, other) in [(30, 30), (20, 35)] {
            let (one, other) = (wells(one, 0.0), wells(other, 0.3));
            let found = test(&one, &other);
            assert!(
                !found.exact && found.p >= found.least && found == test(&one, &other),
                "{found:?}"
            );
            assert!(test(&one, &wells(other.len(), 9.0)).p <= 2.0 * found.least);
        }
        assert_eq!(ways(12, 6), Some(924));
        assert_eq!(ways(40, 20), None);
    }
}
