// The path of an axon: the piece between its last recorded point and the cone. Twin of src/model/rules/path.rs.
#include "layout.wgsl"

fn initial_segment_um(rules: Rules) -> f32 {
    return min(INITIAL_SEGMENT_UM, rules.segment_um);
}

fn is_beyond_a_segment(reach: vec3<f32>, rules: Rules) -> bool {
    return length(reach) > rules.segment_um * BEYOND_ROUNDING;
}

fn shorten(reach: vec3<f32>, travelled: f32) -> vec3<f32> {
    let extent = length(reach);
    if extent <= travelled {
        return vec3<f32>(0.0);
    }
    return reach * ((extent - travelled) / extent);
}

fn whole_grains(reach: vec3<f32>) -> vec3<f32> {
    return floor(reach * 128.0 + 0.5) / 128.0;
}

fn keep_inside(base: vec3<f32>, reach: vec3<f32>, size: vec3<f32>) -> vec3<f32> {
    return min(max(reach, -base), size - base);
}

fn slide_along_wall(heading: vec3<f32>, position: vec3<f32>, size: vec3<f32>) -> vec3<f32> {
    var along = heading;
    if (position.x <= 0.0 && along.x < 0.0) || (position.x >= size.x && along.x > 0.0) {
        along.x = 0.0;
    }
    if (position.y <= 0.0 && along.y < 0.0) || (position.y >= size.y && along.y > 0.0) {
        along.y = 0.0;
    }
    if (position.z <= 0.0 && along.z < 0.0) || (position.z >= size.z && along.z > 0.0) {
        along.z = 0.0;
    }
    let left = length(along);
    if left < 1e-3 {
        return -heading;
    }
    return along / left;
}

fn out_of_wall(clearance: f32, slope: vec3<f32>) -> vec3<f32> {
    let steepness = length(slope);
    if clearance >= 0.0 || steepness < 1e-6 {
        return vec3<f32>(0.0);
    }
    return slope * (-clearance / steepness);
}

fn not_into(way: vec3<f32>, slope: vec3<f32>) -> vec3<f32> {
    let steepness = length(slope);
    if steepness < 1e-6 {
        return way;
    }
    let away = slope / steepness;
    return way - away * min(dot(way, away), 0.0);
}

fn slide_along_slope(heading: vec3<f32>, slope: vec3<f32>) -> vec3<f32> {
    let steepness = length(slope);
    if steepness < 1e-6 {
        return heading;
    }
    let away = slope / steepness;
    let into = dot(heading, away);
    if into >= 0.0 {
        return heading;
    }
    let along = heading - away * into;
    let left = length(along);
    if left < 1e-3 {
        return -heading;
    }
    return along / left;
}
