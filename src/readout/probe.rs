//! The probe: dose, its gradient and the strain of the gel at a point of a well.

use crate::model::actuation::peak_strain;
use crate::model::layout::NONE;
use crate::model::plate::{Plate, StrainMode};
use crate::model::sampling::sample;
use glam::{DVec2, DVec3, Vec3, Vec4, Vec4Swizzles};

/// A point of a well.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WellPoint {
    /// The well.
    pub well: usize,
    /// Its condition.
    pub condition: usize,
    /// The point of the gel, µm from the well's corner, as it lies when the gel is at rest.
    pub at_um: DVec3,
}

/// The probe's reading at a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ProbeReading {
    /// Dose of the myokine; `None` where there is none on the plate.
    pub dose: Option<f64>,
    /// How it rises in the plane, dose per mm.
    pub rise_per_mm: DVec2,
    /// Largest strain of the gel at the peak of a cycle, and 0 for a gel that nobody moves.
    pub strain: f64,
}

/// Reads a point. `concentrations` and `grids` as in [`crate::model::moment::Moment`].
pub fn read(plate: &Plate, concentrations: &[f32], grids: &[u32], at: &WellPoint, species: usize) -> ProbeReading {
    let field = field(plate, concentrations, grids, at, species);
    let protocol = plate
        .conditions
        .get(at.condition)
        .and_then(|condition| condition.actuation.as_ref());
    ProbeReading {
        dose: field.map(|field| f64::from(field.w)),
        rise_per_mm: field.map_or(DVec2::ZERO, |field| field.xy().as_dvec2() * 1000.0),
        strain: protocol.map_or(0.0, |protocol| match &protocol.strain {
            StrainMode::Nonuniform(motion) => f64::from(motion.peak_strain[plate.domain.voxel_at(at.at_um)]),
            _ => peak_strain(protocol).major,
        }),
    }
}

/// Gradient (xyz, per µm) and dose (w) of a myokine at a point, as a growth cone there meets them.
fn field(plate: &Plate, concentrations: &[f32], grids: &[u32], at: &WellPoint, species: usize) -> Option<Vec4> {
    let count = plate.myokines.len();
    if species >= count {
        return None;
    }
    let grid = grids.get(at.well).copied().unwrap_or(NONE);
    if grid == NONE {
        return concentrations
            .get(at.well * count + species)
            .map(|&dose| Vec3::ZERO.extend(dose));
    }
    let first = grid as usize + species * plate.domain.voxel_count();
    let cells = concentrations.get(first..first + plate.domain.voxel_count())?;
    Some(sample(&plate.domain, cells, at.at_um.as_vec3()))
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
        let at = |well, x| WellPoint {
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
