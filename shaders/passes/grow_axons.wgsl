// Growth cones: sense, choose a mode, turn, advance or retract, decide to branch. Twin of src/engine/cpu/grow.rs.
#include "../world/crowd.wgsl"
#include "../rules/branching.wgsl"
#include "../rules/gain.wgsl"
#include "../rules/heading.wgsl"
#include "../rules/injury.wgsl"
#include "../rules/modes.wgsl"
#include "../rules/path.wgsl"
#include "../rules/random.wgsl"
#include "../rules/speed.wgsl"
#include "../rules/stretch.wgsl"
#include "../rules/survival.wgsl"
#include "../rules/synapse.wgsl"
#include "../rules/uptake.wgsl"

@compute @workgroup_size(64)
fn grow_axons(thread: Thread) {
    let index = cone_of(thread);
    if clock.running == 0u || index >= clock.cones {
        return;
    }
    var cone = cones[index];
    if cone.mode == MODE_PRUNED {
        return;
    }
    let well = wells[cone.well];
    if takes_up() == 1u && well.grid != NONE {
        take_up(well, cone.base_um + cone.reach_um);
    }
    var marks = load_marks(index);
    grow(index, well, &cone, &marks);
    cones[index] = cone;
    store_marks(index, marks);
    ask_for_room(cone, marks);
}

// Halts the clock before the next step where the ring could lose points that the host has not read, or no longer reaches
// far enough back for retraction and branches.
fn ask_for_room(cone: Cone, marks: Marks) {
    if cone.nodes + POINTS_A_STEP > marks.low + room.ring {
        atomicOr(&clock.halted, HALT_DRAIN);
    }
    if marks.tail > 0u && cone.nodes < marks.tail + room.spare {
        atomicOr(&clock.halted, HALT_REFILL);
    }
}

// One cone, one step.
fn grow(index: u32, well: Well, cone: ptr<function, Cone>, marks: ptr<function, Marks>) {
    let rules = treatments[well.treatment].rules;
    let felt = feel(treatments[well.treatment].strain, (*cone).base_um + (*cone).reach_um, rules);
    let sensed = sense((*cone).well, well, (*cone).base_um + (*cone).reach_um);
    let signal = sensed.signal;
    let words = draw((*cone).id, clock.step, well.key, PURPOSE_GROWTH);
    let xi = gaussian_pair(words.x, words.y);

    (*cone).dose = sensed.dose;
    (*cone).mechano = relax((*cone).mechano, felt.mechano.x, felt.mechano.y);
    (*cone).adaptation = relax((*cone).adaptation, signal.occupancy, rules.adaptation_loss);
    let receptors = receptors_left((*cone).adaptation, rules.adaptation);
    let trophic_excess = signal.excess * receptors;
    (*cone).trophic_programme = relax((*cone).trophic_programme, signal.occupancy * receptors, rules.programme_loss);
    (*cone).mechano_programme = relax((*cone).mechano_programme, (*cone).mechano, rules.programme_loss);

    let slope = relative_slope(signal);
    (*cone).trophic_gain = 1.0 + trophic_excess;
    (*cone).gain = combined_gain(trophic_excess, rules.mechano_gain * (*cone).mechano, rules)
        * growth_modulation((*cone).heading, slope, rules);
    (*cone).pending = PENDING_NOTHING;
    if (*cone).mode == MODE_DYING || (rules.death > 0.0 && neuron_falls_ill((*cone).neuron, well, rules)) {
        (*cone).mode = MODE_DYING;
        (*cone).fibre = NONE;
        (*cone).speed_um_per_h = -rules.dying_back_um_per_h;
        retract(index, cone, marks, rules.dying_back_um_per_h * run.step_h);
        return;
    }
    if (*cone).mode == MODE_INJURED {
        let chance = regrowth_chance((*cone).trophic_programme, (*cone).mechano_programme, rules);
        let u = uniform_number(draw((*cone).id, clock.step, well.key, PURPOSE_REGROWTH).x);
        (*cone).mode = stump_mode(clock.step, (*cone).rests_until, u, chance);
        return;
    }
    if (*cone).mode == MODE_SYNAPSE || settles(cone, well, rules) {
        return;
    }
    let beside = heed_crowd(*cone, rules);
    (*cone).mode = next_mode((*cone).mode, uniform_number(words.z), rules);
    if beside.contact > 0.0 {
        let contact = draw((*cone).id, clock.step, well.key, PURPOSE_CONTACT);
        if uniform_number(contact.x) < beside.contact {
            (*cone).mode = MODE_RETRACT;
        }
    }
    let goal = target_speed((*cone).mode, (*cone).gain, rules);
    (*cone).speed_um_per_h = next_speed((*cone).speed_um_per_h, goal, xi.x, rules);

    let travelled = (*cone).speed_um_per_h * run.step_h;
    let directions = vec2<f32>(xi.y, second_direction((*cone).id, well.key));
    let strain_rate = rules.strain_turning_rad_per_h * felt.drive * felt.anisotropy;
    let across = wander((*cone).heading, abs(travelled), persistence_of((*cone).id, well.key, rules), planar(), directions)
        + turn_up_gradient((*cone).heading, slope, rules) * run.step_h
        + turn_to_strain((*cone).heading, felt.axis, strain_rate) * run.step_h
        + beside.turning * run.step_h;
    let tow = treatments[well.treatment].tow;
    let towed = towed_speed(pull_in_step(clock.step, tow), rules);
    if towed > 0.0 {
        (*cone).heading = tow.direction;
        advance(index, cone, marks, tow.direction * (towed * run.step_h), rules.segment_um);
    } else {
        (*cone).heading = turn((*cone).heading, across);
        if travelled >= 0.0 {
            let way = (*cone).heading * travelled + beside.drift * run.step_h;
            advance(index, cone, marks, way, rules.segment_um);
        } else {
            retract(index, cone, marks, -travelled);
        }
    }
    if (*cone).mode != MODE_PRUNED && (*cone).pending == PENDING_NOTHING {
        decide_branch(index, cone, marks, uniform_number(words.w), rules);
    }
}

// Whether the cone settles on a muscle fibre that it touches; if so it does.
fn settles(cone: ptr<function, Cone>, well: Well, rules: Rules) -> bool {
    let fibre = fibre_touched((*cone).base_um + (*cone).reach_um, treatments[well.treatment].muscle, planar());
    if fibre == NONE {
        return false;
    }
    let words = draw((*cone).id, clock.step, well.key, PURPOSE_SYNAPSE);
    if uniform_number(words.x) >= synapse_chance((*cone).trophic_programme, rules) {
        return false;
    }
    (*cone).mode = MODE_SYNAPSE;
    (*cone).fibre = fibre;
    (*cone).speed_um_per_h = 0.0;
    (*cone).rests_until = clock.step + rules.synapse_matures;
    return true;
}

// Whether the cone's neuron falls ill: the draw is the neuron's.
fn neuron_falls_ill(neuron: u32, well: Well, rules: Rules) -> bool {
    let words = draw(neuron - well.first_neuron, clock.step, well.key, PURPOSE_DEATH);
    return falls_ill(clock.step, uniform_number(words.x), rules);
}

// The cone's persistence length, µm, the same for its whole life.
fn persistence_of(id: u32, key: u32, rules: Rules) -> f32 {
    if rules.persistence_tail == 0.0 {
        return rules.persistence_length_um;
    }
    return persistence_length(uniform_number(draw(id, 0u, key, PURPOSE_PERSISTENCE).x), rules);
}

// The standard normal number for the second direction of a heading in space.
fn second_direction(id: u32, key: u32) -> f32 {
    if planar() == 1u {
        return 0.0;
    }
    let words = draw(id, clock.step, key, PURPOSE_GROWTH_IN_SPACE);
    return gaussian_pair(words.x, words.y).x;
}

// What axons and cones around do to a cone.
struct Beside {
    // Turn, rad/h.
    turning: vec3<f32>,
    // Movement sideways, um/h.
    drift: vec3<f32>,
    // Chance of retraction by contact.
    contact: f32,
}

// What the crowd does to a cone, which feels its width ahead of it.
fn heed_crowd(cone: Cone, rules: Rules) -> Beside {
    if crowd_begins() == NONE || !heeds_crowd(rules) {
        return Beside(vec3<f32>(0.0), vec3<f32>(0.0), 0.0);
    }
    let around = axons_around(cone.well, cone.base_um + cone.reach_um + cone.heading * rules.width_um);
    let extent = around.diagonal.x + around.diagonal.y + around.diagonal.z;
    let axons = axons_in_reach(extent, rules.width_um, run.voxel_um, planar());
    let rise = around.rise * axons_in_reach(1.0, rules.width_um, run.voxel_um, planar());
    let sideways = sideways_to_axons(cone.heading, rise, axons, rules);
    let room = room_in_bundle(axons, rules.bundle_capacity);
    return Beside(
        turn_along_axons(cone.heading, around, axons, rules) + sideways * (rules.axon_attraction_rad_per_h * room),
        sideways * (rules.zippering_um_per_h * max(room, 0.0)),
        contact_chance(cones_beside(cone), rules),
    );
}

// Grows by `way`; walls stop it.
fn advance(index: u32, cone: ptr<function, Cone>, marks: ptr<function, Marks>, way: vec3<f32>, segment_um: f32) {
    let grown = (*cone).reach_um + way;
    (*cone).reach_um = keep_inside((*cone).base_um, grown, run.size_um);
    let wall = sense_wall((*cone).base_um + (*cone).reach_um);
    if wall.w < 0.0 {
        let way_out = out_of_wall(wall.w, wall.xyz);
        (*cone).reach_um = keep_inside((*cone).base_um, (*cone).reach_um + way_out, run.size_um);
        (*cone).heading = slide_along_slope((*cone).heading, wall.xyz);
    }
    (*cone).heading = slide_along_wall((*cone).heading, (*cone).base_um + (*cone).reach_um, run.size_um);
    if length((*cone).reach_um) >= segment_um {
        record_point(index, cone, marks);
    }
}

// Makes the cone's place a recorded point of its path. In the ring it takes the slot of the point one round earlier.
fn record_point(index: u32, cone: ptr<function, Cone>, marks: ptr<function, Marks>) {
    let tip = (*cone).base_um + (*cone).reach_um;
    (*cone).base_length_um += length(tip - (*cone).base_um);
    (*cone).base_um = tip;
    (*cone).reach_um = vec3<f32>(0.0);
    store_point(index, (*cone).nodes, vec4<f32>(tip, (*cone).base_length_um));
    (*cone).nodes += 1u;
    if (*cone).nodes > room.ring {
        (*marks).tail = max((*marks).tail, (*cone).nodes - room.ring);
    }
}

// Shortens along the cone's own path, removing points, down to its last living branch or its origin. A branch that loses
// its whole length is pruned.
fn retract(index: u32, cone: ptr<function, Cone>, marks: ptr<function, Marks>, travelled: f32) {
    var left = travelled;
    for (var removed = 0u; removed < RETRACTION_LIMIT; removed++) {
        let extent = length((*cone).reach_um);
        if left < extent {
            (*cone).reach_um = shorten((*cone).reach_um, left);
            return;
        }
        left -= extent;
        (*cone).reach_um = vec3<f32>(0.0);
        if (*cone).nodes <= max((*cone).anchored, 1u) {
            hold(cone, marks);
            return;
        }
        let end = (*cone).base_um;
        (*cone).nodes -= 1u;
        (*marks).low = min((*marks).low, (*cone).nodes);
        let last = load_point(index, (*cone).nodes - 1u);
        (*cone).base_um = last.xyz;
        (*cone).base_length_um = last.w;
        (*cone).reach_um = end - last.xyz;
        let piece = length((*cone).reach_um);
        if piece > 0.0 {
            (*cone).heading = (*cone).reach_um / piece;
        }
    }
}

// The cone cannot retract further: it waits, or is gone if nothing holds it, as a branch without branches of its own or
// the last piece of an ill neuron.
fn hold(cone: ptr<function, Cone>, marks: ptr<function, Marks>) {
    (*cone).speed_um_per_h = max((*cone).speed_um_per_h, 0.0);
    if (*cone).anchored == 0u {
        (*cone).mode = MODE_PRUNED;
        (*cone).nodes = 0u;
        *marks = Marks(0u, 0u);
    } else {
        (*cone).pending = PENDING_HELD;
    }
}

// Decides whether a branch leaves in this step, and where.
fn decide_branch(index: u32, cone: ptr<function, Cone>, marks: ptr<function, Marks>, u: f32, rules: Rules) {
    let chance = branch_chance((*cone).mode, rules);
    if u >= chance {
        return;
    }
    let choice = u / chance;
    if choice < rules.interstitial {
        if (*cone).nodes >= 2u {
            (*cone).branch_node = sprouting_node((*cone).nodes, choice / rules.interstitial, rules);
            (*cone).pending = PENDING_SPROUT;
        }
    } else {
        let tip = (*cone).base_um + (*cone).reach_um;
        if any(tip != (*cone).base_um) {
            record_point(index, cone, marks);
        }
        if (*cone).nodes >= 2u {
            (*cone).branch_node = (*cone).nodes - 1u;
            (*cone).pending = PENDING_SPLIT;
        }
    }
}

// What the cone takes from the voxel it is in.
fn take_up(well: Well, tip: vec3<f32>) {
    let voxel = voxel_at(tip);
    let volume = run.voxel_um * run.voxel_um * run.voxel_um;
    for (var species = 0u; species < species_count(); species++) {
        let cell = well.grid + species * voxel_count() + voxel;
        let amount = to_fixed_point(uptake(concentrations[cell], volume, run.step_h, myokines[species]));
        if amount > 0 {
            atomicAdd(&tallies[cell - uniform_count()], amount);
        }
    }
}
