//! Fascicles: bundles of axons, counted where they cross a circle around their explant.
//!
//! The circle is divided into arcs as wide as a growth cone. A fascicle is a run of arcs that each hold three axons or more, and three
//! times as many as the circle's arcs do in the mean: of axons that lie at random, one arc in some hundreds does.

use std::f64::consts::TAU;

/// Width of an arc, µm: that of a growth cone.
const ARC_UM: f64 = 10.0;
/// Axons in an arc of a fascicle, at the least.
const FEWEST_AXONS: usize = 3;
/// How much denser axons are in a fascicle than on the whole circle, at the least.
const DENSER: f64 = 3.0;

/// The fascicles that cross circles of one size.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fascicles {
    /// Their number.
    pub count: usize,
    /// Their widths, summed, µm.
    pub width_um: f64,
    /// Axons in them.
    pub axons: usize,
}

impl Fascicles {
    /// Those of axons that cross a circle at these angles, rad.
    pub fn of(angles: &[f64], radius_um: f64) -> Self {
        let arcs = ((TAU * radius_um / ARC_UM).round() as usize).max(1);
        let mut axons = vec![0usize; arcs];
        for angle in angles {
            let place = (angle.rem_euclid(TAU) / TAU * arcs as f64) as usize;
            axons[place.min(arcs - 1)] += 1;
        }
        let fewest = DENSER * angles.len() as f64 / arcs as f64;
        let dense = |arc: usize| axons[arc] >= FEWEST_AXONS && axons[arc] as f64 >= fewest;
        let in_fascicles: Vec<usize> = (0..arcs).filter(|&arc| dense(arc)).collect();
        let begins = |&&arc: &&usize| !dense((arc + arcs - 1) % arcs);
        Self {
            count: in_fascicles.iter().filter(begins).count(),
            width_um: in_fascicles.len() as f64 * TAU * radius_um / arcs as f64,
            axons: in_fascicles.iter().map(|&arc| axons[arc]).sum(),
        }
    }

    /// Both together.
    pub fn and(self, others: Self) -> Self {
        Self {
            count: self.count + others.count,
            width_um: self.width_um + others.width_um,
            axons: self.axons + others.axons,
        }
    }

    /// Their mean width, µm; `None` where there are none.
    pub fn width_mean_um(&self) -> Option<f64> {
        (self.count > 0).then(|| self.width_um / self.count as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 400 axons evenly round a circle of 500 µm are no fascicles; a tenth of them within 20 µm are one of that width.
    #[test]
    fn axons_that_lie_close_are_a_fascicle_and_even_ones_are_none() {
        let even = |axons: usize| (0..axons).map(move |i| TAU * (i as f64 + 0.5) / axons as f64);
        let spread: Vec<f64> = even(400).collect();
        assert_eq!(Fascicles::of(&spread, 500.0), Fascicles::default());
        let arc = TAU / 314.0;
        for first in [0.0, 313.0, 100.0] {
            let bundled: Vec<f64> = even(360)
                .chain((0..40).map(|i| arc * (first + f64::from(i) / 20.0)))
                .collect();
            let found = Fascicles::of(&bundled, 500.0);
            assert_eq!(found.count, 1, "from arc {first}: {found:?}");
            assert!((40..=46).contains(&found.axons), "{found:?}");
            let width_um = found.width_mean_um().expect("there is one");
            assert!((width_um - 20.0).abs() < 0.1, "{found:?}");
        }
    }
}
