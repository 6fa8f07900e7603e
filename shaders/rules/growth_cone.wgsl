// The growth cone's decisions in a step. Twin of decide in src/model/growth_cone.rs, which changes the cone that it is given;
// here the cone with its new states comes back in the decision.
#include "layout.wgsl"
#include "branching.wgsl"
#include "fasciculation.wgsl"
#include "gain.wgsl"
#include "heading.wgsl"
#include "injury.wgsl"
#include "mechano.wgsl"
#include "modes.wgsl"
#include "path.wgsl"
#include "random.wgsl"
#include "receptors.wgsl"
#include "relaxation.wgsl"
#include "speed.wgsl"
#include "stretch.wgsl"
#include "survival.wgsl"
#include "synapse.wgsl"

struct Senses {
    medium: Sensed,
    gel: Felt,
    crowd: CrowdCue,
}

struct Decision {
    cone: Cone,
    movement: u32,
    way_um: vec3<f32>,
    retraction_um: f32,
    branching: u32,
    branch_place: f32,
}

fn decide(cone: Cone, senses: Senses, step: u32, step_h: f32, planar: u32, well: Well, treatment: Treatment) -> Decision {
    let rules = treatment.rules;
    let tow = treatment.tow;
    var after = cone;
    let signal = senses.medium.signal;
    let gel = senses.gel;
    let crowd = senses.crowd;
    after.dose = senses.medium.dose;
    after.mechano = relax(after.mechano, gel.mechano.x, gel.mechano.y);
    after.adaptation = relax(after.adaptation, signal.occupancy, rules.adaptation_loss);
    let receptors = receptors_left(level(after.adaptation), rules.adaptation);
    let trophic_excess = signal.excess * receptors * after.trophic_sensitivity;
    let mechano_excess = rules.mechano_gain * level(after.mechano) * after.mechano_sensitivity;
    after.trophic_programme = relax(after.trophic_programme, signal.occupancy * receptors, rules.programme_loss);
    after.mechano_programme = relax(after.mechano_programme, level(after.mechano), rules.programme_loss);
    let guiding = signal_over_noise(signal.cue, receptors * after.trophic_sensitivity, rules);
    after.trophic_gain = 1.0 + trophic_excess;
    after.gain = combined_gain(trophic_excess, mechano_excess, rules) * growth_modulation(after.heading, guiding, rules);
    after.pending = PENDING_NOTHING;
    var decision = Decision(after, MOVEMENT_STAY, vec3<f32>(0.0), 0.0, PENDING_NOTHING, 0.0);

    if after.mode == MODE_DYING || neuron_falls_ill(after.neuron - well.first_neuron, step, well.key, rules) {
        decision.cone.mode = MODE_DYING;
        decision.cone.fibre = NONE;
        decision.cone.speed_um_per_h = -rules.dying_back_um_per_h;
        decision.movement = MOVEMENT_RETRACT;
        decision.retraction_um = rules.dying_back_um_per_h * step_h;
        return decision;
    }
    if after.mode == MODE_INJURED {
        let chance = regrowth_chance(level(after.trophic_programme), level(after.mechano_programme), rules);
        let u = uniform_number(draw(after.id, step, well.key, PURPOSE_REGROWTH).x);
        decision.cone.mode = stump_mode(step, after.rests_until, u, chance);
        return decision;
    }
    if after.mode == MODE_SYNAPSE {
        return decision;
    }
    let tip = after.base_um + after.reach_um;
    let fibre = fibre_settled_on(tip, after.id, step, well.key, level(after.trophic_programme), planar, treatment);
    if fibre != NONE {
        decision.cone.mode = MODE_SYNAPSE;
        decision.cone.fibre = fibre;
        decision.cone.speed_um_per_h = 0.0;
        decision.cone.rests_until = step + rules.synapse_matures;
        return decision;
    }

    let words = draw(after.id, step, well.key, PURPOSE_GROWTH);
    var mode = next_mode(after.mode, uniform_number(words.z), rules);
    if crowd.contact > 0.0 && uniform_number(draw(after.id, step, well.key, PURPOSE_CONTACT).x) < crowd.contact {
        mode = MODE_RETRACT;
    }
    decision.cone.mode = mode;
    let strain_rate = rules.strain_turning_rad_per_h * gel.drive * gel.anisotropy;
    var across = turn_by_guidance(after.heading, guiding, rules) * step_h
        + turn_to_strain(after.heading, gel.axis, strain_rate) * step_h
        + crowd.turning * step_h;
    let goal = target_speed(mode, after.gain * after.vigour, rules);
    var travelled = goal * step_h;
    decision.cone.speed_um_per_h = goal;
    if mode == MODE_RUN {
        let xi = gaussian_pair(words.x, words.y);
        let deviation = next_deviation(after.deviation_um_per_h, xi.x, rules);
        decision.cone.deviation_um_per_h = deviation;
        decision.cone.speed_um_per_h = goal + deviation;
        travelled = (goal + 0.5 * (after.deviation_um_per_h + deviation)) * step_h;
        var directions = vec2<f32>(xi.y, 0.0);
        if planar == 0u {
            let more = draw(after.id, step, well.key, PURPOSE_GROWTH_IN_SPACE);
            directions.y = gaussian_pair(more.x, more.y).x;
        }
        let persistence_um = persistence_of(after.id, well.key, rules);
        across += wander(after.heading, abs(travelled), persistence_um, planar, directions);
    }
    let heading = turn(after.heading, across);
    decision.cone.heading = heading;
    let towed = towed_speed(pull_in_step(step, tow), rules);
    if towed > 0.0 {
        decision.cone.heading = tow.direction;
        decision.cone.speed_um_per_h = towed;
        decision.movement = MOVEMENT_ADVANCE;
        decision.way_um = tow.direction * (towed * step_h);
    } else if cone.pending == PENDING_LEAVE {
        decision.movement = MOVEMENT_ADVANCE;
        decision.way_um = heading * initial_segment_um(rules);
    } else if travelled < 0.0 {
        decision.movement = MOVEMENT_RETRACT;
        decision.retraction_um = -travelled;
    } else if mode == MODE_RUN {
        decision.movement = MOVEMENT_ADVANCE;
        decision.way_um = heading * travelled + crowd.drift * step_h;
    }

    let u = uniform_number(words.w);
    let chance = branch_chance(mode, rules);
    if u < chance {
        let choice = u / chance;
        if choice < rules.interstitial {
            decision.branching = PENDING_SPROUT;
            decision.branch_place = choice / rules.interstitial;
        } else {
            decision.branching = PENDING_SPLIT;
        }
    }
    return decision;
}
