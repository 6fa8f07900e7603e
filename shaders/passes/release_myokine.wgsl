// Sources release, myokine decays, and cones take it up, in an update of the field. Twin of src/engine/cpu/myokine.rs.
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
    if field_rests() || index >= run.maps {
        return;
    }
    if index < uniform_count() {
        let loss = loss_in_update(clock.step, clock.round, run, myokines[index % species_count()]);
        concentrations[index] = release_and_decay(concentrations[index], 0.0, loss);
        return;
    }
    let grid = grid_of(index);
    let voxel = index - grid.first;
    if grid.kinds != NONE && kinds[grid.kinds + voxel] != KIND_OPEN {
        return;
    }
    let myokine = myokines[grid.species];
    let loss = loss_in_update(clock.step, clock.round, run, myokine);
    var left = release_and_decay(concentrations[index], released_in(grid, voxel), loss);
    if takes_up() == 1u {
        // The grids of a well lie one behind the other, a myokine each.
        let number = (index - uniform_count()) / voxel_count() / species_count();
        let cones = u32(takers[number * voxel_count() + voxel]);
        if cones > 0u {
            left -= uptake(left, cones, myokine);
        }
    }
    concentrations[index] = left;
}

// Concentration that all sources of a grid release in a voxel in an update.
fn released_in(grid: Grid, voxel: u32) -> f32 {
    let row = voxel / run.voxels.x;
    let place = vec3<u32>(voxel % run.voxels.x, row % run.voxels.y, row / run.voxels.y);
    var released = 0.0;
    for (var i = grid.first_source; i < grid.first_source + grid.sources; i++) {
        let source = sources[i];
        let share = covered_share(place.x, run.voxel_um, source.low_um.x, source.high_um.x)
            * covered_share(place.y, run.voxel_um, source.low_um.y, source.high_um.y)
            * covered_share(place.z, run.voxel_um, source.low_um.z, source.high_um.z);
        if share > 0.0 {
            let ratio = secretion_ratio(fibres[source.well].activity, source.exercised_ratio);
            released += source.rate_per_h * ratio * myokines[grid.species].release * share;
        }
    }
    return released;
}
