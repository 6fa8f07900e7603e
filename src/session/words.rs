//! Acts in words: as they stand in the list of what was done, and as the courses of a culture are told apart by them.

use super::act::Act;
use crate::model::plate::{MediumSource, Plate};

/// The act as something that was done, such as "axons cut".
pub fn deed(act: &Act, plate: &Plate) -> String {
    match act {
        Act::Axotomy(_) => "axons cut".to_owned(),
        Act::Drop { species, .. } => match plate.myokines.get(*species) {
            Some(species) => format!("a drop of {}", species.name),
            None => "a drop".to_owned(),
        },
        Act::Magnet { .. } => "magnet moved".to_owned(),
        Act::Biology { key, .. } => format!("{key} set"),
        Act::Actuation(Some(_)) => "gel moved".to_owned(),
        Act::Actuation(None) => "gel left still".to_owned(),
        Act::Light(Some(_)) => "muscle lit".to_owned(),
        Act::Light(None) => "muscle left dark".to_owned(),
        Act::Medium(MediumSource::Fresh) => "fresh medium".to_owned(),
        Act::Medium(MediumSource::RestingMuscle) => "medium from resting muscle".to_owned(),
        Act::Medium(MediumSource::ExercisedMuscle(_)) => "medium from exercised muscle".to_owned(),
        Act::Medium(MediumSource::Doses(_)) => "medium of given doses".to_owned(),
    }
}

/// The act as a thing, to stand behind "before" and "with", such as "the cut".
pub fn thing(act: &Act, plate: &Plate) -> String {
    match act {
        Act::Axotomy(_) => "the cut".to_owned(),
        Act::Drop { .. } => deed(act, plate).replacen("a drop", "the drop", 1),
        Act::Magnet { .. } => "the magnet".to_owned(),
        Act::Biology { key, .. } => format!("the new {}", key.replace('_', " ").replace('.', ": ")),
        Act::Actuation(Some(_)) => "the movement of the gel".to_owned(),
        Act::Actuation(None) => "the rest of the gel".to_owned(),
        Act::Light(Some(_)) => "the light".to_owned(),
        Act::Light(None) => "the dark".to_owned(),
        Act::Medium(_) => format!("the {}", deed(act, plate)),
    }
}

/// The wells that something is done to, such as "control, exercised"; "all wells" where no condition is named.
pub fn whom(conditions: &[usize], plate: &Plate) -> String {
    let names: Vec<&str> = conditions
        .iter()
        .filter_map(|&condition| plate.conditions.get(condition))
        .map(|condition| condition.name.as_str())
        .collect();
    if names.is_empty() {
        "all wells".to_owned()
    } else {
        names.join(", ")
    }
}
