// The surroundings of the cells of a well in a step: the medium and the gel's movement. Twin of src/model/surroundings.rs.
#include "cells.wgsl"
#include "../rules/field.wgsl"
#include "../rules/heading.wgsl"
#include "../rules/mechano.wgsl"
#include "../rules/receptors.wgsl"
#include "../rules/sessions.wgsl"

// The gel's movement as a cell at a place feels it in this step.
fn feel(position: vec3<f32>, treatment: Treatment) -> Felt {
    let strain = treatment.strain;
    var felt = Felt(0.0, strain.axis, strain.anisotropy, vec2<f32>(0.0));
    if HAS_STRAIN && in_session(clock.step, strain.sessions) {
        if !HAS_STRAIN_MAPS || strain.map == NONE {
            felt.drive = cycle_drive(strain.drive, clock.step, strain.cycle_steps);
        } else {
            let moment = moment_of_cycle(clock.step, strain.cycle_steps, strain.moments);
            let first = run.maps + strain.map + 3u * moment * voxel_count();
            felt.drive = sample_grid(first, position).w;
            if strain.moments == 1u {
                felt.drive = cycle_drive(felt.drive, clock.step, strain.cycle_steps);
            }
            let across = sample_grid(first + voxel_count(), position).w;
            let line = vec2<f32>(across, sample_grid(first + 2u * voxel_count(), position).w);
            felt.axis = axis_of_line(line);
            felt.anisotropy = length(line);
        }
    }
    felt.mechano = mechano_relaxation(felt.drive, treatment.rules, run.step_h);
    return felt;
}

// The medium as receptors read it at a place.
fn sense(well_index: u32, well: Well, position: vec3<f32>, rules: Rules) -> Sensed {
    var sensed = Sensed(Signal(vec3<f32>(0.0), 0.0, 0.0), 0.0);
    for (var species = 0u; species < species_count(); species++) {
        var field = vec4<f32>(0.0);
        if !HAS_GRIDS || well.grid == NONE {
            field.w = concentrations[well_index * species_count() + species];
        } else {
            field = sample_grid(well.grid + species * voxel_count(), position);
        }
        if species == 0u {
            sensed.dose = field.w;
        }
        sensed.signal = bind_myokine(sensed.signal, field.w, field.xyz, rules.width_um, myokines[species]);
    }
    return sensed;
}

// Distance from the walls (w) and its gradient (xyz) at a place of a well; far away where no wall stands in the well.
fn sense_wall(position: vec3<f32>) -> vec4<f32> {
    if !has_walls() {
        return vec4<f32>(0.0, 0.0, 0.0, 1e9);
    }
    let around = voxels_around(position);
    let map = run.maps + clearance_map();
    return interpolate_around(around, plane_at(map, around, around.low.z), plane_at(map, around, around.high.z));
}

// Gradient (xyz) and concentration (w) at a place of the grid that begins at `first`.
fn sample_grid(first: u32, position: vec3<f32>) -> vec4<f32> {
    let around = voxels_around(position);
    var low = plane_at(first, around, around.low.z);
    var high = low;
    if planar() == 0u && around.high.z != around.low.z {
        high = plane_at(first, around, around.high.z);
    }
    if has_walls() {
        let map = run.maps + clearance_map();
        let open_low = is_open(plane_at(map, around, around.low.z));
        let open_high = is_open(plane_at(map, around, around.high.z));
        let mean = mean_of_open(low, high, open_low, open_high);
        let mirrored = mirror_at_walls(low, high, open_low, open_high, mean);
        high = mirror_at_walls(high, low, open_high, open_low, mean);
        low = mirrored;
    }
    return interpolate_around(around, low, high);
}

// 1 where a voxel is open, 0 where it is wall, from its distance from the walls.
fn is_open(clearance: vec4<f32>) -> vec4<f32> {
    return select(vec4<f32>(0.0), vec4<f32>(1.0), clearance > vec4<f32>(0.0));
}

// The voxels around a place.
struct Around {
    position: vec3<f32>,
    // Place between the lower and the upper ones, 0 to 1 along each axis.
    share: vec3<f32>,
    low: vec3<u32>,
    high: vec3<u32>,
}

fn voxels_around(position: vec3<f32>) -> Around {
    let place = place_in_grid(position, run.voxel_um, run.voxels);
    let low = vec3<u32>(floor(place));
    return Around(position, place - vec3<f32>(low), low, min(low + 1u, run.voxels - 1u));
}

// Gradient (xyz) and value (w) from the voxels at both heights.
fn interpolate_around(around: Around, low: vec4<f32>, high: vec4<f32>) -> vec4<f32> {
    let field = interpolate(low, high, around.share, run.voxel_um);
    return vec4<f32>(field.xyz * between_centres(around.position, run.voxel_um, run.voxels), field.w);
}

// The four voxels around a place at one height, of the numbers that begin at `first`.
fn plane_at(first: u32, around: Around, z: u32) -> vec4<f32> {
    let row_low = first + (z * run.voxels.y + around.low.y) * run.voxels.x;
    let row_high = first + (z * run.voxels.y + around.high.y) * run.voxels.x;
    return vec4<f32>(
        concentrations[row_low + around.low.x],
        concentrations[row_low + around.high.x],
        concentrations[row_high + around.low.x],
        concentrations[row_high + around.high.x],
    );
}

// The voxel of a grid that a place lies in.
fn voxel_at(position: vec3<f32>) -> u32 {
    let voxel = min(vec3<u32>(max(position / run.voxel_um, vec3<f32>(0.0))), run.voxels - 1u);
    return (voxel.z * run.voxels.y + voxel.y) * run.voxels.x + voxel.x;
}
