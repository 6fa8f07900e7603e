//! Profiles of a well at the end of a run: Sholl intersections by distance, and the headings of the tips.

use super::culture::sites;
use super::explants::explant_of;
use super::topology::Forest;
use crate::model::plate::Plate;
use crate::model::world::World;
use crate::parallel::map_indices;
use glam::DVec3;
use std::f64::consts::TAU;

/// Distance between the circles of a Sholl profile, µm.
pub const SHOLL_STEP_UM: f64 = 50.0;

/// Sectors of a rose of headings.
pub const SECTORS: usize = 24;

/// Crossings of axons with circles around their explant.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sholl {
    /// Crossings of the circle at `(i + 1) ×` [`SHOLL_STEP_UM`] from the explant's edge, out to the last crossed.
    pub crossings: Vec<usize>,
}

impl Sholl {
    /// The greatest number of crossings.
    pub fn maximum(&self) -> usize {
        self.crossings.iter().copied().max().unwrap_or(0)
    }

    /// The distance from the explant's edge of the circle with the most crossings, µm; of several the innermost.
    pub fn critical_radius_um(&self) -> Option<f64> {
        let maximum = self.maximum();
        let circle = self.crossings.iter().position(|&n| n == maximum && n > 0)?;
        Some((circle + 1) as f64 * SHOLL_STEP_UM)
    }

    /// Counts the crossings of a segment. On its way it nears the centre, then leaves it: two monotone parts.
    fn add(&mut self, from_um: DVec3, to_um: DVec3, centre_um: DVec3, explant_radius_um: f64) {
        let step = to_um - from_um;
        let nearest = ((centre_um - from_um).dot(step) / step.length_squared()).clamp(0.0, 1.0);
        let turn_um = if nearest.is_finite() {
            from_um + nearest * step
        } else {
            from_um
        };
        let circle = |point: DVec3| {
            ((point.distance(centre_um) - explant_radius_um) / SHOLL_STEP_UM)
                .floor()
                .max(0.0)
        };
        let inner = circle(turn_um) as usize;
        for end in [from_um, to_um] {
            let outer = circle(end) as usize;
            if outer > self.crossings.len() {
                self.crossings.resize(outer, 0);
            }
            self.crossings[inner.min(outer)..outer].iter_mut().for_each(|n| *n += 1);
        }
    }
}

/// The Sholl profile of each well.
pub fn sholl(plate: &Plate, world: &World) -> Vec<Sholl> {
    let forest = Forest::new(world);
    let sites = sites(plate);
    map_indices(sites.len(), |well| {
        let mut profile = Sholl::default();
        for index in sites[well].neurons.clone() {
            let Some(explant) = explant_of(&sites[well].explants, &world.neurons[index]) else {
                continue;
            };
            for shaft in forest.axon(index).shafts() {
                shaft
                    .segments_um()
                    .for_each(|(from, to)| profile.add(from, to, explant.at_um, explant.explant.radius_um));
            }
        }
        profile
    })
}

/// The number of tips that head into each sector of the plane; the first sector is centred on the x axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rose {
    /// Tips in each sector, counter-clockwise.
    pub tips: [usize; SECTORS],
}

/// The rose of headings of each well.
pub fn rose(plate: &Plate, world: &World) -> Vec<Rose> {
    let forest = Forest::new(world);
    let sites = sites(plate);
    map_indices(sites.len(), |well| {
        let mut rose = Rose { tips: [0; SECTORS] };
        for index in sites[well].neurons.clone() {
            for tip in forest.axon(index).branching().tips {
                let heading = world.cones[tip].heading.as_dvec3();
                let turn = heading.y.atan2(heading.x) / TAU * SECTORS as f64;
                rose.tips[(turn.round() as isize).rem_euclid(SECTORS as isize) as usize] += 1;
            }
        }
        rose
    })
}
