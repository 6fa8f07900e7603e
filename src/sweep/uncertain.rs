//! The numbers that are guessed: each of grade B or C is drawn from its typical range. A mechanism that is off, by a number that is 0,
//! stays off: whether there is such a mechanism is another question than how strong it is.

use super::axis::{Axis, AxisValues, Range, Way};
use crate::model::parameter::Grade;
use crate::scenario::{Origin, Resolved, quantity};

/// Ranges over so many times their lower end are drawn by ratio.
const BY_RATIO: f64 = 10.0;

/// An axis for each guessed number of a scenario, by a Latin hypercube: those that the scenario itself sets are its experiment, and
/// those in `taken` are varied already.
pub fn axes(resolved: &[Resolved], taken: &[Axis]) -> Vec<Axis> {
    let guessed = resolved.iter().filter(|number| {
        matches!(number.grade, Grade::B | Grade::C)
            && matches!(number.origin, Origin::Default | Origin::Preset)
            && number.value != 0.0
            && taken.iter().all(|axis| axis.key != number.path)
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
    use crate::scenario::{Scenario, Surroundings, builtin, read};

    #[test]
    fn every_guessed_number_is_drawn_within_its_typical_range() {
        let reference = builtin("exercise-2024").expect("built in");
        let scenario: Scenario =
            read(reference.text, "exercise-2024", &[], &Surroundings::built_in()).expect("a scenario");
        let drawn = axes(&scenario.resolved, &[]);
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
        let taken = [Axis::parse("growth_cone.persistence_length=100,200 um", "here").expect("an axis")];
        assert_eq!(axes(&scenario.resolved, &taken).len(), drawn.len() - 1);
    }
}
