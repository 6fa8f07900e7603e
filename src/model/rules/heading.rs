//! Heading: the turns of a growth cone. A turn is a vector across the heading whose length is the angle.

use super::random::{draw, purpose, uniform_number};
use crate::model::layout::Rules;
use crate::model::shared::shared;
use glam::{UVec2, Vec2, Vec3};

/// A unit vector across `heading`; in a plane the one to its left.
#[inline]
pub fn left_of(heading: Vec3, planar: u32) -> Vec3 {
    if planar == 1 {
        return Vec3::new(-heading.y, heading.x, 0.0);
    }
    // Frisvad's frame in the form of Duff et al., JCGT 6(1), 2017: no singular direction.
    let sign = if heading.z >= 0.0 { 1.0 } else { -1.0 };
    let a = -1.0 / (sign + heading.z);
    let b = heading.x * heading.y * a;
    Vec3::new(b, sign + heading.y * heading.y * a, -heading.y)
}

/// Rotational diffusion over a path of length `travelled`: variance travelled·2/L_p in the plane, travelled/L_p about
/// each axis in space. `xi` holds standard normal numbers, the second used in space only.
#[inline]
pub fn wander(heading: Vec3, travelled: f32, persistence_length: f32, planar: u32, xi: Vec2) -> Vec3 {
    let left = left_of(heading, planar);
    if planar == 1 {
        return left * ((2.0 * travelled / persistence_length).sqrt() * xi.x);
    }
    let above = heading.cross(left);
    (left * xi.x + above * xi.y) * (travelled / persistence_length).sqrt()
}

shared! {
    /// Longest persistence length, µm: straight for any culture.
    pub const STRAIGHT: f32 = 1e9;
}

/// A cone's persistence length, µm: that of the rules, or from a Pareto law above it, L = L_min u^(−1/a), with the same
/// uniform number `u` for the cone's whole life.
///
/// A cone of persistence L has by path s the mean square 2L²(s/L − 1 + e^(−s/L)): 2Ls once s exceeds L, s² before. Over
/// cones with a tail a < 1 the long ones carry it: ∫ a L_min^a L^(−1−a) (…) dL → s^(2−a). The approach is slow, as
/// (L_min/s)^(1−a): with a = 0.6 the local exponent is 1.48 about 70 L_min and 1.42 about 1700 L_min. That holds for an ensemble
/// of cones; a single one is still a persistent walker.
pub fn persistence_length(u: f32, rules: &Rules) -> f32 {
    if rules.persistence_tail <= 0.0 {
        return rules.persistence_length_um;
    }
    (rules.persistence_length_um * libm::expf(-libm::logf(u) / rules.persistence_tail)).min(STRAIGHT)
}

/// The persistence length of the cone with this identity, µm, the same for its whole life; `key` is that of its well.
#[inline]
pub fn persistence_of(id: u32, key: UVec2, rules: &Rules) -> f32 {
    if rules.persistence_tail == 0.0 {
        return rules.persistence_length_um;
    }
    persistence_length(uniform_number(draw(id, 0, key, purpose::PERSISTENCE).x), rules)
}

/// The axis α of a line given as anisotropy · (cos 2α, sin 2α), a unit vector of either sense; x where there is none.
pub fn axis_of_line(line: Vec2) -> Vec3 {
    let size = line.length();
    if size < 1e-12 {
        return Vec3::X;
    }
    // Half the angle without an angle, by the sum that does not cancel.
    let axis = if line.x >= 0.0 {
        Vec2::new(size + line.x, line.y)
    } else {
        Vec2::new(line.y.abs(), if line.y < 0.0 { line.x - size } else { size - line.x })
    };
    (axis / axis.length()).extend(0.0)
}

/// Strain turns a cone towards (positive rate) or away from the line of `axis`: dθ/dt = −k sin 2(θ − θ_strain).
#[inline]
pub fn turn_to_strain(heading: Vec3, axis: Vec3, rate: f32) -> Vec3 {
    let along = heading.dot(axis);
    (axis - heading * along) * (2.0 * rate * along)
}

/// The heading after a turn: rotated by the length of `across` towards it.
#[inline]
pub fn turn(heading: Vec3, across: Vec3) -> Vec3 {
    let angle = across.length();
    if angle < 1e-12 {
        return heading;
    }
    let (sine, cosine) = libm::sincosf(angle);
    let turned = heading * cosine + across * (sine / angle);
    turned / turned.length()
}
