//! What the probe reads at a point: dose, how the dose rises, strain.

use super::place::Place;
use crate::model::layout::NONE;
use crate::model::plate::{Plate, StrainMode};
use crate::model::rules::field::{interpolate, place_in_grid};
use crate::model::strain::peak_strain;
use glam::{DVec2, DVec3, UVec3, Vec4};

/// What is read at a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// Dose of the myokine; `None` where there is none on the plate.
    pub dose: Option<f64>,
    /// How it rises in the plane, dose per mm.
    pub rise_per_mm: DVec2,
    /// Largest strain of the gel at the peak of a cycle, and 0 for a gel that nobody moves.
    pub strain: f64,
}

/// Reads a point. `concentrations` and `grids` as in [`crate::session::Moment`].
pub fn read(plate: &Plate, concentrations: &[f32], grids: &[u32], at: &Place, species: usize) -> Reading {
    let dose = |offset: DVec2| dose(plate, concentrations, grids, at, species, offset);
    // Central differences over two voxels.
    let step_um = plate.domain.voxel_um;
    let rise = |along: DVec2| match (dose(along * step_um), dose(-along * step_um)) {
        (Some(ahead), Some(behind)) => (ahead - behind) / (2.0 * step_um) * 1000.0,
        _ => 0.0,
    };
    let protocol = plate
        .conditions
        .get(at.condition)
        .and_then(|condition| condition.actuation.as_ref());
    Reading {
        dose: dose(DVec2::ZERO),
        rise_per_mm: DVec2::new(rise(DVec2::X), rise(DVec2::Y)),
        strain: protocol.map_or(0.0, |protocol| match &protocol.strain {
            StrainMode::Nonuniform(motion) => f64::from(motion.peak_strain[plate.domain.voxel_at(at.at_um)]),
            _ => peak_strain(protocol).major,
        }),
    }
}

fn dose(
    plate: &Plate,
    concentrations: &[f32],
    grids: &[u32],
    at: &Place,
    species: usize,
    offset_um: DVec2,
) -> Option<f64> {
    let count = plate.myokines.len();
    if species >= count {
        return None;
    }
    let grid = grids.get(at.well).copied().unwrap_or(NONE);
    if grid == NONE {
        return concentrations.get(at.well * count + species).copied().map(f64::from);
    }
    let first = grid as usize + species * plate.domain.voxel_count();
    let values = concentrations.get(first..first + plate.domain.voxel_count())?;
    Some(f64::from(between_voxels(
        plate,
        values,
        at.at_um + offset_um.extend(0.0),
    )))
}

/// The concentration between the eight voxels around a point.
fn between_voxels(plate: &Plate, values: &[f32], at_um: DVec3) -> f32 {
    let voxels = UVec3::from_array(plate.domain.voxels);
    let voxel_um = plate.domain.voxel_um as f32;
    let place = place_in_grid(at_um.as_vec3(), voxel_um, voxels);
    let low = place.floor().as_uvec3();
    let high = (low + UVec3::ONE).min(voxels - UVec3::ONE);
    let value = |x: u32, y: u32, z: u32| values[((z * voxels.y + y) * voxels.x + x) as usize];
    let plane = |z: u32| {
        Vec4::new(
            value(low.x, low.y, z),
            value(high.x, low.y, z),
            value(low.x, high.y, z),
            value(high.x, high.y, z),
        )
    };
    interpolate(plane(low.z), plane(high.z), place - low.as_vec3(), voxel_um).w
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{self, Surroundings, builtin};

    #[test]
    fn a_ramp_is_read_as_it_is_and_a_uniform_well_has_no_rise() {
        let text = builtin("exercise-2024").expect("built in").text;
        let plate = scenario::read(text, "test", &[], &Surroundings::none())
            .expect("sound")
            .plate;
        let columns = plate.domain.voxels[0] as usize;
        // Well 0 has a grid whose dose rises by 0.02 a voxel, 1 per mm; well 1 has one dose.
        let mut values = vec![0.5_f32; 18];
        let mut grids = vec![NONE; 18];
        grids[0] = 18;
        values.extend((0..plate.domain.voxel_count()).map(|voxel| 0.02 * (voxel % columns) as f32));
        let at = |well, x| Place {
            well,
            condition: 4,
            at_um: DVec3::new(x, 3000.0, 10.0),
        };
        let ramp = read(&plate, &values, &grids, &at(0, 2010.0), 0);
        assert!((ramp.dose.expect("there is one") - 2.0).abs() < 1e-4, "{ramp:?}");
        assert!((ramp.rise_per_mm - DVec2::X).length() < 1e-3, "{ramp:?}");
        assert!((ramp.strain - 0.05).abs() < 1e-9);
        let uniform = read(&plate, &values, &grids, &at(1, 2010.0), 0);
        assert_eq!((uniform.dose, uniform.rise_per_mm), (Some(0.5), DVec2::ZERO));
        assert_eq!(
            read(&plate, &values, &grids, &at(0, 10.0), 1).dose,
            None,
            "no such myokine"
        );
    }
}
