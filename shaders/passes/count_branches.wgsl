// Counts the branches of each block of cones.
#include "../world/branches.wgsl"

var<workgroup> branching: array<u32, GROUP>;

@compute @workgroup_size(64)
fn count_branches(thread: Thread) {
    let index = cone_of(thread);
    branching[thread.local] = u32(branches_now(index));
    workgroupBarrier();
    if thread.local > 0u || index >= clock.parents {
        return;
    }
    var count = 0u;
    for (var i = 0u; i < GROUP; i++) {
        count += branching[i];
    }
    sums[index / GROUP] = count;
}
