//! What the cells of a well meet in this step.

use crate::model::layout::{NONE, Well};
use crate::model::rules::mechano::{cycle_drive, mechano_relaxation};
use crate::model::rules::receptors::{Signal, bind_myokine};
use crate::model::rules::sessions::in_session;
use crate::model::sampling::sample;
use crate::model::tables::Tables;
use crate::model::world::World;
use glam::{Vec2, Vec3, Vec4Swizzles};

/// What is the same for every cell of a well in this step.
pub struct Surroundings {
    /// Mechanical drive now, 0 to 1.
    pub drive: f32,
    /// Where the mechano-state tends and what survives of its distance to there.
    pub mechano: Vec2,
    /// What receptors make of the medium, where it is uniform.
    pub uniform: Option<(Signal, f32)>,
}

/// The surroundings in each well.
pub fn of_wells(tables: &Tables, world: &World) -> Vec<Surroundings> {
    let of_well = |(index, well): (usize, &Well)| {
        let rules = &tables.rules[well.condition as usize];
        let moving = in_session(world.step, &well.actuation);
        let drive = if moving {
            cycle_drive(well.strain_drive, world.step, well.cycle_steps)
        } else {
            0.0
        };
        let uniform = (well.grid == NONE).then(|| sense_uniform(tables, world, index));
        Surroundings {
            drive,
            mechano: mechano_relaxation(drive, rules, tables.run.step_h),
            uniform,
        }
    };
    tables.wells.iter().enumerate().map(of_well).collect()
}

/// What receptors make of a uniform medium, and the dose of the first myokine.
fn sense_uniform(tables: &Tables, world: &World, well: usize) -> (Signal, f32) {
    let species = tables.run.species as usize;
    let doses = &world.concentrations[well * species..(well + 1) * species];
    let bind = |signal, (myokine, &dose)| bind_myokine(signal, dose, Vec3::ZERO, myokine);
    let signal = tables.myokines.iter().zip(doses).fold(Signal::default(), bind);
    (signal, doses.first().copied().unwrap_or(0.0))
}

/// What receptors make of the field at a place of a gridded well, and the dose of the first myokine.
pub fn sense_field(tables: &Tables, concentrations: &[f32], well: &Well, position: Vec3) -> (Signal, f32) {
    let mut signal = Signal::default();
    let mut first_dose = 0.0;
    for (species, myokine) in tables.myokines.iter().enumerate() {
        let grid = well.grid as usize + species * tables.voxels_per_grid();
        let field = sample(tables, &concentrations[grid..grid + tables.voxels_per_grid()], position);
        if species == 0 {
            first_dose = field.w;
        }
        signal = bind_myokine(signal, field.w, field.xyz(), myokine);
    }
    (signal, first_dose)
}
