//! The surroundings of the cells of a well in a step: the medium and the gel's movement. Twin of
//! `shaders/world/surroundings.wgsl`.

use super::layout::{NONE, Rules, Treatment, Well};
use super::rules::heading::axis_of_line;
use super::rules::mechano::{Felt, cycle_drive, mechano_relaxation, moment_of_cycle};
use super::rules::receptors::{Sensed, bind_myokine};
use super::rules::sessions::in_session;
use super::sampling::sample;
use super::tables::Tables;
use super::world::World;
use glam::{Vec2, Vec3, Vec4, Vec4Swizzles};

/// The cues that are the same for every cell of a well in a step.
pub struct WellCues {
    /// Whether the gel moves now.
    moving: bool,
    /// Mechanical drive now, 0 to 1, where it is uniform.
    drive: f32,
    /// The goal of the mechano-state under that drive, and the share of the distance to it that a step takes.
    mechano: Vec2,
    /// The medium as receptors read it, where it is uniform.
    uniform: Option<Sensed>,
}

/// The cues in each well.
pub fn of_wells(tables: &Tables, world: &World) -> Vec<WellCues> {
    let of_well = |(index, well): (usize, &Well)| {
        let Treatment { rules, strain, .. } = &tables.treatments[well.treatment as usize];
        let moving = in_session(world.step, &strain.sessions);
        let drive = if moving {
            cycle_drive(strain.drive, world.step, strain.cycle_steps)
        } else {
            0.0
        };
        let uniform = (well.grid == NONE).then(|| sense_uniform(tables, world, index));
        WellCues {
            moving,
            drive,
            mechano: mechano_relaxation(drive, rules, tables.run.step_h),
            uniform,
        }
    };
    tables.wells.iter().enumerate().map(of_well).collect()
}

/// The gel's movement as a cell at a place of a well feels it in this step.
#[inline]
pub fn feel(tables: &Tables, here: &WellCues, step: u32, treatment: &Treatment, position: Vec3) -> Felt {
    let strain = &treatment.strain;
    if !here.moving || strain.map == NONE {
        return Felt {
            drive: here.drive,
            axis: strain.axis,
            anisotropy: strain.anisotropy,
            mechano: here.mechano,
        };
    }
    feel_uneven(tables, step, treatment, position)
}

/// Movement that differs from place to place.
fn feel_uneven(tables: &Tables, step: u32, treatment: &Treatment, position: Vec3) -> Felt {
    let Treatment { rules, strain, .. } = treatment;
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

/// The medium as receptors read it at a place of a well.
#[inline]
pub fn sense(
    tables: &Tables,
    here: &WellCues,
    concentrations: &[f32],
    well: &Well,
    position: Vec3,
    rules: &Rules,
) -> Sensed {
    if let Some(sensed) = here.uniform {
        return sensed;
    }
    let voxels = tables.voxels_per_grid();
    let field = |species: usize| {
        let first = well.grid as usize + species * voxels;
        sample(&tables.domain, &concentrations[first..first + voxels], position)
    };
    bind_myokines(tables, rules.width_um, field)
}

/// A uniform medium as receptors read it.
fn sense_uniform(tables: &Tables, world: &World, well: usize) -> Sensed {
    let first = well * tables.run.species as usize;
    // Without a gradient the width of a cone does not matter.
    bind_myokines(tables, 0.0, |species| {
        Vec3::ZERO.extend(world.concentrations[first + species])
    })
}

/// All myokines as receptors read them, from gradient (xyz) and dose (w) of each.
fn bind_myokines(tables: &Tables, width_um: f32, field: impl Fn(usize) -> Vec4) -> Sensed {
    let mut sensed = Sensed::default();
    for (species, myokine) in tables.myokines.iter().enumerate() {
        let field = field(species);
        if species == 0 {
            sensed.dose = field.w;
        }
        sensed.signal = bind_myokine(sensed.signal, field.w, field.xyz(), width_um, myokine);
    }
    sensed
}
