//! The rim of a well: axons that reach a side stop or go along it, so that outgrowth measured there says how large the well is.

use super::domain::Domain;
use glam::DVec3;

/// Width of the rim, µm: that of a growth cone.
pub const RIM_UM: f64 = 20.0;
/// Share of the tips in the rim from which on it is told.
pub const TOLD_AT_RIM: f64 = 0.01;

/// Distances of a point from the four sides of a well, seen from above, µm. The top and the bottom of a slab are surfaces of the gel,
/// not sides.
pub fn distances_to_sides_um(domain: &Domain, at_um: DVec3) -> [f64; 4] {
    let size_um = domain.size_um();
    [at_um.x, size_um.x - at_um.x, at_um.y, size_um.y - at_um.y]
}

/// Whether a point lies in the rim.
pub fn is_at_rim(domain: &Domain, at_um: DVec3) -> bool {
    distances_to_sides_um(domain, at_um)
        .into_iter()
        .any(|distance_um| distance_um <= RIM_UM)
}
