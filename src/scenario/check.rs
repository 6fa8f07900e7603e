//! What can only be seen once the whole plate is known: whether it fits the machine, and whether its parts make
//! sense together.

use super::estimate::{self, estimate, format_bytes};
use super::mistake::Place;
use super::quantity;
use super::reader::{Fields, Reader};
use crate::model::parameter::Dimension;
use crate::model::plate::{Condition, MediumSource, Plate};

/// Indices on every device have 32 bits.
const MOST_INDICES: f64 = u32::MAX as f64;

/// Checks the plate as a whole; `memory_bytes` is what the machine has to spare, where that is known.
pub fn check(reader: &mut Reader<'_>, root: &Fields<'_>, plate: &Plate, memory_bytes: Option<u64>) {
    if plate.explants.is_empty() && plate.myokines.is_empty() {
        let expected = "an [[explant]] with neurons, or at least a [[myokine]] to follow";
        reader.mistake(Place::Whole, "explant", "nothing", expected);
    }
    check_size(reader, plate, memory_bytes);
    check_step(reader, root, plate);
    for condition in &plate.conditions {
        check_myokines(reader, root, plate, condition);
    }
}

fn check_size(reader: &mut Reader<'_>, plate: &Plate, memory_bytes: Option<u64>) {
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
            return reader.mistake(Place::Whole, key, format!("{} {what}", quantity::tidy(count)), expected);
        }
    }
    if let Some(limit) = memory_bytes.map(|bytes| bytes as f64)
        && needs.bytes > limit
    {
        let found = format!("a plate that needs about {}", format_bytes(needs.bytes));
        let expected = format!("at most the {} that are free: {remedy}", format_bytes(limit));
        reader.mistake(Place::Whole, "memory", found, expected);
    }
}

/// A cone that crosses several recorded points in one step leaves a coarse path.
fn check_step(reader: &mut Reader<'_>, root: &Fields<'_>, plate: &Plate) {
    if plate.explants.is_empty() {
        return;
    }
    for (index, condition) in plate.conditions.iter().enumerate() {
        let cone = condition.biology.growth_cone;
        let fast = cone.run_speed_um_per_h() * estimate::greatest_gain(plate, index) + 2.0 * cone.speed_spread_um_per_h;
        let stride_um = fast * plate.step_h;
        if stride_um > cone.segment_um {
            let length = |value| quantity::format(value, Dimension::Length.into());
            let text = format!(
                "a step is so long that a fast cone in {} advances {}, more than growth_cone.segment of {}",
                condition.name,
                length(stride_um),
                length(cone.segment_um)
            );
            return reader.warn(root.place_of("step"), "step", text);
        }
    }
}

/// Muscle and its medium do nothing where no myokine is followed.
fn check_myokines(reader: &mut Reader<'_>, root: &Fields<'_>, plate: &Plate, condition: &Condition) {
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
        reader.warn(root.place_of("condition"), "condition", text);
    }
}
