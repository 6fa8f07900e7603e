// Brings each cone's share of the crowd up to date with its path and place. Apart from grow_axons, in which every cone
// reads the crowd as it was before the step. Twin of lay_axon in src/model/crowd.rs.
#include "../world/crowd.wgsl"

@compute @workgroup_size(64)
fn lay_axons(thread: Thread) {
    let index = cone_of(thread);
    if clock.running == 0u || index >= clock.parents {
        return;
    }
    var cone = cones[index];
    let rules = treatments[wells[cone.well].treatment].rules;
    let laid = select(0u, cone.nodes - 1u - rules.unlaid, cone.nodes > 1u + rules.unlaid);
    let place = select(voxel_at(cone.base_um + cone.reach_um), NONE, cone.mode == MODE_PRUNED);
    if laid == cone.laid && place == cone.voxel {
        return;
    }
    while cone.laid < laid {
        lay_piece(index, cone, cone.laid, 1);
        cone.laid += 1u;
    }
    while cone.laid > laid {
        cone.laid -= 1u;
        lay_piece(index, cone, cone.laid, -1);
    }
    count_cone(cone.well, cone.voxel, -1);
    count_cone(cone.well, place, 1);
    cones[index].laid = laid;
    cones[index].voxel = place;
}

// Adds a piece of axon to the sums (`sign` 1) or takes it from them (-1).
fn lay_piece(index: u32, cone: Cone, piece: u32, sign: i32) {
    let start = load_point(index, piece).xyz;
    let end = load_point(index, piece + 1u).xyz;
    let diagonal = piece_diagonal(end - start);
    let mixed = piece_mixed(end - start);
    let first = first_sum(cone.well, voxel_at((start + end) * 0.5));
    if planar() == 1u {
        atomicAdd(&tallies[first], sign * to_units(diagonal.x));
        atomicAdd(&tallies[first + 1u], sign * to_units(diagonal.y));
        atomicAdd(&tallies[first + 2u], sign * to_units(mixed.x));
        return;
    }
    for (var axis = 0u; axis < 3u; axis++) {
        atomicAdd(&tallies[first + axis], sign * to_units(diagonal[axis]));
        atomicAdd(&tallies[first + 3u + axis], sign * to_units(mixed[axis]));
    }
}

fn count_cone(well: u32, voxel: u32, by: i32) {
    if voxel != NONE {
        atomicAdd(&tallies[first_sum(well, voxel) + cones_sum()], by);
    }
}
