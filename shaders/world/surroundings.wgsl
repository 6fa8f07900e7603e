// What the cells of a well meet in this step. Twin of src/engine/cpu/surroundings.rs.
#include "cells.wgsl"
#include "../rules/field.wgsl"
#include "../rules/mechano.wgsl"
#include "../rules/receptors.wgsl"
#include "../rules/sessions.wgsl"

struct Sensed {
    signal: Signal,
    dose: f32,
}

// Mechanical drive now, 0 to 1.
fn drive_now(well: Well) -> f32 {
    if in_session(clock.step, well.actuation) {
        return cycle_drive(well.strain_drive, clock.step, well.cycle_steps);
    }
    return 0.0;
}

// What receptors make of the medium at a place, and the dose of the first myokine.
fn sense(well_index: u32, well: Well, position: vec3<f32>) -> Sensed {
    var sensed = Sensed(Signal(vec3<f32>(0.0), 0.0, 0.0), 0.0);
    for (var species = 0u; species < run.species; species++) {
        var field = vec4<f32>(0.0);
        if well.grid == NONE {
            field.w = concentrations[well_index * run.species + species];
        } else {
            field = sample_grid(well.grid + species * voxel_count(), position);
        }
        if species == 0u {
            sensed.dose = field.w;
        }
        sensed.signal = bind_myokine(sensed.signal, field.w, field.xyz, myokines[species]);
    }
    return sensed;
}

// Gradient (xyz) and concentration (w) at a place of the grid that begins at `first`.
fn sample_grid(first: u32, position: vec3<f32>) -> vec4<f32> {
    let place = place_in_grid(position, run.voxel_um, run.voxels);
    let low = vec3<u32>(floor(place));
    let high = min(low + 1u, run.voxels - 1u);
    let lower = plane_at(first, low, high, low.z);
    var upper = lower;
    if high.z != low.z {
        upper = plane_at(first, low, high, high.z);
    }
    let field = interpolate(lower, upper, place - vec3<f32>(low), run.voxel_um);
    return vec4<f32>(field.xyz * between_centres(position, run.voxel_um, run.voxels), field.w);
}

// The four voxels around a place at one height.
fn plane_at(first: u32, low: vec3<u32>, high: vec3<u32>, z: u32) -> vec4<f32> {
    let row_low = first + (z * run.voxels.y + low.y) * run.voxels.x;
    let row_high = first + (z * run.voxels.y + high.y) * run.voxels.x;
    return vec4<f32>(
        concentrations[row_low + low.x],
        concentrations[row_low + high.x],
        concentrations[row_high + low.x],
        concentrations[row_high + high.x],
    );
}

// The voxel of a grid that a place lies in.
fn voxel_at(position: vec3<f32>) -> u32 {
    let voxel = min(vec3<u32>(max(position / run.voxel_um, vec3<f32>(0.0))), run.voxels - 1u);
    return (voxel.z * run.voxels.y + voxel.y) * run.voxels.x + voxel.x;
}
