// New cones take their places. Twin of src/model/branches.rs. Branches are rare and their placing takes long, so that a few
// threads go over the branches: a thread for each cone would have nothing to do, which a software driver takes as long over.
#include "../world/branches.wgsl"
#include "../world/way.wgsl"
#include "../rules/branching.wgsl"
#include "../rules/modes.wgsl"
#include "../rules/path.wgsl"
#include "../rules/random.wgsl"

@compute @workgroup_size(64)
fn place_branches(thread: Thread) {
    if clock.running == 0u {
        return;
    }
    for (var slot = clock.parents + index_of(thread); slot < clock.cones; slot += threads_of(thread)) {
        let parent = parent_of(slot - clock.parents);
        if is_on_page(parent) {
            place_branch(parent, slot);
        }
    }
}

fn place_branch(index: u32, slot: u32) {
    let parent = cones[index];
    let well = wells[parent.well];
    let rules = treatments[well.treatment].rules;
    let words = draw(parent.id, clock.step, well.key, PURPOSE_BRANCHING);
    let u = uniform_number(words.x);
    let origin = load_point(index, parent.branch_node);
    var child = parent;
    if parent.pending == PENDING_SPLIT {
        let half_angle = 0.5 * rules.branch_angle_rad;
        child.heading = branch_heading(parent.heading, half_angle, u, planar());
        // That it has split stands there until all branches are found, see release_anchors.
        cones[index].heading = branch_heading(parent.heading, half_angle, opposite(u), planar());
    } else {
        let shaft = direction(index, parent.branch_node, parent.heading);
        child.heading = branch_heading(shaft, rules.branch_angle_rad, u, planar());
    }
    child.speed_um_per_h = 0.0;
    child.base_um = origin.xyz;
    child.base_length_um = origin.w;
    // It is one once it has left the shaft, as is an axon once it has left its soma: what is shorter is a filopodium.
    let way = child.heading * initial_segment_um(rules);
    child.reach_um = go(origin.xyz, vec3<f32>(0.0), way).reach_um;
    child.mode = stationary_mode(uniform_number(words.z), rules);
    child.id = words.y;
    child.parent = index;
    child.parent_node = parent.branch_node;
    child.nodes = 1u;
    child.anchored = 0u;
    child.youngest_branch = NONE;
    child.older_sibling = parent.youngest_branch;
    child.order = parent.order + 1u;
    child.born = clock.step + 1u;
    child.pending = PENDING_NOTHING;
    child.branch_node = 0u;
    child.laid = 0u;
    child.voxel = NONE;
    child.rests_until = 0u;
    child.fibre = NONE;
    child.kymograph = Kymograph(vec3<f32>(child.base_length_um + length(child.reach_um)), SEEN_NOTHING);
    cones[slot] = child;
    cones[index].youngest_branch = slot;
    cones[index].anchored = max(parent.anchored, parent.branch_node + 1u);
    // Where it lies on another page, begin_trails does.
    if is_on_page(slot) {
        begin_trail(slot, origin);
    }
}

// The uniform number that branch_heading turns to the opposite side.
fn opposite(u: f32) -> f32 {
    return select(u - 0.5, u + 0.5, u < 0.5);
}

// Direction of the shaft at a point of a path; `otherwise` where two points coincide.
fn direction(index: u32, node: u32, otherwise: vec3<f32>) -> vec3<f32> {
    let along = load_point(index, node).xyz - load_point(index, node - 1u).xyz;
    let extent = length(along);
    if extent > 0.0 {
        return along / extent;
    }
    return otherwise;
}
