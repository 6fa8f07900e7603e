//! The hue of each treatment: the same in every plate, so that exercised medium is green wherever it stands.

use crate::model::plate::Plate;
use crate::readout::roles::planned_roles;

/// The treatments of the reference plate, which have the first hues in this order.
const REFERENCE: [&str; 6] = [
    "control",
    "resting medium",
    "exercised medium",
    "still gel",
    "actuated gel",
    "muscle beside them",
];

/// The numbers of the hues of a plate's conditions, each another, for [`super::palette`]. A condition that is called like one of the
/// reference plate, or is treated like it, has its hue; others take those that are left, in order, but never that of a control.
/// Events make no difference.
pub fn hues(plate: &Plate) -> Vec<usize> {
    let roles = planned_roles(plate);
    let played = [
        roles.control,
        roles.resting,
        roles.exercised,
        roles.still,
        roles.actuated,
    ];
    let names = plate.conditions.iter().map(|condition| condition.name.as_str());
    assigned(&names.collect::<Vec<_>>(), &played)
}

/// As [`hues`], where the names are all that is known of the conditions.
pub fn hues_by_name(names: &[String]) -> Vec<usize> {
    assigned(&names.iter().map(String::as_str).collect::<Vec<_>>(), &[])
}

/// `played` are the places of the conditions that are treated as the first of the reference plate.
fn assigned(names: &[&str], played: &[Option<usize>]) -> Vec<usize> {
    let mut hues = vec![None; names.len()];
    let named = REFERENCE
        .iter()
        .map(|known| names.iter().position(|name| name == known));
    for (hue, condition) in named.enumerate().chain(played.iter().copied().enumerate()) {
        if let Some(condition) = condition
            && hues[condition].is_none()
            && !hues.contains(&Some(hue))
        {
            hues[condition] = Some(hue);
        }
    }
    let taken = hues.clone();
    let mut left = (1..).filter(|hue| !taken.contains(&Some(*hue)));
    hues.into_iter()
        .map(|hue| hue.or_else(|| left.next()).unwrap_or_default())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{self, BUILTIN, Surroundings, builtin};
    use std::collections::{HashMap, HashSet};

    fn plate(name: &str) -> Plate {
        let text = builtin(name).expect("built in").text;
        scenario::read(text, name, &[], &Surroundings::built_in())
            .expect("valid")
            .plate
    }

    #[test]
    fn the_reference_plate_has_the_first_hues() {
        let plate = plate(BUILTIN[0].name);
        let names: Vec<&str> = plate
            .conditions
            .iter()
            .map(|condition| condition.name.as_str())
            .collect();
        assert_eq!(names, REFERENCE);
        assert_eq!(hues(&plate), [0, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn a_treatment_has_one_hue_in_every_plate() {
        let mut known = HashMap::new();
        for builtin in BUILTIN {
            let plate = plate(builtin.name);
            let hues = hues(&plate);
            let all: HashSet<usize> = hues.iter().copied().collect();
            assert_eq!(all.len(), hues.len(), "{}: two of one hue", builtin.name);
            for (condition, hue) in plate.conditions.iter().zip(hues) {
                if REFERENCE.contains(&condition.name.as_str()) {
                    assert_eq!(
                        *known.entry(condition.name.clone()).or_insert(hue),
                        hue,
                        "{}",
                        builtin.name
                    );
                }
            }
        }
        // In axotomy it is the second of four, and a moved gel has the hue of an actuated one, whatever is cut.
        let plate = plate("axotomy");
        assert_eq!(plate.conditions[1].name, "exercised medium");
        assert_eq!(hues(&plate)[..3], [0, 2, 4]);
        let mut reversed = plate.clone();
        reversed.conditions.reverse();
        let mut back = hues(&reversed);
        back.reverse();
        assert_eq!(
            back[..3],
            [0, 2, 4],
            "the order makes no difference to those that are known"
        );
    }
}
