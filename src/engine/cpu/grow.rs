//! Growth cones: sense, choose a mode, turn, advance or retract, decide to branch.

use super::surroundings::{Surroundings, feel, sense_field};
use crate::model::crowd::{self, Change, axons_around, cones_beside, lay_axon};
use crate::model::layout::{Cone, NONE, Node, RETRACTION_LIMIT, Rules, Treatment, Well, mode, pending};
use crate::model::rules::branching::{branch_chance, sprouting_node};
use crate::model::rules::fasciculation::{
    axons_in_reach, contact_chance, heeds_crowd, room_in_bundle, sideways_to_axons, turn_along_axons,
};
use crate::model::rules::gain::combined_gain;
use crate::model::rules::heading::{
    growth_modulation, persistence_length, turn, turn_to_strain, turn_up_gradient, wander,
};
use crate::model::rules::injury::{regrowth_chance, stump_mode};
use crate::model::rules::mechano::relax;
use crate::model::rules::modes::next_mode;
use crate::model::rules::path::{keep_inside, out_of_wall, shorten, slide_along_slope, slide_along_wall};
use crate::model::rules::random::{draw, gaussian_pair, purpose, uniform};
use crate::model::rules::receptors::{receptors_left, relative_slope};
use crate::model::rules::speed::{next_speed, target_speed};
use crate::model::rules::stretch::{pull_in_step, towed_speed};
use crate::model::rules::survival::falls_ill;
use crate::model::rules::synapse::{fibre_touched, synapse_chance};
use crate::model::rules::uptake::{to_fixed_point, uptake};
use crate::model::sampling::{sense_wall, voxel_at};
use crate::model::tables::Tables;
use crate::model::world::World;
use crate::parallel;
use glam::{Vec2, Vec3, Vec4Swizzles};

/// Cones that one thread takes at a time.
const PIECE: usize = 512;

/// What a piece of cones leaves to do: cones with something pending, fixed-point uptake by voxel, and what has changed of
/// the crowd.
#[derive(Default)]
struct Aftermath {
    pending: Vec<u32>,
    taken: Vec<(usize, i32)>,
    crowd: Vec<Change>,
}

/// Advances every growth cone by a step. `crowd` holds the sums of axons and cones as they were before the step, and then
/// as they are after it. Returns the cones that have something pending, in order.
pub fn grow_axons(tables: &Tables, surroundings: &[Surroundings], world: &mut World, crowd: &mut [i32]) -> Vec<u32> {
    let World {
        step,
        cones,
        paths,
        concentrations,
        taken,
        ..
    } = world;
    let (step, concentrations, before) = (*step, &*concentrations, &*crowd);
    let pieces = parallel::map_pairs(cones, paths, PIECE, |first, cones, paths| {
        let mut aftermath = Aftermath::default();
        for (i, (cone, path)) in cones.iter_mut().zip(paths).enumerate() {
            if cone.mode == mode::PRUNED {
                continue;
            }
            let well = &tables.wells[cone.well as usize];
            let here = &surroundings[cone.well as usize];
            if tables.takes_up && well.grid != NONE {
                take_up(tables, concentrations, well, cone, &mut aftermath.taken);
            }
            grow(tables, concentrations, before, well, here, step, cone, path);
            if !before.is_empty() {
                lay_axon(tables, cone, path, |change| aftermath.crowd.push(change));
            }
            if cone.pending != pending::NOTHING {
                aftermath.pending.push((first + i) as u32);
            }
        }
        aftermath
    });
    let mut all = Vec::new();
    for piece in pieces {
        all.extend(piece.pending);
        for (voxel, amount) in piece.taken {
            taken[voxel] = taken[voxel].saturating_add(amount);
        }
        piece.crowd.into_iter().for_each(|change| crowd::add(crowd, change));
    }
    all
}

/// One cone, one step.
fn grow(
    tables: &Tables,
    concentrations: &[f32],
    crowd: &[i32],
    well: &Well,
    here: &Surroundings,
    step: u32,
    cone: &mut Cone,
    path: &mut Vec<Node>,
) {
    let run = &tables.run;
    let treatment = &tables.treatments[well.treatment as usize];
    let rules = &treatment.rules;
    let (signal, dose) = here
        .uniform
        .unwrap_or_else(|| sense_field(tables, concentrations, well, cone.tip_um()));
    let felt = feel(tables, here, step, well, cone.tip_um());
    let words = draw(cone.id, step, well.key, purpose::GROWTH);
    let xi = gaussian_pair(words.x, words.y);

    cone.dose = dose;
    cone.mechano = relax(cone.mechano, felt.mechano.x, felt.mechano.y);
    cone.adaptation = relax(cone.adaptation, signal.occupancy, rules.adaptation_loss);
    let receptors = receptors_left(cone.adaptation, rules.adaptation);
    let trophic_excess = signal.excess * receptors;
    cone.trophic_programme = relax(
        cone.trophic_programme,
        signal.occupancy * receptors,
        rules.programme_loss,
    );
    cone.mechano_programme = relax(cone.mechano_programme, cone.mechano, rules.programme_loss);

    let slope = relative_slope(signal);
    cone.trophic_gain = 1.0 + trophic_excess;
    cone.gain = combined_gain(trophic_excess, rules.mechano_gain * cone.mechano, rules)
        * growth_modulation(cone.heading, slope, rules);
    cone.pending = pending::NOTHING;
    if cone.mode == mode::DYING || (rules.death > 0.0 && neuron_falls_ill(cone, step, well, rules)) {
        cone.mode = mode::DYING;
        cone.fibre = NONE;
        cone.speed_um_per_h = -rules.dying_back_um_per_h;
        retract(cone, path, rules.dying_back_um_per_h * run.step_h);
        return;
    }
    if cone.mode == mode::INJURED {
        let chance = regrowth_chance(cone.trophic_programme, cone.mechano_programme, rules);
        let u = uniform(draw(cone.id, step, well.key, purpose::REGROWTH).x);
        cone.mode = stump_mode(step, cone.rests_until, u, chance);
        return;
    }
    if cone.mode == mode::SYNAPSE || settles(cone, step, well, treatment, run.planar) {
        return;
    }
    let beside = heed_crowd(tables, crowd, cone, rules);
    cone.mode = next_mode(cone.mode, uniform(words.z), rules);
    if beside.contact > 0.0 && uniform(draw(cone.id, step, well.key, purpose::CONTACT).x) < beside.contact {
        cone.mode = mode::RETRACT;
    }
    cone.speed_um_per_h = next_speed(
        cone.speed_um_per_h,
        target_speed(cone.mode, cone.gain, rules),
        xi.x,
        rules,
    );

    let distance = cone.speed_um_per_h * run.step_h;
    let above = if run.planar == 1 {
        0.0
    } else {
        second_direction(cone, step, well)
    };
    let across = wander(
        cone.heading,
        distance.abs(),
        persistence_of(cone, well, rules),
        run.planar,
        Vec2::new(xi.y, above),
    ) + turn_up_gradient(cone.heading, slope, rules) * run.step_h
        + turn_to_strain(
            cone.heading,
            felt.axis,
            rules.strain_turning_rad_per_h * felt.drive * felt.anisotropy,
        ) * run.step_h
        + beside.turn * run.step_h;
    let towed = towed_speed(pull_in_step(step, &treatment.tow), rules);
    if towed > 0.0 {
        cone.heading = treatment.tow.direction;
        advance(
            tables,
            cone,
            path,
            treatment.tow.direction * (towed * run.step_h),
            rules,
        );
    } else {
        cone.heading = turn(cone.heading, across);
        if distance >= 0.0 {
            let way = cone.heading * distance + beside.drift * run.step_h;
            advance(tables, cone, path, way, rules);
        } else {
            retract(cone, path, -distance);
        }
    }
    if cone.mode != mode::PRUNED && cone.pending == pending::NOTHING {
        decide_branch(cone, path, uniform(words.w), rules);
    }
}

/// Whether the cone settles on a muscle fibre that it touches; if so it does.
fn settles(cone: &mut Cone, step: u32, well: &Well, treatment: &Treatment, planar: u32) -> bool {
    let rules = &treatment.rules;
    let fibre = fibre_touched(cone.tip_um(), &treatment.muscle, planar);
    if fibre == NONE {
        return false;
    }
    let words = draw(cone.id, step, well.key, purpose::SYNAPSE);
    if uniform(words.x) >= synapse_chance(cone.trophic_programme, rules) {
        return false;
    }
    cone.mode = mode::SYNAPSE;
    cone.fibre = fibre;
    cone.speed_um_per_h = 0.0;
    cone.rests_until = step.saturating_add(rules.synapse_matures);
    true
}

/// Whether the cone's neuron falls ill: the draw is the neuron's.
fn neuron_falls_ill(cone: &Cone, step: u32, well: &Well, rules: &Rules) -> bool {
    let words = draw(cone.neuron - well.first_neuron, step, well.key, purpose::DEATH);
    falls_ill(step, uniform(words.x), rules)
}

/// The cone's persistence length, µm, the same for its whole life.
fn persistence_of(cone: &Cone, well: &Well, rules: &Rules) -> f32 {
    if rules.persistence_tail == 0.0 {
        return rules.persistence_length_um;
    }
    let words = draw(cone.id, 0, well.key, purpose::PERSISTENCE);
    persistence_length(uniform(words.x), rules)
}

/// The standard normal number for the second direction of a heading in space.
fn second_direction(cone: &Cone, step: u32, well: &Well) -> f32 {
    let words = draw(cone.id, step, well.key, purpose::GROWTH_IN_SPACE);
    gaussian_pair(words.x, words.y).x
}

/// What axons and cones around do to a cone.
#[derive(Default)]
struct Beside {
    /// Turn, rad/h.
    turn: Vec3,
    /// Movement sideways, µm/h.
    drift: Vec3,
    /// Chance of retraction by contact.
    contact: f32,
}

/// What the crowd does to a cone, which feels its width ahead of it.
fn heed_crowd(tables: &Tables, crowd: &[i32], cone: &Cone, rules: &Rules) -> Beside {
    if crowd.is_empty() || !heeds_crowd(rules) {
        return Beside::default();
    }
    let run = &tables.run;
    let in_reach = |length| axons_in_reach(length, rules.width_um, run.voxel_um, run.planar);
    let around = axons_around(tables, crowd, cone.well, cone.tip_um() + cone.heading * rules.width_um);
    let axons = in_reach(around.diagonal.x + around.diagonal.y + around.diagonal.z);
    let sideways = sideways_to_axons(cone.heading, around.rise * in_reach(1.0), axons, rules);
    let room = room_in_bundle(axons, rules.bundle_capacity);
    Beside {
        turn: turn_along_axons(cone.heading, around, axons, rules)
            + sideways * (rules.axon_attraction_rad_per_h * room),
        drift: sideways * (rules.zippering_um_per_h * room.max(0.0)),
        contact: contact_chance(cones_beside(tables, crowd, cone), rules),
    }
}

/// Grows by `way`; walls stop it.
fn advance(tables: &Tables, cone: &mut Cone, path: &mut Vec<Node>, way: Vec3, rules: &Rules) {
    let size = tables.run.size_um;
    cone.reach_um = keep_inside(cone.base_um, cone.reach_um + way, size);
    if let Some(wall) = sense_wall(&tables.domain, tables.clearance(), cone.tip_um()).filter(|wall| wall.w < 0.0) {
        let way_out = out_of_wall(wall.w, wall.xyz());
        cone.reach_um = keep_inside(cone.base_um, cone.reach_um + way_out, size);
        cone.heading = slide_along_slope(cone.heading, wall.xyz());
    }
    cone.heading = slide_along_wall(cone.heading, cone.tip_um(), size);
    if cone.reach_um.length() >= rules.segment_um {
        record_point(cone, path);
    }
}

/// Makes the cone's place a recorded point of its path.
fn record_point(cone: &mut Cone, path: &mut Vec<Node>) {
    let tip = cone.tip_um();
    cone.base_length_um += (tip - cone.base_um).length();
    cone.base_um = tip;
    cone.reach_um = Vec3::ZERO;
    cone.nodes += 1;
    path.push(tip.extend(cone.base_length_um));
}

/// Shortens by `distance` along the cone's own path, removing points, down to its last living branch or its origin. A
/// branch that loses its whole length is pruned.
fn retract(cone: &mut Cone, path: &mut Vec<Node>, distance: f32) {
    let mut left = distance;
    for _ in 0..RETRACTION_LIMIT {
        let length = cone.reach_um.length();
        if left < length {
            cone.reach_um = shorten(cone.reach_um, left);
            return;
        }
        left -= length;
        cone.reach_um = Vec3::ZERO;
        if cone.nodes <= cone.anchored.max(1) {
            hold(cone, path);
            return;
        }
        let removed = cone.base_um;
        path.pop();
        cone.nodes -= 1;
        let last = path[cone.nodes as usize - 1];
        cone.base_um = last.truncate();
        cone.base_length_um = last.w;
        cone.reach_um = removed - cone.base_um;
        let piece = cone.reach_um.length();
        if piece > 0.0 {
            cone.heading = cone.reach_um / piece;
        }
    }
}

/// The cone cannot retract further: it waits, or is gone if nothing holds it, as a branch without branches of its own or
/// the last piece of an ill neuron.
fn hold(cone: &mut Cone, path: &mut Vec<Node>) {
    cone.speed_um_per_h = cone.speed_um_per_h.max(0.0);
    if cone.anchored == 0 {
        cone.mode = mode::PRUNED;
        cone.nodes = 0;
        *path = Vec::new();
    } else {
        cone.pending = pending::HELD;
    }
}

/// Decides whether a branch leaves in this step, and where.
fn decide_branch(cone: &mut Cone, path: &mut Vec<Node>, u: f32, rules: &Rules) {
    let chance = branch_chance(cone.mode, rules);
    if u >= chance {
        return;
    }
    let choice = u / chance;
    if choice < rules.interstitial {
        if cone.nodes >= 2 {
            cone.branch_node = sprouting_node(cone.nodes, choice / rules.interstitial, rules);
            cone.pending = pending::SPROUT;
        }
    } else {
        if cone.tip_um() != cone.base_um {
            record_point(cone, path);
        }
        if cone.nodes >= 2 {
            cone.branch_node = cone.nodes - 1;
            cone.pending = pending::SPLIT;
        }
    }
}

/// What the cone takes from the voxel it is in.
fn take_up(tables: &Tables, concentrations: &[f32], well: &Well, cone: &Cone, taken: &mut Vec<(usize, i32)>) {
    let uniform_count = tables.run.wells as usize * tables.run.species as usize;
    let voxels = tables.voxels_per_grid();
    let voxel = voxel_at(&tables.domain, cone.tip_um());
    let volume = tables.run.voxel_um * tables.run.voxel_um * tables.run.voxel_um;
    for (species, myokine) in tables.myokines.iter().enumerate() {
        let cell = well.grid as usize + species * voxels + voxel;
        let amount = to_fixed_point(uptake(concentrations[cell], volume, tables.run.step_h, myokine));
        if amount > 0 {
            taken.push((cell - uniform_count, amount));
        }
    }
}
