//! Changes of medium: what is in a well is replaced by what is carried to it.

use super::layout::{NONE, kind};
use super::rules::sessions::medium_is_due;
use super::tables::Tables;

/// Brings fresh medium to the wells that are due at a step.
pub fn refresh(tables: &Tables, step: u32, concentrations: &mut [f32]) {
    let species = tables.run.species as usize;
    for (index, well) in tables.wells.iter().enumerate() {
        let treatment = well.treatment as usize;
        let medium = &tables.treatments[treatment].medium;
        if medium_is_due(step, medium.start, medium.every) {
            for s in 0..species {
                let dose = tables.medium[treatment * species + s];
                replace_medium(tables, concentrations, index, s, dose);
            }
        }
    }
}

/// Replaces a well's medium: the field of one myokine becomes uniform, but for walls and reservoirs.
pub fn replace_medium(tables: &Tables, concentrations: &mut [f32], well: usize, species: usize, dose: f32) {
    concentrations[well * tables.run.species as usize + species] = dose;
    let grid = tables
        .grids
        .iter()
        .find(|grid| grid.well as usize == well && grid.species as usize == species);
    if let Some(grid) = grid {
        for voxel in 0..tables.voxels_per_grid() {
            if is_open(tables, grid.kinds, voxel) {
                concentrations[grid.first as usize + voxel] = dose;
            }
        }
    }
}

/// Whether a voxel takes medium: it is neither wall nor reservoir.
pub fn is_open(tables: &Tables, kinds: u32, voxel: usize) -> bool {
    kinds == NONE || tables.kinds[kinds as usize + voxel] == kind::OPEN
}
