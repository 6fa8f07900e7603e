//! What the cells of a well meet in this step.

use crate::model::layout::{NONE, Well};
use crate::model::rules::field::{between_centres, interpolate, place_in_grid};
use crate::model::rules::mechano::{cycle_drive, mechano_relaxation};
use crate::model::rules::receptors::{Signal, bind_myokine};
use crate::model::rules::sessions::in_session;
use crate::model::tables::Tables;
use crate::model::world::World;
use glam::{Vec2, Vec3, Vec4, Vec4Swizzles};

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

/// Gradient (xyz) and concentration (w) at a place of a grid.
fn sample(tables: &Tables, cells: &[f32], position: Vec3) -> Vec4 {
    let voxels = tables.run.voxels;
    let place = place_in_grid(position, tables.run.voxel_um, voxels);
    let low = place.floor().as_uvec3();
    let high = (low + 1).min(voxels - 1);
    let at = |x: u32, y: u32, z: u32| cells[((z * voxels.y + y) * voxels.x + x) as usize];
    let plane = |z: u32| {
        Vec4::new(
            at(low.x, low.y, z),
            at(high.x, low.y, z),
            at(low.x, high.y, z),
            at(high.x, high.y, z),
        )
    };
    let lower = plane(low.z);
    let upper = if high.z == low.z { lower } else { plane(high.z) };
    let field = interpolate(lower, upper, place - low.as_vec3(), tables.run.voxel_um);
    (field.xyz() * between_centres(position, tables.run.voxel_um, voxels)).extend(field.w)
}

/// The voxel of a grid that a place lies in.
pub fn voxel_at(tables: &Tables, position: Vec3) -> usize {
    let voxels = tables.run.voxels;
    let voxel = (position / tables.run.voxel_um)
        .max(Vec3::ZERO)
        .as_uvec3()
        .min(voxels - 1);
    ((voxel.z * voxels.y + voxel.y) * voxels.x + voxel.x) as usize
}
