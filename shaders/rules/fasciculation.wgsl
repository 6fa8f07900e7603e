// Fasciculation and crowding: the effect of the axons and cones around on a growth cone. Twin of
// src/model/rules/fasciculation.rs.
#include "layout.wgsl"
#include "mechano.wgsl"

struct AxonTensor {
    diagonal: vec3<f32>,
    mixed: vec3<f32>,
    rise: vec3<f32>,
}

struct CrowdCue {
    turning: vec3<f32>,
    drift: vec3<f32>,
    contact: f32,
}

fn heeds_crowd(rules: Rules) -> bool {
    return rules.axon_alignment_rad_per_h != 0.0 || rules.axon_attraction_rad_per_h != 0.0
        || rules.zippering_um_per_h != 0.0 || rules.contact != 0.0;
}

fn piece_diagonal(piece: vec3<f32>) -> vec3<f32> {
    let extent = length(piece);
    if extent > 0.0 {
        return piece * piece / extent;
    }
    return vec3<f32>(0.0);
}

fn piece_mixed(piece: vec3<f32>) -> vec3<f32> {
    let extent = length(piece);
    if extent > 0.0 {
        return vec3<f32>(piece.x * piece.y, piece.x * piece.z, piece.y * piece.z) / extent;
    }
    return vec3<f32>(0.0);
}

fn to_units(length_um: f32) -> i32 {
    return i32(floor(length_um * UNITS_PER_UM + 0.5));
}

fn from_units(units: i32) -> f32 {
    return f32(units) / UNITS_PER_UM;
}

fn axons_in_reach(extent: f32, width: f32, voxel: f32, planar: u32) -> f32 {
    let share = width / voxel;
    let axons = extent / voxel * share;
    return select(axons * share, axons, planar == 1u);
}

fn turn_along_axons(heading: vec3<f32>, around: AxonTensor, axons: f32, rules: Rules) -> vec3<f32> {
    let trace = around.diagonal.x + around.diagonal.y + around.diagonal.z;
    if trace <= 0.0 {
        return vec3<f32>(0.0);
    }
    let d = around.diagonal;
    let m = around.mixed;
    let pull = vec3<f32>(
        d.x * heading.x + m.x * heading.y + m.y * heading.z,
        m.x * heading.x + d.y * heading.y + m.z * heading.z,
        m.y * heading.x + m.z * heading.y + d.z * heading.z,
    );
    let grip = axons / (axons + rules.half_axons);
    return (pull - heading * dot(heading, pull)) * (2.0 * rules.axon_alignment_rad_per_h * grip / trace);
}

fn sideways_to_axons(heading: vec3<f32>, rise: vec3<f32>, axons: f32, rules: Rules) -> vec3<f32> {
    let steep = rise * (rules.width_um / (axons + rules.half_axons));
    let across = steep - heading * dot(heading, steep);
    let size = length(across);
    if size > 1.0 {
        return across / size;
    }
    return across;
}

fn room_in_bundle(axons: f32, capacity: f32) -> f32 {
    return clamp(1.0 - axons / capacity, -1.0, 1.0);
}

fn contact_chance(others: u32, rules: Rules) -> f32 {
    return lost_after(f32(others) * rules.contact);
}

fn crowd_cue(heading: vec3<f32>, around: AxonTensor, others: u32, voxel: f32, planar: u32, rules: Rules) -> CrowdCue {
    let extent = around.diagonal.x + around.diagonal.y + around.diagonal.z;
    let axons = axons_in_reach(extent, rules.width_um, voxel, planar);
    let rise = around.rise * axons_in_reach(1.0, rules.width_um, voxel, planar);
    let sideways = sideways_to_axons(heading, rise, axons, rules);
    let room = room_in_bundle(axons, rules.bundle_capacity);
    return CrowdCue(
        turn_along_axons(heading, around, axons, rules) + sideways * (rules.axon_attraction_rad_per_h * room),
        sideways * (rules.zippering_um_per_h * max(room, 0.0)),
        contact_chance(others, rules),
    );
}
