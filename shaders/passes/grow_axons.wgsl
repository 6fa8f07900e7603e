// Growth cones sense, decide and move along the paths that they leave behind. Twin of src/model/growth_cone.rs.
#include "../world/crowd.wgsl"
#include "../world/way.wgsl"
#include "../rules/growth_cone.wgsl"
#include "../rules/kymograph.wgsl"

// A cone and the marks of its trail.
struct Tip {
    cone: Cone,
    marks: Marks,
}

@compute @workgroup_size(64)
fn grow_axons(thread: Thread) {
    let index = cone_of(thread);
    if clock.running == 0u || index >= clock.cones {
        return;
    }
    let cone = cones[index];
    if cone.mode == MODE_PRUNED {
        return;
    }
    let well = wells[cone.well];
    var tip = grow(index, well, Tip(cone, load_marks(index)));
    if is_frame(clock.step + 1u, run.frames) {
        let length_um = tip.cone.base_length_um + length(tip.cone.reach_um);
        tip.cone.kymograph = next_frame(tip.cone.kymograph, length_um, tip.cone.born, clock.step + 1u, run.frames);
    }
    cones[index] = tip.cone;
    store_marks(index, tip.marks);
    ask_for_room(tip);
}

// Halts the clock before the next step where the ring could lose points that the host has not read, or no longer reaches
// far enough back for retraction and branches.
fn ask_for_room(tip: Tip) {
    if tip.cone.nodes + POINTS_A_STEP > tip.marks.low + room.ring {
        atomicOr(&clock.halted, HALT_DRAIN);
    }
    if tip.marks.tail > 0u && tip.cone.nodes < tip.marks.tail + room.spare {
        atomicOr(&clock.halted, HALT_REFILL);
    }
}

// Advances a cone by a step.
fn grow(index: u32, well: Well, before: Tip) -> Tip {
    var treatment = treatments[well.treatment];
    if !HAS_FIBRES {
        // Known to the compiler, which leaves the settling on them out.
        treatment.muscle.spacing_um = 0.0;
    }
    let rules = treatment.rules;
    let cone = before.cone;
    let place = cone.base_um + cone.reach_um;
    let senses = Senses(sense(cone.well, well, place, rules), feel(place, treatment), sense_crowd(cone, rules));
    let decision = decide(cone, senses, clock.step, run.step_h, planar(), well, treatment);
    return carry_out(index, decision, before.marks, rules);
}

// Gives a cone the states that were decided and moves it.
fn carry_out(index: u32, decision: Decision, marks: Marks, rules: Rules) -> Tip {
    var tip = Tip(decision.cone, marks);
    if decision.movement == MOVEMENT_ADVANCE {
        tip = advance(index, tip, decision.way_um, rules);
    } else if decision.movement == MOVEMENT_RETRACT {
        tip = retract(index, tip, decision.retraction_um);
    }
    // A cone that is held at its last branch may send out another; it asks again whether it is held in a later step.
    if tip.cone.mode != MODE_PRUNED {
        tip = begin_branch(index, decision, tip, rules);
    }
    return tip;
}

// Grows by `way`; walls stop it, and it goes on along them.
fn advance(index: u32, before: Tip, way: vec3<f32>, rules: Rules) -> Tip {
    var tip = before;
    if !has_walls() {
        tip.cone.reach_um = keep_inside(tip.cone.base_um, tip.cone.reach_um + way, run.size_um);
    } else {
        tip = advance_among_walls(index, tip, way);
    }
    tip.cone.heading = slide_along_wall(tip.cone.heading, tip.cone.base_um + tip.cone.reach_um, run.size_um);
    if is_beyond_a_segment(tip.cone.reach_um, rules) {
        tip = record_point(index, tip);
    }
    return tip;
}

// Grows by `way` piece by piece, each along the wall that the one before has met.
fn advance_among_walls(index: u32, before: Tip, way: vec3<f32>) -> Tip {
    var tip = before;
    let count = pieces(way);
    var piece = way / f32(count);
    for (var i = 0u; i < count; i++) {
        let gone = go(tip.cone.base_um, tip.cone.reach_um, piece);
        let place = tip.cone.base_um + gone.reach_um;
        // A path is straight from point to point: where that would cut the corner of a wall, it gets a point before the bend.
        if gone.near && !is_free(tip.cone.base_um, gone.reach_um) {
            tip = record_point(index, tip);
        }
        tip.cone.reach_um = place - tip.cone.base_um;
        tip.cone.heading = slide_along_slope(tip.cone.heading, gone.from_wall);
        piece = not_into(piece, gone.from_wall);
    }
    return tip;
}

// Makes the cone's place a recorded point of its path. In the ring it takes the slot of the point one round earlier.
fn record_point(index: u32, before: Tip) -> Tip {
    var tip = before;
    let place = tip.cone.base_um + tip.cone.reach_um;
    tip.cone.base_length_um += length(place - tip.cone.base_um);
    tip.cone.base_um = place;
    tip.cone.reach_um = vec3<f32>(0.0);
    store_point(index, tip.cone.nodes, vec4<f32>(place, tip.cone.base_length_um));
    tip.cone.nodes += 1u;
    if tip.cone.nodes > room.ring {
        tip.marks.tail = max(tip.marks.tail, tip.cone.nodes - room.ring);
    }
    return tip;
}

// Shortens along the cone's own path, removing points, down to its last living branch or its origin. A branch that loses
// its whole length is pruned.
fn retract(index: u32, before: Tip, travelled: f32) -> Tip {
    var tip = before;
    var left = travelled;
    for (var removed = 0u; removed < RETRACTION_LIMIT; removed++) {
        let extent = length(tip.cone.reach_um);
        if left < extent {
            tip.cone.reach_um = shorten(tip.cone.reach_um, left);
            return tip;
        }
        left -= extent;
        tip.cone.reach_um = vec3<f32>(0.0);
        if tip.cone.nodes <= max(tip.cone.anchored, 1u) {
            return hold(tip);
        }
        let end = tip.cone.base_um;
        tip.cone.nodes -= 1u;
        tip.marks.low = min(tip.marks.low, tip.cone.nodes);
        let last = load_point(index, tip.cone.nodes - 1u);
        tip.cone.base_um = last.xyz;
        tip.cone.base_length_um = last.w;
        tip.cone.reach_um = end - last.xyz;
        let piece = length(tip.cone.reach_um);
        if piece > 0.0 {
            tip.cone.heading = tip.cone.reach_um / piece;
        }
    }
    return tip;
}

// Stops a cone that cannot retract further: it waits, or is gone if nothing holds it, as a branch without branches of its
// own or the last piece of an ill neuron.
fn hold(before: Tip) -> Tip {
    var tip = before;
    tip.cone.speed_um_per_h = max(tip.cone.speed_um_per_h, 0.0);
    if tip.cone.anchored == 0u {
        tip.cone.mode = MODE_PRUNED;
        tip.cone.rests_until = clock.step + 1u;
        tip.cone.nodes = 0u;
        tip.marks = Marks(0u, 0u);
    } else {
        tip.cone.pending = PENDING_HELD;
    }
    return tip;
}

// Leaves the branch that was decided on to be placed, where the axon is long enough for it.
fn begin_branch(index: u32, decision: Decision, before: Tip, rules: Rules) -> Tip {
    var tip = before;
    if decision.branching == PENDING_NOTHING {
        return tip;
    }
    // A split needs a point at the tip, and so does a shaft that has none beyond its first.
    let has_moved = any(tip.cone.base_um + tip.cone.reach_um != tip.cone.base_um);
    if (decision.branching == PENDING_SPLIT || tip.cone.nodes < 2u) && has_moved {
        tip = record_point(index, tip);
    }
    if tip.cone.nodes < 2u {
        return tip;
    }
    tip.cone.pending = decision.branching;
    if decision.branching == PENDING_SPROUT {
        tip.cone.branch_node = sprouting_node(tip.cone.nodes, decision.branch_place, rules);
    } else {
        tip.cone.branch_node = tip.cone.nodes - 1u;
    }
    return tip;
}
