//! Myokine in the medium: changes of medium, release by muscle and other sources, decay, uptake.

use crate::model::fresh_medium;
use crate::model::layout::{Fibres, Grid, NONE, Source, Treatment, kind};
use crate::model::rules::field::{covered_share, loss_in_update, release_and_decay};
use crate::model::rules::secretion::{next_activity, next_fatigue, secretion_ratio, tired_drive};
use crate::model::rules::sessions::in_session;
use crate::model::rules::uptake::uptake;
use crate::model::sampling::voxel_at;
use crate::model::tables::Tables;
use crate::model::world::{State, World};
use crate::parallel;

/// Voxels that are worth a thread's while.
const GRAIN: usize = 16_384;

/// Brings fresh medium to the wells that are due.
pub fn refresh_medium(tables: &Tables, world: &mut World) {
    fresh_medium::refresh(tables, world.step, &mut world.concentrations);
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

/// Numbers of growth cones that take up myokine, by voxel of the wells with a grid; empty where none does.
pub fn count_takers(tables: &Tables, world: &World) -> Vec<u32> {
    let mut takers = vec![0; tables.taker_count()];
    if takers.is_empty() {
        return takers;
    }
    let uniform_count = tables.run.wells * tables.run.species;
    for cone in world.cones.iter().filter(|cone| cone.is_alive()) {
        let grid = tables.wells[cone.well as usize].grid;
        if grid != NONE {
            let first = (grid - uniform_count) / tables.run.species;
            takers[first as usize + voxel_at(&tables.domain, cone.tip_um())] += 1;
        }
    }
    takers
}

/// Lets sources release, myokine decay, and cones take it up, in an update of the field, the `round`-th of the step.
pub fn release_myokine(round: u32, tables: &Tables, takers: &[u32], world: &mut World) {
    let State {
        step,
        concentrations,
        fibres,
        ..
    } = &mut world.state;
    let run = &tables.run;
    let losses: Vec<f32> = tables
        .myokines
        .iter()
        .map(|myokine| loss_in_update(*step, round, run, myokine))
        .collect();
    let species = run.species as usize;
    let (uniform, grids) = concentrations.split_at_mut(tables.wells.len() * species);
    for (slot, dose) in uniform.iter_mut().enumerate() {
        *dose = release_and_decay(*dose, 0.0, losses[slot % species]);
    }
    if tables.grids.is_empty() {
        return;
    }
    let voxels = tables.voxels_per_grid();
    let row = run.voxels.x as usize;
    let fibres = &*fibres;
    let emissions: Vec<Emission> = tables
        .sources
        .iter()
        .map(|source| emission(tables, source, fibres))
        .collect();
    parallel::map_pieces(grids, row * (GRAIN / row + 1), |first, piece| {
        let mut released = Vec::new();
        for (r, cells) in piece.chunks_mut(row).enumerate() {
            let start = first + r * row;
            let (number, voxel) = (start / voxels, start % voxels);
            let grid = &tables.grids[number];
            let here = Row {
                grid,
                first: voxel,
                loss: losses[grid.species as usize],
                takers: takers
                    .get(number / species * voxels + voxel..)
                    .map_or(&[], |takers| &takers[..row.min(takers.len())]),
                emissions: &emissions[grid.first_source as usize..(grid.first_source + grid.sources) as usize],
            };
            release_in_row(tables, &here, cells, &mut released);
        }
    });
}

/// The amount that a source adds in an update to a voxel that it fills, and the share of each voxel along each axis that it covers, from
/// the first on that it touches.
struct Emission {
    released: f32,
    first: [usize; 3],
    covered: [Vec<f32>; 3],
}

impl Emission {
    /// The share along an axis of the voxels at a place along it.
    fn share(&self, axis: usize, place: usize) -> f32 {
        let place = place.checked_sub(self.first[axis]);
        place
            .and_then(|place| self.covered[axis].get(place))
            .copied()
            .unwrap_or(0.0)
    }
}

fn emission(tables: &Tables, source: &Source, fibres: &[Fibres]) -> Emission {
    let ratio = secretion_ratio(fibres[source.well as usize].activity, source.exercised_ratio);
    let release = tables.myokines[source.species as usize].release;
    let mut emission = Emission {
        released: source.rate_per_h * ratio * release,
        first: [0; 3],
        covered: Default::default(),
    };
    for axis in 0..3 {
        let share = |place| covered_share(place, tables.run.voxel_um, source.low_um[axis], source.high_um[axis]);
        let shares = (0..tables.run.voxels[axis]).map(share);
        emission.first[axis] = shares.clone().take_while(|share| *share == 0.0).count();
        emission.covered[axis] = shares
            .skip(emission.first[axis])
            .take_while(|share| *share > 0.0)
            .collect();
    }
    emission
}

/// A row of voxels along x.
struct Row<'a> {
    grid: &'a Grid,
    /// Its first voxel in the grid.
    first: usize,
    /// Share that decays.
    loss: f32,
    /// Cones in each voxel, or none at all.
    takers: &'a [u32],
    /// Sources in the grid.
    emissions: &'a [Emission],
}

impl Row<'_> {
    /// The kinds of its voxels and of those behind, where not all are open.
    fn kinds<'t>(&self, tables: &'t Tables) -> &'t [u32] {
        &tables.kinds[self.grid.kinds as usize + self.first..]
    }
}

/// `released` is working memory. Few passes over a row, each without a choice at a voxel where all are open.
fn release_in_row(tables: &Tables, row: &Row<'_>, cells: &mut [f32], released: &mut Vec<f32>) {
    let [nx, ny, _] = tables.run.voxels.to_array().map(|n| n as usize);
    let (y, z) = (row.first / nx % ny, row.first / (nx * ny));
    released.clear();
    released.resize(cells.len(), 0.0);
    for emission in row.emissions {
        let share = emission.share(1, y) * emission.share(2, z);
        if share > 0.0 {
            let covered = released[emission.first[0]..].iter_mut().zip(&emission.covered[0]);
            covered.for_each(|(cell, share_x)| *cell += emission.released * (share_x * share));
        }
    }
    let loss = row.loss;
    let cells_and_released = cells.iter_mut().zip(&*released);
    if row.grid.kinds == NONE {
        cells_and_released.for_each(|(cell, &released)| *cell = release_and_decay(*cell, released, loss));
    } else {
        for ((cell, &released), _) in cells_and_released
            .zip(row.kinds(tables))
            .filter(|(_, kind)| **kind == kind::OPEN)
        {
            *cell = release_and_decay(*cell, released, loss);
        }
    }
    let myokine = &tables.myokines[row.grid.species as usize];
    for (x, &cones) in row.takers.iter().enumerate().filter(|(_, cones)| **cones > 0) {
        if row.grid.kinds == NONE || row.kinds(tables)[x] == kind::OPEN {
            cells[x] -= uptake(cells[x], cones, myokine);
        }
    }
}
