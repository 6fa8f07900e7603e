//! The point under a tool: its well, and the point of the gel, which may be strained as it is drawn.

use crate::model::plate::Plate;
use crate::readout::probe::WellPoint;
use crate::view::arrangement::Arrangement;
use crate::view::movement::motion_of;
use crate::view::scene::layout::Pose;
use glam::{DMat2, DVec2, DVec3};

/// The wells as they are drawn.
#[derive(Clone, Copy)]
pub struct ShownWells<'a> {
    /// The plate, as its events have made it.
    pub plate: &'a Plate,
    /// The places of its wells.
    pub arrangement: &'a Arrangement,
    /// How each is drawn.
    pub poses: &'a [Pose],
}

/// Rounds in which the point of an unevenly moved gel is found, as in the shader.
const ROUNDS: usize = 5;

/// The point of the gel that is drawn at a point of the plate; `None` beside the wells, and where a strained gel has left
/// its well. `height` is the point's height as a share of the gel's.
pub fn place(shown: ShownWells<'_>, at_um: DVec2, height: f64) -> Option<WellPoint> {
    let arrangement = shown.arrangement;
    let well = arrangement.well_at(at_um)?;
    let found = in_well(shown, well, at_um, height);
    let size = arrangement.well_um.truncate();
    let at = found.at_um.truncate();
    (at.cmpge(DVec2::ZERO).all() && at.cmple(size).all()).then_some(found)
}

/// As [`place`], in a well that is known: the far end of a drag may lie beside it and then counts as at its edge.
pub fn held_in_well(shown: ShownWells<'_>, well: usize, at_um: DVec2, height: f64) -> WellPoint {
    let mut found = in_well(shown, well, at_um, height);
    found.at_um = found.at_um.clamp(DVec3::ZERO, shown.arrangement.well_um);
    found
}

fn in_well(shown: ShownWells<'_>, well: usize, at_um: DVec2, height: f64) -> WellPoint {
    let arrangement = shown.arrangement;
    let centre = 0.5 * arrangement.well_um.truncate();
    let drawn = at_um - arrangement.corners_um[well].truncate();
    let stretch = shown.poses.get(well).map_or(DMat2::IDENTITY, stretch);
    let z = height.clamp(0.0, 1.0) * arrangement.well_um.z;
    let mut at = centre + stretch.inverse() * (drawn - centre);
    // As in the shader: each round leaves about as much of what was off as the gel is strained.
    for _ in 0..ROUNDS {
        at = centre + stretch.inverse() * (drawn - shown.carried_um(well, at.extend(z)).truncate() - centre);
    }
    WellPoint {
        well,
        condition: arrangement.conditions[well],
        at_um: at.extend(z),
    }
}

/// The point of the plate at which a point of a well's gel is drawn.
pub fn drawn_at(shown: ShownWells<'_>, well: usize, at_um: DVec3) -> DVec3 {
    let centre = 0.5 * shown.arrangement.well_um.truncate();
    let stretch = shown.poses.get(well).map_or(DMat2::IDENTITY, stretch);
    let drawn = centre + stretch * (at_um.truncate() - centre);
    shown.arrangement.corners_um[well] + drawn.extend(at_um.z) + shown.carried_um(well, at_um)
}

impl ShownWells<'_> {
    /// The displacement of a point of a well's gel by an uneven movement, as it is drawn.
    fn carried_um(&self, well: usize, at_um: DVec3) -> DVec3 {
        let sway = self.poses.get(well).map_or(0.0, |pose| f64::from(pose.sway));
        let motion = motion_of(self.plate, self.arrangement.conditions[well]).filter(|_| sway != 0.0);
        motion.map_or(DVec3::ZERO, |motion| motion.peak.at(at_um) * sway)
    }
}

/// The deformation gradient in the plane, as drawn.
fn stretch(pose: &Pose) -> DMat2 {
    let column = |column: usize| pose.gradient[column].truncate().truncate().as_dvec2();
    DMat2::IDENTITY + DMat2::from_cols(column(0), column(1))
}

/// The wells of a condition, or with `None` all.
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

    fn plate_of_wells() -> (Plate, Arrangement) {
        let text = builtin("exercise-2024").expect("built in").text;
        let plate = scenario::read(text, "test", &[], &Surroundings::none())
            .expect("sound")
            .plate;
        let arrangement = Arrangement::of(&plate, 1.5);
        (plate, arrangement)
    }

    fn shown<'a>(plate: &'a Plate, arrangement: &'a Arrangement, poses: &'a [Pose]) -> ShownWells<'a> {
        ShownWells {
            plate,
            arrangement,
            poses,
        }
    }

    #[test]
    fn a_point_is_found_in_its_well_and_beside_the_wells_there_is_none() {
        let (plate, arrangement) = plate_of_wells();
        let shown = shown(&plate, &arrangement, &[]);
        let corner = arrangement.corners_um[7].truncate();
        let found = place(shown, corner + DVec2::new(1000.0, 2000.0), 0.5).expect("in the well");
        assert_eq!((found.well, found.condition), (7, 2));
        assert!(
            (found.at_um - DVec3::new(1000.0, 2000.0, 10.0)).length() < 1e-9,
            "{found:?}"
        );
        assert_eq!(place(shown, corner - DVec2::ONE, 0.5), None);
    }

    #[test]
    fn in_a_moving_gel_the_point_that_is_drawn_there_is_found() {
        let (plate, arrangement) = plate_of_wells();
        let poses = poses(&plate, &arrangement, &[NONE; 18], 0, 0.25, &Look::default());
        let (moved, shown) = (shown(&plate, &arrangement, &poses), shown(&plate, &arrangement, &[]));
        let material = DVec3::new(4000.0, 2000.0, 10.0);
        let drawn = drawn_at(moved, 12, material);
        let pulled = drawn.truncate() - arrangement.corners_um[12].truncate();
        assert!(
            (pulled.x - 4150.0).abs() < 1e-3,
            "15 % of a millimetre further out: {pulled}"
        );
        let found = place(moved, drawn.truncate(), 0.5).expect("in the well");
        assert!((found.at_um - material).length() < 1e-3, "{found:?}");
        let unaware = place(shown, drawn.truncate(), 0.5).expect("in the well");
        assert!((unaware.at_um - material).length() > 100.0);
    }

    #[test]
    fn in_an_unevenly_moving_gel_the_point_that_is_drawn_there_is_found() {
        let text = builtin("magnet-bars").expect("built in").text;
        let plate = scenario::read(text, "test", &[], &Surroundings::none())
            .expect("sound")
            .plate;
        let arrangement = Arrangement::of(&plate, 1.5);
        let moves = |condition: &usize| {
            let motion = motion_of(&plate, *condition);
            motion.is_some_and(|motion| motion.largest_strain(&plate.domain) > 0.01)
        };
        let uneven = (0..plate.conditions.len()).find(moves);
        let well = wells_of(&arrangement, uneven).next().expect("a well that is moved");
        let poses = poses(
            &plate,
            &arrangement,
            &vec![NONE; arrangement.corners_um.len()],
            0,
            0.25,
            &Look::default(),
        );
        let (moved, still) = (shown(&plate, &arrangement, &poses), shown(&plate, &arrangement, &[]));
        let mut furthest = 0.0_f64;
        for share in [0.2, 0.35, 0.5, 0.65, 0.8] {
            let material = arrangement.well_um * DVec3::new(share, 0.4, 0.5);
            let drawn = drawn_at(moved, well, material);
            furthest = furthest.max(drawn.distance(drawn_at(still, well, material)));
            let found = place(moved, drawn.truncate(), 0.5).expect("in the well");
            assert!(
                (found.at_um - material).length() < 2.0,
                "{found:?} instead of {material}"
            );
        }
        assert!(furthest > 20.0, "at most {furthest} µm moved");
    }

    #[test]
    fn a_drag_ends_at_the_edge_of_its_well() {
        let (plate, arrangement) = plate_of_wells();
        let shown = shown(&plate, &arrangement, &[]);
        let beyond = arrangement.corners_um[7].truncate() - DVec2::splat(500.0);
        assert_eq!(held_in_well(shown, 7, beyond, 0.0).at_um, DVec3::ZERO);
    }

    #[test]
    fn replicates_are_found() {
        let (_, arrangement) = plate_of_wells();
        assert_eq!(wells_of(&arrangement, Some(2)).collect::<Vec<_>>(), [6, 7, 8]);
        assert_eq!(wells_of(&arrangement, None).count(), 18);
    }
}
