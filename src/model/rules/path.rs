//! The path of an axon: the piece between its last recorded point and the cone.

use crate::model::layout::Rules;
use crate::model::shared::shared;
use glam::Vec3;

shared! {
    /// Length of the initial segment with which an axon or a branch begins, µm; see [`initial_segment_um`].
    pub const INITIAL_SEGMENT_UM: f32 = 5.0;
    /// The length, in segments, beyond which a piece gets a point: see [`is_beyond_a_segment`].
    pub const BEYOND_ROUNDING: f32 = 1.0001;
}

/// Length with which an axon or a branch begins, µm: shorter only where its path is recorded more finely. How far apart points
/// are recorded must not make an axon longer.
pub fn initial_segment_um(rules: &Rules) -> f32 {
    INITIAL_SEGMENT_UM.min(rules.segment_um)
}

/// Whether a piece is long enough for a recorded point. An initial segment is as long as a segment but for rounding, which is
/// another on another device, and so is a piece that was taken back to: neither is.
pub fn is_beyond_a_segment(reach: Vec3, rules: &Rules) -> bool {
    reach.length() > rules.segment_um * BEYOND_ROUNDING
}

/// Steps back along the last piece by `travelled`, which is at most its length.
pub fn shorten(reach: Vec3, travelled: f32) -> Vec3 {
    let length = reach.length();
    if length <= travelled {
        return Vec3::ZERO;
    }
    reach * ((length - travelled) / length)
}

/// The part of a way in whole grains of 2⁻⁷ µm. Places up to 131 mm in whole grains add up without rounding in single
/// precision, so that a way that is handed on from `reach` to `base` grain by grain is kept to its last bit.
pub fn whole_grains(reach: Vec3) -> Vec3 {
    (reach * 128.0 + 0.5).floor() / 128.0
}

/// The piece cut off where it would leave the well.
pub fn keep_inside(base: Vec3, reach: Vec3, size: Vec3) -> Vec3 {
    reach.max(-base).min(size - base)
}

/// The heading along the wall, for a cone that has met it: what points out of the well is removed. A cone that
/// meets a wall head on turns back.
pub fn slide_along_wall(heading: Vec3, position: Vec3, size: Vec3) -> Vec3 {
    let mut along = heading;
    if (position.x <= 0.0 && along.x < 0.0) || (position.x >= size.x && along.x > 0.0) {
        along.x = 0.0;
    }
    if (position.y <= 0.0 && along.y < 0.0) || (position.y >= size.y && along.y > 0.0) {
        along.y = 0.0;
    }
    if (position.z <= 0.0 && along.z < 0.0) || (position.z >= size.z && along.z > 0.0) {
        along.z = 0.0;
    }
    let left = along.length();
    if left < 1e-3 {
        return -heading;
    }
    along / left
}

/// The way out of a wall that stands in the well, at a place whose distance from it is `clearance` (negative within)
/// and rises along `slope`.
pub fn out_of_wall(clearance: f32, slope: Vec3) -> Vec3 {
    let steepness = slope.length();
    if clearance >= 0.0 || steepness < 1e-6 {
        return Vec3::ZERO;
    }
    slope * (-clearance / steepness)
}

/// A way without the part of it that leads into a wall, away from which the distance rises along `slope`.
pub fn not_into(way: Vec3, slope: Vec3) -> Vec3 {
    let steepness = slope.length();
    if steepness < 1e-6 {
        return way;
    }
    let away = slope / steepness;
    way - away * way.dot(away).min(0.0)
}

/// The heading along a wall that stands in the well, away from which the distance rises along `slope`: what points into
/// it is removed. A cone that meets it head on turns back.
pub fn slide_along_slope(heading: Vec3, slope: Vec3) -> Vec3 {
    let steepness = slope.length();
    if steepness < 1e-6 {
        return heading;
    }
    let away = slope / steepness;
    let into = heading.dot(away);
    if into >= 0.0 {
        return heading;
    }
    let along = heading - away * into;
    let left = along.length();
    if left < 1e-3 {
        return -heading;
    }
    along / left
}
