// Branches born in this step begin their trails. Apart from place_branches, because a branch may lie on another page of
// trails than its parent.
#include "../world/trails.wgsl"

@compute @workgroup_size(64)
fn begin_trails(thread: Thread) {
    let index = cone_of(thread);
    if clock.running == 0u || index < clock.parents || index >= clock.cones {
        return;
    }
    store_marks(index, Marks(0u, 0u));
    store_point(index, 0u, vec4<f32>(cones[index].base_um, cones[index].base_length_um));
}
