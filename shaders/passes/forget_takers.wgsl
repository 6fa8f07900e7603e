// Clears the numbers of cones that take up myokine, before they are counted.
#include "../world/field.wgsl"

@compute @workgroup_size(64)
fn forget_takers(thread: Thread) {
    let place = index_of(thread);
    if field_rests() || place >= arrayLength(&grids) / species_count() * voxel_count() {
        return;
    }
    takers[place] = 0;
}
