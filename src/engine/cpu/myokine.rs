//! Myokine in the medium: changes of medium, release by muscle and other sources, decay, uptake.

use crate::engine::events::replace_medium;
use crate::model::layout::{Grid, NONE, Source, kind};
use crate::model::rules::field::release_and_decay;
use crate::model::rules::secretion::{next_activity, secretion_ratio};
use crate::model::rules::sessions::{in_session, medium_is_due};
use crate::model::rules::uptake::from_fixed_point;
use crate::model::tables::Tables;
use crate::model::world::World;
use crate::parallel;
use std::ops::Range;

/// Voxels that are worth a thread's while.
const GRAIN: usize = 16_384;

/// Brings fresh medium to the wells that are due.
pub fn refresh_medium(tables: &Tables, world: &mut World) {
    let species = tables.run.species as usize;
    for (index, well) in tables.wells.iter().enumerate() {
        if medium_is_due(world.step, well.medium_start, well.medium_every) {
            for s in 0..species {
                replace_medium(
                    tables,
                    &mut world.concentrations,
                    index,
                    s,
                    tables.medium[index * species + s],
                );
            }
        }
    }
}

/// Muscle answers its light; sources release, myokine decays, and what cones took in the last step is gone.
pub fn release_myokine(tables: &Tables, world: &mut World) {
    let World {
        step,
        concentrations,
        taken,
        activity,
        ..
    } = world;
    for (well, activity) in tables.wells.iter().zip(activity.iter_mut()) {
        let lit = *step >= well.lag_steps && in_session(*step - well.lag_steps, &well.light);
        *activity = next_activity(*activity, lit, well.light_drive, well.activity_keep);
    }
    let (uniform, grids) = concentrations.split_at_mut(tables.wells.len() * tables.run.species as usize);
    for (slot, dose) in uniform.iter_mut().enumerate() {
        let myokine = &tables.myokines[slot % tables.run.species as usize];
        *dose = release_and_decay(*dose, 0.0, 0.0, myokine.loss);
    }
    let voxels = tables.voxels_per_grid();
    let row = tables.run.voxels.x as usize;
    let (taken_now, activity) = (&*taken, &*activity);
    parallel::map_pieces(grids, row * (GRAIN / row + 1), |first, piece| {
        for (r, cells) in piece.chunks_mut(row).enumerate() {
            let start = first + r * row;
            let grid = &tables.grids[start / voxels];
            let ratio = |source: &Source| secretion_ratio(activity[source.well as usize], source.exercised_ratio);
            let taken = taken_now.get(start..start + row).unwrap_or(&[]);
            release_in_row(tables, grid, start % voxels, cells, taken, ratio);
        }
    });
    taken.fill(0);
}

/// One row of voxels along x, beginning at `first` of the grid.
fn release_in_row(
    tables: &Tables,
    grid: &Grid,
    first: usize,
    cells: &mut [f32],
    taken: &[i32],
    ratio: impl Fn(&Source) -> f32,
) {
    let myokine = &tables.myokines[grid.species as usize];
    let sources = &tables.sources[grid.first_source as usize..(grid.first_source + grid.sources) as usize];
    let reaches: Vec<_> = sources
        .iter()
        .map(|source| (source, reach_along_x(tables, source, first)))
        .collect();
    if taken.is_empty() && grid.kinds == NONE && reaches.iter().all(|(_, reach)| reach.is_empty()) {
        for cell in cells {
            *cell -= *cell * myokine.loss;
        }
        return;
    }
    let mut released = vec![0.0; cells.len()];
    for (source, reach) in reaches {
        for cell in &mut released[reach] {
            *cell += source.rate_per_h * ratio(source) * myokine.release;
        }
    }
    for (x, cell) in cells.iter_mut().enumerate() {
        let open = grid.kinds == NONE || tables.kinds[grid.kinds as usize + first + x] == kind::OPEN;
        if open {
            let taken = taken.get(x).map_or(0.0, |&fixed| from_fixed_point(fixed));
            *cell = release_and_decay(*cell, released[x], taken, myokine.loss);
        }
    }
}

/// The voxels of a row whose centres lie in a source.
fn reach_along_x(tables: &Tables, source: &Source, first: usize) -> Range<usize> {
    let [nx, ny, _] = tables.run.voxels.to_array().map(|n| n as usize);
    let voxel = tables.run.voxel_um;
    let centre = |i: usize| (i as f32 + 0.5) * voxel;
    let (y, z) = (centre(first / nx % ny), centre(first / (nx * ny)));
    let across = y >= source.low_um.y && y < source.high_um.y && z >= source.low_um.z && z < source.high_um.z;
    if !across {
        return 0..0;
    }
    let low = (0..nx).find(|&x| centre(x) >= source.low_um.x).unwrap_or(nx);
    let high = (low..nx).find(|&x| centre(x) >= source.high_um.x).unwrap_or(nx);
    low..high
}
