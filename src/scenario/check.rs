//! Checks of the whole plate: whether it fits the machine, and whether its parts make sense together.

use super::accuracy;
use super::estimate::{self, estimate, format_bytes};
use super::mistake::FilePlace;
use super::quantity;
use super::reader::Fields;
use crate::model::domain::voxel_centre_um;
use crate::model::parameter::Dimension;
use crate::model::per_step::steps_in;
use crate::model::plate::{Condition, MediumSource, Plate};
use crate::model::rules::sessions::medium_is_due;
use glam::DVec3;

/// D Δt / h² up to which the field is smooth to a part in thousands, and up to which it is of any use.
const ROUGH_COURANT: f64 = 4e3;
/// See [`ROUGH_COURANT`].
const MOST_COURANT: f64 = 1e5;
/// Indices on every device have 32 bits.
const MOST_INDICES: f64 = u32::MAX as f64;

/// Checks the plate as a whole; `memory_bytes` is what the machine has to spare, where that is known.
pub fn check(root: &Fields<'_>, plate: &Plate, memory_bytes: Option<u64>) {
    if plate.explants.is_empty() && plate.myokines.is_empty() {
        let expected = "an [[explant]] with neurons, or at least a [[myokine]] to follow";
        root.notes.spot(FilePlace::Whole, "explant").refuse("nothing", expected);
    }
    if !check_size(root, plate, memory_bytes) {
        return;
    }
    check_step(root, plate);
    check_courant(root, plate);
    accuracy::check(root, plate);
    check_events(root, plate);
    for condition in &plate.conditions {
        check_myokines(root, plate, condition);
        check_regions(root, plate, condition);
    }
}

/// Diffusion over many voxels in one step is stable, but single precision no longer carries it.
fn check_courant(root: &Fields<'_>, plate: &Plate) {
    // A drop gives its wells a grid.
    let at_last = plate.at(u32::MAX);
    if !(0..plate.conditions.len()).any(|condition| at_last.has_grid(condition)) {
        return;
    }
    for species in &plate.myokines {
        let courant = species.myokine.diffusivity_um2_per_h * plate.step_h / plate.domain.voxel_um.powi(2);
        let found = format!(
            "steps in which {} diffuses over {} voxels",
            species.name,
            quantity::tidy(courant.sqrt().round())
        );
        if courant > MOST_COURANT {
            let expected = format!(
                "at most {}: take larger voxels or shorter steps",
                quantity::tidy(MOST_COURANT.sqrt().round())
            );
            root.at("step").refuse(found, expected);
        } else if courant > ROUGH_COURANT {
            let text = format!("{found}; its field is rough: take larger voxels or shorter steps");
            root.at("step").warn(text);
        }
    }
}

/// Medium of an event must not be washed away by a regular change of medium in the same step, and a drop must meet
/// a voxel.
fn check_events(root: &Fields<'_>, plate: &Plate) {
    let at_event = |key: &str| root.notes.spot(root.at("event").place, key);
    for event in &plate.events {
        if !event.action.brings_myokine() {
            continue;
        }
        for (index, condition) in plate.conditions.iter().enumerate() {
            let Some(medium) = condition.medium.as_ref().filter(|_| event.concerns(index)) else {
                continue;
            };
            let (start, every) = (
                steps_in(medium.start_h, plate.step_h),
                steps_in(medium.every_h, plate.step_h).max(1),
            );
            if medium_is_due(event.step, start, every) {
                let at = quantity::format(f64::from(event.step) * plate.step_h, Dimension::Time.into());
                let found = format!(
                    "{at}, when {} gets its regular medium, which would replace it",
                    condition.name
                );
                at_event("event.at").refuse(found, "another time, such as a step later");
            }
        }
    }
}

/// A reservoir that holds no voxel's centre would do nothing; muscle and sources act by the share of each voxel that they cover.
fn check_regions(root: &Fields<'_>, plate: &Plate, condition: &Condition) {
    for reservoir in &condition.reservoirs {
        if !holds_a_voxel(plate, |centre| reservoir.region.contains(centre)) {
            let key = format!("condition.{}.reservoir.region", condition.name);
            let expected = "a box that holds the centre of a voxel: a larger one, or smaller voxels";
            root.notes
                .spot(root.at("condition").place, key)
                .refuse("a box between the voxels", expected);
        }
    }
}

fn holds_a_voxel(plate: &Plate, holds: impl Fn(DVec3) -> bool) -> bool {
    (0..plate.domain.voxel_count()).any(|voxel| holds(voxel_centre_um(&plate.domain, voxel)))
}

/// Whether the plate fits; it is not looked at further where it does not.
fn check_size(root: &Fields<'_>, plate: &Plate, memory_bytes: Option<u64>) -> bool {
    let needs = estimate(plate);
    let remedy = "use fewer wells, neurons or voxels, less branching or a shorter run";
    for (key, count, what) in [
        (
            "well.voxel",
            needs.grid_voxels.max(plate.domain.voxel_count() as f64),
            "voxels on the plate",
        ),
        ("explant", needs.neurons, "neurons on the plate"),
        ("branching.rate", needs.cones_at_end, "growth cones expected at the end"),
    ] {
        if count > MOST_INDICES {
            let expected = format!("at most {}: {remedy}", quantity::tidy(MOST_INDICES));
            root.notes
                .spot(FilePlace::Whole, key)
                .refuse(format!("{} {what}", quantity::tidy(count)), expected);
            return false;
        }
    }
    if let Some(limit) = memory_bytes.map(|bytes| bytes as f64)
        && needs.bytes > limit
    {
        let found = format!("a plate that needs about {}", format_bytes(needs.bytes));
        let expected = format!("at most the {} that are free: {remedy}", format_bytes(limit));
        root.notes.spot(FilePlace::Whole, "memory").refuse(found, expected);
        return false;
    }
    true
}

/// A cone that crosses several recorded points in one step leaves a coarse path.
fn check_step(root: &Fields<'_>, plate: &Plate) {
    if plate.explants.is_empty() {
        return;
    }
    for (index, condition) in plate.conditions.iter().enumerate() {
        let cone = condition.biology.growth_cone;
        let fast = cone.run_speed_um_per_h() * estimate::greatest_gain(plate, index) + 2.0 * cone.speed_spread_um_per_h;
        let stride_um = fast.max(estimate::towed_um_per_h(plate, index)) * plate.step_h;
        if stride_um > cone.segment_um {
            let length = |value| quantity::format(value, Dimension::Length.into());
            let text = format!(
                "a step is so long that a fast cone in {} advances {}, more than growth_cone.segment of {}",
                condition.name,
                length(stride_um),
                length(cone.segment_um)
            );
            return root.at("step").warn(text);
        }
    }
}

/// Muscle and its medium do nothing where no myokine is followed.
fn check_myokines(root: &Fields<'_>, plate: &Plate, condition: &Condition) {
    let from_muscle = condition.medium.as_ref().is_some_and(|medium| {
        matches!(
            medium.from,
            MediumSource::RestingMuscle | MediumSource::ExercisedMuscle(_)
        )
    });
    if plate.myokines.is_empty() && (from_muscle || condition.muscle.is_some()) {
        let text = format!(
            "{} has muscle or its medium, but no [[myokine]] is followed",
            condition.name
        );
        root.at("condition").warn(text);
    }
}
