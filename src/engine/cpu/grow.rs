//! Growth of axons over the processor's cores. The step of a cone is [`crate::model::growth_cone`]'s.

use crate::model::crowd::{SumChange, add, lay_axon};
use crate::model::growth_cone::grow;
use crate::model::layout::{mode, pending};
use crate::model::rules::kymograph::{is_frame, next_frame};
use crate::model::surroundings::WellCues;
use crate::model::tables::Tables;
use crate::model::world::{State, World};
use crate::parallel;

/// Cones that one thread takes at a time.
const PIECE: usize = 512;

/// Advances every growth cone by a step. `crowd` holds the sums of axons and cones as they were before it. Returns the
/// cones that have something pending, in order.
pub fn grow_axons(tables: &Tables, surroundings: &[WellCues], crowd: &[i32], world: &mut World) -> Vec<u32> {
    let World { state, paths } = world;
    let State {
        step,
        cones,
        concentrations,
        ..
    } = state;
    let (step, concentrations) = (*step, &*concentrations);
    let frames = tables.run.frames;
    let is_frame = is_frame(step + 1, frames);
    let pieces = parallel::map_pairs(cones, paths, PIECE, |first, cones, paths| {
        let mut left_to_do = Vec::new();
        for (index, (cone, path)) in (first as u32..).zip(cones.iter_mut().zip(paths)) {
            if cone.mode == mode::PRUNED {
                continue;
            }
            let here = &surroundings[cone.well as usize];
            grow(tables, here, concentrations, crowd, step, cone, path);
            if is_frame {
                cone.kymograph = next_frame(cone.kymograph, cone.path_length_um(), cone.born, step + 1, frames);
            }
            if cone.pending != pending::NOTHING {
                left_to_do.push(index);
            }
        }
        left_to_do
    });
    pieces.into_iter().flatten().collect()
}

/// Brings each cone's share of the sums of axons and cones up to date with its path and place.
pub fn lay_axons(tables: &Tables, world: &mut World, sums: &mut [i32]) {
    if sums.is_empty() {
        return;
    }
    let World { state, paths } = world;
    let pieces = parallel::map_pairs(&mut state.cones, paths, PIECE, |_, cones, paths| {
        let mut changes: Vec<SumChange> = Vec::new();
        for (cone, path) in cones.iter_mut().zip(paths) {
            lay_axon(tables, cone, path, |change| changes.push(change));
        }
        changes
    });
    pieces.into_iter().flatten().for_each(|change| add(sums, change));
}
