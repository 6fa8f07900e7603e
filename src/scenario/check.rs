//! Checks of the whole plate: whether it fits the machine, and whether its parts make sense together.

use super::accuracy;
use super::estimate::{estimate, format_bytes};
use super::mistake::{FilePlace, MEMORY};
use super::notes::Spot;
use super::open_voxels::{OpenVoxels, VoxelCount};
use super::outlook::Outlook;
use super::quantity;
use super::reader::Fields;
use super::record::RecordOptions;
use super::rim;
use crate::model::domain::Region;
use crate::model::parameter::Dimension;
use crate::model::per_step::steps_in;
use crate::model::plate::{Action, Condition, Medium, MediumSource, Plate, Reservoir};
use crate::model::rules::sessions::medium_is_due;
use std::collections::BTreeMap;

/// D Δt / h² up to which the field is smooth to a part in thousands, and up to which it is of any use.
const ROUGH_COURANT: f64 = 4e3;
/// See [`ROUGH_COURANT`].
const MOST_COURANT: f64 = 1e5;
/// Indices on every device have 32 bits.
const MOST_INDICES: f64 = u32::MAX as f64;

/// Checks the plate as a whole; `memory_bytes` is what the machine has to spare, where that is known.
pub fn check(root: &Fields<'_>, plate: &Plate, record: &RecordOptions, memory_bytes: Option<u64>) {
    if plate.explants.is_empty() && plate.myokines.is_empty() {
        let expected = "an [[explant]] with neurons, or at least a [[myokine]] to follow";
        root.notes.spot(FilePlace::Whole, "explant").refuse("nothing", expected);
    }
    if !check_size(root, plate, record, memory_bytes) {
        return;
    }
    check_step(root, plate);
    check_courant(root, plate);
    accuracy::check(root, plate);
    rim::check(root, plate);
    let voxels = &OpenVoxels::of(&plate.domain);
    check_events(root, plate, voxels);
    for (index, condition) in plate.conditions.iter().enumerate() {
        check_myokines(root, plate, condition);
        check_regions(&root.at_member("condition", index), condition, voxels);
        check_overlaps(&root.at_member("condition", index), condition);
    }
}

/// Diffusion over many voxels in one step is stable, but single precision no longer carries it.
fn check_courant(root: &Fields<'_>, plate: &Plate) {
    if !Outlook::of(plate).has_any_grid() {
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

/// Medium of an event must not be washed away by a regular change of medium in the same step, and a drop must meet gel.
fn check_events(root: &Fields<'_>, plate: &Plate, voxels: &OpenVoxels<'_>) {
    let at_event = |key: &str| root.notes.spot(root.at("event").place, key);
    let regular = regular_medium(plate);
    for event in &plate.events {
        if let Action::Drop { at_um, radius_um, .. } = event.action {
            let around = Region {
                low_um: at_um - radius_um,
                high_um: at_um + radius_um,
            };
            let count = voxels.in_ball(at_um, radius_um).or(|| voxels.touched_by(&around));
            check_open(&at_event("event.drop"), count, "drop");
        }
        if !event.action.brings_myokine() {
            continue;
        }
        let concerned: Vec<usize> = match event.conditions.as_slice() {
            [] => regular.values().copied().collect(),
            several => several.to_vec(),
        };
        for index in concerned {
            let condition = &plate.conditions[index];
            let due = condition.medium.as_ref().is_some_and(|medium| {
                let (start, every) = medium_steps(medium, plate.step_h);
                medium_is_due(event.step, start, every)
            });
            if due {
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

/// The first step of regular medium, and the steps from one change to the next.
fn medium_steps(medium: &Medium, step_h: f64) -> (u32, u32) {
    (
        steps_in(medium.start_h, step_h),
        steps_in(medium.every_h, step_h).max(1),
    )
}

/// For each course of regular medium on the plate the first condition that has it.
fn regular_medium(plate: &Plate) -> BTreeMap<(u32, u32), usize> {
    let mut courses = BTreeMap::new();
    for (index, condition) in plate.conditions.iter().enumerate() {
        if let Some(medium) = &condition.medium {
            courses.entry(medium_steps(medium, plate.step_h)).or_insert(index);
        }
    }
    courses
}

/// A reservoir that holds no voxel's centre would do nothing, and neither would any region in a wall. Muscle, sources and drops act by
/// the share of each voxel that they cover, so they may be as thin as they like.
fn check_regions(at: &Spot<'_>, condition: &Condition, voxels: &OpenVoxels<'_>) {
    let muscle = condition.muscle.iter().map(|muscle| ("muscle", muscle.region));
    let lit = condition
        .muscle
        .iter()
        .filter_map(|muscle| Some(("muscle", muscle.lit?)));
    let sources = condition.sources.iter().map(|source| ("source", source.region));
    let spot = |what: &str| at.inside(&condition.name).inside(what).inside("region");
    for (what, region) in muscle.chain(lit).chain(sources) {
        let count = voxels.in_box(&region).or(|| voxels.touched_by(&region));
        check_open(&spot(what), count, "box");
    }
    for reservoir in &condition.reservoirs {
        check_open(&spot("reservoir"), voxels.in_box(&reservoir.region), "box");
    }
}

/// Notes reservoirs that claim the same part of a well at different doses: the first one holds it.
fn check_overlaps(at: &Spot<'_>, condition: &Condition) {
    for (number, first) in condition.reservoirs.iter().enumerate() {
        let overlapping =
            |later: &&Reservoir| later.doses != first.doses && later.region.shared_with(&first.region).is_some();
        if condition.reservoirs[number + 1..]
            .iter()
            .any(|later| overlapping(&later))
        {
            at.inside(&condition.name)
                .inside("reservoir")
                .warn("two reservoirs of different doses overlap: the first of them holds what they share");
            return;
        }
    }
}

/// Share of a region in walls from which on it is told.
const TOLD_IN_WALLS: f64 = 0.1;

/// Notes a reservoir without a voxel, what lies in walls as a whole, and what lies in them by a good part.
fn check_open(spot: &Spot<'_>, count: VoxelCount, what: &str) {
    if count.all == 0 {
        let expected = format!("a {what} that holds the centre of a voxel: a larger one, or smaller voxels");
        spot.refuse(format!("a {what} between the voxels"), expected);
    } else if count.open == 0 {
        let expected = format!("a {what} with gel in it, as walls take and give nothing");
        spot.refuse(format!("a {what} inside a wall"), expected);
    } else if count.walled_share() >= TOLD_IN_WALLS {
        let per_cent = quantity::tidy((100.0 * count.walled_share()).round());
        spot.warn(format!("{per_cent} % of the {what} is in walls, where it does nothing"));
    }
}

/// Whether the plate fits; it is not looked at further where it does not.
fn check_size(root: &Fields<'_>, plate: &Plate, record: &RecordOptions, memory_bytes: Option<u64>) -> bool {
    let needs = estimate(plate, record);
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
        let expected = format!(
            "at most the {} that are free: {remedy}, or record less often",
            format_bytes(limit)
        );
        root.notes.spot(FilePlace::Whole, MEMORY).refuse(found, expected);
        return false;
    }
    true
}

/// A cone that crosses several recorded points in one step leaves a coarse path.
fn check_step(root: &Fields<'_>, plate: &Plate) {
    if plate.explants.is_empty() {
        return;
    }
    let outlook = Outlook::of(plate);
    for (index, condition) in plate.conditions.iter().enumerate() {
        let cone = condition.biology.growth_cone;
        let gain = outlook.greatest_gain(plate, index);
        let fast = cone.run_speed_um_per_h() * gain + 2.0 * cone.speed_spread_um_per_h;
        let stride_um = fast.max(outlook.towed_um_per_h(plate, index)) * plate.step_h;
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
