//! What single events do to the tables and the state, the same for every engine.

use super::EngineError;
use crate::model::layout::{NONE, kind};
use crate::model::medium;
use crate::model::plate::{Action, Plate};
use crate::model::tables::{Tables, voxel_centre_um};
use crate::model::world::World;

/// Does what `action` says to the wells of `condition`.
pub fn apply(action: &Action, condition: usize, plate: &Plate, tables: &mut Tables, world: &mut World) {
    match action {
        Action::Drop {
            at_um,
            radius_um,
            species,
            dose,
        } => {
            for grid in grids_of(tables, condition).filter(|grid| grid.species as usize == *species) {
                for voxel in 0..tables.voxels_per_grid() {
                    let inside = voxel_centre_um(&plate.domain, voxel).distance(*at_um) <= *radius_um;
                    if inside && is_open(tables, grid.kinds, voxel) {
                        world.concentrations[grid.first as usize + voxel] += *dose as f32;
                    }
                }
            }
        }
        Action::Medium(source) => {
            let every_h = plate.conditions[condition]
                .medium
                .as_ref()
                .map_or(24.0, |medium| medium.every_h);
            let doses = medium::doses(source, every_h, &plate.muscle, &plate.myokines);
            for well in wells_of(tables, condition) {
                for (species, &dose) in doses.iter().enumerate() {
                    replace_medium(tables, &mut world.concentrations, well, species, dose as f32);
                }
            }
        }
        Action::Biology(biology) => tables.change_biology(plate, condition, biology),
        Action::Axotomy { .. } | Action::Actuation(_) | Action::Light(_) => {}
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

/// Refuses a state that is not one of the plate.
///
/// # Errors
/// Says what does not match.
pub fn check_state(world: &World, tables: &Tables) -> Result<(), EngineError> {
    let foreign = |what: &str, found: usize, expected: usize| {
        Err(EngineError::ForeignState(format!(
            "{found} {what} instead of {expected}"
        )))
    };
    if world.neurons.len() != tables.run.neurons as usize {
        return foreign("neurons", world.neurons.len(), tables.run.neurons as usize);
    }
    if world.concentrations.len() != tables.concentration_count() {
        return foreign(
            "concentrations",
            world.concentrations.len(),
            tables.concentration_count(),
        );
    }
    if world.cones.len() != world.paths.len() || world.cones.len() < world.neurons.len() {
        return foreign("paths", world.paths.len(), world.cones.len());
    }
    if world.activity.len() != tables.wells.len() {
        return foreign("wells", world.activity.len(), tables.wells.len());
    }
    Ok(())
}

fn wells_of(tables: &Tables, condition: usize) -> impl Iterator<Item = usize> {
    tables
        .wells
        .iter()
        .enumerate()
        .filter(move |(_, well)| well.condition as usize == condition)
        .map(|(index, _)| index)
}

fn grids_of(tables: &Tables, condition: usize) -> impl Iterator<Item = &crate::model::layout::Grid> {
    tables
        .grids
        .iter()
        .filter(move |grid| tables.wells[grid.well as usize].condition as usize == condition)
}

fn is_open(tables: &Tables, kinds: u32, voxel: usize) -> bool {
    kinds == NONE || tables.kinds[kinds as usize + voxel] == kind::OPEN
}
