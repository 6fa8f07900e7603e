// Branches born in this step begin their trails, where there are several pages: a branch may lie on another page of trails
// than its parent. A few threads go over all of them.
#include "../world/trails.wgsl"

@compute @workgroup_size(64)
fn begin_trails(thread: Thread) {
    if clock.running == 0u {
        return;
    }
    for (var slot = clock.parents + index_of(thread); slot < clock.cones; slot += threads_of(thread)) {
        if is_on_page(slot) {
            begin_trail(slot, vec4<f32>(cones[slot].base_um, cones[slot].base_length_um));
        }
    }
}
