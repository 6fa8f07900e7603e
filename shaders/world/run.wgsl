// Bind group 0 of every pass: the clock, facts about the plate, and how much room its buffers have.
#include "../rules/field.wgsl"
#include "../rules/layout.wgsl"
#include "layout.wgsl"

@group(0) @binding(0) var<storage, read_write> clock: Clock;
@group(0) @binding(1) var<uniform> run: Run;
@group(0) @binding(2) var<uniform> room: Room;

// Known of a plate when its passes are compiled: a software driver goes through what is not needed as well, and registers are
// kept for it on all. The same for all that may be packed onto one plate.
override HAS_WALLS: bool = true;
override IN_PLANE: bool = false;
override HAS_CROWD: bool = true;
override HAS_GRIDS: bool = true;
override HAS_STRAIN: bool = true;
override HAS_STRAIN_MAPS: bool = true;
override HAS_FIBRES: bool = true;

// The place of a thread; dispatches have two dimensions because one is limited to 65,535 groups.
struct Thread {
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
}

fn group_of(thread: Thread) -> u32 {
    return thread.group.y * thread.groups.x + thread.group.x;
}

fn index_of(thread: Thread) -> u32 {
    return group_of(thread) * GROUP + thread.local;
}

fn threads_of(thread: Thread) -> u32 {
    return thread.groups.x * thread.groups.y * GROUP;
}

// Whether the field is not updated now.
fn field_rests() -> bool {
    return clock.running == 0u || !is_field_due(clock.step, run);
}

// Concentrations of wells without a grid, which stand before the grids.
fn uniform_count() -> u32 {
    return run.wells * species_count();
}

fn voxel_count() -> u32 {
    return run.voxels.x * run.voxels.y * run.voxels.z;
}

// Facts of the plate on which passes branch or loop. With conditions that rest on uniforms and constants alone, Mesa's
// software driver came to need gigabytes and many times as long in a run of many steps, as if it kept a copy of the shader
// for every dispatch (measured, not read in its source). The clock is in a storage buffer; its zero keeps conditions from
// that.
fn planar() -> u32 {
    return select(run.planar | clock.zero, 1u, IN_PLANE);
}

fn species_count() -> u32 {
    return run.species | clock.zero;
}

fn clearance_map() -> u32 {
    return run.clearance | clock.zero;
}

fn has_walls() -> bool {
    return HAS_WALLS && clearance_map() != NONE;
}

fn crowd_begins() -> u32 {
    return run.crowd | clock.zero;
}

fn takes_up() -> u32 {
    return room.takes_up | clock.zero;
}

fn voxels_along(axis: u32) -> u32 {
    return run.voxels[axis] | clock.zero;
}
