// The cones that branch in this step. Slots of branches follow from the order of their parents, never from the order in
// which threads run: blocks of cones are counted, the counts summed, and a branch is found by its number among them all.
#include "trails.wgsl"

// For each block of cones the branches in it, then the branches before it.
@group(2) @binding(3) var<storage, read_write> sums: array<u32>;

fn branches_now(index: u32) -> bool {
    if clock.running == 0u || index >= clock.parents {
        return false;
    }
    let kind = cones[index].pending;
    return kind == PENDING_SPLIT || kind == PENDING_SPROUT;
}

// The cone whose branch has this number among the branches of the step.
fn parent_of(branch: u32) -> u32 {
    // The last block that has no more branches before it.
    var block = 0u;
    var beyond = (clock.parents + GROUP - 1u) / GROUP;
    while block + 1u < beyond {
        let middle = (block + beyond) / 2u;
        if sums[middle] <= branch {
            block = middle;
        } else {
            beyond = middle;
        }
    }
    var earlier = branch - sums[block];
    var index = block * GROUP;
    while index < clock.parents {
        if branches_now(index) {
            if earlier == 0u {
                break;
            }
            earlier -= 1u;
        }
        index += 1u;
    }
    return index;
}
