//! The effect of single events on tables and state, the same for every engine.

use super::EngineError;
use crate::model::axotomy::{self, Aftermath};
use crate::model::coverage::covered_by_ball;
use crate::model::fresh_medium::{is_open, replace_medium};
use crate::model::layout::Grid;
use crate::model::medium;
use crate::model::plate::{Action, Plate};
use crate::model::tables::Tables;
use crate::model::world::{State, World};

/// Applies `action` to the wells of `condition`. `now` is the plate as earlier events have made it, and becomes what
/// this one makes of it.
pub fn apply(action: &Action, condition: usize, now: &mut Plate, tables: &mut Tables, world: &mut World) {
    let had_grid = now.has_grid(condition);
    now.conditions[condition].follow(action);
    match action {
        Action::Drop {
            at_um,
            radius_um,
            species,
            dose,
        } => {
            if !had_grid {
                let before = std::mem::replace(tables, Tables::of(now));
                add_grids(&before, tables, world);
            }
            let covered = covered_by_ball(&now.domain, *at_um, *radius_um);
            for grid in grids_of(tables, condition).filter(|grid| grid.species as usize == *species) {
                for &(voxel, share) in covered.iter().filter(|(voxel, _)| is_open(tables, grid.kinds, *voxel)) {
                    world.concentrations[grid.first as usize + voxel] += (*dose * share) as f32;
                }
            }
        }
        Action::Medium(source) => {
            let every_h = now.conditions[condition]
                .medium
                .as_ref()
                .map_or(24.0, |medium| medium.every_h);
            let doses = medium::doses(source, every_h, &now.muscle, &now.myokines);
            for well in wells_of(tables, condition) {
                for (species, &dose) in doses.iter().enumerate() {
                    replace_medium(tables, &mut world.concentrations, well, species, dose as f32);
                }
            }
        }
        Action::Biology(_) | Action::Actuation(_) | Action::Tow(_) | Action::Light(_) => *tables = Tables::of(now),
        Action::Axotomy(cut) => {
            let key_of = |well: usize| {
                let well = &tables.wells[well];
                (well.treatment as usize == condition).then_some(well.key)
            };
            let injury = &now.conditions[condition].biology.injury;
            let in_steps = |hours: f64| (hours / now.step_h).round() as u32;
            let after = Aftermath {
                lag: in_steps(injury.lag_h),
                degeneration: in_steps(injury.degeneration_h),
            };
            axotomy::cut(world, key_of, cut, after);
        }
    }
}

/// Gives wells that had none their grids, filled with what was uniform in them; the grids that were there keep what they
/// hold.
fn add_grids(before: &Tables, after: &Tables, world: &mut World) {
    let uniform = world.concentrations[..after.run.wells as usize * after.run.species as usize].to_vec();
    let earlier = std::mem::replace(&mut world.concentrations, uniform);
    world.concentrations.resize(after.concentration_count(), 0.0);
    let voxels = after.voxels_per_grid();
    for grid in &after.grids {
        let first = grid.first as usize;
        let same = |other: &&Grid| (other.well, other.species) == (grid.well, grid.species);
        if let Some(known) = before.grids.iter().find(same) {
            let from = known.first as usize;
            world.concentrations[first..first + voxels].copy_from_slice(&earlier[from..from + voxels]);
            continue;
        }
        let dose = world.concentrations[grid.well as usize * after.run.species as usize + grid.species as usize];
        for voxel in (0..voxels).filter(|&voxel| is_open(after, grid.kinds, voxel)) {
            world.concentrations[first + voxel] = dose;
        }
    }
}

/// The plate and its tables as another protocol for it has made them by the step of `world`, with the first `happened`
/// events of that step.
///
/// # Errors
/// When it is another plate, or one of whose events the state does not come.
pub fn amended(plate: &Plate, other: &Plate, world: &World, happened: u32) -> Result<(Plate, Tables), EngineError> {
    if !plate.differs_in_protocol_only(other) {
        return Err(EngineError::ForeignProtocol);
    }
    let now = other.amid(world.step, happened as usize);
    let tables = Tables::of(&now);
    check_state(world, &tables)?;
    Ok((now, tables))
}

/// Refuses a state that is not one of the plate.
///
/// # Errors
/// Says what does not match.
pub fn check_state(world: &World, tables: &Tables) -> Result<(), EngineError> {
    let State {
        step: _,
        neurons,
        cones,
        concentrations,
        fibres,
        severed: _,
    } = &world.state;
    let lengths = [
        ("neurons", neurons.len(), tables.run.neurons as usize),
        ("paths", world.paths.len(), cones.len()),
        ("first cones", cones.len().min(neurons.len()), neurons.len()),
        ("concentrations", concentrations.len(), tables.concentration_count()),
        ("wells", fibres.len(), tables.wells.len()),
    ];
    match lengths.into_iter().find(|(_, found, expected)| found != expected) {
        Some((what, found, expected)) => Err(EngineError::ForeignState(format!(
            "{found} {what} instead of {expected}"
        ))),
        None => Ok(()),
    }
}

fn wells_of(tables: &Tables, condition: usize) -> impl Iterator<Item = usize> {
    let wells = 0..tables.wells.len();
    wells.filter(move |&well| tables.wells[well].treatment as usize == condition)
}

fn grids_of(tables: &Tables, condition: usize) -> impl Iterator<Item = &Grid> {
    let grids = tables.grids.iter();
    grids.filter(move |grid| tables.wells[grid.well as usize].treatment as usize == condition)
}
