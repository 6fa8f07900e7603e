//! Fascicles: bundles of axons, counted where they cross a circle around their explant.
//!
//! The circle is divided into arcs as wide as a growth cone. A fascicle is a run of arcs that each hold the axons of three neurons or
//! more, and of more than one arc in a hundred would hold if as many axons lay at random (Poisson): how many cross the circle does not
//! make fascicles of them.

use std::f64::consts::TAU;

/// Width of an arc, µm: that of a growth cone.
const ARC_UM: f64 = 10.0;
/// Neurons whose axons are in an arc of a fascicle, at the least.
const FEWEST_NEURONS: usize = 3;
/// Chance that an arc on which axons lie at random holds as many as one of a fascicle does, at the most.
const CHANCE: f64 = 0.01;

/// An axon that crosses a circle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// The direction from the middle of the circle, rad.
    pub angle: f64,
    /// The neuron that the axon belongs to.
    pub neuron: u32,
}

/// The fascicles that cross circles of one size.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fascicles {
    /// Their number.
    pub count: usize,
    /// Their widths, summed, µm.
    pub width_um: f64,
    /// Axons in them: those of a neuron that cross one arc are one.
    pub axons: usize,
    /// Axons that cross the circles, counted alike.
    pub all: usize,
}

impl Fascicles {
    /// Those of axons that cross a circle.
    pub fn of(crossings: &[Crossing], radius_um: f64) -> Self {
        let arcs = ((TAU * radius_um / ARC_UM).round() as usize).max(1);
        let arc_of = |crossing: &Crossing| {
            let place = (crossing.angle.rem_euclid(TAU) / TAU * arcs as f64) as usize;
            (place.min(arcs - 1), crossing.neuron)
        };
        let mut crossed: Vec<(usize, u32)> = crossings.iter().map(arc_of).collect();
        crossed.sort_unstable();
        crossed.dedup();
        let mut axons = vec![0usize; arcs];
        crossed.iter().for_each(|&(arc, _)| axons[arc] += 1);
        let fewest = FEWEST_NEURONS.max(seldom_at_random(crossed.len() as f64 / arcs as f64));
        let dense = |arc: usize| axons[arc] >= fewest;
        let in_fascicles: Vec<usize> = (0..arcs).filter(|&arc| dense(arc)).collect();
        let begins = |&&arc: &&usize| !dense((arc + arcs - 1) % arcs);
        Self {
            count: in_fascicles.iter().filter(begins).count(),
            width_um: in_fascicles.len() as f64 * TAU * radius_um / arcs as f64,
            axons: in_fascicles.iter().map(|&arc| axons[arc]).sum(),
            all: crossed.len(),
        }
    }

    /// Both together.
    pub fn and(self, others: Self) -> Self {
        Self {
            count: self.count + others.count,
            width_um: self.width_um + others.width_um,
            axons: self.axons + others.axons,
            all: self.all + others.all,
        }
    }

    /// Their mean width, µm; `None` where there are none.
    pub fn width_mean_um(&self) -> Option<f64> {
        (self.count > 0).then(|| self.width_um / self.count as f64)
    }
}

/// The fewest that an arc holds with no more than the chance of a fascicle where they lie at random, `mean` an arc (Poisson).
fn seldom_at_random(mean: f64) -> usize {
    let (mut number, mut chance, mut at_least) = (0, (-mean).exp(), 1.0);
    while at_least > CHANCE {
        at_least -= chance;
        number += 1;
        chance *= mean / number as f64;
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Axons of neurons of their own.
    fn axons(angles: impl Iterator<Item = f64>) -> Vec<Crossing> {
        let axon = |(neuron, angle)| Crossing { angle, neuron };
        (0..).zip(angles).map(axon).collect()
    }

    fn even(number: usize) -> impl Iterator<Item = f64> {
        (0..number).map(move |i| TAU * (i as f64 + 0.5) / number as f64)
    }

    /// 400 axons evenly round a circle of 500 µm are no fascicles; 40 more within 20 µm are one of that width.
    #[test]
    fn axons_that_lie_close_are_a_fascicle_and_even_ones_are_none() {
        assert_eq!(Fascicles::of(&axons(even(400)), 500.0).count, 0);
        let arc = TAU / 314.0;
        for first in [0.0, 313.0, 100.0] {
            let close = (0..40).map(|i| arc * (first + f64::from(i) / 20.0));
            let found = Fascicles::of(&axons(even(360).chain(close)), 500.0);
            assert_eq!(found.count, 1, "from arc {first}: {found:?}");
            assert!((40..=46).contains(&found.axons), "{found:?}");
            let width_um = found.width_mean_um().expect("there is one");
            assert!((width_um - 20.0).abs() < 0.1, "{found:?}");
        }
    }

    /// Whether few or many cross: at most one arc in a hundred where they lie at random, and no branches of one neuron.
    #[test]
    fn chance_and_branches_make_no_fascicles() {
        for number in [100, 300, 1000, 3000] {
            // Multiples of the golden section fall into arcs as unevenly as a permutation hashed below.
            let scattered = (0..number).map(|i: u64| {
                let word = i.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (i << 31);
                let word = (word ^ (word >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
                TAU * (word >> 11) as f64 / (1u64 << 53) as f64
            });
            let found = Fascicles::of(&axons(scattered), 500.0);
            assert!(found.width_um < 0.02 * TAU * 500.0, "{number}: {found:?}");
        }
        let branches = vec![Crossing { angle: 1.0, neuron: 3 }; 40];
        assert_eq!(Fascicles::of(&branches, 500.0).count, 0);
    }
}
