//! The growth cone's step: it senses, decides, and moves along the path that it leaves behind.
//!
//! [`decide`] turns what the cone senses and its random draws into its new states and a [`Decision`], and moves nothing;
//! `shaders/rules/growth_cone.wgsl` is its twin. `carry_out` then changes cone and path; its twin is
//! `shaders/passes/grow_axons.wgsl`.

use super::crowd::sense_crowd;
use super::layout::{Cone, NONE, Node, RETRACTION_LIMIT, Rules, Treatment, Well, mode, pending};
use super::rules::branching::{branch_chance, sprouting_node};
use super::rules::fasciculation::CrowdCue;
use super::rules::gain::combined_gain;
use super::rules::guidance::{growth_modulation, signal_over_noise, turn_by_guidance};
use super::rules::heading::{persistence_of, turn, turn_to_strain, wander};
use super::rules::injury::{regrowth_chance, stump_mode};
use super::rules::kymograph::Kymograph;
use super::rules::mechano::Felt;
use super::rules::modes::next_mode;
use super::rules::path::{
    initial_segment_um, is_beyond_a_segment, keep_inside, not_into, shorten, slide_along_slope, slide_along_wall,
};
use super::rules::random::{draw, gaussian_pair, purpose, uniform_number};
use super::rules::receptors::{Sensed, receptors_left};
use super::rules::relaxation::relax;
use super::rules::speed::{next_deviation, target_speed};
use super::rules::stretch::{pull_in_step, towed_speed};
use super::rules::survival::neuron_falls_ill;
use super::rules::synapse::fibre_settled_on;
use super::shared::shared;
use super::surroundings::{WellCues, feel, sense};
use super::tables::Tables;
use super::way::{go, is_free, pieces};
use bytemuck::Zeroable;
use glam::{Vec2, Vec3};

/// The senses of a growth cone in a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Senses {
    /// Myokines.
    pub medium: Sensed,
    /// The gel's movement.
    pub gel: Felt,
    /// Axons and cones around.
    pub crowd: CrowdCue,
}

shared! {
    /// The movement of a growth cone in a step.
    pub enum Movement {
        /// It rests.
        Stay = 0,
        /// It grows by `way_um`, as far as walls let it.
        Advance = 1,
        /// It shortens by `retraction_um` along its own path.
        Retract = 2,
    }
}

/// The way that a growth cone takes in a step, and its branch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decision {
    /// Its movement.
    pub movement: Movement,
    /// The way that it grows from where it is, µm.
    pub way_um: Vec3,
    /// The length by which it shortens, µm.
    pub retraction_um: f32,
    /// The branch that it sends out after that, if it is long enough: see [`pending`].
    pub branching: u32,
    /// The place along the shaft from which a sprout leaves, 0 to 1.
    pub branch_place: f32,
}

/// A cone that stays where it is.
const STAY: Decision = Decision {
    movement: Movement::Stay,
    way_um: Vec3::ZERO,
    retraction_um: 0.0,
    branching: pending::NOTHING,
    branch_place: 0.0,
};

/// Advances a growth cone by a step. `crowd` holds the sums of axons and cones as they were before it.
pub fn grow(
    tables: &Tables,
    here: &WellCues,
    concentrations: &[f32],
    crowd: &[i32],
    step: u32,
    cone: &mut Cone,
    path: &mut Vec<Node>,
) {
    let run = &tables.run;
    let well = &tables.wells[cone.well as usize];
    let treatment = &tables.treatments[well.treatment as usize];
    let rules = &treatment.rules;
    let senses = Senses {
        medium: sense(tables, here, concentrations, well, cone.tip_um(), rules),
        gel: feel(tables, here, step, treatment, cone.tip_um()),
        crowd: sense_crowd(tables, crowd, cone, rules),
    };
    let decision = decide(cone, &senses, step, run.step_h, run.planar, well, treatment);
    carry_out(&decision, tables, rules, step, cone, path);
}

/// Decides a step: gives the cone its new states, mode, speed and heading where it is. `step_h` is the length of the step, h;
/// `planar` is 1 where growth stays in a plane.
// Not by value as in the twin: a cone is 48 words, and copying it out and in shows in the time of a run.
#[inline]
pub fn decide(
    cone: &mut Cone,
    senses: &Senses,
    step: u32,
    step_h: f32,
    planar: u32,
    well: &Well,
    treatment: &Treatment,
) -> Decision {
    let Treatment { rules, tow, .. } = treatment;
    let mut decision = STAY;
    let (signal, gel, crowd) = (senses.medium.signal, &senses.gel, &senses.crowd);
    cone.dose = senses.medium.dose;
    cone.mechano = relax(cone.mechano, gel.mechano.x, gel.mechano.y);
    cone.adaptation = relax(cone.adaptation, signal.occupancy, rules.adaptation_loss);
    let receptors = receptors_left(cone.adaptation.value(), rules.adaptation);
    let trophic_excess = signal.excess * receptors * cone.trophic_sensitivity;
    let mechano_excess = rules.mechano_gain * cone.mechano.value() * cone.mechano_sensitivity;
    cone.trophic_programme = relax(
        cone.trophic_programme,
        signal.occupancy * receptors,
        rules.programme_loss,
    );
    cone.mechano_programme = relax(cone.mechano_programme, cone.mechano.value(), rules.programme_loss);
    let guiding = signal_over_noise(signal.cue, receptors * cone.trophic_sensitivity, rules);
    cone.trophic_gain = 1.0 + trophic_excess;
    cone.gain = combined_gain(trophic_excess, mechano_excess, rules) * growth_modulation(cone.heading, guiding, rules);
    let leaves_branch_point = cone.pending == pending::LEAVE;
    cone.pending = pending::NOTHING;

    if cone.mode == mode::DYING || neuron_falls_ill(cone.neuron - well.first_neuron, step, well.key, rules) {
        cone.mode = mode::DYING;
        cone.fibre = NONE;
        cone.speed_um_per_h = -rules.dying_back_um_per_h;
        decision.movement = Movement::Retract;
        decision.retraction_um = rules.dying_back_um_per_h * step_h;
        return decision;
    }
    if cone.mode == mode::INJURED {
        let chance = regrowth_chance(cone.trophic_programme.value(), cone.mechano_programme.value(), rules);
        let u = uniform_number(draw(cone.id, step, well.key, purpose::REGROWTH).x);
        cone.mode = stump_mode(step, cone.rests_until, u, chance);
        return decision;
    }
    if cone.mode == mode::SYNAPSE {
        return decision;
    }
    let fibre = fibre_settled_on(
        cone.tip_um(),
        cone.id,
        step,
        well.key,
        cone.trophic_programme.value(),
        planar,
        treatment,
    );
    if fibre != NONE {
        cone.mode = mode::SYNAPSE;
        cone.fibre = fibre;
        cone.speed_um_per_h = 0.0;
        cone.rests_until = step.saturating_add(rules.synapse_matures);
        return decision;
    }

    let words = draw(cone.id, step, well.key, purpose::GROWTH);
    cone.mode = next_mode(cone.mode, uniform_number(words.z), rules);
    if crowd.contact > 0.0 && uniform_number(draw(cone.id, step, well.key, purpose::CONTACT).x) < crowd.contact {
        cone.mode = mode::RETRACT;
    }
    let strain_rate = rules.strain_turning_rad_per_h * gel.drive * gel.anisotropy;
    let mut across = turn_by_guidance(cone.heading, guiding, rules) * step_h
        + turn_to_strain(cone.heading, gel.axis, strain_rate) * step_h
        + crowd.turning * step_h;
    let goal = target_speed(cone.mode, cone.gain * cone.vigour, rules);
    let mut travelled = goal * step_h;
    cone.speed_um_per_h = goal;
    if cone.mode == mode::RUN {
        let xi = gaussian_pair(words.x, words.y);
        let before = cone.deviation_um_per_h;
        cone.deviation_um_per_h = next_deviation(before, xi.x, rules);
        cone.speed_um_per_h = goal + cone.deviation_um_per_h;
        // Over the step the deviation went from one to the other.
        travelled = (goal + 0.5 * (before + cone.deviation_um_per_h)) * step_h;
        let mut directions = Vec2::new(xi.y, 0.0);
        if planar == 0 {
            let more = draw(cone.id, step, well.key, purpose::GROWTH_IN_SPACE);
            directions.y = gaussian_pair(more.x, more.y).x;
        }
        let persistence_um = persistence_of(cone.id, well.key, rules);
        across += wander(cone.heading, travelled.abs(), persistence_um, planar, directions);
    }
    cone.heading = turn(cone.heading, across);
    let towed = towed_speed(pull_in_step(step, tow), rules);
    if towed > 0.0 {
        cone.heading = tow.direction;
        cone.speed_um_per_h = towed;
        decision.movement = Movement::Advance;
        decision.way_um = tow.direction * (towed * step_h);
    } else if leaves_branch_point {
        // The other way of a split begins as the new branch did: its cone would else rest at the branch point, one tip with it.
        decision.movement = Movement::Advance;
        decision.way_um = cone.heading * initial_segment_um(rules);
    } else if travelled < 0.0 {
        decision.movement = Movement::Retract;
        decision.retraction_um = -travelled;
    } else if cone.mode == mode::RUN {
        decision.movement = Movement::Advance;
        decision.way_um = cone.heading * travelled + crowd.drift * step_h;
    }

    let u = uniform_number(words.w);
    let chance = branch_chance(cone.mode, rules);
    if u < chance {
        let choice = u / chance;
        if choice < rules.interstitial {
            decision.branching = pending::SPROUT;
            decision.branch_place = choice / rules.interstitial;
        } else {
            decision.branching = pending::SPLIT;
        }
    }
    decision
}

/// Moves a growth cone as was decided.
#[inline]
fn carry_out(decision: &Decision, tables: &Tables, rules: &Rules, step: u32, cone: &mut Cone, path: &mut Vec<Node>) {
    match decision.movement {
        Movement::Stay => {}
        Movement::Advance => advance(tables, cone, path, decision.way_um, rules),
        Movement::Retract => retract(cone, path, decision.retraction_um, step),
    }
    // A cone that is held at its last branch may send out another; it asks again whether it is held in a later step.
    if cone.mode != mode::PRUNED {
        begin_branch(decision, cone, path, rules);
    }
}

/// Grows by `way`; walls stop it, and it goes on along them.
#[inline]
fn advance(tables: &Tables, cone: &mut Cone, path: &mut Vec<Node>, way: Vec3, rules: &Rules) {
    let size = tables.run.size_um;
    if tables.clearance().is_empty() {
        cone.reach_um = keep_inside(cone.base_um, cone.reach_um + way, size);
    } else {
        advance_among_walls(tables, cone, path, way);
    }
    cone.heading = slide_along_wall(cone.heading, cone.tip_um(), size);
    if is_beyond_a_segment(cone.reach_um, rules) {
        record_point(cone, path);
    }
}

/// Grows by `way` piece by piece, each along the wall that the one before has met.
fn advance_among_walls(tables: &Tables, cone: &mut Cone, path: &mut Vec<Node>, way: Vec3) {
    let pieces = pieces(&tables.domain, way);
    let mut piece = way / pieces as f32;
    for _ in 0..pieces {
        let gone = go(tables, cone.base_um, cone.reach_um, piece);
        let place = cone.base_um + gone.reach_um;
        // A path is straight from point to point: where that would cut the corner of a wall, it gets a point before the bend.
        if gone.near && !is_free(&tables.domain, cone.base_um, gone.reach_um) {
            record_point(cone, path);
        }
        cone.reach_um = place - cone.base_um;
        cone.heading = slide_along_slope(cone.heading, gone.from_wall);
        piece = not_into(piece, gone.from_wall);
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
fn retract(cone: &mut Cone, path: &mut Vec<Node>, distance: f32, step: u32) {
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
            hold(cone, path, step);
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

/// Stops a cone that cannot retract further: it waits, or is gone if nothing holds it, as a branch without branches of its
/// own or the last piece of an ill neuron.
fn hold(cone: &mut Cone, path: &mut Vec<Node>, step: u32) {
    cone.speed_um_per_h = cone.speed_um_per_h.max(0.0);
    if cone.anchored == 0 {
        cone.mode = mode::PRUNED;
        cone.rests_until = step + 1;
        cone.nodes = 0;
        *path = Vec::new();
    } else {
        cone.pending = pending::HELD;
    }
}

/// Leaves the branch that was decided on to be placed, where the axon is long enough for it.
fn begin_branch(decision: &Decision, cone: &mut Cone, path: &mut Vec<Node>, rules: &Rules) {
    if decision.branching == pending::NOTHING {
        return;
    }
    // A split needs a point at the tip, and so does a shaft that has none beyond its first: how finely a path is recorded must
    // not bear on whether it branches.
    if (decision.branching == pending::SPLIT || cone.nodes < 2) && cone.tip_um() != cone.base_um {
        record_point(cone, path);
    }
    if cone.nodes < 2 {
        return;
    }
    cone.pending = decision.branching;
    cone.branch_node = match decision.branching {
        pending::SPROUT => sprouting_node(cone.nodes, decision.branch_place, rules),
        _ => cone.nodes - 1,
    };
}

impl Cone {
    /// A cone at its birth, at the last point `at` of its path. It takes well, neuron, states and gains from `parent`; its
    /// place among branches is for the caller to set.
    pub fn born(parent: &Cone, id: u32, heading: Vec3, mode: u32, at: Node) -> Cone {
        Cone {
            heading,
            speed_um_per_h: 0.0,
            base_um: at.truncate(),
            base_length_um: at.w,
            reach_um: Vec3::ZERO,
            mode,
            id,
            nodes: 1,
            anchored: 0,
            youngest_branch: NONE,
            pending: pending::NOTHING,
            branch_node: 0,
            laid: 0,
            voxel: NONE,
            rests_until: 0,
            fibre: NONE,
            kymograph: Kymograph::of_newborn(at.w),
            ..*parent
        }
    }

    /// A cone without a past, from which the first cone of a neuron is [`Cone::born`].
    pub fn without_past(well: u32, neuron: u32) -> Cone {
        Cone {
            trophic_gain: 1.0,
            gain: 1.0,
            vigour: 1.0,
            trophic_sensitivity: 1.0,
            mechano_sensitivity: 1.0,
            well,
            neuron,
            parent: NONE,
            older_sibling: NONE,
            ..Cone::zeroed()
        }
    }

    /// Points of its path up to its last living branch, beyond which it cannot retract; 0 without any.
    pub fn anchored_by(&self, cones: &[Cone]) -> u32 {
        let mut anchored = 0;
        let mut branch = self.youngest_branch;
        while branch != NONE {
            let child = &cones[branch as usize];
            if child.is_alive() {
                anchored = anchored.max(child.parent_node + 1);
            }
            branch = child.older_sibling;
        }
        anchored
    }
}
