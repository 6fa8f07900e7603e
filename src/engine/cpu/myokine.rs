//! Myokine in the medium: changes of medium, release by muscle and other sources, decay, uptake.

use crate::engine::events::replace_medium;
use crate::model::layout::{Fibres, Grid, NONE, Source, Treatment, kind};
use crate::model::rules::field::release_and_decay;
use crate::model::rules::secretion::{next_activity, next_fatigue, secretion_ratio, tired_drive};
use crate::model::rules::sessions::{in_session, medium_is_due};
use crate::model::rules::uptake::from_fixed_point;
use crate::model::tables::Tables;
use crate::model::world::{State, World};
use crate::parallel;
use std::ops::Range;

/// Voxels that are worth a thread's while.
const GRAIN: usize = 16_384;

/// Brings fresh medium to the wells that are due.
pub fn refresh_medium(tables: &Tables, world: &mut World) {
    let species = tables.run.species as usize;
    for (index, well) in tables.wells.iter().enumerate() {
        let treatment = well.treatment as usize;
        let medium = &tables.treatments[treatment].medium;
        if medium_is_due(world.step, medium.start, medium.every) {
            for s in 0..species {
                replace_medium(
                    tables,
                    &mut world.concentrations,
                    index,
                    s,
                    tables.medium[treatment * species + s],
                );
            }
        }
    }
}

/// Lets the muscle of each well answer its light.
pub fn answer_light(tables: &Tables, world: &mut World) {
    let step = world.step;
    for (well, fibres) in tables.wells.iter().zip(&mut world.fibres) {
        let Treatment { light, muscle, .. } = &tables.treatments[well.treatment as usize];
        let lit = step >= light.lag_steps && in_session(step - light.lag_steps, &light.sessions);
        let drive = tired_drive(light.drive, fibres.fatigue, muscle.fatigue);
        fibres.activity = next_activity(fibres.activity, lit, drive, light.activity_loss);
        fibres.fatigue = next_fatigue(fibres.fatigue, lit, muscle.fatigue_rise, muscle.fatigue_recovery);
    }
}

/// Lets sources release and myokine decay; uptake by cones in the last step is subtracted.
pub fn release_myokine(tables: &Tables, world: &mut World) {
    let State {
        concentrations,
        taken,
        fibres,
        ..
    } = &mut world.state;
    let (uniform, grids) = concentrations.split_at_mut(tables.wells.len() * tables.run.species as usize);
    for (slot, dose) in uniform.iter_mut().enumerate() {
        let myokine = &tables.myokines[slot % tables.run.species as usize];
        *dose = release_and_decay(*dose, 0.0, 0.0, myokine.loss);
    }
    if tables.grids.is_empty() {
        return;
    }
    let voxels = tables.voxels_per_grid();
    let row = tables.run.voxels.x as usize;
    let (taken_now, fibres) = (&*taken, &*fibres);
    let emissions: Vec<Emission> = tables
        .sources
        .iter()
        .map(|source| emission(tables, source, fibres))
        .collect();
    parallel::map_pieces(grids, row * (GRAIN / row + 1), |first, piece| {
        for (r, cells) in piece.chunks_mut(row).enumerate() {
            let start = first + r * row;
            let grid = &tables.grids[start / voxels];
            let emissions = &emissions[grid.first_source as usize..(grid.first_source + grid.sources) as usize];
            let taken = taken_now.get(start..start + row).unwrap_or(&[]);
            release_in_row(tables, grid, start % voxels, cells, taken, emissions);
        }
    });
    taken.fill(0);
}

/// The concentration that a source adds in this step to each voxel whose centre it covers.
struct Emission {
    released: f32,
    reach: [Range<usize>; 3],
}

fn emission(tables: &Tables, source: &Source, fibres: &[Fibres]) -> Emission {
    let ratio = secretion_ratio(fibres[source.well as usize].activity, source.exercised_ratio);
    let release = tables.myokines[source.species as usize].release;
    let reach = |axis: usize| {
        let covered = |low: f32, i: usize| (i as f32 + 0.5) * tables.run.voxel_um >= low;
        let count = tables.run.voxels[axis] as usize;
        let first = (0..count).find(|&i| covered(source.low_um[axis], i)).unwrap_or(count);
        let end = (first..count)
            .find(|&i| covered(source.high_um[axis], i))
            .unwrap_or(count);
        first..end
    };
    Emission {
        released: source.rate_per_h * ratio * release,
        reach: [reach(0), reach(1), reach(2)],
    }
}

/// One row of voxels along x, beginning at `first` of the grid.
fn release_in_row(
    tables: &Tables,
    grid: &Grid,
    first: usize,
    cells: &mut [f32],
    taken: &[i32],
    emissions: &[Emission],
) {
    let loss = tables.myokines[grid.species as usize].loss;
    let [nx, ny, _] = tables.run.voxels.to_array().map(|n| n as usize);
    let (y, z) = (first / nx % ny, first / (nx * ny));
    let here = emissions
        .iter()
        .filter(|emission| emission.reach[1].contains(&y) && emission.reach[2].contains(&z));
    let here: Vec<&Emission> = here.collect();
    if taken.is_empty() && grid.kinds == NONE && here.len() <= 1 {
        let reach = here.first().map_or(0..0, |emission| emission.reach[0].clone());
        let decay = |released: f32| move |cell: &mut f32| *cell = release_and_decay(*cell, released, 0.0, loss);
        cells[..reach.start].iter_mut().for_each(decay(0.0));
        cells[reach.end..].iter_mut().for_each(decay(0.0));
        here.iter()
            .for_each(|emission| cells[reach.clone()].iter_mut().for_each(decay(emission.released)));
        return;
    }
    let mut released = vec![0.0; cells.len()];
    for emission in here {
        for cell in &mut released[emission.reach[0].clone()] {
            *cell += emission.released;
        }
    }
    for (x, cell) in cells.iter_mut().enumerate() {
        let open = grid.kinds == NONE || tables.kinds[grid.kinds as usize + first + x] == kind::OPEN;
        if open {
            let taken = taken.get(x).map_or(0.0, |&fixed| from_fixed_point(fixed));
            *cell = release_and_decay(*cell, released[x], taken, loss);
        }
    }
}
