//! Warnings and refusals where the numbers of a scenario are beyond what the computation follows, each with the size of the error.

use super::quantity::{self, tidy};
use super::reader::Fields;
use crate::model::net_speed::excess_at_soma_um;
use crate::model::pace::{MOST_ROUNDS, Pace, wanted_h};
use crate::model::parameter::Dimension;
use crate::model::per_step::branches_a_step;
use crate::model::plate::{Condition, Plate};
use crate::model::word::{Word, YesNo};

/// Length that variation may add to axons at the soma before there is a word of it, µm and as a share of what they grow.
const EXCESS_UM: f64 = 10.0;
/// See [`EXCESS_UM`].
const EXCESS_SHARE: f64 = 0.1;
/// Share by which a myokine may reach too far before there is a word of it.
const LONGER_REACH: f64 = 0.01;
/// Shortfall of tips of which there is no word yet.
const MISSED_SHARE: f64 = 0.02;
/// Share of the branches of the last step that are not told apart yet, at most: the parent of a split has not gone on.
const NOT_YET_APART: f64 = 0.75;

/// Says where the plate is beyond what is followed closely.
pub fn check(root: &Fields<'_>, plate: &Plate) {
    check_pace(root, plate);
    check_reach(root, plate);
    if plate.explants.is_empty() {
        return;
    }
    let hours = f64::from(plate.steps) * plate.step_h;
    for condition in &plate.conditions {
        check_branching(root, plate, condition);
        check_net_speed(root, condition, hours);
    }
}

/// The field must be updated often enough for what decays or is taken up in seconds.
fn check_pace(root: &Fields<'_>, plate: &Plate) {
    let wanted_h = wanted_h(plate);
    let rounds = plate.step_h / wanted_h;
    if rounds > f64::from(MOST_ROUNDS) {
        let time = |hours| quantity::format(hours, Dimension::Time.into());
        let found = format!(
            "{}, in which myokine decays or is taken up so fast that the field would be updated {} times",
            time(plate.step_h),
            tidy(rounds.ceil())
        );
        let longest = time(wanted_h * f64::from(MOST_ROUNDS) * 0.999);
        root.at("step").refuse(
            found,
            format!("at most {MOST_ROUNDS} updates a step: a step of {longest} or less"),
        );
    }
}

/// Myokine that decays soon reaches less far than a step or a voxel follows closely. Diffusion and decay one after the other make the
/// length over which it falls off longer by a quarter of what decays between two updates of the field; a grid makes it longer where
/// it is not many voxels.
fn check_reach(root: &Fields<'_>, plate: &Plate) {
    if !(0..plate.conditions.len()).any(|condition| plate.has_grid(condition)) {
        return;
    }
    let update_h = Pace::of(plate).update_h(plate.step_h);
    for species in &plate.myokines {
        let decay_per_h = species.myokine.decay_per_h();
        let length_um = (species.myokine.diffusivity_um2_per_h / decay_per_h).sqrt();
        if length_um <= 0.0 {
            continue;
        }
        let half_voxel = 0.5 * plate.domain.voxel_um / length_um;
        let longer = 0.25 * decay_per_h * update_h + half_voxel / libm::asinh(half_voxel) - 1.0;
        if longer > LONGER_REACH {
            let per_cent = |share: f64| tidy((1000.0 * share).round() / 10.0);
            root.at("myokine").warn(format!(
                "{} decays so soon that its dose falls off within {}, over up to {} % more length than it should: up to {} % more of it at \
                 four such lengths",
                species.name,
                quantity::format(length_um.round(), Dimension::Length.into()),
                per_cent(longer),
                per_cent(libm::expm1(4.0 * longer))
            ));
        }
    }
}

/// A cone branches once in a step at most, and what splits in a step is told apart only after the next. Where more branches are
/// wished than that, tips are missing at every step, and at the end of the run most of them may be.
fn check_branching(root: &Fields<'_>, plate: &Plate, condition: &Condition) {
    let branching = &condition.biology.branching;
    let paused = condition.biology.growth_cone.paused;
    let at_pauses = YesNo::from_number(branching.at_pauses) == Some(YesNo::Yes) && paused > 0.0;
    let share = if at_pauses { paused } else { 1.0 };
    let mean = branching.rate_per_h * plate.step_h;
    let wished = branches_a_step(mean / share, mean);
    let held_back = if wished > 1.0 { mean - libm::log1p(share) } else { 0.0 };
    let apart = (1.0 - NOT_YET_APART * mean).max(0.0);
    let missed = 1.0 - apart * libm::exp(-held_back * f64::from(plate.steps));
    if missed > MISSED_SHARE {
        root.at("step").warn(format!(
            "a step is so long that a tip in {} branches {} times in one: at the end up to {} % of its tips are missing",
            condition.name,
            tidy((1000.0 * mean).round() / 1000.0),
            tidy((100.0 * missed).ceil().min(99.0))
        ));
    }
}

/// An axon cannot be shorter than nothing: where its speed varies much more than it advances, it grows by that alone.
fn check_net_speed(root: &Fields<'_>, condition: &Condition, hours: f64) {
    let cone = &condition.biology.growth_cone;
    let excess_um = excess_at_soma_um(cone, hours);
    let said_um = cone.speed_um_per_h * hours;
    if excess_um > EXCESS_UM && excess_um > EXCESS_SHARE * said_um {
        let length = |um: f64| quantity::format(um.round(), Dimension::Length.into());
        root.at("growth_cone").warn(format!(
            "in {} axons that are drawn back to their somata stop there, so that without any cue they grow to about {} instead of the {} \
             that speed says: speed_spread and the modes are large for it",
            condition.name,
            length(said_um + excess_um),
            length(said_um)
        ));
    }
}
