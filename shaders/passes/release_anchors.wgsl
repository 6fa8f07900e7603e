// Lets cones go that were held at a branch which has been pruned, and those that have split. Twin of src/model/branches.rs.
#include "../world/trails.wgsl"

@compute @workgroup_size(64)
fn release_anchors(thread: Thread) {
    let index = cone_of(thread);
    if clock.running == 0u || index >= clock.parents {
        return;
    }
    if cones[index].pending == PENDING_SPLIT {
        cones[index].pending = PENDING_LEAVE;
    }
    if cones[index].pending == PENDING_HELD {
        // Of an ill neuron not even the first points stay.
        let keeps_first = cones[index].parent == NONE && cones[index].mode != MODE_DYING;
        cones[index].anchored = max(anchored_by(cones[index].youngest_branch), select(0u, INITIAL_SEGMENT_NODES, keeps_first));
    }
}

// Points of a path up to the last living one of its branches, of which this is the youngest; 0 without any.
fn anchored_by(youngest_branch: u32) -> u32 {
    var anchored = 0u;
    var branch = youngest_branch;
    while branch != NONE {
        if cones[branch].mode != MODE_PRUNED {
            anchored = max(anchored, cones[branch].parent_node + 1u);
        }
        branch = cones[branch].older_sibling;
    }
    return anchored;
}
