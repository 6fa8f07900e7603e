// Counts the cones that take up myokine, by voxel of the wells with a grid. Twin of src/engine/cpu/myokine.rs.
#include "../world/crowd.wgsl"

@compute @workgroup_size(64)
fn count_takers(thread: Thread) {
    let index = cone_of(thread);
    if field_rests() || index >= clock.parents {
        return;
    }
    let cone = cones[index];
    let grid = wells[cone.well].grid;
    if cone.mode == MODE_PRUNED || grid == NONE {
        return;
    }
    let place = (grid - uniform_count()) / species_count() + voxel_at(cone.base_um + cone.reach_um);
    atomicAdd(&tallies[place], 1);
}
