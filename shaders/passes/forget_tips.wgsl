// Clears the number of tips of each neuron, before they are counted.
#include "../world/tips.wgsl"

@compute @workgroup_size(64)
fn forget_tips(thread: Thread) {
    let neuron = index_of(thread);
    if clock.running == 0u || neuron >= run.neurons {
        return;
    }
    atomicStore(&tips[neuron], 0u);
}
