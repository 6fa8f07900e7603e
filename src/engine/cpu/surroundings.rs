//! What the cells of a well meet in this step.

use crate::model::layout::{NONE, Treatment, Well};
use crate::model::rules::heading::axis_of_line;
use crate::model::rules::mechano::{cycle_drive, mechano_relaxation, moment_of_cycle};
use crate::model::rules::receptors::{Signal, bind_myokine};
use crate::model::rules::sessions::in_session;
use crate::model::sampling::sample;
use crate::model::tables::Tables;
use crate::model::world::World;
use glam::{Vec2, Vec3, Vec4Swizzles};

/// What is the same for every cell of a well in this step.
pub struct Surroundings {
    /// Whether the gel moves now.
    moving: bool,
    /// Mechanical drive now, 0 to 1, where it is uniform.
    drive: f32,
    /// Where the mechano-state tends and what survives of its distance to there, under that drive.
    mechano: Vec2,
    /// What receptors make of the medium, where it is uniform.
    pub uniform: Option<(Signal, f32)>,
}

/// The surroundings in each well.
pub fn of_wells(tables: &Tables, world: &World) -> Vec<Surroundings> {
    let of_well = |(index, well): (usize, &Well)| {
        let Treatment { rules, strain, .. } = &tables.treatments[well.treatment as usize];
        let moving = in_session(world.step, &strain.sessions);
        let drive = if moving {
            cycle_drive(strain.drive, world.step, strain.cycle_steps)
        } else {
            0.0
        };
        let uniform = (well.grid == NONE).then(|| sense_uniform(tables, world, index));
        Surroundings {
            moving,
            drive,
            mechano: mechano_relaxation(drive, rules, tables.run.step_h),
            uniform,
        }
    };
    tables.wells.iter().enumerate().map(of_well).collect()
}

/// What a cell feels of the gel's movement.
pub struct Felt {
    /// Mechanical drive now, 0 to 1.
    pub drive: f32,
    /// Axis of strain, a unit vector.
    pub axis: Vec3,
    /// How far the strain prefers that axis.
    pub anisotropy: f32,
    /// Where the mechano-state tends and what survives of its distance to there.
    pub mechano: Vec2,
}

/// What a cell at a place of a well feels in this step.
pub fn feel(tables: &Tables, here: &Surroundings, step: u32, well: &Well, position: Vec3) -> Felt {
    let Treatment { rules, strain, .. } = &tables.treatments[well.treatment as usize];
    if !here.moving || strain.map == NONE {
        return Felt {
            drive: here.drive,
            axis: strain.axis,
            anisotropy: strain.anisotropy,
            mechano: here.mechano,
        };
    }
    let moment = moment_of_cycle(step, strain.cycle_steps, strain.moments);
    let voxels = tables.voxels_per_grid();
    let map = |number: usize| {
        let first = strain.map as usize + (3 * moment as usize + number) * voxels;
        sample(&tables.domain, &tables.maps[first..first + voxels], position).w
    };
    let mut drive = map(0);
    if strain.moments == 1 {
        drive = cycle_drive(drive, step, strain.cycle_steps);
    }
    let line = Vec2::new(map(1), map(2));
    Felt {
        drive,
        axis: axis_of_line(line),
        anisotropy: line.length(),
        mechano: mechano_relaxation(drive, rules, tables.run.step_h),
    }
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
        let field = sample(
            &tables.domain,
            &concentrations[grid..grid + tables.voxels_per_grid()],
            position,
        );
        if species == 0 {
            first_dose = field.w;
        }
        signal = bind_myokine(signal, field.w, field.xyz(), myokine);
    }
    (signal, first_dose)
}
