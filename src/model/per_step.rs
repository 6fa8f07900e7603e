//! From documented numbers to numbers per step: rates become chances, times become losses.

use super::actuation::peak_strain;
use super::biology::Biology;
use super::domain::Domain;
use super::layout::{
    LightRules, MediumRules, MuscleRules, MyokineRules, NONE, RETRACTION_LIMIT, Rules, Sessions, StrainRules, TowRules,
    Treatment,
};
use super::medium::light_drive;
use super::pace::{Pace, uptake_per_h};
use super::parameter::HOUR_S;
use super::parameters::{GrowthCone, Myokine};
use super::plate::{Condition, Plate};
use super::rules::branching::with_offspring;
use super::rules::fasciculation::heeds_crowd;
use super::rules::kymograph::BETWEEN_FRAMES_H;
use super::strain::{anisotropy, strain_drive};
use super::word::{Word, YesNo};
use glam::{DVec3, Vec3};

/// Steps in a span of `h` hours, to the nearest.
pub fn steps_in(h: f64, step_h: f64) -> u32 {
    (h / step_h).round().clamp(0.0, f64::from(u32::MAX)) as u32
}

/// Steps from frame to frame of each kymograph; 0 where no whole number of steps comes within a twentieth of its time.
pub fn frames(step_h: f64) -> [u32; 3] {
    BETWEEN_FRAMES_H.map(|between_h| {
        let steps = steps_in(between_h, step_h);
        let off_h = f64::from(steps) * step_h - between_h;
        if off_h.abs() <= 0.05 * between_h { steps } else { 0 }
    })
}

/// Sessions in steps.
pub fn sessions(start_h: f64, session_h: f64, every_h: f64, step_h: f64) -> Sessions {
    Sessions {
        start: steps_in(start_h, step_h),
        length: steps_in(session_h, step_h),
        every: steps_in(every_h, step_h).max(1),
        stop: u32::MAX,
    }
}

/// No sessions at all.
const NEVER: Sessions = Sessions {
    start: 0,
    length: 0,
    every: 1,
    stop: 0,
};

/// The share of a state's past that is gone after a step, for a memory of `memory_h` hours.
fn loss(memory_h: f64, step_h: f64) -> f64 {
    -(-step_h / memory_h).exp_m1()
}

/// The treatment of a condition; the maps of an uneven strain are not yet in it.
pub fn treatment(condition: &Condition, plate: &Plate) -> Treatment {
    Treatment {
        strain: strain(condition, plate.step_h),
        muscle: muscle(condition, plate),
        tow: tow(condition, plate.step_h),
        rules: rules(&condition.biology, plate),
        light: light(condition, plate),
        medium: medium(condition, plate.step_h),
        pad: Default::default(),
    }
}

fn strain(condition: &Condition, step_h: f64) -> StrainRules {
    let mut rules = StrainRules {
        axis: Vec3::X,
        drive: 0.0,
        sessions: NEVER,
        anisotropy: 0.0,
        cycle_steps: 0,
        map: NONE,
        moments: 0,
    };
    if let Some(protocol) = &condition.actuation {
        let actuation = &protocol.actuation;
        let peak = peak_strain(protocol);
        rules.sessions = sessions(actuation.start_h, actuation.session_h, actuation.every_h, step_h);
        rules.axis = peak.axis.as_vec3();
        rules.drive = strain_drive(peak.major, actuation.frequency_hz, &condition.biology.mechano) as f32;
        rules.anisotropy = anisotropy(&peak) as f32;
        if protocol.resolved && actuation.frequency_hz > 0.0 {
            rules.cycle_steps = steps_in(1.0 / (actuation.frequency_hz * HOUR_S), step_h);
        }
    }
    rules
}

/// Time from one answer of muscle to its light to the next, h: it answers where the field is updated.
fn answer_h(plate: &Plate) -> f64 {
    f64::from(Pace::of(plate).every) * plate.step_h
}

fn muscle(condition: &Condition, plate: &Plate) -> MuscleRules {
    let answer_h = answer_h(plate);
    let mut rules = MuscleRules {
        low_um: Vec3::ZERO,
        spacing_um: 0.0,
        high_um: Vec3::ZERO,
        reach_um: 0.0,
        upright: 0,
        fatigue: plate.muscle.fatigue as f32,
        fatigue_rise: loss(plate.muscle.fatigue_time_h, answer_h) as f32,
        fatigue_recovery: loss(plate.muscle.recovery_time_h, answer_h) as f32,
    };
    if let Some(patch) = &condition.muscle {
        rules.low_um = patch.region.low_um.as_vec3();
        rules.high_um = patch.region.high_um.as_vec3();
        rules.spacing_um = plate.muscle.fibre_spacing_um as f32;
        rules.reach_um = (plate.muscle.fibre_radius_um + condition.biology.synapse.contact_um) as f32;
        rules.upright = u32::from(patch.upright);
    }
    rules
}

fn tow(condition: &Condition, step_h: f64) -> TowRules {
    match &condition.tow {
        Some(tow) => TowRules {
            direction: DVec3::new(tow.towards_rad.cos(), tow.towards_rad.sin(), 0.0).as_vec3(),
            force_nn: tow.force_nn as f32,
            sessions: sessions(tow.start_h, tow.session_h, tow.every_h, step_h),
        },
        None => TowRules {
            direction: Vec3::X,
            force_nn: 0.0,
            sessions: NEVER,
        },
    }
}

fn light(condition: &Condition, plate: &Plate) -> LightRules {
    let light = condition.muscle.as_ref().and_then(|patch| patch.light.as_ref());
    LightRules {
        sessions: light.map_or(NEVER, |light| {
            sessions(light.start_h, light.session_h, light.every_h, plate.step_h)
        }),
        drive: light.map_or(0.0, |light| light_drive(light, &plate.muscle) as f32),
        activity_loss: loss(plate.muscle.memory_h, answer_h(plate)) as f32,
        lag_steps: steps_in(plate.muscle.lag_h, plate.step_h),
    }
}

fn medium(condition: &Condition, step_h: f64) -> MediumRules {
    let of = |h: f64| steps_in(h, step_h);
    MediumRules {
        every: condition.medium.as_ref().map_or(0, |medium| of(medium.every_h).max(1)),
        start: condition.medium.as_ref().map_or(0, |medium| of(medium.start_h)),
    }
}

/// Branches that a cone with `rate` branches a step sends out in one, on the average: those that its branches, with `mean` branches
/// a step, send out until the end of the step are counted as its own. So the number of tips grows as it would in steps of any
/// length, e^(rate · time) (Yule), although a cone branches once in a step at most.
pub fn branches_a_step(rate: f64, mean: f64) -> f64 {
    rate * f64::from(with_offspring(mean as f32))
}

/// The rules of a biology.
pub fn rules(biology: &Biology, plate: &Plate) -> Rules {
    let dt = plate.step_h;
    let cone = &biology.growth_cone;
    let running = 1.0 - cone.paused - cone.retracting;
    let speed_loss = loss(cone.speed_memory_h, dt);
    let chance = |rate_per_h: f64| -(-rate_per_h * dt).exp_m1();
    let at_pauses = YesNo::from_number(biology.branching.at_pauses) == Some(YesNo::Yes) && cone.paused > 0.0;
    let branch_rate = biology.branching.rate_per_h;
    let branches = |rate_per_h: f64| branches_a_step(rate_per_h * dt, branch_rate * dt).min(1.0);
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
        readings_root: cone.readings().sqrt() as f32,
        rate_modulation: cone.rate_modulation as f32,
        strain_turning_rad_per_h: cone.strain_turning_rad_per_h as f32,
        adaptation: cone.adaptation as f32,
        adaptation_loss: loss(cone.adaptation_time_h, dt) as f32,
        combination: cone.combination() as u32,
        ceiling: trophic_ceiling.max(biology.mechano.gain).max(1e-6) as f32,
        segment_um: cone.segment_um as f32,
        branch_paused: branches(if at_pauses {
            branch_rate / cone.paused
        } else {
            branch_rate
        }) as f32,
        branch_moving: if at_pauses { 0.0 } else { branches(branch_rate) as f32 },
        branch_mean: (branch_rate * dt) as f32,
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
        programme_loss: loss(biology.programme.memory_h, dt) as f32,
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

/// The least that a concentration loses when it decays: of less, single precision would keep too little.
const LEAST_LOSS: f64 = 1.0 / 16_384.0;
/// Updates of the field between decays, at most: the product of two such numbers has 32 bits.
const MOST_UPDATES: f64 = 65_536.0;

/// The rules of a myokine.
pub fn myokine(myokine: &Myokine, plate: &Plate) -> MyokineRules {
    let update_h = Pace::of(plate).update_h(plate.step_h);
    let decay_per_h = myokine.decay_per_h();
    let decay_every = (LEAST_LOSS / loss(1.0 / decay_per_h, update_h))
        .ceil()
        .clamp(1.0, MOST_UPDATES);
    MyokineRules {
        half_dose: myokine.half_dose as f32,
        hill: myokine.hill as f32,
        max_gain: myokine.max_gain as f32,
        guidance: myokine.guidance as f32,
        inhibition: if myokine.inhibition_dose > 0.0 {
            (1.0 / myokine.inhibition_dose) as f32
        } else {
            0.0
        },
        loss: loss(1.0 / decay_per_h, decay_every * update_h) as f32,
        decay_every: decay_every as u32,
        release: (loss(1.0 / decay_per_h, update_h) / decay_per_h) as f32,
        uptake: (uptake_per_h(myokine, &plate.domain) * update_h) as f32,
        uptake_half_dose: myokine.uptake_half_dose as f32,
    }
}
