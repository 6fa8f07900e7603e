//! Cautions at the beginning of the report: wells that were outgrown, and assumed numbers that decide what is seen.

use super::html::escaped;
use super::provenance::shown_value;
use crate::export::record::RunRecord;
use crate::export::rim::rim_notes;
use crate::model::parameter::Grade;
use crate::model::plate::{Action, Condition, MediumSource, Plate};
use crate::readout::recorder::Readouts;

/// Notes of tips that came to a side of their well; empty where none did.
pub(super) fn rim(readouts: &Readouts) -> String {
    let notes = rim_notes(readouts).into_iter();
    notes
        .map(|note| {
            format!(
                "<p class=\"banner\"><strong>Outgrown well.</strong> {}.</p>\n",
                escaped(&note)
            )
        })
        .collect()
}

/// A cause of differences between conditions.
struct Cause {
    /// The cause, in words.
    name: &'static str,
    /// The table of the scenario whose numbers say how strong it is.
    table: &'static str,
    /// Whether it is at work in a condition.
    is_here: fn(&Plate, &Condition) -> bool,
}

const CAUSES: [Cause; 6] = [
    Cause {
        name: "myokines",
        table: "myokine",
        is_here: has_myokine,
    },
    Cause {
        name: "muscle",
        table: "muscle",
        is_here: has_muscle,
    },
    Cause {
        name: "movement of the gel",
        table: "mechano",
        is_here: is_moved,
    },
    Cause {
        name: "the tow",
        table: "stretch",
        is_here: |_, condition| condition.tow.is_some(),
    },
    Cause {
        name: "cuts",
        table: "injury",
        is_here: is_cut,
    },
    Cause {
        name: "the death of neurons",
        table: "survival",
        is_here: |_, condition| condition.biology.survival.death_per_h > 0.0,
    },
];

fn has_myokine(plate: &Plate, condition: &Condition) -> bool {
    let medium = condition.medium.as_ref();
    let carried = medium.is_some_and(|medium| medium.from != MediumSource::Fresh);
    let dropped = plate
        .events
        .iter()
        .any(|event| matches!(event.action, Action::Drop { .. } | Action::Medium(_)));
    carried
        || dropped
        || !condition.sources.is_empty()
        || !condition.reservoirs.is_empty()
        || has_muscle(plate, condition)
}

fn has_muscle(_: &Plate, condition: &Condition) -> bool {
    let medium = condition.medium.as_ref().map(|medium| &medium.from);
    let of_muscle = matches!(
        medium,
        Some(MediumSource::RestingMuscle | MediumSource::ExercisedMuscle(_))
    );
    of_muscle || condition.muscle.is_some()
}

fn is_moved(_: &Plate, condition: &Condition) -> bool {
    condition
        .actuation
        .as_ref()
        .is_some_and(|protocol| protocol.actuation.moves())
}

fn is_cut(plate: &Plate, _: &Condition) -> bool {
    plate
        .events
        .iter()
        .any(|event| matches!(event.action, Action::Axotomy(_)))
}

/// The numbers of grade C that say how strong the causes on this plate are; empty where there are none.
pub(super) fn assumed(plate: &Plate, record: &RunRecord) -> String {
    let at_work = CAUSES.iter().filter(|cause| {
        let mut conditions = plate.conditions.iter();
        conditions.any(|condition| (cause.is_here)(plate, condition))
    });
    let told: Vec<String> = at_work
        .filter_map(|cause| {
            let numbers = record.parameters.iter().filter(|parameter| {
                table_of(&parameter.path) == cause.table
                    && parameter.grade == Grade::C.to_string()
                    && !is_off(&parameter.value)
            });
            let numbers: Vec<String> = numbers
                .map(|parameter| {
                    format!(
                        "<code>{}</code> {}",
                        escaped(&parameter.path),
                        escaped(&shown_value(&parameter.value))
                    )
                })
                .collect();
            (!numbers.is_empty()).then(|| format!("{}: {}", cause.name, numbers.join(", ")))
        })
        .collect();
    if told.is_empty() {
        return String::new();
    }
    format!(
        "<details class=\"banner\" open><summary><strong>Numbers of grade C decide.</strong> How far conditions lie apart rests on numbers that \
         are {}. A difference of this size is put in by them, not found.</summary><p>{}.</p></details>\n",
        Grade::C.meaning(),
        told.join(".<br>")
    )
}

/// The table of the scenario that a key stands in, whoever has one of its own: the protocols of conditions have tables that are none.
fn table_of(path: &str) -> &str {
    let parts: Vec<&str> = path.split('.').collect();
    match parts[..] {
        ["condition", .., table, _] => table,
        [table, ..] => table,
        [] => "",
    }
}

/// Whether a value switches off what it is of.
fn is_off(value: &str) -> bool {
    let number = value.split_once(' ').map_or(value, |(number, _)| number);
    number.parse::<f64>().is_ok_and(|number| number == 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::record::ResolvedParameter;
    use crate::model::biology::Biology;
    use crate::scenario::{Surroundings, builtin, read};

    fn plate() -> Plate {
        let text = builtin("exercise-2024").expect("built in").text;
        let read = read(text, "exercise-2024", &[], &Surroundings::built_in());
        read.unwrap_or_else(|mistakes| panic!("{mistakes}")).plate
    }

    fn record(parameters: &[(&str, &str, &str)]) -> RunRecord {
        let parameter = |&(path, value, grade): &(&str, &str, &str)| ResolvedParameter {
            path: path.to_owned(),
            value: value.to_owned(),
            grade: grade.to_owned(),
            ..ResolvedParameter::default()
        };
        RunRecord {
            parameters: parameters.iter().map(parameter).collect(),
            ..RunRecord::default()
        }
    }

    #[test]
    fn assumed_numbers_are_told_where_their_cause_is_on_the_plate() {
        let mut plate = plate();
        let record = record(&[
            ("myokine.myokines.max_gain", "4.5", "C"),
            ("myokine.myokines.uptake", "0", "C"),
            ("myokine.myokines.diffusivity", "120 um^2/s", "B"),
            ("mechano.gain", "4.47", "C"),
            ("injury.lag", "6 h", "C"),
            ("condition.exercised medium.medium.light.frequency", "1 Hz", "C"),
            ("condition.actuated gel.mechano.half_strain", "1 %", "C"),
        ]);
        let told = assumed(&plate, &record);
        for path in [
            "myokine.myokines.max_gain",
            "mechano.gain",
            "condition.actuated gel.mechano.half_strain",
        ] {
            assert!(told.contains(&format!("<code>{path}</code>")), "{path}: {told}");
        }
        for left_out in ["uptake", "diffusivity", "injury", "frequency"] {
            assert!(!told.contains(left_out), "{left_out}: {told}");
        }
        plate.conditions = vec![Condition::untreated("control", 1, Biology::default())];
        assert_eq!(assumed(&plate, &record), "");
    }
}
