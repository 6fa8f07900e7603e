// Sources release, myokine decays, and the uptake by cones in the last step is subtracted. Twin of src/engine/cpu/myokine.rs.
#include "../world/field.wgsl"
#include "../rules/field.wgsl"
#include "../rules/secretion.wgsl"
#include "../rules/uptake.wgsl"

@group(2) @binding(0) var<storage, read> myokines: array<MyokineRules>;
@group(2) @binding(1) var<storage, read> sources: array<Source>;
@group(2) @binding(2) var<storage, read> kinds: array<u32>;

@compute @workgroup_size(64)
fn release_myokine(thread: Thread) {
    let index = index_of(thread);
    if clock.running == 0u || index >= run.maps {
        return;
    }
    if index < uniform_count() {
        let loss = myokines[index % species_count()].loss;
        concentrations[index] = release_and_decay(concentrations[index], 0.0, 0.0, loss);
        return;
    }
    let grid = grid_of(index);
    let voxel = index - grid.first;
    let fallen = collect_taken(index - uniform_count());
    if grid.kinds == NONE || kinds[grid.kinds + voxel] == KIND_OPEN {
        let released = released_at(grid, voxel_centre(voxel));
        concentrations[index] = release_and_decay(concentrations[index], released, fallen, myokines[grid.species].loss);
    }
}

// Collects the uptake by cones from a voxel in the last step; the sum begins anew.
fn collect_taken(cell: u32) -> f32 {
    if takes_up() == 0u {
        return 0.0;
    }
    let fallen = from_fixed_point(taken[cell]);
    taken[cell] = 0;
    return fallen;
}

fn voxel_centre(voxel: u32) -> vec3<f32> {
    let row = voxel / run.voxels.x;
    let place = vec3<u32>(voxel % run.voxels.x, row % run.voxels.y, row / run.voxels.y);
    return (vec3<f32>(place) + 0.5) * run.voxel_um;
}

// Concentration that all sources of a grid release at a place in a step.
fn released_at(grid: Grid, centre: vec3<f32>) -> f32 {
    var released = 0.0;
    for (var i = grid.first_source; i < grid.first_source + grid.sources; i++) {
        let source = sources[i];
        if all(centre >= source.low_um) && all(centre < source.high_um) {
            let ratio = secretion_ratio(fibres[source.well].activity, source.exercised_ratio);
            released += source.rate_per_h * ratio * myokines[grid.species].release;
        }
    }
    return released;
}
