//! From documented numbers to numbers per step: rates become chances, times become losses.

use super::biology::Biology;
use super::domain::Domain;
use super::layout::{MyokineRules, RETRACTION_LIMIT, Rules};
use super::parameters::{GrowthCone, Myokine};
use super::plate::Plate;
use super::rules::fasciculation::heeds_crowd;
use super::word::{Word, YesNo};

/// Steps in a span of `h` hours, to the nearest.
pub fn steps_in(h: f64, step_h: f64) -> u32 {
    (h / step_h).round().clamp(0.0, f64::from(u32::MAX)) as u32
}

/// The rules of a condition.
pub fn rules(biology: &Biology, plate: &Plate) -> Rules {
    let dt = plate.step_h;
    let cone = &biology.growth_cone;
    let running = 1.0 - cone.paused - cone.retracting;
    let lost = |memory_h: f64| -(-dt / memory_h).exp_m1();
    let speed_loss = lost(cone.speed_memory_h);
    let chance = |rate_per_h: f64| -(-rate_per_h * dt).exp_m1();
    let at_pauses = YesNo::from_number(biology.branching.at_pauses) == Some(YesNo::Yes) && cone.paused > 0.0;
    let branch_rate = biology.branching.rate_per_h;
    let trophic_ceiling: f64 = plate
        .myokines
        .iter()
        .map(|species| (species.myokine.max_gain - 1.0).max(0.0))
        .sum();
    let mut rules = Rules {
        run_speed_um_per_h: cone.run_speed_um_per_h() as f32,
        retraction_speed_um_per_h: cone.retraction_speed_um_per_h as f32,
        speed_loss: speed_loss as f32,
        speed_noise_um_per_h: (cone.speed_spread_um_per_h * (speed_loss * (2.0 - speed_loss)).sqrt()) as f32,
        mode_switch: chance(1.0 / cone.mode_memory_h) as f32,
        running: running as f32,
        paused: cone.paused as f32,
        persistence_length_um: cone.persistence_length_um as f32,
        persistence_tail: cone.persistence_tail as f32,
        width_um: cone.width_um as f32,
        turning_rate_rad_per_h: cone.turning_rate_rad_per_h as f32,
        turning_threshold: cone.turning_threshold as f32,
        turning_half: cone.turning_half as f32,
        rate_modulation: cone.rate_modulation as f32,
        strain_turning_rad_per_h: cone.strain_turning_rad_per_h as f32,
        adaptation: cone.adaptation as f32,
        adaptation_loss: lost(cone.adaptation_time_h) as f32,
        combination: cone.combination() as u32,
        ceiling: trophic_ceiling.max(biology.mechano.gain).max(1e-6) as f32,
        segment_um: cone.segment_um as f32,
        branch_paused: chance(if at_pauses {
            branch_rate / cone.paused
        } else {
            branch_rate
        }) as f32,
        branch_moving: if at_pauses { 0.0 } else { chance(branch_rate) as f32 },
        branch_angle_rad: biology.branching.angle_rad as f32,
        interstitial: biology.branching.interstitial as f32,
        interstitial_reach_um: biology.branching.interstitial_reach_um as f32,
        branch_competition: biology.branching.competition as f32,
        branch_decline_per_h: if biology.branching.decline_h > 0.0 {
            (1.0 / biology.branching.decline_h) as f32
        } else {
            0.0
        },
        mechano_gain: biology.mechano.gain as f32,
        mechano_on_per_h: (1.0 / biology.mechano.on_time_h) as f32,
        mechano_off_per_h: (1.0 / biology.mechano.off_time_h) as f32,
        programme_loss: lost(biology.programme.memory_h) as f32,
        soma_speed_um_per_h: biology.soma.speed_um_per_h as f32,
        soma_persistence_length_um: biology.soma.persistence_length_um as f32,
        speed_spread_um_per_h: cone.speed_spread_um_per_h as f32,
        axon_alignment_rad_per_h: biology.fasciculation.alignment_rad_per_h as f32,
        axon_attraction_rad_per_h: biology.fasciculation.attraction_rad_per_h as f32,
        zippering_um_per_h: biology.fasciculation.zippering_um_per_h as f32,
        half_axons: biology.fasciculation.half_axons as f32,
        bundle_capacity: biology.fasciculation.capacity as f32,
        contact: (biology.fasciculation.contact_retraction_per_h * dt) as f32,
        unlaid: RETRACTION_LIMIT,
        regrowth: biology.injury.regrowth as f32,
        regrowth_exercised: biology.injury.regrowth_exercised as f32,
        death: chance(biology.survival.death_per_h) as f32,
        death_onset: (biology.survival.onset_h / dt).round() as u32,
        synapse: (biology.synapse.formation_per_h * dt) as f32,
        synapse_matures: steps_in(biology.synapse.maturation_h, dt),
        tow_threshold_nn: biology.stretch.threshold_nn as f32,
        tow_slope_um_per_h_per_nn: biology.stretch.slope_um_per_h_per_nn as f32,
        dying_back_um_per_h: biology.survival.dying_back_um_per_h as f32,
    };
    if heeds_crowd(&rules) {
        rules.unlaid = unlaid(cone, &plate.domain);
    }
    rules
}

/// The last pieces of a path that are left out of the sums of axons: those that the cone, which feels a width ahead,
/// would else take for another's. A piece counts in the voxel that it lies in and is felt up to one and a half voxels
/// away along each axis. At least as many as can be retracted in a step, so that what is taken out of the sums is still
/// there to be read.
fn unlaid(cone: &GrowthCone, domain: &Domain) -> u32 {
    let axes: f64 = if domain.planar() { 2.0 } else { 3.0 };
    let felt_um = 1.5 * domain.voxel_um * axes.sqrt() - cone.width_um;
    ((felt_um / cone.segment_um).ceil().max(0.0) as u32 + 1).max(RETRACTION_LIMIT)
}

/// The rules of a myokine, for steps of `dt` hours.
pub fn myokine(myokine: &Myokine, dt: f64) -> MyokineRules {
    let decay_per_h = myokine.decay_per_h();
    let loss = -(-decay_per_h * dt).exp_m1();
    MyokineRules {
        half_dose: myokine.half_dose as f32,
        hill: myokine.hill as f32,
        max_gain: myokine.max_gain as f32,
        inhibition: if myokine.inhibition_dose > 0.0 {
            (1.0 / myokine.inhibition_dose) as f32
        } else {
            0.0
        },
        loss: loss as f32,
        release: (loss / decay_per_h) as f32,
        uptake_um3_per_h: myokine.uptake_um3_per_h as f32,
        uptake_half_dose: myokine.uptake_half_dose as f32,
    }
}
