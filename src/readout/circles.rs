//! How often axons cross circles around their explant, as Sholl counted them; in a slab, spheres.

use super::fascicles::{Crossing, Fascicles};
use glam::{DVec2, DVec3};

/// Circles around a centre that may change, and the crossings of each so far.
#[derive(Clone, Debug)]
pub struct Circles<'a> {
    /// Their distances from the explant's edge, in order, µm.
    distances_um: &'a [f64],
    centre_um: DVec3,
    explant: usize,
    neuron: u32,
    /// Radii of the circles around each explant that was gone around, µm.
    radii_um: Vec<Vec<f64>>,
    /// Squares of the present radii, µm².
    radii_um2: Vec<f64>,
    /// For each circle its crossings, with the number of the explant in its middle.
    crossings: Vec<Vec<(usize, Crossing)>>,
}

impl<'a> Circles<'a> {
    /// Circles at these distances, which rise, from the edge of an explant yet to be named.
    pub fn new(distances_um: &'a [f64]) -> Self {
        Self {
            distances_um,
            centre_um: DVec3::ZERO,
            explant: 0,
            neuron: 0,
            radii_um: Vec::new(),
            radii_um2: vec![f64::INFINITY; distances_um.len()],
            crossings: vec![Vec::new(); distances_um.len()],
        }
    }

    /// Goes on with the axon of the next neuron, around the explant of this number.
    pub fn go_around(&mut self, explant: usize, centre_um: DVec3, radius_um: f64) {
        (self.explant, self.centre_um) = (explant, centre_um);
        self.neuron += 1;
        let radii_um: Vec<f64> = self.distances_um.iter().map(|um| radius_um + um).collect();
        for (radius_um2, radius_um) in self.radii_um2.iter_mut().zip(&radii_um) {
            *radius_um2 = radius_um.powi(2);
        }
        if self.radii_um.len() <= explant {
            self.radii_um.resize(explant + 1, Vec::new());
        }
        self.radii_um[explant] = radii_um;
    }

    /// Counts the crossings of a straight piece. On its way it nears the centre, then leaves it.
    #[inline]
    pub fn add(&mut self, from_um: DVec3, to_um: DVec3) {
        let (from, to) = (from_um - self.centre_um, to_um - self.centre_um);
        let (from_um2, to_um2) = (from.length_squared(), to.length_squared());
        let step = to - from;
        let nears = from.dot(step);
        let nearest_um2 = if nears < 0.0 && to.dot(step) > 0.0 {
            from_um2 - nears * nears / step.length_squared()
        } else {
            from_um2.min(to_um2)
        };
        for (&radius_um2, crossings) in self.radii_um2.iter().zip(&mut self.crossings) {
            if nearest_um2 < radius_um2 && (from_um2 >= radius_um2 || to_um2 >= radius_um2) {
                let mut cross = |at: DVec2| {
                    let (angle, neuron) = (at.to_angle(), self.neuron);
                    crossings.push((self.explant, Crossing { angle, neuron }));
                };
                // |from + t step|² = r²: on the way in at the lesser t, on the way out at the greater.
                let length_um2 = step.length_squared();
                let half = (nears * nears - length_um2 * (from_um2 - radius_um2)).max(0.0).sqrt();
                if from_um2 >= radius_um2 {
                    cross((from + step * ((-nears - half) / length_um2)).truncate());
                }
                if to_um2 >= radius_um2 {
                    cross((from + step * ((-nears + half) / length_um2)).truncate());
                }
            }
        }
    }

    /// The crossings of each.
    pub fn crossings(&self) -> Vec<usize> {
        self.crossings.iter().map(Vec::len).collect()
    }

    /// The fascicles at each, of all explants.
    pub fn fascicles(&self) -> Vec<Fascicles> {
        let around = |distance: usize, explant: usize| {
            let crossings = self.crossings[distance].iter();
            let crossings: Vec<Crossing> = crossings
                .filter(|(around, _)| *around == explant)
                .map(|(_, crossing)| *crossing)
                .collect();
            let radius_um = self.radii_um[explant].get(distance).copied().unwrap_or_default();
            Fascicles::of(&crossings, radius_um)
        };
        let explants = 0..self.radii_um.len();
        (0..self.distances_um.len())
            .map(|distance| {
                let each = explants.clone().map(|explant| around(distance, explant));
                each.fold(Fascicles::default(), Fascicles::and)
            })
            .collect()
    }
}
