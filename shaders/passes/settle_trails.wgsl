// Marks all points of the trails as known to the host, which has read them. Not part of a step.
#include "../world/trails.wgsl"

@compute @workgroup_size(64)
fn settle_trails(thread: Thread) {
    let index = cone_of(thread);
    if index >= clock.cones {
        return;
    }
    store_marks(index, Marks(cones[index].nodes, load_marks(index).tail));
}
