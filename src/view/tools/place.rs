//! Where on the plate a tool is put: which well, and which point of its gel, which may be strained as it is drawn.

use crate::view::arrangement::Arrangement;
use crate::view::scene::layout::Pose;
use glam::{DMat2, DVec2, DVec3};

/// A point of a well.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// The well.
    pub well: usize,
    /// Its condition.
    pub condition: usize,
    /// The point of the gel, µm from the well's corner, as it lies when the gel is at rest.
    pub at_um: DVec3,
}

/// The point of the gel that is drawn at a point of the plate; `None` beside the wells, and where a strained gel has left
/// its well. `height` is the point's height as a share of the gel's.
pub fn place(arrangement: &Arrangement, poses: &[Pose], at_um: DVec2, height: f64) -> Option<Place> {
    let well = arrangement.well_at(at_um)?;
    let found = in_well(arrangement, poses, well, at_um, height);
    let size = arrangement.well_um.truncate();
    let at = found.at_um.truncate();
    (at.cmpge(DVec2::ZERO).all() && at.cmple(size).all()).then_some(found)
}

/// As [`place`], in a well that is known: the far end of a drag may lie beside it and then counts as at its edge.
pub fn held_in_well(arrangement: &Arrangement, poses: &[Pose], well: usize, at_um: DVec2, height: f64) -> Place {
    let mut found = in_well(arrangement, poses, well, at_um, height);
    found.at_um = found.at_um.clamp(DVec3::ZERO, arrangement.well_um);
    found
}

fn in_well(arrangement: &Arrangement, poses: &[Pose], well: usize, at_um: DVec2, height: f64) -> Place {
    let centre = 0.5 * arrangement.well_um.truncate();
    let from_centre = at_um - arrangement.corners_um[well].truncate() - centre;
    let stretch = poses.get(well).map_or(DMat2::IDENTITY, stretch);
    let at = centre + stretch.inverse() * from_centre;
    Place {
        well,
        condition: arrangement.conditions[well],
        at_um: at.extend(height.clamp(0.0, 1.0) * arrangement.well_um.z),
    }
}

/// Where a point of a well's gel is drawn on the plate.
pub fn drawn_at(arrangement: &Arrangement, poses: &[Pose], well: usize, at_um: DVec3) -> DVec3 {
    let centre = 0.5 * arrangement.well_um.truncate();
    let stretch = poses.get(well).map_or(DMat2::IDENTITY, stretch);
    let drawn = centre + stretch * (at_um.truncate() - centre);
    arrangement.corners_um[well] + drawn.extend(at_um.z)
}

/// The deformation gradient in the plane, as drawn.
fn stretch(pose: &Pose) -> DMat2 {
    let column = |column: usize| pose.gradient[column].truncate().truncate().as_dvec2();
    DMat2::IDENTITY + DMat2::from_cols(column(0), column(1))
}

/// The wells in which what is done to a condition (or, with `None`, to all) is done.
pub fn wells_of(arrangement: &Arrangement, condition: Option<usize>) -> impl Iterator<Item = usize> + use<'_> {
    (0..arrangement.conditions.len())
        .filter(move |&well| condition.is_none_or(|condition| arrangement.conditions[well] == condition))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::layout::NONE;
    use crate::scenario::{self, Surroundings, builtin};
    use crate::view::look::Look;
    use crate::view::pose::poses;

    fn plate_of_wells() -> (crate::model::plate::Plate, Arrangement) {
        let text = builtin("exercise-2024").expect("built in").text;
        let plate = scenario::read(text, "test", &[], &Surroundings::none())
            .expect("sound")
            .plate;
        let arrangement = Arrangement::of(&plate, 1.5);
        (plate, arrangement)
    }

    #[test]
    fn a_point_is_found_in_its_well_and_beside_the_wells_there_is_none() {
        let (_, arrangement) = plate_of_wells();
        let corner = arrangement.corners_um[7].truncate();
        let found = place(&arrangement, &[], corner + DVec2::new(1000.0, 2000.0), 0.5).expect("in the well");
        assert_eq!((found.well, found.condition), (7, 2));
        assert!(
            (found.at_um - DVec3::new(1000.0, 2000.0, 10.0)).length() < 1e-9,
            "{found:?}"
        );
        assert_eq!(place(&arrangement, &[], corner - DVec2::ONE, 0.5), None);
    }

    #[test]
    fn in_a_moving_gel_the_point_that_is_drawn_there_is_found() {
        let (plate, arrangement) = plate_of_wells();
        let poses = poses(&plate, &arrangement, &[NONE; 18], 0, 0.25, &Look::default());
        let material = DVec3::new(4000.0, 2000.0, 10.0);
        let drawn = drawn_at(&arrangement, &poses, 12, material);
        let pulled = drawn.truncate() - arrangement.corners_um[12].truncate();
        assert!(
            (pulled.x - 4150.0).abs() < 1e-3,
            "15 % of a millimetre further out: {pulled}"
        );
        let found = place(&arrangement, &poses, drawn.truncate(), 0.5).expect("in the well");
        assert!((found.at_um - material).length() < 1e-3, "{found:?}");
        let unaware = place(&arrangement, &[], drawn.truncate(), 0.5).expect("in the well");
        assert!((unaware.at_um - material).length() > 100.0);
    }

    #[test]
    fn a_drag_ends_at_the_edge_of_its_well() {
        let (_, arrangement) = plate_of_wells();
        let beyond = arrangement.corners_um[7].truncate() - DVec2::splat(500.0);
        assert_eq!(held_in_well(&arrangement, &[], 7, beyond, 0.0).at_um, DVec3::ZERO);
    }

    #[test]
    fn replicates_are_found() {
        let (_, arrangement) = plate_of_wells();
        assert_eq!(wells_of(&arrangement, Some(2)).collect::<Vec<_>>(), [6, 7, 8]);
        assert_eq!(wells_of(&arrangement, None).count(), 18);
    }
}
