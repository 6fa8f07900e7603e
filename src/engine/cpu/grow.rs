//! Growth of axons over the processor's cores. The step of a cone is [`crate::model::growth_cone`]'s.

use crate::model::crowd::{self, add, lay_axon};
use crate::model::growth_cone::{grow, take_up};
use crate::model::layout::{mode, pending};
use crate::model::surroundings::WellSurroundings;
use crate::model::tables::Tables;
use crate::model::world::{State, World};
use crate::parallel;

/// Cones that one thread takes at a time.
const PIECE: usize = 512;

/// Advances every growth cone by a step. `crowd` holds the sums of axons and cones as they were before it. Returns the
/// cones that have something pending, in order.
pub fn grow_axons(tables: &Tables, surroundings: &[WellSurroundings], crowd: &[i32], world: &mut World) -> Vec<u32> {
    let World { state, paths } = world;
    let State {
        step,
        cones,
        concentrations,
        taken,
        ..
    } = state;
    let (step, concentrations) = (*step, &*concentrations);
    let pieces = parallel::map_pairs(cones, paths, PIECE, |first, cones, paths| {
        let (mut left_to_do, mut uptake) = (Vec::new(), Vec::new());
        for (index, (cone, path)) in (first as u32..).zip(cones.iter_mut().zip(paths)) {
            if cone.mode == mode::PRUNED {
                continue;
            }
            take_up(tables, concentrations, cone, |voxel, amount| {
                uptake.push((voxel, amount))
            });
            let here = &surroundings[cone.well as usize];
            grow(tables, here, concentrations, crowd, step, cone, path);
            if cone.pending != pending::NOTHING {
                left_to_do.push(index);
            }
        }
        (left_to_do, uptake)
    });
    let mut all = Vec::new();
    for (left_to_do, uptake) in pieces {
        all.extend(left_to_do);
        for (voxel, amount) in uptake {
            taken[voxel] = taken[voxel].saturating_add(amount);
        }
    }
    all
}

/// Brings each cone's share of the sums of axons and cones up to date with its path and place.
pub fn lay_axons(tables: &Tables, world: &mut World, sums: &mut [i32]) {
    if sums.is_empty() {
        return;
    }
    let World { state, paths } = world;
    let pieces = parallel::map_pairs(&mut state.cones, paths, PIECE, |_, cones, paths| {
        let mut changes: Vec<crowd::SumChange> = Vec::new();
        for (cone, path) in cones.iter_mut().zip(paths) {
            lay_axon(tables, cone, path, |change| changes.push(change));
        }
        changes
    });
    pieces.into_iter().flatten().for_each(|change| add(sums, change));
}
