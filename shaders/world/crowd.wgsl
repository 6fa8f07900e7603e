// The crowd: in each voxel the axons that run through it, and the growth cones that are in it. Twin of src/model/crowd.rs,
// where the sums are explained.
#include "surroundings.wgsl"
#include "trails.wgsl"
#include "../rules/fasciculation.wgsl"

// Whole numbers by voxel: cones that take up myokine, and behind them the fixed-point sums of the crowd.
@group(2) @binding(3) var<storage, read_write> tallies: array<atomic<i32>>;

fn sums_per_voxel() -> u32 {
    return select(8u, 4u, planar() == 1u);
}

fn cones_sum() -> u32 {
    return select(6u, 3u, planar() == 1u);
}

// The first sum of a voxel of a well.
fn first_sum(well: u32, voxel: u32) -> u32 {
    return crowd_begins() + (well * voxel_count() + voxel) * sums_per_voxel();
}

// Gradient (xyz) and value (w) of the sum `place` at a place of a well.
fn sample_sum(well: u32, around: Around, place: u32) -> vec4<f32> {
    let low = sums_at(well, around, around.low.z, place);
    if planar() == 1u {
        return interpolate_around(around, low, low);
    }
    return interpolate_around(around, low, sums_at(well, around, around.high.z, place));
}

// One sum of the four voxels around a place at one height.
fn sums_at(well: u32, around: Around, z: u32, place: u32) -> vec4<f32> {
    let row_low = (z * run.voxels.y + around.low.y) * run.voxels.x;
    let row_high = (z * run.voxels.y + around.high.y) * run.voxels.x;
    return vec4<f32>(
        sum_at(well, row_low + around.low.x, place),
        sum_at(well, row_low + around.high.x, place),
        sum_at(well, row_high + around.low.x, place),
        sum_at(well, row_high + around.high.x, place),
    );
}

fn sum_at(well: u32, voxel: u32, place: u32) -> f32 {
    return from_units(atomicLoad(&tallies[first_sum(well, voxel) + place]));
}

// The axons around a place of a well, between voxel centres.
fn axons_around(well: u32, position: vec3<f32>) -> AxonTensor {
    let around = voxels_around(position);
    let first = sample_sum(well, around, 0u);
    let second = sample_sum(well, around, 1u);
    let third = sample_sum(well, around, 2u);
    if planar() == 1u {
        return AxonTensor(vec3<f32>(first.w, second.w, 0.0), vec3<f32>(third.w, 0.0, 0.0), first.xyz + second.xyz);
    }
    let mixed = vec3<f32>(
        sample_sum(well, around, 3u).w,
        sample_sum(well, around, 4u).w,
        sample_sum(well, around, 5u).w,
    );
    return AxonTensor(vec3<f32>(first.w, second.w, third.w), mixed, first.xyz + second.xyz + third.xyz);
}

// Other cones in the voxel that a cone is in.
fn cones_beside(cone: Cone) -> u32 {
    let voxel = voxel_at(cone.base_um + cone.reach_um);
    let count = atomicLoad(&tallies[first_sum(cone.well, voxel) + cones_sum()]);
    let own = select(0, 1, cone.voxel == voxel);
    return u32(max(count - own, 0));
}

// The effect of the crowd on a cone, which feels its width ahead of it; one that pauses or retracts senses none.
fn sense_crowd(cone: Cone, rules: Rules) -> CrowdCue {
    if !HAS_CROWD || crowd_begins() == NONE || cone.mode != MODE_RUN || !heeds_crowd(rules) {
        return CrowdCue(vec3<f32>(0.0), vec3<f32>(0.0), 0.0);
    }
    let around = axons_around(cone.well, cone.base_um + cone.reach_um + cone.heading * rules.width_um);
    return crowd_cue(cone.heading, around, cones_beside(cone), run.voxel_um, planar(), rules);
}
