// The cones that branch in this step. Slots of branches follow from the order of their parents, never from the order in
// which threads run: blocks of cones are counted, the counts summed, and a branch adds the earlier ones of its block.
#include "trails.wgsl"

// For each block of cones the branches in it, then the branches before it.
@group(2) @binding(3) var<storage, read_write> sums: array<u32>;

var<workgroup> branching: array<u32, GROUP>;

fn branches_now(index: u32) -> bool {
    if clock.running == 0u || index >= clock.parents {
        return false;
    }
    let kind = cones[index].pending;
    return kind == PENDING_SPLIT || kind == PENDING_SPROUT;
}
