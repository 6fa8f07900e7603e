//! Fasciculation and crowding: the effect of the axons and cones around on a growth cone.
//!
//! Axons are known by sums over a voxel: the tensor Σ ℓ a aᵀ of their pieces, ℓ the length and a the direction of each.
//! Its trace is the length of axon in the voxel, its main axis the way they run.

use super::mechano::lost_after;
use crate::model::layout::Rules;
use crate::model::shared::shared;
use glam::Vec3;

shared! {
    /// Units of the fixed-point sums in a length of 1 µm.
    pub const UNITS_PER_UM: f32 = 256.0;
}

/// The axons around a place, as sums over a voxel.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct AxonTensor {
    /// xx, yy and zz of the tensor, µm of axon a voxel.
    pub diagonal: Vec3,
    /// xy, xz and yz of it.
    pub mixed: Vec3,
    /// Gradient of its trace, 1/µm.
    pub rise: Vec3,
}

/// The effect of the axons and cones around on a growth cone.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CrowdCue {
    /// Turn, rad/h.
    pub turning: Vec3,
    /// Movement sideways, µm/h.
    pub drift: Vec3,
    /// Chance of retraction by contact in a step.
    pub contact: f32,
}

/// Whether a cone heeds the axons and cones around it.
pub fn heeds_crowd(rules: &Rules) -> bool {
    rules.axon_alignment_rad_per_h != 0.0
        || rules.axon_attraction_rad_per_h != 0.0
        || rules.zippering_um_per_h != 0.0
        || rules.contact != 0.0
}

/// A piece of axon in the tensor, along the diagonal (xx, yy, zz), µm.
pub fn piece_diagonal(piece: Vec3) -> Vec3 {
    let length = piece.length();
    if length > 0.0 {
        piece * piece / length
    } else {
        Vec3::ZERO
    }
}

/// A piece of axon in the tensor, off the diagonal (xy, xz, yz), µm.
pub fn piece_mixed(piece: Vec3) -> Vec3 {
    let length = piece.length();
    if length > 0.0 {
        Vec3::new(piece.x * piece.y, piece.x * piece.z, piece.y * piece.z) / length
    } else {
        Vec3::ZERO
    }
}

/// The nearest whole number of units.
pub fn to_units(length_um: f32) -> i32 {
    (length_um * UNITS_PER_UM + 0.5).floor() as i32
}

/// The length that units stand for, µm.
pub fn from_units(units: i32) -> f32 {
    units as f32 / UNITS_PER_UM
}

/// Axons that a cone of `width` can touch where a voxel holds `extent` µm of them: length per area times its width in the
/// plane, length per volume times the square of its width in space.
pub fn axons_in_reach(extent: f32, width: f32, voxel: f32, planar: u32) -> f32 {
    let share = width / voxel;
    let axons = extent / voxel * share;
    if planar == 1 { axons } else { axons * share }
}

/// Contact guidance: turns towards the line along which the axons in reach run, dθ/dt = −k sin 2(θ − θ_axons) where all
/// run alike; `axons` is how many are in reach.
pub fn turn_along_axons(heading: Vec3, around: AxonTensor, axons: f32, rules: &Rules) -> Vec3 {
    let trace = around.diagonal.x + around.diagonal.y + around.diagonal.z;
    if trace <= 0.0 {
        return Vec3::ZERO;
    }
    let (d, m) = (around.diagonal, around.mixed);
    let pull = Vec3::new(
        d.x * heading.x + m.x * heading.y + m.y * heading.z,
        m.x * heading.x + d.y * heading.y + m.z * heading.z,
        m.y * heading.x + m.z * heading.y + d.z * heading.z,
    );
    let grip = axons / (axons + rules.half_axons);
    (pull - heading * heading.dot(pull)) * (2.0 * rules.axon_alignment_rad_per_h * grip / trace)
}

/// The way sideways to more axons, of length 1 where they thicken much within a cone's width and less where they do
/// little: `rise` is the gradient of the axons in reach, per µm.
pub fn sideways_to_axons(heading: Vec3, rise: Vec3, axons: f32, rules: &Rules) -> Vec3 {
    let steep = rise * (rules.width_um / (axons + rules.half_axons));
    let across = steep - heading * heading.dot(steep);
    let size = across.length();
    if size > 1.0 { across / size } else { across }
}

/// Room that is left in a bundle of `axons`: 1 for the first, 0 where it is full, −1 where it is as crowded again.
pub fn room_in_bundle(axons: f32, capacity: f32) -> f32 {
    (1.0 - axons / capacity).clamp(-1.0, 1.0)
}

/// Chance that one of `others`, the cones within the same voxel, makes a cone retract in this step.
pub fn contact_chance(others: u32, rules: &Rules) -> f32 {
    lost_after(others as f32 * rules.contact)
}

/// The effect of the axons `around` the place ahead of a cone and of `others`, the cones within the same voxel.
#[inline]
pub fn crowd_cue(heading: Vec3, around: AxonTensor, others: u32, voxel: f32, planar: u32, rules: &Rules) -> CrowdCue {
    let extent = around.diagonal.x + around.diagonal.y + around.diagonal.z;
    let axons = axons_in_reach(extent, rules.width_um, voxel, planar);
    let rise = around.rise * axons_in_reach(1.0, rules.width_um, voxel, planar);
    let sideways = sideways_to_axons(heading, rise, axons, rules);
    let room = room_in_bundle(axons, rules.bundle_capacity);
    CrowdCue {
        turning: turn_along_axons(heading, around, axons, rules) + sideways * (rules.axon_attraction_rad_per_h * room),
        drift: sideways * (rules.zippering_um_per_h * room.max(0.0)),
        contact: contact_chance(others, rules),
    }
}
