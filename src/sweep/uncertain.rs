//! The numbers that are guessed: each of grade B or C is drawn from its typical range. A mechanism that is off, by a number that is 0,
//! stays off: whether there is such a mechanism is another question than how strong it is.

use super::axis::{Axis, AxisValues, Range, Way};
use crate::model::parameter::Grade;
use crate::scenario::{Origin, Resolved, quantity};

/// Ranges over so many times their lower end are drawn by ratio.
const BY_RATIO: f64 = 10.0;

/// An axis for each guessed number of a scenario, by a Latin hypercube: those that are set, by the scenario or for a run, are its
/// experiment.
pub fn axes(resolved: &[Resolved]) -> Vec<Axis> {
    let guessed = resolved.iter().filter(|number| {
        matches!(number.grade, Grade::B | Grade::C)
            && matches!(number.origin, Origin::Default | Origin::Preset)
            && number.value != 0.0
    });
    guessed.filter_map(axis).collect()
}

fn axis(number: &Resolved) -> Option<Axis> {
    let (_, unit) = number.figure?;
    let (low, high) = number.typical?;
    // A range in model units is seldom a round number in customary ones.
    let [low, high] = [low, high].map(tidy);
    let range = Range {
        low,
        high,
        unit: unit.to_owned(),
        log: low > 0.0 && high / low >= BY_RATIO,
        whole: number.is_count,
        way: Way::Latin,
    };
    (low.is_finite() && high.is_finite() && low < high).then(|| Axis {
        key: number.path.clone(),
        values: AxisValues::Range(range),
    })
}

fn tidy(number: f64) -> f64 {
    quantity::tidy(number).parse().unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Override, Scenario, Surroundings, builtin, read};

    #[test]
    fn every_guessed_number_is_drawn_within_its_typical_range() {
        let reference = builtin("exercise-2024").expect("built in");
        let read = |changes: &[Override]| -> Scenario {
            read(reference.text, "exercise-2024", changes, &Surroundings::built_in()).expect("a scenario")
        };
        let scenario = read(&[]);
        let drawn = axes(&scenario.resolved);
        assert!(drawn.len() > 30, "{} axes", drawn.len());
        let has = |key: &str| drawn.iter().any(|axis| axis.key == key);
        assert!(
            has("growth_cone.persistence_length"),
            "{:?}",
            drawn.iter().map(|axis| &axis.key).collect::<Vec<_>>()
        );
        for axis in &drawn {
            let number = scenario
                .resolved
                .iter()
                .find(|number| number.path == axis.key)
                .expect("a number");
            assert!(matches!(number.grade, Grade::B | Grade::C), "{}", axis.key);
            // As it is read again from a plan.
            let again = Axis::of(&axis.key, &axis.values.to_string(), "here").expect("an axis");
            assert_eq!(again, *axis);
        }
        // What is varied otherwise is not drawn as well, by whatever name.
        let varied = ["growth_cone.persistence_length=200 um", "myokine.max_gain=3"]
            .map(|change| change.parse().expect("an override"));
        assert_eq!(axes(&read(&varied).resolved).len(), drawn.len() - 2);
    }
}
