//! Donor muscle: the strength of the medium that muscle has conditioned, by the exercise it had.
//!
//! A dish whose whole floor is muscle secretes at the resting rate times its secretion ratio; the myokine decays
//! and is harvested when the medium is changed. Doses are relative to the reference exercise (1 Hz, full light,
//! 30 min every 24 h, harvested every 24 h), whose medium has dose 1 of a relative myokine by definition.

use super::layout::Sessions;
use super::parameters::{Light, Muscle, Myokine};
use super::plate::{DoseUnit, MediumSource, Species};
use super::rules::secretion::{next_activity, next_fatigue, secretion_ratio, tired_drive};
use super::rules::sessions::in_session;

/// Step of the donor dish, h: one minute.
const STEP_H: f64 = 1.0 / 60.0;
/// Training of the donors before medium is taken, h: long enough for regular exercise to become periodic.
const TRAINING_H: f64 = 120.0;
/// Harvests are averaged over a time that is whole in sessions and in changes of medium, up to this long, h.
const LONGEST_AVERAGE_H: f64 = 60.0 * 24.0;

/// Strength of the fibres' answer to light: 0 at rest, 1 under the reference (1 Hz, full brightness).
pub fn stimulation(light: &Light, muscle: &Muscle) -> f64 {
    let half = muscle.half_frequency_hz;
    light.intensity * light.frequency_hz / (light.frequency_hz + half) * (1.0 + half)
}

/// Secretory activity that light drives towards: scaled so that the reference exercise has a daily mean of 1.
pub fn light_drive(light: &Light, muscle: &Muscle) -> f64 {
    let reference = Light::default();
    stimulation(light, muscle) * reference.every_h / reference.session_h
}

/// Mean concentration harvested from trained donor muscle, before normalisation: `light` `None` for resting muscle. The
/// time of a donor's first session does not matter: it has trained for long.
fn harvest(light: Option<&Light>, muscle: &Muscle, myokine: &Myokine, every_h: f64) -> f64 {
    let steps = |h: f64| ((h / STEP_H).round() as u32).max(1);
    let sessions = light.map(|light| Sessions {
        start: steps(muscle.lag_h),
        length: steps(light.session_h),
        every: steps(light.every_h),
        stop: u32::MAX,
    });
    // A session shorter than a step is as much weaker.
    let drive = light.map_or(0.0, |light| {
        light_drive(light, muscle) * light.session_h / (f64::from(steps(light.session_h)) * STEP_H)
    });
    let decay_per_h = myokine.decay_per_h();
    let loss = -(-decay_per_h * STEP_H).exp_m1();
    let activity_loss = -(-STEP_H / muscle.memory_h).exp_m1() as f32;
    let change_every = steps(every_h);
    let averaged = averaged_changes(change_every, sessions.map_or(1, |sessions| sessions.every));
    let trained = steps(TRAINING_H).div_ceil(change_every) * change_every;
    let share = |time_h: f64| -(-STEP_H / time_h).exp_m1() as f32;
    let (tiring, recovery) = (share(muscle.fatigue_time_h), share(muscle.recovery_time_h));
    let (mut fatigue, mut activity, mut dose, mut harvested) = (0.0, 0.0, 0.0, 0.0);
    for step in 0..trained + averaged * change_every {
        let lit = sessions.is_some_and(|sessions| in_session(step, &sessions));
        let tired = tired_drive(drive as f32, fatigue, muscle.fatigue as f32);
        activity = next_activity(activity, lit, tired, activity_loss);
        fatigue = next_fatigue(fatigue, lit, tiring, recovery);
        let ratio = secretion_ratio(activity, muscle.exercised_ratio as f32);
        let secretion = myokine.resting_secretion_per_h * f64::from(ratio);
        dose += (secretion / decay_per_h - dose) * loss;
        if (step + 1).is_multiple_of(change_every) {
            harvested += if step >= trained { dose } else { 0.0 };
            dose = 0.0;
        }
    }
    harvested / f64::from(averaged)
}

/// Changes of medium after which sessions and changes begin together again, as far as that is not too long.
fn averaged_changes(change_every: u32, session_every: u32) -> u32 {
    let longest = ((LONGEST_AVERAGE_H / STEP_H) as u32 / change_every).max(1);
    let together = (1..=longest).find(|&changes| (changes * change_every).is_multiple_of(session_every));
    together.unwrap_or(longest)
}

/// The dose of each myokine in medium from `source`, in the unit of that myokine. Relative myokines are normalised to
/// the reference exercise, others are the concentrations that the dish holds.
pub fn doses(source: &MediumSource, every_h: f64, muscle: &Muscle, myokines: &[Species]) -> Vec<f64> {
    let dish = |light: Option<&Light>, species: &Species| {
        let harvested = harvest(light, muscle, &species.myokine, every_h);
        match species.unit {
            DoseUnit::Nanomolar => harvested,
            DoseUnit::Relative => {
                let reference = Light::default();
                let standard = harvest(Some(&reference), muscle, &species.myokine, reference.every_h);
                if standard > 0.0 { harvested / standard } else { 0.0 }
            }
        }
    };
    match source {
        MediumSource::Fresh => vec![0.0; myokines.len()],
        MediumSource::RestingMuscle => myokines.iter().map(|species| dish(None, species)).collect(),
        MediumSource::ExercisedMuscle(light) => myokines.iter().map(|species| dish(Some(light), species)).collect(),
        MediumSource::Doses(doses) => doses.clone(),
    }
}
