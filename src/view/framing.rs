//! Views that a window, a page and a picture begin with: the whole plate, or one well.

use super::arrangement::Arrangement;
use super::camera::Viewpoint;
use glam::{DVec2, DVec3};

/// The view of the whole plate, with room for the names above and the legends below.
pub fn whole_plate(size_um: DVec2, shape: f64) -> Viewpoint {
    let (above, below) = (0.05 * size_um.y, 0.09 * size_um.y);
    Viewpoint::above(DVec2::new(0.0, -below), size_um + DVec2::new(0.0, above), shape)
}

/// The view of a well, or of the whole plate where none is named or the plate has no such.
pub fn view_of(well: Option<usize>, arrangement: &Arrangement, shape: f64) -> Viewpoint {
    match well.and_then(|well| arrangement.corners_um.get(well)) {
        Some(corner) => well_view(*corner, arrangement.well_um, shape),
        None => whole_plate(arrangement.size_um, shape),
    }
}

/// The view of one well, with room for the legends.
pub fn well_view(corner_um: DVec3, well_um: DVec3, shape: f64) -> Viewpoint {
    let (low, high) = (corner_um.truncate(), (corner_um + well_um).truncate());
    let room = DVec2::new(0.0, 0.1 * well_um.y);
    Viewpoint::above(low - room, high + 0.6 * room, shape)
}
