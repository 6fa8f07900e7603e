//! How often axons cross circles around their explant, as Sholl counted them; in a slab, spheres.

use glam::DVec3;

/// Circles around a centre that may change, and the crossings of each so far.
#[derive(Clone, Debug)]
pub struct Circles<'a> {
    /// Their distances from the explant's edge, in order, µm.
    distances_um: &'a [f64],
    centre_um: DVec3,
    /// Squares of their radii, µm².
    radii_um2: Vec<f64>,
    crossings: Vec<usize>,
}

impl<'a> Circles<'a> {
    /// Circles at these distances, which rise, from the edge of an explant yet to be named.
    pub fn new(distances_um: &'a [f64]) -> Self {
        Self {
            distances_um,
            centre_um: DVec3::ZERO,
            radii_um2: vec![f64::INFINITY; distances_um.len()],
            crossings: vec![0; distances_um.len()],
        }
    }

    /// Goes on around this explant.
    pub fn go_around(&mut self, centre_um: DVec3, radius_um: f64) {
        self.centre_um = centre_um;
        for (radius_um2, distance_um) in self.radii_um2.iter_mut().zip(self.distances_um) {
            *radius_um2 = (radius_um + distance_um).powi(2);
        }
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
            if nearest_um2 < radius_um2 {
                *crossings += usize::from(from_um2 >= radius_um2) + usize::from(to_um2 >= radius_um2);
            }
        }
    }

    /// The crossings of each.
    pub fn into_crossings(self) -> Vec<usize> {
        self.crossings
    }
}
