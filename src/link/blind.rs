//! A plate whose treatments are not told, for a quiz: letters stand for their names, and nothing of what is done to them is known. For
//! words and panels only: what grows and what is drawn is the plate itself.

use super::neutral_names;
use crate::model::plate::{Condition, Plate};

/// The plate with letters in the place of the names of its conditions, and nothing that is done to them.
pub fn blinded(plate: &Plate) -> Plate {
    let mut blinded = plate.clone();
    blinded.events.clear();
    let names = neutral_names(plate.conditions.len(), plate.seed);
    for (condition, name) in blinded.conditions.iter_mut().zip(names) {
        *condition = Condition::untreated(name, condition.wells, condition.biology);
    }
    blinded
}
