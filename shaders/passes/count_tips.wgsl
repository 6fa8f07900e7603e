// Counts the living tips of each neuron. Twin of src/model/branches.rs.
#include "../world/tips.wgsl"

@compute @workgroup_size(64)
fn count_tips(thread: Thread) {
    let index = cone_of(thread);
    if clock.running == 0u || index >= clock.parents || cones[index].mode == MODE_PRUNED {
        return;
    }
    atomicAdd(&tips[cones[index].neuron], 1u);
}
