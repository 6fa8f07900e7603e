//! Latin hypercube: of `points` points there is one in each of as many equal intervals of every dimension, at a drawn place in it.
//! The intervals are dealt by a permutation that is worked out point by point, so that nothing of it is kept.
//!
//! Permutation: A. Kensler, "Correlated Multi-Jittered Sampling", Pixar Technical Memo 13-01 (2013).

use crate::model::key::well_key;
use crate::model::rules::random::pcg4d;
use glam::{UVec2, UVec4};

/// One dimension of a Latin hypercube.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Latin {
    points: u32,
    key: UVec2,
}

impl Latin {
    /// The dimension of `key`, which draws what it draws for its name and `dimension`.
    pub fn dimension(points: u32, key: &str, dimension: u32) -> Self {
        Self {
            points,
            key: well_key("latin hypercube", u64::from(points), key, dimension),
        }
    }

    /// The coordinate of a point by its number from 0, from 0 to below 1.
    pub fn coordinate(&self, point: u32) -> f64 {
        let word = pcg4d(UVec4::new(point, self.points, self.key.x, self.key.y)).x;
        let within = f64::from(word) / 2.0_f64.powi(32);
        (f64::from(self.interval(point)) + within) / f64::from(self.points)
    }

    /// The interval of a point: a permutation of the numbers below [`Latin::points`].
    fn interval(&self, point: u32) -> u32 {
        let (length, key) = (self.points, self.key.x);
        let mask = length
            .saturating_sub(1)
            .checked_ilog2()
            .map_or(0, |bits| u32::MAX >> (31 - bits));
        let mut i = point;
        loop {
            i ^= key;
            i = i.wrapping_mul(0xe170_893d);
            i ^= key >> 16;
            i ^= (i & mask) >> 4;
            i ^= key >> 8;
            i = i.wrapping_mul(0x0929_eb3f);
            i ^= key >> 23;
            i ^= (i & mask) >> 1;
            i = i.wrapping_mul(1 | key >> 27);
            i = i.wrapping_mul(0x6935_fa69);
            i ^= (i & mask) >> 11;
            i = i.wrapping_mul(0x74dc_b303);
            i ^= (i & mask) >> 2;
            i = i.wrapping_mul(0x9e50_1cc3);
            i ^= (i & mask) >> 2;
            i = i.wrapping_mul(0xc860_a3df);
            i &= mask;
            i ^= i >> 5;
            if i < length {
                return i.wrapping_add(self.key.y) % length;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_interval_has_one_point_and_dimensions_differ() {
        for points in [1, 2, 3, 7, 64, 1000] {
            let [one, other] = ["a", "b"].map(|key| Latin::dimension(points, key, 0));
            let mut filled = vec![false; points as usize];
            for point in 0..points {
                filled[(one.coordinate(point) * f64::from(points)) as usize] = true;
            }
            assert!(filled.iter().all(|&filled| filled), "{points} points");
            let differ = (0..points).filter(|&point| one.interval(point) != other.interval(point));
            assert!(points < 7 || differ.count() > points as usize / 2, "{points} points");
        }
    }

    /// A dimension that went up with another would leave most of the square empty.
    #[test]
    fn dimensions_do_not_go_together() {
        let [one, other] = ["a", "b"].map(|key| Latin::dimension(1000, key, 0));
        let points = (0..1000).map(|point| (one.coordinate(point) - 0.5, other.coordinate(point) - 0.5));
        let correlation = points.map(|(x, y)| x * y).sum::<f64>() / 1000.0 * 12.0;
        assert!(correlation.abs() < 0.12, "{correlation}");
        let itself = (0..1000)
            .map(|point| (one.coordinate(point) - 0.5).powi(2))
            .sum::<f64>()
            / 1000.0
            * 12.0;
        assert!(itself > 0.95, "the control: {itself}");
    }
}
