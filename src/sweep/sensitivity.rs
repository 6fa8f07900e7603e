//! Sobol indices: which share of a result's variance a key makes by itself (first order), and which with all others (total).
//!
//! Saltelli et al. 2010, Computer Physics Communications 181, 259–270: their estimator of the first order, and Jansen's of the total.

use crate::model::rules::random::pcg4d;
use crate::parallel::map_indices;
use crate::readout::bootstrap::Interval;
use crate::readout::mean::percentile_in;
use glam::UVec4;

/// Draws of base points that an interval is made of.
const DRAWS: u32 = 1000;
/// Share of the draws below an interval, and above it.
const TAIL: f64 = 0.025;
/// A standard deviation of so small a share of the greatest value is what rounding leaves of none.
const ROUNDING: f64 = 1e-12;

/// The indices of a key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Indices {
    /// The share of the variance that the key makes by itself.
    pub first: f64,
    /// The share that it makes by itself and with others: what the variance would lose if the key were known.
    pub total: f64,
    /// The 95 % bootstrap interval of the first order over base points; `None` of a full factorial, which is no sample.
    pub first_in: Option<Interval>,
    /// That of the total.
    pub total_in: Option<Interval>,
}

/// The results at the points of some base points: A, B, then A with one key after the other from B.
pub struct Sample {
    bases: Vec<Vec<f64>>,
    /// A variance up to this is none.
    none: f64,
}

impl Sample {
    /// Of base points that have all of their `points`; centred on the mean, which changes no index and keeps errors small.
    pub fn of(bases: impl Iterator<Item = Vec<Option<f64>>>) -> Self {
        let mut bases: Vec<Vec<f64>> = bases.filter_map(|base| base.into_iter().collect()).collect();
        let count = (2 * bases.len()) as f64;
        let mean = bases.iter().map(|base| base[0] + base[1]).sum::<f64>() / count;
        let none = no_variance(bases.iter().flatten());
        for value in bases.iter_mut().flatten() {
            *value -= mean;
        }
        Self { bases, none }
    }

    /// How many base points there are.
    pub fn bases(&self) -> usize {
        self.bases.len()
    }

    /// First order and total of a key, over some of the base points; `None` where nothing varies.
    fn estimate(&self, key: usize, drawn: impl Iterator<Item = usize> + Clone) -> Option<[f64; 2]> {
        let (mut squares, mut sum, mut first, mut total, mut count) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for base in drawn.map(|base| &self.bases[base]) {
            let (a, b, changed) = (base[0], base[1], base[key + 2]);
            squares += a * a + b * b;
            sum += a + b;
            first += b * (changed - a);
            total += (a - changed).powi(2) / 2.0;
            count += 1.0;
        }
        let mean = sum / (2.0 * count);
        let variance = squares / (2.0 * count) - mean * mean;
        (variance > self.none).then(|| [first / count / variance, total / count / variance])
    }

    /// The indices of a key, with their intervals; `None` of fewer than two base points, or where nothing varies.
    pub fn indices(&self, key: usize) -> Option<Indices> {
        let count = self.bases.len();
        if count < 2 {
            return None;
        }
        let [first, total] = self.estimate(key, 0..count)?;
        let draws = map_indices(DRAWS as usize, |draw| {
            let drawn = (0..count).map(|place| {
                let word = pcg4d(UVec4::new(place as u32, draw as u32, key as u32, count as u32)).x;
                ((u64::from(word) * count as u64) >> 32) as usize
            });
            self.estimate(key, drawn)
        });
        let interval = |of: usize| {
            let mut figures: Vec<f64> = draws.iter().flatten().map(|figures| figures[of]).collect();
            Some(Interval {
                low: percentile_in(&mut figures, TAIL)?,
                high: percentile_in(&mut figures, 1.0 - TAIL)?,
            })
        };
        Some(Indices {
            first,
            total,
            first_in: interval(0),
            total_in: interval(1),
        })
    }
}

/// The indices of every key of a full factorial, from the analysis of its variance. `values` has the last key fastest, `counts` how many
/// values each key has; `None` where nothing varies or a value is missing.
pub fn of_factorial(values: &[Option<f64>], counts: &[usize]) -> Option<Vec<Indices>> {
    let values: Vec<f64> = values.iter().copied().collect::<Option<_>>()?;
    let all = variance(&values);
    if all.is_nan() || all <= no_variance(values.iter()) {
        return None;
    }
    let of_key = |key: usize| {
        let fastest: usize = counts[key + 1..].iter().product();
        let level = |place: usize| place / fastest % counts[key];
        let others = values.len() / counts[key];
        // What the other keys are at a place, as a number.
        let rest = |place: usize| place / (fastest * counts[key]) * fastest + place % fastest;
        let means = |groups: usize, size: usize, group: &dyn Fn(usize) -> usize| {
            let mut means = vec![0.0; groups];
            for (place, value) in values.iter().enumerate() {
                means[group(place)] += value / size as f64;
            }
            means
        };
        Indices {
            first: variance(&means(counts[key], others, &level)) / all,
            total: 1.0 - variance(&means(others, counts[key], &rest)) / all,
            first_in: None,
            total_in: None,
        }
    };
    Some((0..counts.len()).map(of_key).collect())
}

/// What variance rounding may leave of values that do not vary.
fn no_variance<'a>(values: impl Iterator<Item = &'a f64>) -> f64 {
    let greatest = values.fold(0.0, |greatest: f64, value| greatest.max(value.abs()));
    (ROUNDING * greatest).powi(2)
}

/// The variance of equally likely values.
fn variance(values: &[f64]) -> f64 {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sweep::axis::Axis;
    use crate::sweep::design::Design;
    use std::f64::consts::PI;

    /// The function of Ishigami and Homma (1990), a = 7, b = 0.1; its indices are known.
    fn ishigami(x: &[f64]) -> f64 {
        x[0].sin() + 7.0 * x[1].sin().powi(2) + 0.1 * x[2].powi(4) * x[0].sin()
    }

    /// First order and total of each key, from b V and so on (Ishigami and Homma 1990).
    const ISHIGAMI: [[f64; 2]; 3] = [[0.3139, 0.5576], [0.4424, 0.4424], [0.0, 0.2437]];

    fn sampled(range: &str, keys: usize, bases: u64, function: impl Fn(&[f64]) -> f64) -> Sample {
        let axes: Vec<Axis> = (0..keys)
            .map(|key| Axis::of(&format!("key{key}"), range, "here").expect("an axis"))
            .collect();
        let each = keys as u64 + 2;
        let design = Design::of(&axes, bases * each).expect("a design");
        let at = |point: u64| {
            let values = design.values(point);
            let numbers: Vec<f64> = values.iter().map(|value| value.number.expect("a number")).collect();
            Some(function(&numbers))
        };
        Sample::of((0..bases).map(|base| (0..each).map(|member| at(base * each + member)).collect()))
    }

    #[test]
    fn indices_of_ishigamis_function_are_those_known() {
        let sample = sampled(&format!("-{PI}..{PI}:saltelli"), 3, 2048, ishigami);
        for (key, expected) in ISHIGAMI.iter().enumerate() {
            let found = sample.indices(key).expect("indices");
            for (found, expected, interval) in [
                (found.first, expected[0], found.first_in),
                (found.total, expected[1], found.total_in),
            ] {
                assert!(
                    (found - expected).abs() < 0.02,
                    "key {key}: {found}, {expected} expected"
                );
                let Interval { low, high } = interval.expect("an interval");
                assert!(low < expected + 0.02 && expected - 0.02 < high && low < found && found < high);
                assert!(high - low < 0.2, "{low} to {high}");
            }
        }
        // Of a sample whose keys are taken for each other they are not.
        let other = sampled(&format!("-{PI}..{PI}:saltelli"), 3, 2048, |x| {
            ishigami(&[x[1], x[0], x[2]])
        });
        assert!((other.indices(0).expect("indices").first - ISHIGAMI[0][0]).abs() > 0.1);
    }

    /// The g-function of Saltelli and Sobol (1995): a product, whose indices are products as well.
    #[test]
    fn indices_of_the_g_function_are_those_known() {
        const A: [f64; 4] = [0.0, 1.0, 4.5, 9.0];
        let function = |x: &[f64]| -> f64 {
            let factors = x.iter().zip(A).map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a));
            factors.product()
        };
        let part = A.map(|a| 1.0 / (3.0 * (1.0 + a) * (1.0 + a)));
        let all = part.iter().map(|part| 1.0 + part).product::<f64>() - 1.0;
        let sample = sampled("0..1:saltelli", 4, 2048, function);
        for (key, part) in part.into_iter().enumerate() {
            let total = part * (all + 1.0) / (1.0 + part) / all;
            let found = sample.indices(key).expect("indices");
            assert!((found.first - part / all).abs() < 0.02, "{found:?}, {}", part / all);
            assert!((found.total - total).abs() < 0.02, "{found:?}, {total}");
        }
    }

    /// Of a sum of both keys, and a product of the first two: by hand. x in -1, 1 each, y = 3 x0 + 2 x1 + x0 x1 has the variance
    /// 9 + 4 + 1; a third key does nothing.
    #[test]
    fn a_full_factorial_has_the_indices_of_its_analysis_of_variance() {
        let signs = [-1.0, 1.0];
        let mut values = Vec::new();
        for one in signs {
            for other in signs {
                for _ in 0..3 {
                    values.push(Some(3.0 * one + 2.0 * other + one * other));
                }
            }
        }
        let found = of_factorial(&values, &[2, 2, 3]).expect("indices");
        for (found, [first, total]) in found.iter().zip([[9.0, 10.0], [4.0, 5.0], [0.0, 0.0]]) {
            assert!((found.first - first / 14.0).abs() < 1e-12, "{found:?}");
            assert!((found.total - total / 14.0).abs() < 1e-12, "{found:?}");
        }
        values[3] = None;
        assert_eq!(of_factorial(&values, &[2, 2, 3]), None);
        assert_eq!(of_factorial(&[Some(1.0); 4], &[2, 2]), None);
    }

    /// Rounding leaves a variance of values that are all the same; beside it nothing is a share of anything.
    #[test]
    fn what_does_not_vary_has_no_indices() {
        let still = [Some(0.1); 6];
        assert!(variance(&still.map(|value| value.unwrap_or(0.0))) > 0.0);
        assert_eq!(of_factorial(&still, &[2, 3]), None);
        let sample = |last: f64| {
            Sample::of((0..7).map(|base| vec![Some(if base < 6 { 0.1 } else { last }), Some(0.1), Some(0.1)]))
        };
        assert_eq!(sample(0.1).indices(0), None);
        // What varies in its ninth digit does.
        assert!(sample(0.1 + 1e-9).indices(0).is_some());
    }

    #[test]
    fn base_points_that_miss_a_result_are_left_out() {
        let bases = [vec![Some(1.0), Some(2.0), Some(2.0)], vec![Some(1.0), None, Some(2.0)]];
        let sample = Sample::of(bases.into_iter());
        assert_eq!(sample.bases(), 1);
        assert_eq!(sample.indices(0), None);
    }
}
